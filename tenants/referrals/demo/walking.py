"""Brings a referral of the demo where it stands, by both sides' own verbs, and back to the days on which it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from halka.audit.domain import SYSTEM
from halka.authorization.roles import Role, Seat
from network_registry.exchange.domain import clock
from network_registry.exchange.domain.clock import Clock
from network_registry.exchange.domain.holding import reject_held
from network_registry.exchange.domain.passing import pass_deadline
from network_registry.exchange.enums import DAYS, MOMENTS, Deadline, EventType, RejectReason, Remains, State
from network_registry.exchange.models import Envelope, EnvelopeEvent
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums import ConsentGiven
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.acts import ACTS
from tenants.referrals.demo.exchange import OUT
from tenants.referrals.demo.progress import rate
from tenants.referrals.demo.shapes import DemoAct, DemoReferral
from tenants.referrals.domain import sending
from tenants.referrals.models import Referral, Step

Deliver = Callable[[UUID], None]
VERBS = {act.slug: act for act in ACTS}
BY_ITSELF = {EventType.ESCALATED: DAYS[Deadline.ESCALATION], State.EXPIRED: DAYS[Deadline.EXPIRY]}  # days of waiting
STEP = timedelta(hours=3, minutes=7)  # what follows by itself, and acts of one day, come one after the other


def walk(demo: DemoReferral, deliver: Deliver) -> None:
    """From the draft to where it stands now; what the secretariat rejects, it rejects later."""
    sender, target = _organisation(demo.sender), _organisation(demo.target)
    with inside(sender.ref()):
        envelope_id = _begin(demo, target)
        earlier = _own(envelope_id).parent
    if demo.state in (State.DRAFT, State.REJECTED):
        return
    if earlier is not None:
        deliver(earlier.envelope_id)
    deliver(envelope_id)
    for act in demo.acts:
        with inside((sender if act.by == OUT else target).ref()):
            _act(demo, act, envelope_id)
        deliver(envelope_id)
        if act.slug == "start":
            began = timezone.now() - timedelta(days=act.days)
            Envelope.objects.filter(pk=envelope_id).update(started_at=began)  # what is told of the way counts from it
            with inside(target.ref()):
                _rate(demo, envelope_id)
    if demo.state == State.EXPIRED:
        _let_expire(envelope_id, deliver)
    if demo.days:
        _take_back_in_time(demo, Envelope.objects.get(pk=envelope_id), (sender, target))


def reject(demo: DemoReferral, secretariat: str, deliver: Deliver) -> None:
    """When the secretariat is there."""
    sent = Envelope.objects.in_state(State.HELD).get(
        sender__schema_name=demo.sender, target__schema_name=demo.target, service=demo.service
    )
    with inside(_organisation(secretariat).ref()):
        reject_held(envelope=sent, reason=RejectReason.WRONG_RECIPIENT, by=SYSTEM)
    deliver(sent.pk)


def _organisation(short_name: str) -> Organisation:
    return Organisation.objects.get(schema_name=short_name)


def _seat(colleague: Colleague) -> Seat:
    return Seat(colleague.user_id, colleague.pk, Role(colleague.role), colleague.name)


def _own(envelope_id: UUID) -> Referral:
    return Referral.objects.select_related("envelope", "consent", "client").get(envelope=envelope_id)


def _begin(demo: DemoReferral, target: Organisation) -> UUID:
    client = next(client for client in Client.objects.all() if str(client) == demo.client)
    by = _seat(Colleague.objects.get(pk=client.assigned_to_id))
    request = sending.Request(target, demo.service, demo.need, demo.urgency, demo.area)
    if demo.state == State.DRAFT:
        return sending.draft_referral(client=client, request=request, by=by).envelope_id
    agreed = NewConsent(
        recipient=target,
        scopes=demo.scopes,
        how_given=ConsentGiven.SIGNED,
        expires_on=timezone.localdate() + timedelta(days=demo.agreed_for),
    )
    if not demo.instead_of:
        return sending.send_with_consent(client=client, request=request, new_consent=agreed, by=by).envelope_id
    there = Referral.objects.outgoing().in_state(State.DECLINED).filter(client=client, envelope__service=demo.service)
    earlier = there.select_related("envelope", "client").get(other=_organisation(demo.instead_of).pk)
    return sending.redirect_referral(referral=earlier, request=request, new_consent=agreed, by=by).envelope_id


def _act(demo: DemoReferral, act: DemoAct, envelope_id: UUID) -> None:
    referral = _own(envelope_id)
    key: dict[str, Any] = {"pk": referral.owner_id} if act.by == OUT else {"email__startswith": f"{act.by}@"}
    colleague = Colleague.objects.get(**key)
    data: dict[str, Any] = {name: value for name, value in act.said().items() if value}
    if act.slug == "accept":
        data["assignee"] = colleague
    VERBS[act.slug].run(referral, data, _seat(colleague))


def _rate(demo: DemoReferral, envelope_id: UUID) -> None:
    """Recipient and person look back at how it went, as often as the demo says."""
    referral = _own(envelope_id)
    assert referral.client is not None
    by = _seat(Colleague.objects.get(pk=referral.owner_id))
    scales = {scale.standard: scale for scale in scales_in_use()}
    for rating in demo.ratings:
        rate(referral.client, scales[rating.scale], rating, by)


# --- days ago ----------------------------------------------------------------------------------------------------
def _let_expire(envelope_id: UUID, deliver: Deliver) -> None:
    """As if it had waited for all of its days."""
    longest = timedelta(days=31)
    Envelope.objects.filter(pk=envelope_id).update(clock_since=F("clock_since") - longest, due_at=F("due_at") - longest)
    while pass_deadline(envelope_id):
        deliver(envelope_id)


def _take_back_in_time(demo: DemoReferral, envelope: Envelope, sides: Iterable[Organisation]) -> None:
    """Each event on its day, on both sides' timelines, and the clock as it would have run."""
    now = timezone.now()
    events = list(EnvelopeEvent.objects.filter(envelope=envelope))
    acts = iter([(State.SENT, demo.days), *((VERBS[act.slug].to, act.days) for act in demo.acts)])
    next_move, days = next(acts)
    at, moments = now - timedelta(days=demo.days + 1), {}
    for number, event in enumerate(events):
        if event.type == next_move:
            at = max(at, _at_work(now - timedelta(days=days), number))
            next_move, days = next(acts, ("", 0))
        else:
            at = now - timedelta(days=demo.days - BY_ITSELF[event.type]) if event.type in BY_ITSELF else at + STEP
        moments[event.pk] = at = min(at, now)
        at += STEP / 60
    _set_clock(envelope, [(State(event.type), moments[event.pk]) for event in events if event.type in State])
    for event in events:
        EnvelopeEvent.objects.filter(pk=event.pk).update(at=moments[event.pk])
    for side in sides:
        with inside(side.ref()):
            _set_copy(envelope, moments)


def _at_work(day: datetime, number: int) -> datetime:
    """Some hour of that day at which people work."""
    return day.replace(hour=7 + (3 * number + day.day) % 8, minute=(17 * number + 7 * day.day) % 60)


def _set_clock(envelope: Envelope, moves: list[tuple[State, datetime]]) -> None:
    changes: dict[str, Any] = dict.fromkeys(MOMENTS)
    ticking = Clock()
    for to, at in moves:
        ticking = clock.moved(ticking, to=to, days=envelope.days, now=at)
        changes |= {name: at for name, states in MOMENTS.items() if to in states and changes[name] is None}
    while ticking.since is not None and ticking.due_at is not None and ticking.due_at <= timezone.now():
        ticking = clock.passed(ticking, days=envelope.days)
    if envelope.remains not in ("", Remains.WAITING):
        ticking = Clock(waited=ticking.waited)
    changes |= {"created_at": moves[0][1], "moved_at": moves[-1][1], "waited": ticking.waited}
    changes |= {"clock_since": ticking.since, "due": ticking.due, "due_at": ticking.due_at, "passed": ticking.passed}
    Envelope.objects.filter(pk=envelope.pk).update(**changes)


def _set_copy(envelope: Envelope, moments: dict[UUID, datetime]) -> None:
    copy = _own(envelope.pk)
    for step in Step.objects.filter(referral=copy):
        Step.objects.filter(pk=step.pk).update(at=moments[step.event])
    told = Envelope.objects.values_list("answered_at", flat=True).get(pk=envelope.pk)
    changes: dict[str, Any] = {"created_at": min(moments.values())}
    if copy.disclosed_at is not None:
        changes["disclosed_at"] = told
    Referral.objects.filter(pk=copy.pk).update(**changes)
