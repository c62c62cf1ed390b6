"""The secretariat's pages of ends: what goes and what stays, announcing, calling off, the proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import inside
from tenants.organisations.models import Closing, Organisation, Takeout

LIST = reverse("closings", urlconf=WORKSPACE_URLS)


def at(name: str, pk: Any) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=[pk])


@pytest.fixture
def browser(secretariat: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> Client:
    return client_of(member(secretariat, Role.SECRETARIAT), secretariat)


def announced(ref: OrganisationRef, **values: Any) -> Closing:
    now = timezone.now()
    given = {"reason": "It merged.", "asked_by_name": "Ada", "asked_at": now, "due_at": now + timedelta(days=30)}
    return Closing.objects.create(organisation_id=ref.id, **{**given, **values})


def test_it_is_announced_once_the_short_name_is_typed(
    alpha: OrganisationRef, secretariat: OrganisationRef, browser: Client
) -> None:
    page = at("organisation-close", alpha.id)
    shown = browser.get(page).content.decode()
    assert "Nobody of this organisation has taken anything along yet." in shown
    assert "alpha.halka.localhost" in shown
    sent = {"reason": "It merged.", "days": "45", "short_name": "beta"}
    refused = browser.post(page, sent)
    assert refused.status_code == 400
    assert "This is not its short name." in refused.content.decode()
    assert "It merged." in refused.content.decode()
    assert browser.post(page, {**sent, "days": "3", "short_name": "alpha"}).status_code == 400
    assert not Closing.objects.exists()
    answer = browser.post(page, {**sent, "short_name": " Alpha "}, follow=True)
    closing = Closing.objects.get()
    assert (closing.organisation_id, closing.due_at - closing.asked_at) == (alpha.id, timedelta(days=45))
    assert "It is announced, and its managers are told." in answer.content.decode()
    with inside(secretariat):
        entry = Entry.objects.get()
        assert (entry.action, entry.detail) == ("closing.announced", {"reason": "It merged.", "days": 45})
    again = browser.post(page, {**sent, "short_name": "alpha"})
    assert "announced already" in again.content.decode()


def test_what_was_taken_along_is_shown(alpha: OrganisationRef, browser: Client) -> None:
    now = timezone.now()
    Takeout.objects.create(organisation_id=alpha.id, asked_by_name="Arta", state="ready", ready_at=now, expires_at=now)
    shown = browser.get(at("organisation-close", alpha.id)).content.decode()
    assert "fetched this many times: 0" in shown
    assert "Arta" not in shown


def test_it_is_called_off(alpha: OrganisationRef, browser: Client) -> None:
    closing = announced(alpha)
    Organisation.objects.filter(pk=alpha.id).update(state="leaving", earlier_states=["active"])
    assert b"Call it off" in browser.get(at("closing", closing.pk)).content
    assert b"It is called off" in browser.post(at("closing-call-off", closing.pk), follow=True).content
    assert b"was called off already" in browser.post(at("closing-call-off", closing.pk), follow=True).content
    assert b"Call it off" not in browser.get(at("closing", closing.pk)).content


def test_the_proof_is_shown(alpha: OrganisationRef, browser: Client) -> None:
    now = timezone.now()
    closing = announced(alpha, state="done", done_at=now, proof={"check": {"left": False}}, proof_hash="f" * 64)
    shown = browser.get(at("closing", closing.pk)).content.decode()
    assert "f" * 64 in shown
    assert "&quot;left&quot;: false" in shown
    Closing.objects.update(state="erasing", done_at=None)
    assert "It is being erased." in browser.get(at("closing", closing.pk)).content.decode()


def test_the_list_costs_the_same_with_more_of_them(
    alpha: OrganisationRef, beta: OrganisationRef, delta: OrganisationRef, browser: Client
) -> None:
    assert b"No end is announced" in browser.get(LIST).content
    counts = []
    for ref in (alpha, beta, delta):
        announced(ref)
        with CaptureQueriesContext(connection) as asked:
            assert b"It merged" not in browser.get(LIST).content
        counts.append(len(asked))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("name", ["closing", "closing-call-off", "organisation-close"])
def test_what_is_not_there(alpha: OrganisationRef, secretariat: OrganisationRef, browser: Client, name: str) -> None:
    ask = browser.post if name == "closing-call-off" else browser.get
    assert ask(at(name, secretariat.id)).status_code == 404


def test_a_branch_ends_nobody(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    Organisation.objects.filter(pk=beta.id).update(kind=Kind.BRANCH)
    branch = Organisation.objects.get(pk=beta.id).ref()
    browser = client_of(member(branch, Role.SECRETARIAT), branch)
    assert browser.get(LIST).status_code == 404
    assert browser.get(at("organisation-close", alpha.id)).status_code == 404


def test_managers_see_that_it_is_announced(
    alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]
) -> None:
    announced(alpha)
    announced(beta, reason="Betasecret")
    shown = client_of(member(alpha, Role.MANAGER), alpha).get(reverse("takeout", urlconf=WORKSPACE_URLS))
    assert b"The end of this organisation is announced" in shown.content
    assert b"It merged." in shown.content
    assert b"Betasecret" not in shown.content
