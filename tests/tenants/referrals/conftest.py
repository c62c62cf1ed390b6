"""A referral between two organisations, in the state that a test needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import Service, State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.caseloads.models import Case, Consent, Programme
from tenants.caseloads.models import Client as Person
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Membership, Organisation
from tenants.referrals.domain import answering, closing, sending
from tenants.referrals.models import Referral

NAME = "Zorana Izmišljena"


@pytest.fixture
def sender(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> SimpleNamespace:
    """`ref` and `seat` of somebody in alpha, with `client`."""
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        details = ClientDetails(
            given_name="Zorana", family_name="Izmišljena", phone="+381 11 000 111", place="Valjevo", note="Sleeps badly"
        )
        client = add_client(details=details, by=seat)
    return SimpleNamespace(ref=alpha, seat=seat, client=client)


@pytest.fixture
def target(beta: OrganisationRef, seat_in: Callable[..., Seat]) -> SimpleNamespace:
    """`ref` and `seat` of somebody in beta."""
    return SimpleNamespace(ref=beta, seat=seat_in(beta, Role.CASEWORKER))


@pytest.fixture
def at_sender(sender: SimpleNamespace, client_of: Callable[..., Client]) -> Client:
    """The browser of alpha's mentor."""
    return client_of(User.objects.get(pk=sender.seat.user_id), sender.ref)


@pytest.fixture
def at_target(target: SimpleNamespace, client_of: Callable[..., Client]) -> Client:
    """The browser of beta's caseworker."""
    return client_of(User.objects.get(pk=target.seat.user_id), target.ref)


def case_of(client: Person) -> Case:
    """A new programme in which the client takes part, with a consent to that."""
    today = timezone.localdate()
    agreed = {"purpose": "enrolment", "scopes": ["identity"], "how_given": "signed", "language": "en"}
    programme = Programme.objects.create(name=f"Steps {Programme.objects.count()}", starts_on=today)
    consent = Consent.objects.create(client=client, expires_on=today + timedelta(days=30), **agreed)
    return Case.objects.create(client=client, programme=programme, consent=consent, opened_on=today)


@pytest.fixture
def open_case(sender: SimpleNamespace) -> Callable[[], Case]:
    """`open_case()`: one more programme of alpha's in which the client takes part."""

    def make() -> Case:
        with inside(sender.ref):
            return case_of(sender.client)

    return make


@pytest.fixture
def ask(target: SimpleNamespace) -> Callable[..., sending.Request]:
    """A request to beta."""

    def make(**values: Any) -> sending.Request:
        organisation = Organisation.objects.get(pk=target.ref.id)
        return sending.Request(**{"target": organisation, "service": Service.MENTORING, "need": "Courage", **values})

    return make


@pytest.fixture
def consent(target: SimpleNamespace) -> Callable[..., NewConsent]:
    """A consent for beta: names and contacts, for a month."""

    def make(**values: Any) -> NewConsent:
        organisation = Organisation.objects.get(pk=target.ref.id)
        scopes = [ConsentScope.IDENTITY, ConsentScope.CONTACT]
        ends = timezone.localdate() + timedelta(days=30)
        return NewConsent(
            **{
                "recipient": organisation,
                "scopes": scopes,
                "how_given": ConsentGiven.SIGNED,
                "expires_on": ends,
                **values,
            }
        )

    return make


# Verbs that bring a referral from being sent into a state, each with the side that makes it.
WAYS: dict[State, tuple[State, ...]] = {
    State.SENT: (),
    State.OPENED: (State.OPENED,),
    State.INFO_REQUESTED: (State.OPENED, State.INFO_REQUESTED),
    State.WAITLISTED: (State.OPENED, State.WAITLISTED),
    State.ACCEPTED: (State.OPENED, State.ACCEPTED),
    State.DECLINED: (State.OPENED, State.DECLINED),
    State.RECALLED: (State.RECALLED,),
    State.WITHDRAWN: (State.OPENED, State.ACCEPTED, State.WITHDRAWN),
    State.STARTED: (State.OPENED, State.ACCEPTED, State.STARTED),
    State.NOT_STARTED: (State.OPENED, State.ACCEPTED, State.NOT_STARTED),
    State.COMPLETED: (State.OPENED, State.ACCEPTED, State.STARTED, State.COMPLETED),
    State.DISENGAGED: (State.OPENED, State.ACCEPTED, State.STARTED, State.DISENGAGED),
    State.CLOSED: (State.OPENED, State.ACCEPTED, State.STARTED, State.COMPLETED, State.CLOSED),
    State.REOPENED: (State.OPENED, State.ACCEPTED, State.STARTED, State.COMPLETED, State.CLOSED, State.REOPENED),
}
SENDERS = frozenset({State.RECALLED, State.WITHDRAWN, State.CLOSED, State.REOPENED})


def make_move(referral: Referral, to: State, seat: Seat) -> None:
    """The verb of a move, with plain values where it asks for some."""
    me = Colleague.objects.filter(pk=seat.membership_id).first()  # software has no membership
    moves: dict[State, Callable[[], Any]] = {
        State.OPENED: lambda: answering.open_referral(referral=referral, by=seat),
        State.INFO_REQUESTED: lambda: answering.request_info(referral=referral, question="Since when?", by=seat),
        State.WAITLISTED: lambda: answering.waitlist_referral(referral=referral, note="In May", by=seat),
        State.ACCEPTED: lambda: answering.accept_referral(referral=referral, assignee=me, by=seat),
        State.DECLINED: lambda: answering.decline_referral(referral=referral, reason="no_place", by=seat),
        State.STARTED: lambda: answering.start_referral(referral=referral, by=seat),
        State.NOT_STARTED: lambda: answering.not_start_referral(referral=referral, reason="no_show", by=seat),
        State.COMPLETED: lambda: answering.complete_referral(referral=referral, outcome="job", by=seat),
        State.DISENGAGED: lambda: answering.disengage_referral(referral=referral, reason="moved", by=seat),
        State.RECALLED: lambda: sending.recall_referral(referral=referral, reason="mistake", by=seat),
        State.WITHDRAWN: lambda: closing.withdraw_referral(referral=referral, how="spoken", by=seat),
        State.CLOSED: lambda: closing.close_referral(referral=referral, by=seat),
        State.REOPENED: lambda: closing.reopen_referral(referral=referral, reason="needed_again", by=seat),
    }
    moves[to]()


@pytest.fixture
def referred(
    sender: SimpleNamespace, target: SimpleNamespace, ask: Any, consent: Any, tasks: Callable[[], Any]
) -> Callable[..., SimpleNamespace]:
    """`referred(State.OPENED)`: a referral of alpha's to beta, brought there by both sides' verbs.

    Gives `envelope`, and the primary keys `out` and `into` of the two private copies.
    """

    def make(state: State = State.SENT, **values: Any) -> SimpleNamespace:
        with tasks(), inside(sender.ref):
            out = sending.send_with_consent(
                client=sender.client, request=ask(**values), new_consent=consent(), by=sender.seat
            )
        for to in WAYS[state]:
            side = sender if to in SENDERS else target
            with tasks(), inside(side.ref):
                referral = Referral.objects.select_related("envelope", "consent", "client").get(
                    envelope=out.envelope_id
                )
                make_move(referral, to, side.seat)
        with inside(target.ref):
            into = Referral.objects.get(envelope=out.envelope_id)
        return SimpleNamespace(envelope=out.envelope_id, out=out.pk, into=into.pk)

    return make


ADDRESS = "office@beta.example"


@pytest.fixture
def by_link(target: SimpleNamespace) -> SimpleNamespace:
    """As `target`, but nobody works there any more: beta answers by links that are sent to ADDRESS."""
    Membership.objects.filter(organisation=target.ref.id).update(ended_at=timezone.now())
    Organisation.objects.filter(pk=target.ref.id).update(contact_email=ADDRESS, language="en")
    return target


def token_in(letter: Any) -> str:
    """The token of the link that stands in an e-mail."""
    found = re.search(r"http://beta\.halka\.localhost(?::\d+)?/link/(?:answer|told|result)/([^/\s]+)/\n", letter.body)
    assert found is not None, letter.body
    return found[1]
