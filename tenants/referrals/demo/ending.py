"""Referrals of the demo that wait too long, whose consent was taken back, or that the secretariat has to let go out;
and what the fairness board counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Final
from uuid import UUID

from django.db.models import F, Model
from django.utils import timezone

from halka.audit.domain import THEMSELVES
from halka.authorization.roles import Role, Seat
from network_registry.exchange.domain.envelopes import new_reference
from network_registry.exchange.domain.fairness import renew_fairness
from network_registry.exchange.domain.passing import pass_deadline
from network_registry.exchange.enums import Remains, Service, State
from network_registry.exchange.models import Envelope, EnvelopeEvent
from tenants.caseloads.domain.consents import NewConsent, withdraw_consent
from tenants.caseloads.enums import ConsentGiven
from tenants.caseloads.enums.consents import WithdrawnBy
from tenants.caseloads.models import Client, PersonalLink
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.demo import network
from tenants.referrals.domain import answering, closing, sending
from tenants.referrals.models import Referral, Step

Deliver = Callable[[UUID], None]
# Sender, recipient -> days for which the referral between them has waited, and nobody has answered.
WAITED: Final = {("kaimai", "pogum"): 24, ("mentors", "peyvand"): 11, ("peyvand", "jobservice"): 4}
MOMENTS: Final = ("created_at", "sent_at", "opened_at", "moved_at", "clock_since", "due_at")
PAST: Final = 240  # referrals of the last year, of people whom everybody has erased since
OFFERED: Final = (Service.MENTORING, Service.JOB_SEARCH, Service.TRAINING, Service.PRACTICE)


@dataclass(frozen=True)
class TakenBack:
    """Accepted, then taken back. `client` is empty for whoever has an own page; `remains` is what the recipient said of
    its copy, and `note` why."""

    sender: str
    client: str
    target: str
    service: Service
    need: str
    area: str
    answered_by: str
    remains: Remains
    note: str = ""


TAKEN_BACK: Final = (
    TakenBack(
        "pogum", "Čedomir Vukić", "mentors", Service.MENTORING,
        "Nekdo, ki gre zraven na prve pogovore, po bosansko.", "Prevalje", "blerim", Remains.WAITING,
    ),
    TakenBack(
        "mentors", "", "prvikorak", Service.PRACTICE,
        "Një vend provë ku shpjegojnë me durim.", "Kumanovë", "marko", Remains.ERASED,
    ),
    TakenBack(
        "peyvand", "", "mentors", Service.MENTORING,
        "گفت‌وگو با کسی که خودش همین راه را رفته است.", "مشهد", "blerim", Remains.RESTRICTED,
        "Act on accounting: vouchers are kept for five years.",
    ),
)  # fmt: skip


def load(deliver: Deliver) -> None:
    """After the other referrals, outside of any organisation."""
    for (sender, target), days in WAITED.items():
        _let_wait(sender, target, days, deliver)
    for demo in TAKEN_BACK:
        _take_back(demo, deliver)
    _hold()
    _remember()
    renew_fairness()


def _organisation(short_name: str) -> Organisation:
    return Organisation.objects.get(schema_name=short_name)


def _colleague(handle: str) -> tuple[Colleague, Seat]:
    colleague = Colleague.objects.get(email__startswith=f"{handle}@")
    return colleague, _seat(colleague)


def _seat(colleague: Colleague) -> Seat:
    return Seat(colleague.user_id, colleague.pk, Role(colleague.role), colleague.name)


def _own(envelope_id: UUID) -> Referral:
    return Referral.objects.select_related("envelope", "consent", "client").get(envelope=envelope_id)


# --- waits too long ------------------------------------------------------------------------------------------------
def _let_wait(sender: str, target: str, days: int, deliver: Deliver) -> None:
    """Moves it back in time, day by day, so that each deadline passes when it comes."""
    waiting = Envelope.objects.in_state(State.SENT).filter(sender__schema_name=sender, target__schema_name=target)
    envelope = waiting.select_related("sender", "target").order_by("id")[0]
    for _day in range(days):
        _move_back(envelope, timedelta(days=1))
        while pass_deadline(envelope.pk):
            deliver(envelope.pk)


def _move_back(envelope: Envelope, by: timedelta) -> None:
    Envelope.objects.filter(pk=envelope.pk).update(**{name: F(name) - by for name in MOMENTS})
    _earlier(EnvelopeEvent, by, envelope=envelope)
    for side in (envelope.sender, envelope.target):
        with inside(side.ref()):
            _earlier(Step, by, referral__envelope=envelope.pk)
            Referral.objects.filter(envelope=envelope.pk).update(created_at=F("created_at") - by)


def _earlier(model: type[Model], by: timedelta, **which: object) -> None:
    model._default_manager.filter(**which).update(at=F("at") - by)


# --- a consent was taken back ---------------------------------------------------------------------------------------
def _take_back(demo: TakenBack, deliver: Deliver) -> None:
    target = _organisation(demo.target)
    with inside(_organisation(demo.sender).ref()):
        client = _client(demo.client)
        owner = _responsible(client)
        envelope_id = sending.send_with_consent(
            client=client,
            request=sending.Request(target, demo.service, demo.need, area=demo.area),
            new_consent=_agreed(target),
            by=_seat(owner),
        ).envelope_id
    deliver(envelope_id)
    with inside(target.ref()):
        colleague, seat = _colleague(demo.answered_by)
        answering.open_referral(referral=_own(envelope_id), by=seat)
        answering.accept_referral(referral=_own(envelope_id), assignee=colleague, by=seat)
    deliver(envelope_id)
    with inside(_organisation(demo.sender).ref()):
        consent = _own(envelope_id).consent
        assert consent is not None
        withdraw_consent(consent=consent, how=WithdrawnBy.OWN_PAGE, by=THEMSELVES)
    deliver(envelope_id)
    if demo.remains != Remains.WAITING:
        with inside(target.ref()):
            closing.settle_referral(referral=_own(envelope_id), remains=demo.remains, note=demo.note, by=seat)
        deliver(envelope_id)


def _client(name: str) -> Client:
    if not name:
        return PersonalLink.objects.select_related("client").order_by("id")[0].client
    return next(client for client in Client.objects.all() if str(client) == name)


def _responsible(client: Client) -> Colleague:
    assert client.assigned_to is not None
    return client.assigned_to


def _agreed(target: Organisation) -> NewConsent:
    return NewConsent(
        recipient=target,
        scopes=["identity", "contact"],
        how_given=ConsentGiven.SIGNED,
        expires_on=timezone.localdate() + timedelta(days=180),
    )


# --- waits for the secretariat -------------------------------------------------------------------------------------
def _hold() -> None:
    """What the newcomer sends goes nowhere by itself."""
    target = _organisation("kaimai")
    with inside(_organisation(network.NEWCOMER.short_name).ref()):
        for client, service in zip(
            Client.objects.order_by("created_at"), (Service.TRAINING, Service.JOB_SEARCH), strict=True
        ):
            owner = _responsible(client)
            request = sending.Request(target, service, "Kompiuterio pagrindai, lėtai ir su pertraukomis.", area="Utena")
            sending.send_with_consent(
                client=client, request=request, new_consent=_agreed(target), by=_seat(owner)
            )  # fmt: skip


# --- the last year --------------------------------------------------------------------------------------------------
def _remember() -> None:
    """Envelopes of the last year; the people in them are erased everywhere, as people are, and the figures stay."""
    chance = Random(4)  # noqa: S311  # the same network each time
    members = list(Organisation.objects.filter(schema_name__in=["mentors", "prvikorak", "kaimai", "pogum", "peyvand"]))
    envelopes: list[Envelope] = []
    events: list[EnvelopeEvent] = []
    now = timezone.now()
    for number in range(PAST):
        slow = number % len(members)  # the first answers soonest, the last lets most expire
        target = members[slow]
        sender = chance.choice([member for member in members if member is not target])
        sent_at = now - timedelta(days=365 * number / PAST * 0.9 + 35, hours=chance.randrange(24))
        envelope = Envelope(
            reference=new_reference(),
            sender=sender,
            target=target,
            service=chance.choice(OFFERED),
            created_at=sent_at,
            sent_at=sent_at,
        )
        envelopes.append(envelope)
        events += _lived(envelope, chance, slow)
    Envelope.objects.bulk_create(envelopes)
    EnvelopeEvent.objects.bulk_create(events)


def _lived(envelope: Envelope, chance: Random, slow: int) -> list[EnvelopeEvent]:
    """What became of it; sets where it stands now."""
    assert envelope.sent_at is not None
    sent_at, days = envelope.sent_at, 1 + chance.random() * (3 + 4 * slow)
    answer, luck = sent_at + timedelta(days=days), chance.random()
    told = [_event(envelope, State.SENT, sent_at)]
    if luck < 0.03 + 0.06 * slow:
        return [*told, _stands(envelope, State.EXPIRED, sent_at + timedelta(days=30))]
    envelope.opened_at, envelope.answered_at, envelope.waited = answer, answer, timedelta(days=days)
    told.append(_event(envelope, State.OPENED, answer))
    if luck < 0.3:
        envelope.reason = "no_place"
        return [*told, _stands(envelope, State.DECLINED, answer)]
    told.append(_stands(envelope, State.ACCEPTED, answer))
    if luck < 0.85:
        ended = answer + timedelta(days=5 + chance.random() * 25)
        envelope.started_at, envelope.ended_at = answer + timedelta(days=2), min(ended, timezone.now())
        envelope.result, envelope.closed_at = State.COMPLETED, envelope.ended_at
        told.append(_event(envelope, State.COMPLETED, envelope.ended_at, reason="service_given"))
        told.append(_stands(envelope, State.CLOSED, envelope.ended_at))
    return told


_numbers = count()


def _event(envelope: Envelope, type: State, at: datetime, *, reason: str = "") -> EnvelopeEvent:
    by = envelope.sender if type in (State.SENT, State.CLOSED) else envelope.target
    moment = at + timedelta(milliseconds=next(_numbers))  # in the order in which they were written
    return EnvelopeEvent(
        envelope=envelope,
        type=type,
        state=type,
        organisation=None if type == State.EXPIRED else by,
        reason=reason,
        at=moment,
    )


def _stands(envelope: Envelope, state: State, at: datetime) -> EnvelopeEvent:
    envelope.state, envelope.moved_at = state, at
    return _event(envelope, state, at, reason=envelope.reason if state == State.DECLINED else "")
