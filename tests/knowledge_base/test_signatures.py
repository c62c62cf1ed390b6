"""Organisations sign what the network asks of others: by somebody who may speak for them, once, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.access import reader_for
from knowledge_base.domain.signing import sign, take_back
from knowledge_base.enums import Audience
from knowledge_base.errors import NotYourOrganisation
from knowledge_base.models import Signature
from tenants.organisations.models import Organisation

Make = Callable[..., Any]
People = Callable[..., User]
Clients = Callable[..., Client]


def text_of(client: Client, page: Any) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def address(page: Any, ref: OrganisationRef) -> str:
    return f"/knowledge/pages/{page.pk}/sign/{ref.id}/"


def test_a_manager_signs_and_takes_it_back(
    advocacy: Make, member: People, alpha: OrganisationRef, client_of: Clients
) -> None:
    page, user = advocacy("Buses for everybody"), member(alpha, Role.MANAGER)
    browser = client_of(user)
    assert "No organisation has signed yet" in text_of(browser, page)
    assert "Sign for Alpha House" in text_of(browser, page)
    for _twice in range(2):
        assert browser.post(address(page, alpha), {"on": "1"})["Location"] == f"{page.url}#signatures"
    row = Signature.objects.get()
    assert (row.organisation_id, row.signed_by) == (alpha.id, user)
    assert str(row) == str(row.pk)
    public = text_of(client_of(None), page)
    assert "<bdi>Alpha House</bdi>" in public
    assert user.name not in public
    assert "Sign for" not in public
    browser.post(address(page, alpha), {"on": "0"})
    assert not Signature.objects.exists()


def test_a_text_that_was_changed_is_signed_anew(
    advocacy: Make, member: People, alpha: OrganisationRef, client_of: Clients
) -> None:
    page, browser = advocacy("Buses for everybody"), client_of(member(alpha, Role.MANAGER))
    browser.post(address(page, alpha), {"on": "1"})
    assert "an earlier wording" not in text_of(browser, page)
    page.position = "Trains, too."
    page.save_revision().publish()
    assert "an earlier wording" in text_of(client_of(None), page)
    browser.post(address(page, alpha), {"on": "1"})
    assert "an earlier wording" not in text_of(client_of(None), page)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.SUPERVISOR, Role.VIEWER])
def test_others_do_not_speak_for_it(
    advocacy: Make, member: People, alpha: OrganisationRef, client_of: Clients, role: Role
) -> None:
    page, user = advocacy("Buses for everybody"), member(alpha, role)
    assert "Sign for" not in text_of(client_of(user), page)
    assert client_of(user).post(address(page, alpha), {"on": "1"}).status_code == 404
    with pytest.raises(NotYourOrganisation):
        sign(page_id=page.pk, organisation_id=alpha.id, by=reader_for(user))
    assert not Signature.objects.exists()


def test_nobody_signs_or_takes_back_for_another_organisation(
    advocacy: Make, member: People, alpha: OrganisationRef, beta: OrganisationRef, client_of: Clients
) -> None:
    page, theirs = advocacy("Buses for everybody"), member(beta, Role.MANAGER)
    client_of(theirs).post(address(page, beta), {"on": "1"})
    manager = member(alpha, Role.MANAGER)
    assert client_of(manager).post(address(page, beta), {"on": "0"}).status_code == 404
    with pytest.raises(NotYourOrganisation):
        take_back(page_id=page.pk, organisation_id=beta.id, by=reader_for(manager))
    assert "login" in client_of(None).post(address(page, alpha), {"on": "1"})["Location"]
    assert Signature.objects.get().organisation_id == beta.id


def test_a_suspended_organisation_signs_nothing(
    advocacy: Make, member: People, alpha: OrganisationRef, client_of: Clients
) -> None:
    page, browser = advocacy("Buses for everybody"), client_of(member(alpha, Role.MANAGER))
    Organisation.objects.filter(pk=alpha.id).update(state="suspended")
    assert browser.post(address(page, alpha), {"on": "1"}).status_code == 403
    assert not Signature.objects.exists()


def test_other_pages_and_those_one_may_not_read_are_not_signed(
    advocacy: Make, lesson: Make, member: People, alpha: OrganisationRef, client_of: Clients
) -> None:
    browser = client_of(member(alpha, Role.MANAGER))
    for page in (lesson("Snow"), advocacy("Draft", live=False), advocacy("Group", audience=Audience.MEMBERS)):
        may = page.live and page.title == "Group"
        assert browser.post(address(page, alpha), {"on": "1"}).status_code == (302 if may else 404), page


@pytest.mark.parametrize("number", [1, 3])
def test_queries(
    advocacy: Make, alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef,
    client_of: Clients, number: int, django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    page = advocacy("Buses for everybody")
    for ref in (alpha, beta, secretariat)[:number]:
        Signature.objects.create(page=page, organisation_id=ref.id)
    text_of(client_of(None), page)
    with django_assert_max_num_queries(12):
        text_of(client_of(None), page)
