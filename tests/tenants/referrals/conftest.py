"""A referral between two organisations, in the state that a test needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import Service, State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.domain import referrals as verbs
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
def ask(target: SimpleNamespace) -> Callable[..., verbs.Request]:
    """A request to beta."""

    def make(**values: Any) -> verbs.Request:
        organisation = Organisation.objects.get(pk=target.ref.id)
        return verbs.Request(**{"target": organisation, "service": Service.MENTORING, "need": "Courage", **values})

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


@pytest.fixture
def referred(
    sender: SimpleNamespace, target: SimpleNamespace, ask: Any, consent: Any, tasks: Callable[[], Any]
) -> Callable[..., SimpleNamespace]:
    """`referred(State.OPENED)`: a referral of alpha's to beta, brought there by both sides' verbs.

    Gives `envelope`, and the primary keys `out` and `into` of the two private copies.
    """

    def make(state: State = State.SENT, **values: Any) -> SimpleNamespace:
        with tasks(), inside(sender.ref):
            out = verbs.send_with_consent(
                client=sender.client, request=ask(**values), new_consent=consent(), by=sender.seat
            )
        with tasks(), inside(target.ref):
            into = Referral.objects.get(envelope=out.envelope_id)
            if state != State.SENT:
                verbs.open_referral(referral=into, by=target.seat)
            if state == State.ACCEPTED:
                me = Colleague.objects.get(pk=target.seat.membership_id)
                verbs.accept_referral(referral=into, assignee=me, by=target.seat)
            if state == State.DECLINED:
                verbs.decline_referral(referral=into, reason="no_place", by=target.seat)  # type: ignore[arg-type]
        return SimpleNamespace(envelope=out.envelope_id, out=out.pk, into=into.pk)

    return make
