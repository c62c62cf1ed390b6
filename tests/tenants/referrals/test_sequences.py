"""Anybody does anything in any order, and carriers die or come twice: what always holds, and what holds once everything
has arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from halka.audit.domain import SYSTEM
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import Refused
from network_registry.exchange.domain import outbox, passing
from network_registry.exchange.domain.envelopes import move_envelope
from network_registry.exchange.enums import RETRACTED, TRANSITIONS, Freight, Remains, Service, Side, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent, record_consent, renew_consent, withdraw_consent
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client
from tenants.integrations.models import Event, EventCounter
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import arrival, closing, delivery, erasing, lapsing, messages, sending
from tenants.referrals.domain.disclosure import fields_in
from tenants.referrals.models import Message, Referral, Step
from tests import database
from tests.tenants.referrals.test_machine import Actor, attempt, in_place_of

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PREVIEW_DAYS = 90
SEQUENCES = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
S = ConsentScope
SCOPES: list[list[str]] = [[S.IDENTITY], [S.IDENTITY, S.CONTACT], [S.IDENTITY, S.CONTACT, S.SENSITIVE], [S.CONTACT]]
SERVICES = [Service.MENTORING, Service.TRAINING]
WELL: dict[State, tuple[str, State]] = {
    State.HELD: ("secretariat", State.SENT),
    State.SENT: ("target", State.OPENED),
    State.OPENED: ("target", State.ACCEPTED),
    State.INFO_REQUESTED: ("sender", State.OPENED),
    State.WAITLISTED: ("target", State.ACCEPTED),
    State.ACCEPTED: ("target", State.STARTED),
    State.STARTED: ("target", State.COMPLETED),
    State.COMPLETED: ("sender", State.CLOSED),
    State.REOPENED: ("target", State.STARTED),
}
NUMBER = st.integers(0, 11)
REFUSALS = (Refused, PermissionDenied, Referral.DoesNotExist)


@dataclass(frozen=True)
class World:
    """Who takes part; `people` are two clients of the sender's."""

    actors: dict[str, Actor]
    people: list[Client]

    def ref(self, name: str) -> OrganisationRef:
        found = self.actors[name].ref
        assert found is not None
        return found


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Act = tuple[str, dict[str, Any]]
ACTS: list[st.SearchStrategy[Act]] = []


def step(weight: int, **drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Something that may happen, so many times as often as others, with what is drawn for it."""

    def note(act: Callable[..., None]) -> Callable[..., None]:
        ACTS.extend(st.tuples(st.just(act.__name__), st.fixed_dictionaries(drawn)) for _time in range(weight))
        return act

    return note


class Referring:
    """The sender, the recipient, the secretariat, an organisation that has nothing to do with it, the clock, and
    carriers, through the verbs and tasks that pages, software and beat call."""

    def __init__(self, world: World, time: time_machine.Traveller) -> None:
        self.world, self.time = world, time
        self.envelopes: list[UUID] = []
        self.own: set[UUID] = set()  # records of the recipient's that rest on something else than a referral
        self.before = {name: self.last_number(name) for name in ("sender", "target")}

    # --- what happens ---------------------------------------------------------------------------------------------
    def begin(self, is_new: bool, is_known: bool) -> None:
        """A sender who is new needs the secretariat; one of the people may be known to the recipient already."""
        if is_new:
            Organisation.objects.filter(pk=self.world.ref("sender").id).update(state="provisional")
        if is_known:
            with self.at("target") as actor:
                person = self.world.people[1]
                details = ClientDetails(given_name=person.given_name, family_name=person.family_name)
                self.own.add(add_client(details=details, by=actor.seat).pk)
        for service, scopes in zip(SERVICES, (SCOPES[2], SCOPES[0]), strict=True):
            self.send(who=0, scopes=scopes, service=service, days=30)

    @step(2, who=NUMBER, scopes=st.sampled_from(SCOPES), service=st.sampled_from(SERVICES), days=st.integers(0, 50))
    def send(self, who: int, scopes: list[str], service: Service, days: int) -> None:
        with self.at("sender") as actor, suppress(*REFUSALS):
            made = sending.send_with_consent(
                client=self.world.people[who % 2],
                request=self.request(service=service),
                new_consent=self.consent(scopes, days),
                by=actor.seat,
            )
            self.envelopes.append(made.envelope_id)

    @step(4, which=NUMBER, steps=st.integers(1, 7))
    def all_goes_well(self, which: int, steps: int) -> None:
        """Both sides go on as one hopes, and everything is carried meanwhile."""
        for _step in range(steps):
            envelope = self.envelope(which)
            if envelope.state in WELL:
                name, to = WELL[State(envelope.state)]
                self.try_to(self.world.actors[name], envelope, to)
            delivery.carry_all(envelope.pk)
            if envelope.state == State.ACCEPTED:
                self.the_recipient_decides(which, "link")

    @step(4, which=NUMBER, choice=NUMBER)
    def somebody_goes_on(self, which: int, choice: int) -> None:
        """A side does what it may."""
        envelope = self.envelope(which)
        moves = [
            (side, to)
            for to, sides in sorted(TRANSITIONS[State(envelope.state)].items())
            for side in sorted(sides - {Side.SYSTEM})
            if to not in RETRACTED or choice > 6
        ]
        if moves:
            side, to = moves[choice % len(moves)]
            self.try_to(self.world.actors[side], envelope, to)

    @step(
        3,
        which=NUMBER,
        name=st.sampled_from(["sender", "target", "secretariat", "third", "system"]),
        to=st.sampled_from(State),
    )
    def somebody_tries(self, which: int, name: str, to: State) -> None:
        """Whatever they may not is refused, and changes nothing."""
        envelope = self.envelope(which)
        actor = self.world.actors[name]
        may = actor.side in TRANSITIONS[State(envelope.state)].get(to, ())
        before = EnvelopeEvent.objects.count()
        self.try_to(actor, envelope, to)
        if not may:
            assert self.envelope(which).state == envelope.state
            assert EnvelopeEvent.objects.count() == before
        if actor.ref and actor.side is None:
            with in_place_of(actor), pytest.raises(ReferralMoved):
                move_envelope(envelope=envelope, to=to)

    @step(2, which=NUMBER, is_renewed=st.booleans(), scopes=st.sampled_from(SCOPES), days=st.integers(1, 80))
    def the_consent_changes(self, which: int, is_renewed: bool, scopes: list[str], days: int) -> None:
        """Renewed for more or for less, or taken back."""
        with self.at("sender") as actor, suppress(*REFUSALS):
            receipt = self.copy(which).consent
            assert receipt is not None
            if is_renewed:
                renew_consent(consent=receipt, new=self.consent(scopes, days), by=actor.seat)
            else:
                withdraw_consent(consent=receipt, how="spoken", by=actor.seat)

    @step(3, which=NUMBER, what=st.sampled_from(["agree", "link", "add", Remains.ERASED, Remains.RESTRICTED]))
    def the_recipient_decides(self, which: int, what: str) -> None:
        """The person agrees to something there, somebody says who it is, or what becomes of the copy."""
        with self.at("target") as actor, suppress(*REFUSALS):
            copy = self.copy(which)
            if what == "agree" and copy.client is not None:
                ends = timezone.localdate() + timedelta(days=30)
                new = NewConsent([S.IDENTITY], ConsentGiven.SIGNED, ends, purpose=ConsentPurpose.CONTACT)
                record_consent(client=copy.client, new=new, by=actor.seat)
                self.own.add(copy.client.pk)
            elif what in ("link", "add"):
                found = arrival.alike(copy) if what == "link" else []
                arrival.take_on(referral=copy, link_to=found[0] if found else None, by=actor.seat)
            elif what in Remains.values:
                closing.settle_referral(referral=copy, remains=Remains(what), note="Act", by=actor.seat)

    @step(1, which=NUMBER, name=st.sampled_from(["sender", "target"]))
    def somebody_writes(self, which: int, name: str) -> None:
        with self.at(name) as actor, suppress(*REFUSALS):
            messages.write_message(referral=self.copy(which), text="When?", by=actor.seat)

    @step(3, which=NUMBER, how=st.sampled_from(["carries all", "dies before", "dies after"]))
    def a_carrier_comes(self, which: int, how: str) -> None:
        """One that dies does so before or after it carried something, and always before it could say so."""
        if how == "carries all":
            delivery.carry_all(self.envelope(which).pk)
        elif item := outbox.claim_next(self.envelope(which).pk):
            if how == "dies after":
                delivery._ROUTES[Freight(item.freight)](item)
            OutboxItem.objects.filter(pk=item.pk).update(claimed_until=None)  # its time is over

    @step(2, days=st.integers(1, 40), is_at_work=st.booleans())
    def days_pass(self, days: int, is_at_work: bool) -> None:
        self.time.shift(timedelta(days=days))
        if is_at_work:
            self.clocks_strike()

    @step(2)
    def the_night_passes(self) -> None:
        """Everything that waits is done and carried, and then all is as it should be."""
        self.time.shift(timedelta(days=1))
        self.clocks_strike()
        while waiting := delivery.waiting_envelopes():
            for envelope_id in waiting:
                delivery.carry_all(envelope_id)
        assert not OutboxItem.objects.undelivered().exists()
        self.copies_agree()
        self.feeds_tell_all_once()
        self.nobody_holds_too_much()
        self.others_see_nothing()

    # --- what always holds ----------------------------------------------------------------------------------------
    def every_move_stands_in_the_table(self) -> None:
        for envelope in Envelope.objects.filter(pk__in=self.envelopes):
            state = State.DRAFT
            for event in events_of(envelope.pk):
                if event.type in State.values:
                    side = Side.SYSTEM if event.organisation_id is None else envelope.side_of(event.organisation_id)
                    assert side in TRANSITIONS[state].get(State(event.type), ()), (state, event.type, side)
                    state = State(event.type)
                assert event.state == state
            assert envelope.state == state

    # --- what holds once everything has arrived -------------------------------------------------------------------
    def copies_agree(self) -> None:
        ours, theirs = self.copies("sender"), self.copies("target")
        assert ours.keys() == {*self.envelopes}
        assert theirs.keys() == {*Envelope.objects.exclude(sent_at=None).values_list("pk", flat=True)}
        for envelope_id, copy in theirs.items():
            own = ours[envelope_id]
            hidden = before_sending(envelope_id)
            known = {step for step in own.steps if step[0] not in hidden}
            assert {step[:4] for step in known} == {step[:4] for step in copy.steps}
            assert {*copy.told} <= {*own.told}
            if copy.purged_at is None:
                assert (copy.need, copy.distance) == (own.need, own.distance)
                assert known == copy.steps

    def feeds_tell_all_once(self) -> None:
        theirs = self.copies("target")
        for name in ("sender", "target"):
            actor = self.world.actors[name]
            with self.at(name):
                found = list(Event.objects.filter(number__gt=self.before[name]).order_by("number"))
                copies = {copy.envelope_id: copy for copy in Referral.objects.all()}
            assert [event.number for event in found] == [self.before[name] + 1 + place for place in range(len(found))]
            for envelope_id in self.envelopes:
                told = [event for event in found if event.envelope_id == envelope_id]
                keys = [(event.source_id, event.type) for event in told if event.type != "referral.disclosed"]
                assert len({*keys}) == len(keys)
                hidden = before_sending(envelope_id) if name == "target" else ()
                copy = copies.get(envelope_id)
                happened = [event for event in events_of(envelope_id) if event.pk not in hidden]
                if copy is None:
                    assert happened == [] == told
                    continue
                is_over = (
                    theirs[envelope_id].restricted_at or theirs[envelope_id].purged_at
                    if envelope_id in theirs
                    else None
                )
                lost = {event.pk for event in happened if event.type == "message"} if is_over else set()
                assert {*keys} <= {(event.pk, f"referral.{event.type}") for event in happened}
                assert {event.pk for event in happened} - lost <= {source for source, _type in keys}
                assert len(told) - len(keys) == (name == "target" and copy.disclosed_at is not None)
                for is_own in (True, False):
                    order = [e.pk for e in happened if (e.organisation_id == actor.ref.id) is is_own]  # type: ignore[union-attr]
                    assert [source for source, _type in keys if source in order] == [
                        pk for pk in order if pk in {source for source, _type in keys}
                    ]

    def nobody_holds_too_much(self) -> None:
        """What the recipient can use is covered by a consent that is valid today."""
        today = timezone.localdate()
        covered: dict[UUID, set[str]] = {}
        ours, theirs = self.copies("sender"), self.copies("target")
        for envelope_id, own in ours.items():
            receipt = own.consent
            is_valid = receipt is not None and receipt.withdrawn_at is None and receipt.expires_on >= today
            names = {name for scope in receipt.scopes for name in fields_in(S(scope))} if is_valid else set()
            covered[envelope_id] = set() if own.envelope.state in RETRACTED else names
        for envelope_id, copy in theirs.items():
            envelope = copy.envelope
            if copy.restricted_at is None:
                assert {name for name, _value in copy.told} <= covered[envelope_id], envelope.state
            if envelope.state == State.RECALLED:
                assert (copy.told, copy.need, copy.client_id) == ([], "", None)
                assert envelope.remains == Remains.ERASED
            if envelope.state in (State.DECLINED, State.EXPIRED, State.REDIRECTED):
                assert copy.told == []
                assert copy.need == "" or timezone.now() - envelope.moved_at <= timedelta(days=PREVIEW_DAYS)
            if envelope.remains == Remains.ERASED:
                assert (copy.told, copy.need, copy.client_id, copy.texts) == ([], "", None, [])
        with self.at("target"):
            for person in Client.objects.present():
                if person.pk in self.own:
                    continue
                resting = [copy for copy in theirs.values() if copy.client_id == person.pk and not copy.restricted_at]
                allowed = {name for copy in resting for name in covered[copy.envelope_id]}
                held = {name for name in ("given_name", "phone", "note") if getattr(person, name)}
                assert held <= allowed, (held, allowed)

    def others_see_nothing(self) -> None:
        for name in ("third", "secretariat"):
            with self.at(name):
                seen = Envelope.objects.filter(pk__in=self.envelopes)
                assert not (seen if name == "third" else seen.filter(held_at=None)).exists()
                assert name != "third" or not EnvelopeEvent.objects.exists()
                assert name != "third" or not OutboxItem.objects.exists()
                assert not Referral.objects.exists()
                assert not Step.objects.exists()
                assert not Message.objects.exists()
                assert not Client.objects.exists()
                assert not Event.objects.exists()

    # --- how ------------------------------------------------------------------------------------------------------
    def clocks_strike(self) -> None:
        for envelope_id in passing.due_envelopes(100):
            while passing.pass_deadline(envelope_id):
                pass
        with self.at("sender"):
            lapsing.end_lapsed()
        with self.at("target"):
            erasing.discard_previews(PREVIEW_DAYS)

    @contextmanager
    def at(self, name: str) -> Iterator[Actor]:
        with in_place_of(self.world.actors[name]):
            yield self.world.actors[name]

    def try_to(self, actor: Actor, envelope: Envelope, to: State) -> None:
        with in_place_of(actor), suppress(*REFUSALS):
            before = {*Envelope.objects.values_list("pk", flat=True)} if to == State.REDIRECTED else set()
            attempt(actor, envelope, to, self.request, self.consent)
            if to == State.REDIRECTED:
                self.envelopes += {*Envelope.objects.values_list("pk", flat=True)} - before

    def request(self, **values: Any) -> sending.Request:
        target = Organisation.objects.get(pk=self.world.ref("target").id)
        return sending.Request(**{"target": target, "service": Service.OTHER, "need": "Courage", **values})

    def consent(self, scopes: list[str] | None = None, days: int = 20) -> NewConsent:
        ends = timezone.localdate() + timedelta(days=days)
        recipient = Organisation.objects.get(pk=self.world.ref("target").id)
        return NewConsent(scopes or SCOPES[1], ConsentGiven.SIGNED, ends, recipient=recipient)

    def envelope(self, which: int) -> Envelope:
        return Envelope.objects.get(pk=self.envelopes[which % len(self.envelopes)])

    def copy(self, which: int) -> Referral:
        found = Referral.objects.select_related("envelope", "consent", "client")
        return found.get(envelope=self.envelopes[which % len(self.envelopes)])

    def copies(self, name: str) -> dict[UUID, SimpleNamespace]:
        """All of one side, with what was told, the steps and texts."""
        with self.at(name):
            return {copy.envelope_id: read(copy) for copy in Referral.objects.select_related("envelope", "consent")}

    def last_number(self, name: str) -> int:
        with self.at(name):
            return EventCounter.objects.values_list("last", flat=True).first() or 0


def read(copy: Referral) -> SimpleNamespace:
    """What one side holds, opened: the seals do so inside of the organisation alone."""
    told = (step for step in Step.objects.filter(referral=copy) if step.type != "message")
    return SimpleNamespace(
        envelope=copy.envelope,
        envelope_id=copy.envelope_id,
        consent=copy.consent,
        client_id=copy.client_id,
        restricted_at=copy.restricted_at,
        purged_at=copy.purged_at,
        need=copy.need,
        distance=copy.distance,
        told=[(name, value) for name, value in copy.disclosed],
        steps={(step.event, step.type, step.side, step.reason, step.note) for step in told},
        texts=[message.text for message in Message.objects.filter(referral=copy)],
    )


def events_of(envelope_id: UUID) -> list[EnvelopeEvent]:
    return list(EnvelopeEvent.objects.filter(envelope=envelope_id).order_by("at", "id"))


def before_sending(envelope_id: UUID) -> set[UUID]:
    """Events that the recipient never learns of."""
    events = events_of(envelope_id)
    types = [event.type for event in events]
    first = types.index(State.SENT) if State.SENT in types else len(types)
    return {event.pk for event in events[:first]}


@pytest.fixture
def world(
    alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef, seat_in: Callable[..., Seat]
) -> World:
    delta = database.organisation("delta")
    actors = {
        "sender": Actor("sender", alpha, seat_in(alpha, Role.MANAGER), Side.SENDER),
        "target": Actor("target", beta, seat_in(beta, Role.MANAGER), Side.TARGET),
        "third": Actor("third", delta, seat_in(delta, Role.MANAGER), None),
        "secretariat": Actor("secretariat", secretariat, seat_in(secretariat, Role.SECRETARIAT), Side.SECRETARIAT),
        "system": Actor("system", None, SYSTEM, Side.SYSTEM),
    }
    with inside(alpha):
        details = ClientDetails(
            given_name="Zorana", family_name="Izmišljena", phone="+381 11 000 111", note="Sleeps badly"
        )
        names = (details, replace(details, given_name="Goran", family_name="Nepostojeći"))
        people = [add_client(details=one, by=actors["sender"].seat) for one in names]
    for name in ("sender", "target"):
        with in_place_of(actors[name]), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS number_event IMMEDIATE")  # it never comes to a commit
    return World(actors, people)


def well(which: int, steps: int) -> Act:
    return "all_goes_well", {"which": which, "steps": steps}


def changes(which: int, scopes: list[str] | None = None) -> Act:
    """Renewed for these, or taken back."""
    drawn = {"which": which, "is_renewed": scopes is not None, "scopes": scopes or [], "days": 60}
    return "the_consent_changes", drawn


NIGHT: Act = ("the_night_passes", {})
RUNS_OUT: Act = ("days_pass", {"days": 31, "is_at_work": False})


RECALLED: Act = ("somebody_tries", {"which": 0, "name": "sender", "to": State.RECALLED})
DECLINED: Act = ("somebody_tries", {"which": 0, "name": "target", "to": State.DECLINED})


@SEQUENCES
@example(is_new=False, is_known=False, acts=[well(0, 3), RECALLED])
@example(is_new=False, is_known=False, acts=[well(0, 4), well(1, 4), changes(0), NIGHT, changes(1)])
@example(is_new=False, is_known=True, acts=[well(0, 4), well(1, 4), changes(1), NIGHT, changes(0)])
@example(is_new=False, is_known=False, acts=[well(0, 2), DECLINED, *[RUNS_OUT] * 3])
@example(is_new=True, is_known=False, acts=[well(0, 6), NIGHT, RUNS_OUT, NIGHT])
@example(is_new=False, is_known=False, acts=[well(0, 4), changes(0, SCOPES[0])])
@given(is_new=st.booleans(), is_known=st.booleans(), acts=st.lists(st.one_of(ACTS), min_size=15, max_size=25))
def test_whatever_happens_in_whatever_order(world: World, is_new: bool, is_known: bool, acts: list[Act]) -> None:
    with undone(), time_machine.travel(MONDAY, tick=True) as time:
        referring = Referring(world, time)
        referring.begin(is_new, is_known)
        for name, drawn in [*acts, ("the_night_passes", {})]:
            getattr(referring, name)(**drawn)
            referring.every_move_stands_in_the_table()
