"""Pages about whether somebody is known elsewhere."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from halka.authorization.roles import Role
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client, Consent
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tenants.referrals.domain.elsewhere import matches as verbs
from tenants.referrals.domain.elsewhere.presence import change_participation
from tenants.referrals.elsewhere.tasks import send_words
from tenants.referrals.models import Match, Participation

from .conftest import ANA
from .test_presence import use_up


@pytest.fixture
def browser(ours, client_of):
    return client_of(User.objects.get(pk=ours.seat.user_id), ours.ref)


@pytest.fixture
def manager(ours, member, client_of):
    return client_of(member(ours.ref, Role.MANAGER), ours.ref)


def text_of(answer) -> str:
    assert answer.status_code in (200, 400), answer
    return answer.content.decode()


def test_a_match_is_shown_where_it_matters(matched, ours, theirs, browser, tasks):
    assert "May be known to another organisation" in text_of(browser.get("/"))
    assert "Somebody else may work with this person" in text_of(browser.get(f"/clients/{matched.here.pk}/"))
    assert "Ana" in text_of(browser.get("/elsewhere/"))
    (message,) = [message for message in mail.outbox if "alpha" in message.body]
    path = f"/elsewhere/{matched.ours.pk}/"
    assert path in message.body
    address = f"/clients/{matched.here.pk}/elsewhere/"
    assert browser.get(path).headers["Location"] == address
    page = text_of(browser.get(address))
    assert "Agree to know of each other" in page
    assert "Beta" not in page
    with tasks():
        assert browser.post(f"{address}{matched.ours.pk}/agree/").headers["Location"] == address
    assert "You agreed." in text_of(browser.get(address))
    assert "has not answered yet" in text_of(browser.get(f"/clients/{matched.here.pk}/"))
    assert "May be known to another organisation" not in text_of(browser.get("/"))
    with tasks(), inside(theirs.ref):
        verbs.agree_to_match(match=matched.theirs, by=theirs.seat)
    page = text_of(browser.get(address))
    assert "Beta Centre works with this person too" in page
    assert theirs.seat.name in page
    assert "Beta Centre" in text_of(browser.get(f"/clients/{matched.here.pk}/"))
    browser.post(f"{address}{matched.ours.pk}/refuse/")
    assert "This is over already" in text_of(browser.get(address))


def test_not_agreeing(matched, ours, browser, tasks):
    address = f"/clients/{matched.here.pk}/elsewhere/"
    with tasks():
        browser.post(f"{address}{matched.ours.pk}/refuse/")
    assert "Nobody was found so far" in text_of(browser.get(address))
    with inside(ours.ref):
        assert not Match.objects.exists()


def test_a_match_is_closed_like_the_record(matched, ours, member, client_of):
    stranger = client_of(member(ours.ref, Role.CASEWORKER), ours.ref)
    for path in (f"/elsewhere/{matched.ours.pk}/", f"/clients/{matched.here.pk}/elsewhere/"):
        assert stranger.get(path).status_code == 403
    assert stranger.post(f"/clients/{matched.here.pk}/elsewhere/{matched.ours.pk}/agree/").status_code == 403
    assert "Ana" not in text_of(stranger.get("/elsewhere/"))
    assert "May be known to another organisation" not in text_of(stranger.get("/"))
    reader = client_of(member(ours.ref, Role.VIEWER), ours.ref)
    assert reader.post(f"/clients/{matched.here.pk}/elsewhere/{matched.ours.pk}/agree/").status_code == 403


def test_supervisors_see_what_is_nobodys(matched, ours, member, client_of, tasks):
    with inside(ours.ref):
        Client.objects.filter(pk=matched.here.pk).update(assigned_to=None)
    supervisor = client_of(member(ours.ref, Role.SUPERVISOR), ours.ref)
    assert "Ana" in text_of(supervisor.get("/elsewhere/"))


def test_asking_the_person(ours, theirs, taking_part, browser, person, tasks):
    with inside(ours.ref):
        client = add_client(details=ClientDetails(**ANA), assigned_to=ours.seat.membership_id, by=ours.seat)
    address = f"/clients/{client.pk}/elsewhere/"
    assert "Nobody was asked" in text_of(browser.get(address))
    form = text_of(browser.get(f"{address}ask/"))
    assert "signs that nobody can read back" in form
    assert "Health" not in form
    assert browser.post(f"{address}ask/", {"consent-scopes": "identity"}).status_code == 400
    sent = {
        "consent-scopes": ["identity"], "consent-how_given": "signed", "consent-language": "en",
        "consent-expires_on": "2099-01-01",
    }  # fmt: skip
    assert "ten years at most" in text_of(browser.post(f"{address}ask/", sent))
    with tasks():
        assert browser.post(f"{address}ask/", {**sent, "consent-expires_on": "2030-01-01"}).status_code == 302
    assert "without the name" in text_of(browser.get(address))
    with inside(ours.ref):
        assert Consent.objects.get(client=client).purpose == "elsewhere"


def test_why_nobody_is_asked_yet(ours, theirs, taking_part, browser, person, tasks):
    nameless = person(ours, given_name="Ana")
    assert "not enough to ask by" in text_of(browser.get(f"/clients/{nameless.pk}/elsewhere/"))
    use_up(ours.ref)
    late = person(ours, **ANA)
    assert "asked about tonight" in text_of(browser.get(f"/clients/{late.pk}/elsewhere/"))
    with tasks(), inside(ours.ref):
        change_participation(takes_part=False, by=ours.seat)
    assert "does not take part" in text_of(browser.get(f"/clients/{late.pk}/elsewhere/"))


def test_a_manager_lets_the_organisation_take_part(ours, browser, manager, tasks):
    assert browser.get("/settings/elsewhere/").status_code == 403
    assert "does not take part" in text_of(manager.get("/elsewhere/"))
    assert "checked" not in text_of(manager.get("/settings/elsewhere/"))
    with tasks():
        manager.post("/settings/elsewhere/", {"takes_part": "on"})
    assert "checked" in text_of(manager.get("/settings/elsewhere/"))
    with inside(ours.ref):
        assert Participation.objects.get().takes_part


def test_the_pages_of_a_new_member_say_why_nobody_is_asked_about(ours, manager, browser, person):
    client = person(ours, **ANA)
    Organisation.objects.filter(pk=ours.ref.id).update(state="provisional")
    for path in ("/elsewhere/", "/settings/elsewhere/"):
        assert "is new in the network: nobody is asked about" in text_of(manager.get(path))
    assert "is new in the network: nobody is asked about" in text_of(browser.get(f"/clients/{client.pk}/elsewhere/"))
    answer = manager.post("/settings/elsewhere/", {"takes_part": "on"})
    assert answer.status_code == 400
    assert "it can take part once the secretariat" in text_of(answer)
    with inside(ours.ref):
        assert not Participation.objects.filter(takes_part=True).exists()


def test_the_list_asks_the_same_number_of_questions(ours, theirs, taking_part, browser, person):
    counts = []
    browser.get("/elsewhere/")
    for number in range(3):
        for side in (ours, theirs):
            person(side, **{**ANA, "birth_year": 1980 + number})
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = text_of(browser.get("/elsewhere/"))
        assert page.count("Šešelj") == number + 1
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_members_who_left_are_not_written_to(matched, ours, tasks):
    Membership.objects.update(ended_at=matched.ours.found_at)
    mail.outbox.clear()
    assert send_words("alpha", "match_found", str(matched.ours.pk), [str(ours.seat.membership_id)]) == 0
    assert mail.outbox == []
