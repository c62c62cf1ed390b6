"""The first page: what it shows to whom, and that it costs the same with one row as with three."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from network_registry.exchange.enums import State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tenants.referrals.sections import yours
from tests.factories.caseloads import ClientFactory


@pytest.fixture
def page(alpha, member, client_of, settings):
    """`page(role)`: Today's text for a new member of alpha, or of the organisation given."""
    settings.DEMO = True  # no second factor is demanded

    def get(role=Role.CASEWORKER, ref=alpha):
        return client_of(member(ref, role, name="Ana Kos"), ref).get("/").content.decode()

    return get


@time_machine.travel(datetime(2025, 11, 22, 9, tzinfo=UTC))
def test_greeting_and_day(page):
    text = page()
    assert "Hello, Ana" in text
    assert "Saturday, 22 November 2025" in text


def test_a_new_organisation_sees_its_first_steps(page):
    text = page(Role.MANAGER)
    assert "Three steps to begin with" in text
    assert 'href="/clients/add/"' in text
    assert "Invite your colleagues" in text
    assert "Invite your colleagues" not in page(Role.CASEWORKER)


def test_the_step_that_is_done_is_marked(page, alpha, member):
    assert 'class="done"' not in page(Role.MANAGER)
    member(alpha)
    assert 'class="done"' in page(Role.MANAGER)


def test_a_viewer_of_an_empty_organisation_is_not_left_with_an_empty_page(page):
    assert "Nothing is waiting for you" in page(Role.VIEWER)


def test_ones_own_clients_before_all_others(alpha, member, client_of):
    user = member(alpha)
    mine = Membership.objects.get(user=user)
    with inside(alpha):
        ClientFactory(given_name="Foreign")
    assert "Clients changed last" in client_of(user, alpha).get("/").content.decode()
    with inside(alpha):
        for number in range(7):
            ClientFactory(given_name=f"Mine{number}", assigned_to_id=mine.pk)
    before, own = client_of(user, alpha).get("/").content.decode().split("Your clients")
    assert "Foreign" not in before + own
    assert "Mine6" in own
    assert "Mine0" not in own
    assert 'href="/clients/mine/"' in own


def test_the_clients_whose_pages_one_opened_last(alpha, member, client_of):
    with inside(alpha):
        clients = ClientFactory.create_batch(3)
        gone = ClientFactory()
    user, colleague = member(alpha), member(alpha)
    browser = client_of(user, alpha)
    for client in (clients[0], clients[1], clients[0], gone):
        browser.get(f"/clients/{client.pk}/")
    client_of(colleague, alpha).get(f"/clients/{clients[2].pk}/")
    with inside(alpha):
        gone.delete()
    seen = browser.get("/").content.decode().split("You opened last", 1)[1]
    assert seen.index(str(clients[0].pk)) < seen.index(str(clients[1].pk))
    assert str(clients[2].pk) not in seen
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert "You opened last" not in client_of(user, alpha).get("/").content.decode()


def test_a_referral_waits_for_those_who_answer(page, referred, beta):
    referred(State.SENT)
    assert "Referred to you, waiting for an answer" in page(Role.CASEWORKER, beta)
    assert "Referred to you, waiting for an answer" not in page(Role.VIEWER, beta)
    assert "Referred to you" not in page(Role.CASEWORKER)


def test_an_answer_shows_to_the_one_who_sent(page, referred, sender, client_of):
    referred(State.DECLINED)
    user = User.objects.get(pk=sender.seat.user_id)
    assert "Answers to your referrals" in client_of(user, sender.ref).get("/").content.decode()
    assert "Answers to your referrals" not in page(Role.CASEWORKER)


def test_the_auditor_sees_acts_and_no_clients(page, alpha, seat_in):
    assert "Nothing is waiting for you" in page(Role.AUDITOR)
    seat = seat_in(alpha)
    with inside(alpha):
        add_client(details=ClientDetails(given_name="Hidden"), by=seat)
    text = page(Role.AUDITOR)
    assert "Added a client" in text
    assert seat.name in text
    assert "Hidden" not in text
    assert "Latest in the audit" not in page(Role.SUPERVISOR)


def test_the_secretariat_sees_the_networks_organisations(page, secretariat):
    text = page(Role.SECRETARIAT, secretariat)
    assert "The network&#x27;s organisations" in text or "The network's organisations" in text
    assert 'href="/organisations/"' in text


def test_strangers_and_signed_out(alpha, beta, member, client_of):
    assert client_of(member(beta), alpha).get("/").status_code == 404
    assert client_of(None, alpha).get("/").status_code == 302


def test_nothing_of_another_organisation(page, beta):
    with inside(beta):
        ClientFactory(given_name="Leak")
    assert "Leak" not in page()


@pytest.mark.parametrize("number", [1, 3])
def test_queries(alpha, member, client_of, number, django_assert_num_queries):
    user = member(alpha)
    with inside(alpha):
        clients = ClientFactory.create_batch(number, assigned_to_id=Membership.objects.get(user=user).pk)
    browser = client_of(user, alpha)
    for client in clients:
        browser.get(f"/clients/{client.pk}/")
    browser.get("/")
    with django_assert_num_queries(40):
        browser.get("/")


def test_network_support_has_sent_nothing(alpha):
    support = Seat(user_id=1, membership_id=None, role=None, name="Support")
    with inside(alpha):
        assert yours(SimpleNamespace(seat=support)) is None
