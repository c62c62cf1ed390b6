"""A working group of three invented organisations: a meeting that is over, with approved minutes and two decisions; one
that comes; a document."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.uploads import NewFile
from network_registry.working_groups.domain import agenda, decisions, documents, founding, meetings, minutes, seats
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.domain.decisions import DecisionDetails
from network_registry.working_groups.domain.meetings import MeetingDetails
from network_registry.working_groups.models import Charter, Document, GroupSeat, Meeting
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation, WorkingGroup

NAMES: Final = {
    "en": "Loans that help",
    "sq": "Kredi që ndihmojnë",
    "sl": "Posojila, ki pomagajo",
    "fa": "وام‌هایی که کمک می‌کنند",
}
PURPOSE: Final = (
    "Small loans help some people into work and bury others. We compare what has to be there before a loan is given, "
    "and write five questions that every one of us asks."
)
PAPER: Final = (
    "Five questions before a loan\n\n1. Who buys it, and who has bought it already?\n2. What is left of ten sales when "
    "everything is paid?\n3. What happens in a month without a sale?\n4. Who at home knows of it, and agrees?\n"
    "5. What would you do with half of the money?\n"
)
CONVENER, SECOND, THIRD = "blerim@mentors", "tina@pogum", "narges@peyvand"
Person = tuple[OrganisationRef, Seat]


def load(group: WorkingGroup, person: Callable[[str], Person], *, founder: str) -> None:
    """`person` finds somebody by `handle@organisation`; the group's organisations are those of the three."""
    _found(group, person, founder)
    handles = (CONVENER, SECOND, THIRD)
    there = {handle: _name(group.pk, *person(handle), convenes=handle == CONVENER) for handle in handles}
    _past(group.pk, person, there)
    _coming(group.pk, person)
    ref, by = person(SECOND)
    with inside(ref):
        file = NewFile("Five questions before a loan", [PAPER.encode()], "text/plain")
        document = documents.add_document(group=group.pk, file=file, by=by)
        newer = NewFile(file.title, [PAPER.replace("ten sales", "twenty sales").encode()], "text/plain")
        documents.add_version(document=document.pk, file=newer, note="Twenty sales instead of ten", by=by)


def _found(group: WorkingGroup, person: Callable[[str], Person], founder: str) -> None:
    ref, by = person(founder)
    convener = person(CONVENER)[0].id
    with inside(ref):
        organisations = list(group.organisations.values_list("pk", flat=True))
        founding.save_group(
            group=group.pk, names=NAMES, purpose=PURPOSE, organisations=organisations,
            convener=convener, seen_version=group.version, by=by,
        )  # fmt: skip


def _name(group: UUID, ref: OrganisationRef, by: Seat, *, convenes: bool) -> UUID:
    assert by.membership_id is not None
    with inside(ref):
        return seats.name_person(group=group, colleague=by.membership_id, is_convener=convenes, by=by).pk


def _past(group: UUID, person: Callable[[str], Person], there: dict[str, UUID]) -> None:
    ref, by = person(CONVENER)
    with inside(ref):
        meeting = meetings.call_meeting(group=group, details=_details("What we ask before a loan", -21), by=by)
        asked, next_steps = (
            agenda.add_point(meeting=meeting.pk, details=PointDetails(title, text, length), by=by)
            for title, text, length in (
                ("Five questions", "Each of us brings the one that was hardest to answer.", 40),
                ("Who tries them", "", 20),
            )
        )
    ref_of_second, second = person(SECOND)
    with inside(ref_of_second):
        presences = {there[CONVENER]: "present", there[SECOND]: "present", there[THIRD]: "excused"}
        minutes.note_attendance(meeting=meeting.pk, presences=presences, by=second)
        text = "All agree on four of the five. What is left of ten sales tells too little: twenty would tell more."
        minutes.write_minutes(point=asked.pk, text=text, seen_version=0, by=second)
        text = "Every organisation tries the questions with the next people who ask for a loan, and notes the answers."
        minutes.write_minutes(point=next_steps.pk, text=text, seen_version=0, by=second)
        due = timezone.localdate() + timedelta(days=30)
        first = decisions.decide(
            point=asked.pk, details=DecisionDetails("The paper asks about twenty sales.", there[SECOND]), by=second
        )
        tried = "Every member tries the questions until the next meeting and brings what was hard."
        decisions.decide(point=next_steps.pk, details=DecisionDetails(tried, there[CONVENER], due), by=second)
    with inside(ref):
        minutes.approve(meeting=meeting.pk, by=by)
    with inside(ref_of_second):
        details = DecisionDetails(first.text, first.responsible_id, first.due_on)
        decisions.change_decision(
            decision=first.pk, details=details, state="done", note="Version 2 of the paper", seen_version=1, by=second
        )


def _coming(group: UUID, person: Callable[[str], Person]) -> None:
    ref, by = person(CONVENER)
    with inside(ref):
        meeting = meetings.call_meeting(group=group, details=_details("What was hard to answer", 14), by=by)
        agenda.add_point(meeting=meeting.pk, details=PointDetails("What we heard", "", 45), by=by)
        meetings.invite(meeting=meeting.pk, by=by)
    ref, by = person(SECOND)
    with inside(ref):
        meetings.answer(meeting=meeting.pk, reply="yes", by=by)
    ref, by = person(THIRD)
    with inside(ref):
        meetings.answer(meeting=meeting.pk, reply="maybe", by=by)
        agenda.add_point(meeting=meeting.pk, details=PointDetails("وام خانوادگی و ضامن", "", 15), by=by)


def _details(title: str, days: int) -> MeetingDetails:
    """At ten in Tirana."""
    day = timezone.localdate() + timedelta(days=days)
    starts = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Tirane"))
    return MeetingDetails(
        title=title, starts_at=starts, ends_at=starts + timedelta(minutes=90), time_zone="Europe/Tirane",
        link="https://meet.example/loans-that-help",
    )  # fmt: skip


def remove(organisations: Collection[Organisation]) -> None:
    """The life of every group in which these have a part; the groups themselves stay."""
    found = Charter.objects.filter(pk__in=GroupSeat.objects.filter(organisation__in=organisations).values("group"))
    keys = {*found.values_list("pk", flat=True)}
    keys |= {*Charter.objects.filter(convener__in=organisations).values_list("pk", flat=True)}
    for model in (Meeting, Document, GroupSeat):
        model._default_manager.filter(group__in=keys).delete()
    Charter.objects.filter(pk__in=keys).delete()
