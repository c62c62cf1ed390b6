"""Calling meetings, inviting to them, answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from halka.common.icalendar import Method
from network_registry.working_groups.domain.standing import acting, wait_for
from network_registry.working_groups.errors import Frozen, NotNow
from network_registry.working_groups.models import Answer, Meeting
from tenants.organisations.isolation import send_after_commit

TOLD = ("title", "starts_at", "ends_at", "time_zone", "place", "link")  # what an invitation says


@dataclass(frozen=True)
class MeetingDetails:
    """Moments are aware; `time_zone` is where it takes place."""

    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str = ""
    link: str = ""


def call_meeting(*, group: UUID, details: MeetingDetails, by: Seat) -> Meeting:
    """Nobody is told yet: the agenda comes first. Raises NoSeat, GroupClosed, NotConvener."""
    with transaction.atomic():
        person = acting(group, by, convening=True)
        meeting = Meeting.objects.create(group_id=group, called_by_id=person.pk, **vars(details))
        record(action="group_meeting.called", on=meeting, by=by)
    return meeting


def change_meeting(*, meeting: UUID, details: MeetingDetails, seen_version: int, by: Seat) -> Meeting:
    """Whoever was invited is told what changed. Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen,
    EditedMeanwhile."""
    with transaction.atomic():
        found = convened(meeting, by)
        if found.version != seen_version:
            raise EditedMeanwhile
        changed = [name for name in TOLD if getattr(found, name) != getattr(details, name)]
        for name in changed:
            setattr(found, name, getattr(details, name))
        found.version += 1
        if changed and found.invited_at is not None:
            _send(found, Method.REQUEST)
        found.save(update_fields=[*changed, "sequence", "version"])
        record(action="group_meeting.changed", on=found, detail={"fields": changed}, by=by)
    return found


def invite(*, meeting: UUID, by: Seat) -> Meeting:
    """Everybody with a seat, by e-mail with a calendar entry; again, where something in the agenda is new.

    Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen.
    """
    with transaction.atomic():
        found = convened(meeting, by)
        if found.is_over:
            raise NotNow(_("This meeting is over."))
        _send(found, Method.REQUEST)
        found.invited_at = timezone.now()
        found.save(update_fields=["invited_at", "sequence"])
        record(action="group_meeting.invited", on=found, by=by)
    return found


def cancel_meeting(*, meeting: UUID, by: Seat) -> None:
    """Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen."""
    with transaction.atomic():
        found = convened(meeting, by)
        found.cancelled_at = timezone.now()
        if found.invited_at is not None:
            _send(found, Method.CANCEL)
        found.version += 1
        found.save(update_fields=["cancelled_at", "sequence", "version"])
        record(action="group_meeting.cancelled", on=found, by=by)


def answer(*, meeting: UUID, reply: str, by: Seat) -> Answer:
    """Raises NoSeat, GroupClosed, NotNow."""
    with transaction.atomic():
        found = Meeting.objects.get(pk=meeting)
        person = acting(found.group_id, by)
        if found.cancelled_at is not None or found.is_over:
            raise NotNow(_("This meeting is over, or was cancelled."))
        answered, _is_new = Answer.objects.update_or_create(
            meeting=found,
            seat_id=person.pk,
            defaults={"reply": reply, "at": timezone.now()},
            create_defaults={"reply": reply, "organisation_id": person.organisation_id},
        )
        record(action="group_meeting.answered", on=found, detail={"reply": reply}, by=by)
    return answered


def convened(meeting: UUID, by: Seat) -> Meeting:
    """Locked, for those who convene. Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen."""
    wait_for(meeting)
    found = Meeting.objects.get(pk=meeting)
    acting(found.group_id, by, convening=True)
    if found.cancelled_at is not None:
        raise NotNow(_("This meeting was cancelled."))
    if found.is_frozen:
        raise Frozen
    return found


def _send(meeting: Meeting, method: Method) -> None:
    """The first invitation has the sequence 0, what follows one more each."""
    from network_registry.working_groups.tasks import send_invitations

    meeting.sequence += meeting.invited_at is not None
    send_after_commit(send_invitations, str(meeting.pk), meeting.sequence, method.value)
