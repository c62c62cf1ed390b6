"""The secretariat announces the end of an organisation, and may call it off until it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.organisations.domain import lifecycle
from tenants.organisations.enums import Kind, State, Why
from tenants.organisations.enums_leaving import ClosingState
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.leaving import tables
from tenants.organisations.leaving.own_rows import own_rows
from tenants.organisations.models import Closing, Domain, Organisation, Takeout

FEWEST_DAYS: Final = 30
MOST_DAYS: Final = 365
Hold = Callable[[Organisation], str]
_holds: list[Hold] = []


def register_hold(find: Hold) -> None:
    """What stands against calling the end of an organisation off, in words; empty where nothing does."""
    _holds.append(find)


class CannotClose(Refused):
    """Not this organisation, too soon, announced already, or begun already."""


@dataclass(frozen=True)
class Preview:
    """What goes and what stays, by what it is called; whether everything was taken along before."""

    hosts: list[str]
    private: int
    removed: list[str]
    kept: list[str]
    takeout: Takeout | None


def preview(organisation: Organisation) -> Preview:
    gone = {own.table: own.gone for own in own_rows()}
    rows = [table for table in tables.shared_tables() if table.model._meta.managed and table.model is not Organisation]

    def called(what: str) -> list[str]:
        return [str(table.model._meta.verbose_name_plural) for table in rows if gone[table.name] == what]

    ready = Takeout.objects.filter(organisation_id=organisation.pk, ready_at__isnull=False)
    return Preview(
        hosts=list(Domain.objects.filter(tenant_id=organisation.pk).values_list("domain", flat=True)),
        private=len(tables.private_tables()),
        removed=called("removed"),
        kept=called("kept"),
        takeout=ready.only("id", "state", "ready_at", "downloads").order_by("-ready_at").first(),
    )


def _require_secretariat(by: Seat) -> None:
    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotClose(_("Only the network's secretariat does this."))


def announce_closing(*, organisation: UUID, reason: str, days: int, by: Seat) -> Closing:
    """Its managers are told, and have these days to take everything along. Raises CannotClose."""
    from tenants.organisations.tasks_leaving import tell_closing

    _require_secretariat(by)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise CannotClose(_("There are between 30 and 365 days until then."))
    with transaction.atomic():
        found = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation)
        if found.kind == Kind.SECRETARIAT or found.state == State.CLOSED:
            raise CannotClose(_("This organisation cannot be closed."))
        if Closing.objects.filter(organisation_id=found.pk).exclude(state=ClosingState.CALLED_OFF).exists():
            raise CannotClose(_("The end of this organisation is announced already."))
        now = timezone.now()
        closing = Closing(
            organisation=found, reason=reason, asked_at=now, asked_by_name=by.name, due_at=now + timedelta(days=days)
        )
        Closing.objects.bulk_create([closing])
        lifecycle.move(found, State.LEAVING, why=Why.ANNOUNCED, reason=reason, by=by)
        record(action="closing.announced", on=found, detail={"reason": reason, "days": days}, by=by)
        send_after_commit(tell_closing, found.schema_name, str(closing.pk))
    return closing


def call_off_closing(*, closing: UUID, by: Seat) -> Closing:
    """Nothing happens to the organisation. Raises CannotClose where it has begun, or was called off."""
    from tenants.organisations.tasks_leaving import tell_closing

    _require_secretariat(by)
    with transaction.atomic():
        found = Closing.objects.select_related("organisation").get(pk=closing)
        changed = Closing.objects.waiting().filter(pk=closing)
        values = {"called_off_at": timezone.now(), "called_off_by_name": by.name}
        if not changed.update(state=ClosingState.CALLED_OFF, **values):
            raise CannotClose(_("It has begun, or was called off already."))
        left = lifecycle.locked(found.organisation_id, by)
        for words in filter(None, (find(left) for find in _holds)):
            raise CannotClose(words)
        lifecycle.move(left, lifecycle.back_to(left), why=Why.CALLED_OFF, reason="", by=by)
        record(action="closing.called_off", on=found.organisation, by=by)
        send_after_commit(tell_closing, found.organisation.schema_name, str(closing))
    return found
