"""Several clients at once to a colleague, and lists that are kept under a name."""

from __future__ import annotations

import pytest
from django.http import Http404

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from tenants.caseloads.models import Client, SavedList
from tenants.caseloads.views.lists import _member
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tests.factories.caseloads import ClientFactory


@pytest.fixture
def other(alpha, seat_in):
    return seat_in(alpha)


def share(browser, clients, to="", back=""):
    return browser.post(
        "/clients/share-out/",
        {"client": [str(getattr(c, "pk", c)) for c in clients], "to": to, "back": back},
        follow=True,
    )


def test_ones_own_go_to_a_colleague_each_with_an_entry(worker, other):
    with inside(worker.ref):
        clients = ClientFactory.create_batch(3, assigned_to_id=worker.membership.pk)
    response = share(worker.browser, clients, str(other.membership_id), "sex=&scope=mine&place=Bled")
    assert f"3 clients are with {other.name} now." in response.content.decode()
    assert response.redirect_chain == [("/clients/?scope=mine&place=Bled", 302)]
    with inside(worker.ref):
        assert set(Client.objects.values_list("assigned_to", flat=True)) == {other.membership_id}
        assert Entry.objects.filter(action="client.assigned").count() == 3


def test_what_is_not_ones_to_give_stays_and_is_named(worker, other, beta):
    with inside(worker.ref):
        mine = ClientFactory(given_name="Mine", family_name="", assigned_to_id=worker.membership.pk)
        hers = [
            ClientFactory(given_name=f"Hers{n}", family_name="", assigned_to_id=other.membership_id) for n in range(7)
        ]
    with inside(beta):
        strange = ClientFactory()
    response = share(worker.browser, [mine, *hers, strange, "nonsense"])
    page = response.content.decode()
    assert "1 client is with nobody now." in page
    assert "not yours to give: Hers0, Hers1, Hers2, Hers3, Hers4 and 2 more" in page
    with inside(worker.ref):
        assert Client.objects.filter(assigned_to=other.membership_id).count() == 7
        assert Client.objects.get(pk=mine.pk).assigned_to_id is None
    with inside(beta):
        assert Client.objects.get().version == 1


def test_one_that_stays_is_named_alone(worker, other):
    with inside(worker.ref):
        hers = ClientFactory(given_name="Hers", family_name="", assigned_to_id=other.membership_id)
    assert "not yours to give: Hers\n" in share(worker.browser, [hers]).content.decode().replace("<", "\n<")


def test_support_keeps_no_lists(alpha):
    with pytest.raises(Http404):
        _member(Seat(1, None, None, "Support", support_grant_id=alpha.id))


def test_where_nothing_may_be_sent_words_are_searched_for_by_the_address(worker):
    Organisation.objects.filter(pk=worker.ref.id).update(state=State.SUSPENDED)
    with inside(worker.ref):
        ClientFactory(given_name="Ana", assigned_to_id=worker.membership.pk)
    page = worker.browser.get("/clients/?q=ana").content.decode()
    assert "Ana" in page
    assert 'hx-get="/clients/"' in page
    assert "/clients/search/" not in page


def test_a_supervisor_gives_anybody_to_anybody(alpha, member, client_of, other, seat_in):
    browser, third = client_of(member(alpha, Role.SUPERVISOR), alpha), seat_in(alpha)
    with inside(alpha):
        client = ClientFactory(assigned_to_id=other.membership_id)
    share(browser, [client], str(third.membership_id))
    with inside(alpha):
        assert Client.objects.get().assigned_to_id == third.membership_id


def test_without_a_choice_nothing_happens(worker, other):
    assert "tick the boxes" in share(worker.browser, []).content.decode()
    gone = share(worker.browser, [], "00000000-0000-0000-0000-000000000000", "scope=mine")
    assert "Choose who is to be responsible." in gone.content.decode()


def test_boxes_stand_beside_those_one_may_give(alpha, worker, other):
    with inside(alpha):
        ClientFactory(given_name="Mine", assigned_to_id=worker.membership.pk)
        ClientFactory(given_name="Hers", assigned_to_id=other.membership_id)
    rows = worker.browser.get("/clients/?scope=all&q=family").context["rows"]
    assert {row["client"].given_name: row["may_give"] for row in rows} == {"Mine": True, "Hers": False}


# --- kept lists -------------------------------------------------------------------------------------------------------
def kept(ref):
    with inside(ref):
        return list(SavedList.objects.order_by("name").values_list("name", "query"))


def test_a_list_is_kept_without_what_was_searched_for(worker):
    query = "scope=mine&q=ana&place=Bled&sex=female&from=x&columns=phone"
    response = worker.browser.post("/clients/lists/", {"name": "Women", "query": query}, follow=True)
    assert "The list “Women” is kept." in response.content.decode()
    assert kept(worker.ref) == [("Women", "scope=mine&sex=female&columns=phone")]
    page = worker.browser.get("/clients/").content.decode()
    assert 'href="/clients/?scope=mine&amp;sex=female&amp;columns=phone"' in page


def test_names_are_ones_own_and_there_once(worker, alpha, member, client_of):
    for _ in range(2):
        response = worker.browser.post("/clients/lists/", {"name": "A", "query": "sex=female"}, follow=True)
    assert "You have a list of this name already." in response.content.decode()
    other = client_of(member(alpha), alpha)
    other.post("/clients/lists/", {"name": "A", "query": "sex=male"})
    assert kept(alpha) == [("A", "sex=female"), ("A", "sex=male")] or len(kept(alpha)) == 2
    with inside(alpha):
        pk = SavedList.objects.get(query="sex=female").pk
    for address in (f"/clients/lists/{pk}/", f"/clients/lists/{pk}/remove/"):
        assert other.post(address, {"name": "Mine now"}).status_code == 404


def test_renaming_and_removing(worker):
    for name in ("A", "B"):
        worker.browser.post("/clients/lists/", {"name": name, "query": "sex=female"})
    with inside(worker.ref):
        pk = SavedList.objects.get(name="A").pk
    response = worker.browser.post(f"/clients/lists/{pk}/", {"name": "B"}, follow=True)
    assert "You have a list of this name already." in response.content.decode()
    worker.browser.post(f"/clients/lists/{pk}/", {"name": "C"})
    assert [name for name, _query in kept(worker.ref)] == ["B", "C"]
    assert dict(kept(worker.ref))["C"] == "sex=female"
    assert "is not kept any more" in worker.browser.post(f"/clients/lists/{pk}/remove/", follow=True).content.decode()
    assert [name for name, _query in kept(worker.ref)] == ["B"]


def test_what_is_too_much_is_said(worker):
    query = "&".join(f"columns=c{n}" for n in range(200))
    response = worker.browser.post("/clients/lists/", {"name": "", "query": query}, follow=True)
    assert "This field is required." in response.content.decode()
    assert Membership.objects.filter(pk=worker.membership.pk).exists()
