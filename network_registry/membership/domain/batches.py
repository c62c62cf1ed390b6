"""Many organisations at once: a sheet is read, looked at, confirmed, and its workspaces are made."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.sheets import Sheet
from network_registry.membership.domain.applying import new_reference
from network_registry.membership.domain.moving import reviewing_as
from network_registry.membership.domain.reviewing import begin_openings, new_number
from network_registry.membership.enums import APPLYING, ApplicationState, Source
from network_registry.membership.errors import BatchOver
from network_registry.membership.models import Application, Batch, Event, Licence
from network_registry.membership.sheet_rows import Home, Reader
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation


def home() -> Home:
    """What a sheet of the organisation we are inside of may say. Raises BatchOver for a branch without a province."""
    here = required_organisation()
    is_branch = here.kind == Kind.BRANCH
    province = Organisation.objects.get(pk=here.id).province if is_branch else ""
    if is_branch and not province:
        raise BatchOver(_("Your branch has no province yet. The secretariat can say which it is."))
    kinds = APPLYING if is_branch else (*APPLYING, Kind.BRANCH)
    return Home(province, kinds, here.language, here.time_zone)


def read_sheet(*, content: bytes, file_name: str, by: Seat) -> Batch:
    """The sheet as it was understood; nothing is made yet. Raises SheetUnreadable, BatchOver, CannotMoveApplication."""
    from network_registry.membership.tasks import make_ready

    reviewing_as(by)
    rows = [row.kept() for row in Reader(Sheet(content), home()).rows()]
    if not rows:
        raise BatchOver(_("The sheet has no rows under its headings."))
    with transaction.atomic():
        batch = Batch.objects.create(
            organisation_id=required_organisation().id, file_name=file_name[:150], by_name=by.name, rows=rows
        )
        send_after_commit(make_ready, len(good_rows(batch)))
    return batch


def good_rows(batch: Batch) -> list[dict[str, Any]]:
    return [row for row in batch.rows if not row["problems"]]


def confirm(*, batch: UUID, is_provisional: bool, by: Seat) -> int:
    """Licenses the organisations of all good rows; their workspaces are made in the background. How many.

    Raises BatchOver, CannotMoveApplication.
    """
    from network_registry.membership.tasks import open_batch

    actor = reviewing_as(by)
    here = required_organisation()
    with transaction.atomic():
        found = Batch.objects.select_for_update(of=("self",)).filter(pk=batch, confirmed_at=None).first()
        if found is None:
            raise BatchOver(_("This sheet was confirmed already, or is gone."))
        good = good_rows(found)
        if not good:
            raise BatchOver(_("No row of this sheet can be taken over."))
        applications = Application.objects.bulk_create(
            _application(row["values"], found, here.language) for row in good
        )
        Event.objects.bulk_create(
            Event(
                application=application,
                state=ApplicationState.LICENSED,
                actor=actor,
                organisation_id=here.id,
                by_name=by.name,
            )
            for application in applications
        )
        _grant(applications, [row["values"] for row in good], is_provisional, by)
        begin_openings(applications)
        found.rows, found.confirmed_at = [], timezone.now()
        found.save(update_fields=["rows", "confirmed_at"])
        record(action="batch.confirmed", on=found, detail={"organisations": len(good)}, by=by)
        send_after_commit(open_batch, str(found.pk))
    return len(good)


def _application(values: dict[str, Any], batch: Batch, language: str) -> Application:
    now = timezone.now()
    return Application(
        reference=new_reference(),
        state=ApplicationState.LICENSED,
        source=Source.SHEET,
        batch=batch,
        contact_email=values["manager_email"],
        language=values["language"],
        workspace_language=values["language"],
        names={values["language"]: values["name"]},
        sent_at=now,
        decided_at=now,
        **{
            name: values.get(name, "")
            for name in ("kind", "province", "time_zone", "short_name", "registration_number", "registered_with",
                         "manager_name", "manager_email")
        },
    )  # fmt: skip


def _grant(applications: list[Application], rows: list[dict[str, Any]], is_provisional: bool, by: Seat) -> None:
    today = timezone.localdate()
    try:
        with transaction.atomic():
            Licence.objects.bulk_create(
                Licence(
                    application=application,
                    number=values.get("licence_number") or new_number(today),
                    valid_from=today,
                    valid_until=date.fromisoformat(values["valid_until"]),
                    conditions=values.get("conditions", ""),
                    is_provisional=is_provisional,
                    granted_by_id=required_organisation().id,
                    granted_by_name=by.name,
                )
                for application, values in zip(applications, rows, strict=True)
            )
    except IntegrityError as error:
        raise BatchOver(
            _("A number in the sheet belongs to another licence. Change it and bring the sheet again.")
        ) from error
