"""The list of clients: search, mine, pages, queries, empty states, and nobody else's people."""

import pytest

from halka.authorization.roles import Role
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


def names(response):
    return [str(client) for client in response.context["page"].items]


def test_all_in_the_order_of_names(worker, add):
    for family in ("Žnidar", "Čelaj", "Zupan", "Cvek"):
        add(given_name="Ana", family_name=family, assigned_to=worker.membership.pk)
    assert names(worker.browser.get("/clients/")) == ["Ana Cvek", "Ana Čelaj", "Ana Zupan", "Ana Žnidar"]


def test_mine_are_those_i_am_responsible_for(worker, add):
    add(given_name="Ana", assigned_to=worker.membership.pk)
    add(given_name="Berta")
    assert names(worker.browser.get("/clients/mine/?place=", follow=True)) == ["Ana"]
    assert names(worker.browser.get("/clients/")) == ["Ana"]


def test_search_is_kept_in_the_address(worker, add):
    add(given_name="Vojislav", family_name="Šešelj")
    add(given_name="Ana", family_name="Kos")
    response = worker.browser.get("/clients/", {"q": "seselj", "scope": "all"})
    assert names(response) == ["Vojislav Šešelj"]
    assert 'href="/clients/?q=seselj&amp;scope=mine"' in response.content.decode()
    assert 'value="seselj"' in response.content.decode()


def test_htmx_gets_the_list_alone_and_the_whole_page_for_its_history(worker, add):
    add(given_name="Ana", assigned_to=worker.membership.pk)
    part = worker.browser.get("/clients/", headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="clients"')
    again = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert "<!DOCTYPE html>" in worker.browser.get("/clients/", headers=again).content.decode()


@pytest.mark.parametrize("search", ["", "g", "family"])
def test_pages_forward_and_back(worker, search):
    with inside(worker.ref):
        ClientFactory.create_batch(30, assigned_to_id=worker.membership.pk)
    first = worker.browser.get("/clients/", {"q": search})
    second = worker.browser.get(first.context["next_url"])
    assert (len(names(first)), len(names(second))) == (25, 5)
    assert second.context["wanted"].search == search
    assert names(first) + names(second) == sorted(names(first) + names(second), key=lambda name: name.split()[1])
    assert names(worker.browser.get(second.context["previous_url"])) == names(first)


@pytest.mark.parametrize(
    ("role", "address", "words"),
    [
        (Role.MANAGER, "/clients/", "Begin with the first person you work with"),
        (Role.MANAGER, "/clients/?scope=mine", "No client is yours yet"),
        (Role.CASEWORKER, "/clients/", "Begin with the first person you work with: you need only a name"),
        (Role.CASEWORKER, "/clients/?scope=pool", "Everybody has somebody"),
        (Role.CASEWORKER, "/clients/?scope=all", "Whom do you look for?"),
        (Role.CASEWORKER, "/clients/?scope=all&q=n", "Whom do you look for?"),
        (Role.CASEWORKER, "/clients/?scope=all&q=nobody", "Nobody is found by “nobody”"),
        (Role.CASEWORKER, "/clients/?q=nobody", "Nobody is found by “nobody”"),
        (Role.CASEWORKER, "/clients/?sex=female", "Nobody is left with these filters"),
        (Role.VIEWER, "/clients/", "No client is yours yet"),
        (Role.VOLUNTEER, "/clients/", "puts you on a team"),
        (Role.VOLUNTEER, "/clients/?scope=all&q=nobody", "Nobody is found by “nobody”"),
    ],
)
def test_empty(alpha, member, client_of, role, address, words):
    assert words in client_of(member(alpha, role), alpha).get(address).content.decode()


def test_a_page_whose_clients_are_gone_leads_back(worker):
    with inside(worker.ref):
        clients = ClientFactory.create_batch(26, assigned_to_id=worker.membership.pk)
    address = worker.browser.get("/clients/").context["next_url"]
    with inside(worker.ref):
        clients[-1].delete()
    response = worker.browser.get(address)
    assert "Nothing is left on this page" in response.content.decode()
    assert len(names(worker.browser.get(response.context["previous_url"]))) == 25


def test_only_those_who_may_edit_are_asked_to_add(alpha, member, client_of):
    assert "/clients/add/" not in client_of(member(alpha, Role.VIEWER), alpha).get("/clients/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_rows(worker, number, django_assert_num_queries):
    with inside(worker.ref):
        ClientFactory.create_batch(number, assigned_to_id=worker.membership.pk)
    worker.browser.get("/clients/")
    with django_assert_num_queries(15):
        worker.browser.get("/clients/")


def test_another_organisations_people_are_not_here(worker, beta):
    with inside(beta):
        theirs = ClientFactory(given_name="Leak", family_name="Šešelj", known=True)
    for address in ("/clients/", "/clients/?q=leak", "/clients/?q=070123456"):
        assert names(worker.browser.get(address)) == []
    assert worker.browser.get(f"/clients/{theirs.pk}/").status_code == 404


def test_a_person_of_two_organisations_sees_each_ones_own(worker, beta, member, client_of, add):
    add(given_name="Alphas")
    member(beta, Role.VIEWER, user=worker.user)
    with inside(beta):
        ClientFactory(given_name="Betas", family_name="")
    assert names(worker.browser.get("/clients/?scope=pool")) == ["Alphas"]
    assert names(client_of(worker.user, beta).get("/clients/?scope=pool")) == ["Betas"]


def test_who_is_not_among_ones_own_may_be_among_everybody(alpha, member, client_of):
    mine = client_of(member(alpha, Role.CASEWORKER), alpha).get("/clients/?q=nobody").content.decode()
    assert 'href="/clients/?q=nobody&amp;scope=all"' in mine
    assert "Look among everybody" in mine
    for role, address in ((Role.CASEWORKER, "/clients/?scope=all&q=nobody"), (Role.VOLUNTEER, "/clients/?q=nobody")):
        assert "Look among everybody" not in client_of(member(alpha, role), alpha).get(address).content.decode()
