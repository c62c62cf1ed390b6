"""What a group decides: written down with the minutes, numbered by the year, followed until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.domain.minutes import minuted
from network_registry.working_groups.domain.standing import acting, seated, wait_for
from network_registry.working_groups.enums import DECISION_TRANSITIONS, DecisionState, PointState
from network_registry.working_groups.errors import Frozen, NotConvener, NotNow
from network_registry.working_groups.models import AgendaPoint, Decision, Person
from tenants.organisations.isolation import send_after_commit


@dataclass(frozen=True)
class DecisionDetails:
    """`responsible` is the key of a seat."""

    text: str
    responsible: UUID | None = None
    due_on: date | None = None


def decide(*, point: UUID, details: DecisionDetails, by: Seat) -> Decision:
    """Gets the next number of the meeting's year. Raises NoSeat, GroupClosed, NotNow, Frozen."""
    with transaction.atomic():
        about = AgendaPoint.objects.get(pk=point)
        meeting, _person = minuted(about.meeting_id, by)
        if about.state != PointState.ON:
            raise NotNow(_("This point is not on the agenda."))
        wait_for(meeting.group_id)
        year = meeting.day.year
        last = Decision.objects.filter(group=meeting.group_id, year=year).aggregate(last=Max("number"))["last"]
        made = Decision(
            group_id=meeting.group_id, point=about, year=year, number=(last or 0) + 1, text=details.text,
            due_on=details.due_on,
        )  # fmt: skip
        _hand_to(made, details.responsible)
        made.save(force_insert=True)
        record(action="decision.made", on=made, detail={"number": str(made)}, by=by)
    return made


def change_decision(
    *, decision: UUID, details: DecisionDetails, state: str, note: str, seen_version: int, by: Seat
) -> Decision:
    """By a convener or whoever is responsible. The words stay as they are once the minutes are approved.

    Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen, EditedMeanwhile.
    """
    with transaction.atomic():
        found = _followed(decision, by)
        if found.version != seen_version:
            raise EditedMeanwhile
        if details.text != found.text and found.point.meeting.is_frozen:
            raise Frozen
        if state != found.state and DecisionState(state) not in DECISION_TRANSITIONS[DecisionState(found.state)]:
            raise NotNow(_("A decision goes from open to done or withdrawn, and back to open."))
        if details.responsible != found.responsible_id:
            _hand_to(found, details.responsible)
        found.text, found.due_on, found.state, found.note = details.text, details.due_on, state, note
        found.changed_at, found.version = timezone.now(), found.version + 1
        found.save(update_fields=["text", "responsible", "due_on", "state", "note", "changed_at", "version"])
        record(action="decision.changed", on=found, detail={"number": str(found), "to": state}, by=by)
    return found


def remove_decision(*, decision: UUID, by: Seat) -> None:
    """Written down by mistake, before the minutes are approved; its number is given again where it was the last.

    Raises NoSeat, GroupClosed, NotConvener, NotNow, Frozen.
    """
    with transaction.atomic():
        found = _followed(decision, by)
        minuted(found.point.meeting_id, by)
        record(action="decision.removed", on=found, detail={"number": str(found)}, by=by)
        found.delete()


def may_follow(decision: Decision, person: Person | None) -> bool:
    return person is not None and (person.is_convener or decision.responsible_id == person.pk)


def _followed(decision: UUID, by: Seat) -> Decision:
    found = Decision.objects.select_related("point__meeting").get(pk=decision)
    wait_for(found.point.meeting_id)
    found.refresh_from_db(from_queryset=Decision.objects.select_related("point__meeting"))
    person = acting(found.group_id, by)
    if not may_follow(found, person):
        raise NotConvener
    return found


def _hand_to(decision: Decision, seat: UUID | None) -> None:
    """Whoever becomes responsible is told."""
    from network_registry.working_groups.tasks import tell

    decision.responsible_id = None if seat is None else seated(decision.group_id, seat).pk
    if seat is not None:
        send_after_commit(tell, "responsible", str(decision.pk))
