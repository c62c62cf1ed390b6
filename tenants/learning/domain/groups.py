"""Groups: made, changed, ended; who has a place in one and who waits."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.models import Client
from tenants.learning.enums import Place
from tenants.learning.errors import CurriculumEnded, GroupEnded, InGroupAlready
from tenants.learning.models import AdoptedCurriculum, Attendance, Group, Participant


@dataclass(frozen=True)
class GroupDetails:
    """What people write about a group. `places` None: as many as come."""

    name: str
    starts_on: date
    facilitator_id: UUID | None = None
    second_facilitator_id: UUID | None = None
    room: str = ""
    ends_on: date | None = None
    places: int | None = None
    share: int = 75


DETAILS: Final = tuple(field.name for field in fields(GroupDetails))


@transaction.atomic
def add_group(*, curriculum: AdoptedCurriculum, details: GroupDetails, by: Seat) -> Group:
    """Raises CurriculumEnded."""
    if curriculum.ended_at is not None:
        raise CurriculumEnded
    made: Group = Group.objects.create(
        curriculum=curriculum,
        base=curriculum.base,
        made_by_id=by.membership_id,
        changed_by_id=by.membership_id,
        **asdict(details),
    )
    record(action="group.made", on=made, by=by)
    return made


@transaction.atomic
def change_group(*, group: Group, details: GroupDetails, seen_version: int, by: Seat) -> Group:
    """More places let those in who wait. Raises EditedMeanwhile."""
    saved = locked(group)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this since you opened it."))
    changed = [name for name in DETAILS if getattr(saved, name) != getattr(details, name)]
    if changed:
        for name in changed:
            setattr(saved, name, getattr(details, name))
        _save(saved, by)
        record(action="group.changed", on=saved, detail={"fields": [_field(name) for name in changed]}, by=by)
        _move_up(saved, by)
    return saved


@transaction.atomic
def end_group(*, group: Group, by: Seat) -> Group:
    """Out of the list of those that run; all that was written down stays. Saying it twice changes nothing."""
    saved = locked(group)
    if saved.ended_at is None:
        saved.ended_at = timezone.now()
        _save(saved, by)
        record(action="group.ended", on=saved, by=by)
    return saved


@transaction.atomic
def reopen_group(*, group: Group, by: Seat) -> Group:
    saved = locked(group)
    if saved.ended_at is not None:
        saved.ended_at = None
        _save(saved, by)
        record(action="group.reopened", on=saved, by=by)
    return saved


@transaction.atomic
def join_group(*, group: Group, client: Client, by: Seat) -> Participant:
    """Into the group where there is a place, else at the end of its waiting list. Whoever left may come back.

    Raises GroupEnded, InGroupAlready.
    """
    saved = running(group)
    row = Participant.objects.filter(group=saved, client=client).first() or Participant(group=saved, client=client)
    if not row._state.adding and row.state != Place.LEFT:
        raise InGroupAlready
    row.since, row.left_on, row.added_by_id = timezone.now(), None, by.membership_id
    waits = not has_room(saved) or _waiting(saved).exists()
    row.state = Place.WAITING if waits else Place.ENROLLED
    row.enrolled_on = None if waits else timezone.localdate()
    row.save()
    record(action="group.waiting" if waits else "group.joined", on=row, by=by)
    return row


@transaction.atomic
def leave_group(*, participant: Participant, by: Seat) -> None:
    """Whoever was never at a session is taken off the list altogether; of others it stays that they left. The one who
    has waited longest moves up."""
    group = locked(participant.group)
    saved = Participant.objects.filter(group=group, pk=participant.pk).first()
    if saved is not None and saved.state != Place.LEFT:
        record(action="group.left", on=saved, by=by)
        if Attendance.objects.filter(session__group=group, client=saved.client_id).exists():
            saved.state, saved.left_on = Place.LEFT, timezone.localdate()
            saved.save(update_fields=["state", "left_on"])
        else:
            saved.delete()
        _move_up(group, by)


def taken(group: Group) -> int:
    return Participant.objects.filter(group=group).enrolled().present().count()


def has_room(group: Group) -> bool:
    return group.places is None or taken(group) < group.places


def locked(group: Group) -> Group:
    """As it is now, kept from other hands until the transaction ends."""
    saved: Group = Group.objects.select_for_update().get(pk=group.pk)
    return saved


def running(group: Group) -> Group:
    """As `locked`. Raises GroupEnded."""
    saved = locked(group)
    if saved.ended_at is not None:
        raise GroupEnded
    return saved


def _waiting(group: Group) -> Any:
    return Participant.objects.filter(group=group).present().waiting()


def _move_up(group: Group, by: Seat) -> None:
    """As many as there are places for, those first who have waited longest."""
    if group.ended_at is not None:
        return
    free = None if group.places is None else max(0, group.places - taken(group))
    for row in list(_waiting(group)[:free]):
        row.state, row.enrolled_on = Place.ENROLLED, timezone.localdate()
        row.save(update_fields=["state", "enrolled_on"])
        record(action="group.moved_up", on=row, by=by)


def _field(name: str) -> str:
    """As the audit knows it."""
    return name.removesuffix("_id")


def _save(group: Group, by: Seat) -> None:
    group.version += 1
    group.changed_by_id = by.membership_id
    group.save(force_update=True)
