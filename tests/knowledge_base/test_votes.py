"""“Useful” and “we used it”: pressed once, taken back, counted, and nobody's name shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.access import reader_for
from knowledge_base.domain.votes import say_used, say_useful, standing_of
from knowledge_base.enums import Audience
from knowledge_base.errors import NotYourOrganisation
from knowledge_base.models import Used, Useful
from tenants.organisations.models import Organisation

Make = Callable[..., Any]
People = Callable[..., User]
Clients = Callable[..., Client]


def text_of(client: Client, page: Any) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_useful_is_said_once_and_taken_back(
    lesson: Make, member: People, alpha: OrganisationRef, beta: OrganisationRef, client_of: Clients
) -> None:
    page, browser = lesson("Snow"), client_of(member(alpha))
    address = f"/knowledge/pages/{page.pk}/useful/"
    for _twice in range(2):
        answer = browser.post(address, {"on": "1"})
        assert answer["Location"] == f"{page.url}#said"
    other = member(beta)
    client_of(other).post(address, {"on": "1"})
    shown = text_of(browser, page)
    assert "Useful to 2 people" in shown
    assert other.name not in shown
    assert 'value="0" aria-pressed="true"' in shown
    assert "Useful to 2 people" in text_of(client_of(None), page)
    browser.post(address, {"on": "0"})
    assert "Useful to 1 person" in text_of(browser, page)


def test_an_organisation_has_used_it_once(
    lesson: Make, member: People, alpha: OrganisationRef, beta: OrganisationRef, client_of: Clients
) -> None:
    page = lesson("Snow")
    address = f"/knowledge/pages/{page.pk}/used/{alpha.id}/"
    for _colleague in range(2):
        browser = client_of(member(alpha))
        browser.post(address, {"on": "1"})
    client_of(member(beta)).post(f"/knowledge/pages/{page.pk}/used/{beta.id}/", {"on": "1"})
    shown = text_of(browser, page)
    assert "Used by 2 organisations" in shown
    assert "Beta Centre" not in shown
    assert "Beta Centre" not in text_of(client_of(None), page)
    browser.post(address, {"on": "0"})
    assert "Used by 1 organisation" in text_of(browser, page)


def test_whoever_belongs_to_two_says_which(
    lesson: Make, member: People, alpha: OrganisationRef, beta: OrganisationRef, client_of: Clients
) -> None:
    page, user = lesson("Snow"), member(alpha)
    member(beta, user=user)
    browser = client_of(user)
    shown = text_of(browser, page)
    assert "<bdi>Alpha House</bdi>" in shown
    assert "<bdi>Beta Centre</bdi>" in shown
    browser.post(f"/knowledge/pages/{page.pk}/used/{beta.id}/", {"on": "1"})
    assert list(Used.objects.values_list("organisation", flat=True)) == [beta.id]


def test_a_suspended_organisation_says_nothing(
    lesson: Make, member: People, alpha: OrganisationRef, beta: OrganisationRef, client_of: Clients
) -> None:
    page, user = lesson("Snow"), member(alpha)
    member(beta, user=user)
    Organisation.objects.filter(pk=alpha.id).update(state="suspended")
    browser = client_of(user)
    assert f"/used/{alpha.id}/" not in text_of(browser, page)
    assert browser.post(f"/knowledge/pages/{page.pk}/used/{alpha.id}/", {"on": "1"}).status_code == 404
    assert browser.post(f"/knowledge/pages/{page.pk}/used/{beta.id}/", {"on": "1"}).status_code == 302


def test_nobody_says_it_for_others(
    lesson: Make, member: People, alpha: OrganisationRef, beta: OrganisationRef, client_of: Clients
) -> None:
    page, user = lesson("Snow"), member(alpha)
    assert client_of(user).post(f"/knowledge/pages/{page.pk}/used/{beta.id}/", {"on": "1"}).status_code == 404
    with pytest.raises(NotYourOrganisation):
        say_used(page_id=page.pk, organisation_id=beta.id, on=True, by=reader_for(user))
    assert not Used.objects.exists()


@pytest.mark.parametrize("what", ["useful", "used"])
def test_who_may_not_press(lesson: Make, alpha: OrganisationRef, member: People, client_of: Clients, what: str) -> None:
    page = lesson("Snow")
    address = f"/knowledge/pages/{page.pk}/{what}/" + (f"{alpha.id}/" if what == "used" else "")
    assert "/accounts/login/" in client_of(None).post(address, {"on": "1"})["Location"]
    stranger = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    assert client_of(stranger).post(address, {"on": "1"}).status_code == 404
    for made in (lesson("Off", live=False), lesson("Public")):
        gone = address.replace(str(page.pk), str(made.pk if not made.live else 0), 1)
        assert client_of(member(alpha)).post(gone, {"on": "1"}).status_code == 404
    assert client_of(member(alpha)).get(address).status_code == 405
    Organisation.objects.filter(pk=alpha.id).update(state="suspended")
    assert client_of(member(alpha)).post(address, {"on": "1"}).status_code == 403
    assert not Useful.objects.exists()
    assert not Used.objects.exists()


def test_a_stranger_sees_numbers_and_no_buttons(lesson: Make, client_of: Clients) -> None:
    page = lesson("Snow")
    shown = text_of(client_of(None), page)
    assert '<form method="post" action="/knowledge/pages' not in shown
    assert "Useful to" not in shown


def test_what_is_said_goes_with_the_account(lesson: Make, member: People, alpha: OrganisationRef) -> None:
    page, user = lesson("Snow", audience=Audience.MEMBERS), member(alpha)
    reader = reader_for(user)
    say_useful(page_id=page.pk, on=True, by=reader)
    say_used(page_id=page.pk, organisation_id=alpha.id, on=True, by=reader)
    standing = standing_of(page.pk, by=reader)
    assert (standing.useful, standing.used, standing.is_useful) == (1, 1, True)
    assert standing.used_by == {alpha.id}
    user.memberships.all().delete()
    user.delete()
    assert not Useful.objects.exists()
    assert Used.objects.count() == 1
