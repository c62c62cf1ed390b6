"""E-mails to a group's people, each in their own language, with the address in their own workspace. With the network's
rights: nobody's organisation knows the others' addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.mime.base import MIMEBase
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import parseaddr
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.authorization.roles import Permission, roles_with
from halka.common import icalendar
from halka.common.addresses import workspace_url
from halka.common.calendars import calendar_in_use
from halka.common.icalendar import Method, Person
from network_registry.working_groups.domain.feeds import event_of
from network_registry.working_groups.enums import PointState
from network_registry.working_groups.models import AgendaPoint, Charter, Decision, GroupSeat, Meeting
from tenants.organisations.enums import State
from tenants.organisations.models import Membership

MANAGING: Final = roles_with(Permission.MEMBER_MANAGE)


def seats_of(group_id: UUID) -> Any:
    """Those that count now, with whom they are of."""
    found = GroupSeat.objects.here().filter(group=group_id).select_related("membership__user", "organisation")
    return found.defer("organisation__logo").distinct()


def send_invitations(meeting_id: UUID, sequence: int, method: Method, *, seats: Iterable[GroupSeat] = ()) -> int:
    """To everybody in the group, or to `seats` alone. Nothing where the meeting has changed since: then a newer one is
    on its way.
    """
    meeting = Meeting.objects.select_related("group__group").get(pk=meeting_id)
    if meeting.sequence != sequence:
        return 0
    about = "cancelled" if method == Method.CANCEL else "changed" if sequence else "invited"
    messages = [_invitation(meeting, seat, method, about) for seat in seats or seats_of(meeting.group_id)]
    return get_connection().send_messages(messages) or 0


def invite_late(seat_id: UUID) -> int:
    """To meetings ahead that the others were invited to before."""
    seat = seats_of_seat(seat_id).first()
    if seat is None:
        return 0
    ahead = Meeting.objects.ahead().filter(group=seat.group_id, invited_at__isnull=False)
    return sum(send_invitations(one.pk, one.sequence, Method.REQUEST, seats=[seat]) for one in ahead)


def seats_of_seat(seat_id: UUID) -> Any:
    found = GroupSeat.objects.here().filter(pk=seat_id).select_related("membership__user", "organisation")
    return found.defer("organisation__logo").distinct()


def _invitation(meeting: Meeting, seat: GroupSeat, method: Method, about: str) -> EmailMessage:
    user = seat.membership.user
    points = list(meeting.points.filter(state=PointState.ON))
    with _reading(seat.membership), timezone.override(meeting.zone):
        context = {
            "meeting": meeting,
            "points": points,
            "zone": meeting.get_time_zone_display(),
            "address": workspace_url(seat.organisation, "wg-meeting", meeting.group_id, meeting.pk),
        }
        message = _message(about, seat.membership, meeting.group, context)
    agenda = "\n".join(point.title for point in points)
    event = event_of(meeting, seat.organisation, user.language, agenda)
    sender, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = Person(meeting.group.name_in(user.language) or sender, address)
    event = replace(event, organizer=organizer, attendees=[Person(user.name, user.email)])
    text = icalendar.calendar([event], method=method, product="Working groups", stamped=timezone.now())
    message.attach(_attached(text, method))
    return message


def _attached(text: str, method: Method) -> MIMEBase:
    """With the method in its type, by which mail programs offer to enter it."""
    part = MIMENonMultipart("text", "calendar", charset="utf-8", method=method.value, name="meeting.ics")
    part.set_payload(text.encode(), charset="utf-8")
    part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
    return part


def tell(about: str, key: UUID) -> int:
    """`about` is one of TOLD; `key` that of what it is about. How many were written to."""
    return get_connection().send_messages(list(TOLD[about](key))) or 0


def _founded(group_id: UUID) -> Iterable[EmailMessage]:
    """To those who name people, in each member organisation."""
    charter = Charter.objects.with_group().get(pk=group_id)
    found = Membership.objects.active().filter(organisation__in=charter.group.organisations.all(), role__in=MANAGING)
    found = found.exclude(organisation__state=State.CLOSED).select_related("user", "organisation")
    for membership in found.defer("organisation__logo"):
        address = workspace_url(membership.organisation, "wg-people", group_id)
        convenes = membership.organisation_id == charter.convener_id
        yield _written("founded", membership, charter, {"address": address, "convenes": convenes})


def _named(seat_id: UUID) -> Iterable[EmailMessage]:
    for seat in seats_of_seat(seat_id):
        charter = Charter.objects.with_group().get(pk=seat.group_id)
        yield _written("named", seat.membership, charter, {"address": _room(seat)})


def _proposed(point_id: UUID) -> Iterable[EmailMessage]:
    """To those who convene."""
    point = AgendaPoint.objects.select_related("meeting__group__group").filter(pk=point_id).first()
    if point is None:  # taken back meanwhile
        return
    group = point.meeting.group
    for seat in seats_of(group.pk).convening():
        address = workspace_url(seat.organisation, "wg-meeting", group.pk, point.meeting_id)
        yield _written(
            "proposed", seat.membership, group, {"address": address, "meeting": point.meeting, "point": point}
        )


def _approved(meeting_id: UUID) -> Iterable[EmailMessage]:
    meeting = Meeting.objects.select_related("group__group").get(pk=meeting_id)
    for seat in seats_of(meeting.group_id):
        address = workspace_url(seat.organisation, "wg-meeting", meeting.group_id, meeting.pk)
        yield _written("approved", seat.membership, meeting.group, {"address": address, "meeting": meeting})


def _responsible(decision_id: UUID) -> Iterable[EmailMessage]:
    decision = Decision.objects.select_related("group__group").filter(pk=decision_id).first()
    if decision is None or decision.responsible_id is None:  # handed on meanwhile
        return
    for seat in seats_of_seat(decision.responsible_id):
        address = workspace_url(seat.organisation, "wg-decision", decision.group_id, decision.pk)
        yield _written("responsible", seat.membership, decision.group, {"address": address, "decision": decision})


TOLD: Final[dict[str, Callable[[UUID], Iterable[EmailMessage]]]] = {
    "founded": _founded,
    "named": _named,
    "proposed": _proposed,
    "approved": _approved,
    "responsible": _responsible,
}


def _room(seat: GroupSeat) -> str:
    return workspace_url(seat.organisation, "wg-room", seat.group_id)


@contextmanager
def _reading(membership: Membership) -> Iterator[None]:
    """Language and calendar of whoever is written to."""
    with translation.override(membership.user.language), calendar_in_use(membership.user.calendar):
        yield


def _written(name: str, membership: Membership, group: Charter, context: dict[str, Any]) -> EmailMessage:
    with _reading(membership):
        return _message(name, membership, group, context)


def _message(name: str, membership: Membership, group: Charter, context: dict[str, Any]) -> EmailMessage:
    """In the language in use."""
    context = {"name": membership.user.name, "group": group.name_in(membership.user.language), **context}
    subject = " ".join(render_to_string(f"working_groups/mail/{name}_subject.txt", context).split())
    body = render_to_string(f"working_groups/mail/{name}.txt", context).strip()
    return EmailMessage(subject, body + "\n", to=[membership.user.email])
