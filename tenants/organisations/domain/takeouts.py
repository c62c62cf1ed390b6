"""Asking for everything of the organisation, downloading it, removing it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from halka.common.sealing import files
from tenants.organisations.enums_leaving import TakeoutState
from tenants.organisations.isolation import after_commit, send_after_commit
from tenants.organisations.leaving.archive import archive
from tenants.organisations.models import Takeout


class CannotTakeOut(Refused):
    """One is being made already, or there is nothing to download any more."""


def ask_for_takeout(*, by: Seat) -> Takeout:
    """Put together in the background. Raises CannotTakeOut."""
    from tenants.organisations.tasks_leaving import make_takeout

    organisation = required_organisation()
    with transaction.atomic():
        if Takeout.objects.unfinished().filter(organisation_id=organisation.id).exists():
            raise CannotTakeOut(_("It is being put together already."))
        takeout = Takeout(organisation_id=organisation.id, asked_by_name=by.name)
        Takeout.objects.bulk_create([takeout])
        record(action="takeout.asked", on=takeout, by=by)
        send_after_commit(make_takeout, organisation.short_name, str(takeout.pk))
    return takeout


def download(*, takeout: UUID, goes_on: bool = False, by: Seat) -> tuple[Takeout, Iterator[bytes]]:
    """The ZIP, part by part; that it was taken is written down first, also where an earlier download goes on: that is
    not counted as another one. Raises CannotTakeOut.
    """
    with transaction.atomic():
        ready = Takeout.objects.downloadable().filter(pk=takeout, organisation_id=required_organisation().id)
        counted = Case(When(downloads__gt=0, then=F("downloads")), default=1) if goes_on else F("downloads") + 1
        if not ready.update(downloads=counted):
            raise CannotTakeOut(_("It is not there any more: ask for it again."))
        found = Takeout.objects.get(pk=takeout)
        record(action="takeout.gone_on" if goes_on else "takeout.downloaded", on=found, by=by)
    return found, archive(found)


def remove_takeout(*, takeout: UUID, by: Seat) -> None:
    """Stops one that is being made, and removes what there is of it. Raises CannotTakeOut."""
    with transaction.atomic():
        own = Takeout.objects.filter(pk=takeout, organisation_id=required_organisation().id)
        if not own.exclude(state=TakeoutState.REMOVED).update(state=TakeoutState.REMOVED, parts=[]):
            raise CannotTakeOut(_("It is not there any more: ask for it again."))
        record(action="takeout.removed", on=own.get(), by=by)
        after_commit(remove_unwanted_files)


def remove_expired() -> int:
    """Those whose time has passed; how many."""
    own = Takeout.objects.filter(organisation_id=required_organisation().id, state=TakeoutState.READY)
    expired = list(own.filter(expires_at__lte=timezone.now()).values_list("pk", flat=True))
    for takeout in expired:
        remove_takeout(takeout=takeout, by=SYSTEM)
    remove_unwanted_files()
    return len(expired)


def remove_unwanted_files() -> None:
    """Parts that no takeout names: of removed ones, and left by a process that was stopped."""
    own = Takeout.objects.filter(organisation_id=required_organisation().id)
    wanted = {part["file"] for parts in own.values_list("parts", flat=True) for part in parts}
    unfinished = {str(pk) for pk in own.unfinished().values_list("pk", flat=True)}
    for name, (table, _column, row) in files.stored(before=float("inf")):
        if table == Takeout._meta.db_table and name not in wanted and row not in unfinished:
            files.remove(name)
