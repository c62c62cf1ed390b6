"""Every state, every verb, everybody: what the table holds happens, whatever else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from halka.audit.domain import SYSTEM
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import Refused
from network_registry.exchange.domain.envelopes import move_envelope
from network_registry.exchange.domain.holding import reject_held, release_held
from network_registry.exchange.enums import REASONS, TRANSITIONS, Side, State
from network_registry.exchange.errors import ReasonMissing, ReferralMoved
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem
from tenants.caseloads.domain.consents import record_consent
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import sending
from tenants.referrals.models import Referral
from tests.tenants.referrals.conftest import WAYS, make_move

BY_VERB_OF_A_SIDE = {*WAYS} - {State.SENT}  # what conftest.make_move does


@dataclass(frozen=True)
class Actor:
    """Somebody who tries; `side` is None for those who may do nothing."""

    name: str
    ref: OrganisationRef | None
    seat: Seat
    side: Side | None


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def actors(
    sender: SimpleNamespace, target: SimpleNamespace, secretariat: OrganisationRef, seat_in: Callable[..., Seat]
) -> list[Actor]:
    def software(*scopes: Scope) -> Seat:
        return Seat(0, None, None, "Case system", software_id=target.seat.membership_id, scopes=frozenset(scopes))

    return [
        Actor("sender", sender.ref, sender.seat, Side.SENDER),
        Actor("sender's viewer", sender.ref, seat_in(sender.ref, Role.VIEWER), None),
        Actor("sender's reading software", sender.ref, software(Scope.REFERRALS_READ, Scope.DISCLOSURES_READ), None),
        Actor("target", target.ref, target.seat, Side.TARGET),
        Actor("target's software", target.ref, software(Scope.REFERRALS_WRITE), Side.TARGET),
        Actor("target's auditor", target.ref, seat_in(target.ref, Role.AUDITOR), None),
        Actor("secretariat", secretariat, seat_in(secretariat, Role.SECRETARIAT), Side.SECRETARIAT),
        Actor("system", None, SYSTEM, Side.SYSTEM),
    ]


@pytest.fixture
def brought(
    referred: Any, sender: SimpleNamespace, secretariat: OrganisationRef, seat_in: Any, ask: Any, consent: Any,
    tasks: Any,
) -> Callable[[State], Any]:  # fmt: skip
    """`brought(State.HELD)`: the key of an envelope of alpha's to beta in any state, brought there by verbs."""

    def make(state: State) -> Any:
        if state in WAYS:
            return referred(state).envelope
        if state in (State.EXPIRED, State.REDIRECTED):
            made = referred(State.DECLINED if state == State.REDIRECTED else State.SENT)
            envelope = Envelope.objects.get(pk=made.envelope)
            with tasks():
                if state == State.EXPIRED:
                    move_envelope(envelope=envelope, to=state)
                    return made.envelope
                with inside(sender.ref):
                    sending.redirect_referral(
                        referral=Referral.objects.get(pk=made.out),
                        request=ask(service="training"),
                        new_consent=consent(),
                        by=sender.seat,
                    )
            return made.envelope
        if state == State.DRAFT:
            with inside(sender.ref):
                return sending.draft_referral(client=sender.client, request=ask(), by=sender.seat).envelope_id
        Organisation.objects.filter(pk=sender.ref.id).update(state="provisional")
        with inside(Organisation.objects.get(pk=sender.ref.id).ref()):
            held = sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)
        if state == State.REJECTED:
            ada = seat_in(secretariat, Role.SECRETARIAT)
            with inside(secretariat):
                envelope = Envelope.objects.get(pk=held.envelope_id)
                reject_held(envelope=envelope, reason="not_ready", by=ada)
        return held.envelope_id

    return make


def attempt(actor: Actor, envelope: Envelope, to: State, ask: Any, consent: Any) -> None:
    """The verb that leads there, as this actor would call it."""
    if actor.side in (Side.SECRETARIAT, Side.SYSTEM):
        found = Envelope.objects.filter(pk=envelope.pk).first()
        if found is None:
            raise ReferralMoved
        reason = REASONS[to].values[0] if to in REASONS else ""
        if actor.side == Side.SYSTEM:
            move_envelope(envelope=found, to=to, reason=reason)
        elif to == State.SENT:
            release_held(envelope=found, by=actor.seat)
        elif to == State.REJECTED:
            reject_held(envelope=found, reason=reason, by=actor.seat)
        else:
            move_envelope(envelope=found, to=to, reason=reason)
        return
    referral = Referral.objects.select_related("envelope", "consent", "client").get(envelope=envelope.pk)
    if to in (State.SENT, State.HELD):
        receipt = referral.client and record_consent(client=referral.client, new=consent(), by=actor.seat)
        sending.send_draft(referral=referral, consent=receipt, by=actor.seat)  # type: ignore[arg-type]
    elif to == State.OPENED and envelope.state == State.INFO_REQUESTED:
        sending.answer_info(referral=referral, answer="Since May", by=actor.seat)
    elif to == State.REDIRECTED:
        sending.redirect_referral(
            referral=referral, request=ask(service="training"), new_consent=consent(), by=actor.seat
        )
    elif to in BY_VERB_OF_A_SIDE:
        make_move(referral, to, actor.seat)
    else:
        move_envelope(envelope=envelope, to=to, reason=REASONS[to].values[0] if to in REASONS else "")


def rows() -> list[Any]:
    return [
        list(Envelope.objects.order_by("pk").values_list()),
        list(EnvelopeEvent.objects.order_by("pk").values_list()),
        list(OutboxItem.objects.order_by("pk").values_list()),
    ]


@pytest.mark.parametrize("state", State)
def test_what_each_may_do(brought: Any, actors: list[Actor], state: State, ask: Any, consent: Any) -> None:
    envelope = Envelope.objects.get(pk=brought(state))
    before, done = rows(), set()
    for actor in actors:
        possible = {to for to, sides in TRANSITIONS[state].items() if actor.side in sides}
        possible -= {State.HELD}  # of a provisional member alone: below
        with in_place_of(actor):
            for to in set(State) - {State.DRAFT, State.HELD} - possible:
                with pytest.raises((Refused, PermissionDenied, Referral.DoesNotExist)):
                    attempt(actor, envelope, to, ask, consent)
        assert rows() == before, actor.name
        for to in possible:
            with undone():
                with in_place_of(actor):
                    attempt(actor, Envelope.objects.get(pk=envelope.pk), to, ask, consent)
                assert Envelope.objects.get(pk=envelope.pk).state == to, actor.name
                done.add(to)
    assert done == TRANSITIONS[state].keys() - {State.HELD}


def in_place_of(actor: Actor) -> AbstractContextManager[Any]:
    """Where this actor works; the organisation as it is now."""
    return inside(Organisation.objects.get(pk=actor.ref.id).ref()) if actor.ref else nullcontext()


def test_of_a_provisional_member_it_is_held_and_never_sent(target: SimpleNamespace, brought: Any) -> None:
    envelope = brought(State.HELD)
    assert Envelope.objects.get(pk=envelope).state == State.HELD
    assert list(OutboxItem.objects.all()) == []
    with inside(target.ref):
        assert not Envelope.objects.filter(pk=envelope).exists()


@pytest.mark.parametrize("to", [to for to in REASONS if to not in (State.RECALLED, State.REJECTED)])
def test_a_move_that_asks_why_takes_no_other_word(referred: Any, target: SimpleNamespace, to: State) -> None:
    before = {State.DECLINED: State.OPENED, State.NOT_STARTED: State.ACCEPTED, State.REOPENED: State.CLOSED}
    made = referred(before.get(to, State.STARTED))
    with inside(target.ref):
        for reason in ("", "because", REASONS[next(other for other in REASONS if other != to)].values[0]):
            with pytest.raises(ReasonMissing):
                move_envelope(envelope=Envelope.objects.get(pk=made.envelope), to=to, reason=reason)
        move_envelope(envelope=Envelope.objects.get(pk=made.envelope), to=to, reason=REASONS[to].values[0])
    assert Envelope.objects.get(pk=made.envelope).reason == REASONS[to].values[0]


def test_the_database_knows_the_same_edges(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after, side FROM public.envelope_edges()")
        known = set(cursor.fetchall())
    assert known == {
        (before.value, after.value, side.value)
        for before, edges in TRANSITIONS.items()
        for after, sides in edges.items()
        for side in sides
    }
