"""Minutes: written by any member, approved by a convener, and frozen from then on."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.domain.meetings import convened
from network_registry.working_groups.domain.standing import acting, wait_for
from network_registry.working_groups.enums import PointState
from network_registry.working_groups.errors import Frozen, NotNow
from network_registry.working_groups.models import AgendaPoint, Attendance, Meeting, Minutes, MinutesNote, Person
from tenants.organisations.isolation import send_after_commit


def minuted(meeting: UUID, by: Seat) -> tuple[Meeting, Person]:
    """Locked, for whoever writes minutes of it. Raises NoSeat, GroupClosed, NotNow, Frozen."""
    wait_for(meeting)
    found = Meeting.objects.get(pk=meeting)
    person = acting(found.group_id, by)
    if found.cancelled_at is not None or found.starts_at > timezone.now():
        raise NotNow(_("Minutes are written from the beginning of a meeting on."))
    if found.is_frozen:
        raise Frozen
    return found, person


def write_minutes(*, point: UUID, text: str, seen_version: int, by: Seat) -> Minutes:
    """`seen_version` is 0 where nobody had written anything. Raises NoSeat, GroupClosed, NotNow, Frozen,
    EditedMeanwhile."""
    with transaction.atomic():
        about = AgendaPoint.objects.get(pk=point)
        _meeting, person = minuted(about.meeting_id, by)
        if about.state != PointState.ON:
            raise NotNow(_("This point is not on the agenda."))
        found = Minutes.objects.filter(point=about).first()
        if (found.version if found else 0) != seen_version:
            raise EditedMeanwhile
        is_new = found is None
        found = found or Minutes(point=about, version=0)
        found.text, found.by_id, found.written_at = text, person.pk, timezone.now()
        found.version += 1
        found.save(force_insert=is_new)
        record(action="agenda_point.minuted", on=about, by=by)
    return found


def note_attendance(*, meeting: UUID, presences: Mapping[UUID, str], by: Seat) -> None:
    """`presences` by key of the seat; an empty one takes the mark away. Those not named stay as they are.

    Raises NoSeat, GroupClosed, NotNow, Frozen.
    """
    with transaction.atomic():
        found, _person = minuted(meeting, by)
        known = set(Person.objects.of(found.group_id).filter(pk__in=presences).values_list("pk", flat=True))
        for seat in known:
            if presences[seat]:
                Attendance.objects.update_or_create(meeting=found, seat_id=seat, defaults={"presence": presences[seat]})
            else:
                Attendance.objects.filter(meeting=found, seat=seat).delete()
        record(action="group_meeting.attended", on=found, by=by)


def approve(*, meeting: UUID, by: Seat) -> None:
    """Freezes agenda, attendance, minutes and the words of decisions; everybody in the group is told.

    Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen.
    """
    from network_registry.working_groups.tasks import tell

    with transaction.atomic():
        found = convened(meeting, by)
        person = acting(found.group_id, by, convening=True)
        if not found.is_over:
            raise NotNow(_("The minutes are approved after the meeting."))
        if not Minutes.objects.filter(point__meeting=found).exclude(text="").exists():
            raise NotNow(_("Nobody has written minutes yet."))
        found.approved_at, found.approved_by_id = timezone.now(), person.pk
        found.version += 1
        found.save(update_fields=["approved_at", "approved_by", "version"])
        record(action="group_meeting.approved", on=found, by=by)
        send_after_commit(tell, "approved", str(found.pk))


def add_note(*, meeting: UUID, text: str, by: Seat) -> MinutesNote:
    """Puts approved minutes right without touching them. Raises NoSeat, GroupClosed, NotNow."""
    with transaction.atomic():
        found = Meeting.objects.get(pk=meeting)
        person = acting(found.group_id, by)
        if not found.is_frozen:
            raise NotNow(_("These minutes are not approved yet: change them themselves."))
        note = MinutesNote.objects.create(meeting=found, text=text, by_id=person.pk)
        record(action="group_meeting.noted", on=found, by=by)
    return note
