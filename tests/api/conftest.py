"""People of both organisations at the API, and the bodies of problems."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from tenants.organisations.domain.software import add_software
from tenants.organisations.isolation import inside
from tests.tenants.referrals.conftest import ask, consent, referred, sender, target

__all__ = ["ask", "consent", "referred", "sender", "target"]

TITLES = {
    "unreadable": (400, "The request could not be read."),
    "not_signed_in": (401, "Sign in first."),
    "invalid_token": (401, "The token is unknown here, has expired or was taken away."),
    "not_allowed": (403, "Your role here does not allow this."),
    "insufficient_scope": (403, "This software was not given the scope for this."),
    "may_no_longer": (403, "This was answered before, to somebody who might do more than you may now."),
    "csrf_failed": (403, "The request did not come with this session's CSRF token."),
    "second_factor_missing": (403, "Set up a second factor first."),
    "not_found": (404, "There is nothing here."),
    "method_not_allowed": (405, "This address does not take this method."),
    "not_acceptable": (406, "The answer cannot be given in the form that was asked for."),
    "referral_moved": (409, "The referral is not in a state from which this can be done: somebody was faster."),
    "consent_missing": (409, "No valid consent of the person covers this."),
    "referral_open_already": (409, "This person has an open referral for the same service there already."),
    "recipient_unavailable": (409, "This organisation takes no referrals now."),
    "not_taken_on": (409, "Say first whether the person is a client of yours already."),
    "changed_meanwhile": (412, "It was changed since you have read it. Read it again."),
    "unsupported_media_type": (415, "Send JSON."),
    "invalid_fields": (422, "Some fields are missing or wrong."),
    "idempotency_key_reused": (422, "This Idempotency-Key was used for another request. Take a new one."),
    "bad_idempotency_key": (400, "The Idempotency-Key has 1 to 255 visible characters without accents."),
    "if_match_missing": (428, "Send If-Match with the ETag of what you have read."),
    "too_many_requests": (429, "Too many requests. Wait a little."),
}


def is_problem(response: Any, code: str, **members: Any) -> bool:
    """The response is exactly this problem, body and headers."""
    status, title = TITLES[code]
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response.json() == {
        "type": f"urn:halka:problem:{code}", "title": title, "status": status, "code": code, **members,
    }  # fmt: skip
    return True


def allows_not(permission: str) -> str:
    return f"Your role here does not allow this: “{permission}”. Ask a manager of your organisation."


@pytest.fixture
def at_sender(sender: SimpleNamespace, client_of: Callable[..., Client]) -> Client:
    return client_of(User.objects.get(pk=sender.seat.user_id), sender.ref)


@pytest.fixture
def at_target(target: SimpleNamespace, client_of: Callable[..., Client]) -> Client:
    return client_of(User.objects.get(pk=target.seat.user_id), target.ref)


@pytest.fixture
def software() -> Callable[..., SimpleNamespace]:
    """`software(ref, *scopes)`: software of that organisation; `api` is a client that shows its token, `renewed()`
    one with a token of now."""

    def make(ref: OrganisationRef, *scopes: Scope, name: str = "Case system") -> SimpleNamespace:
        scopes = scopes or (Scope.DIRECTORY_READ,)
        manager = Seat(user_id=1, membership_id=None, role=Role.MANAGER, name="Manager")
        with inside(ref):
            added, secret = add_software(name=name, scopes=scopes, by=manager)
        token = token_of(ref, added.client_id, secret).json()["access_token"]
        seat = Seat(0, None, None, name, software_id=added.pk, scopes=frozenset(scopes))
        return SimpleNamespace(
            ref=ref, pk=added.pk, client_id=added.client_id, secret=secret, token=token, seat=seat, by=manager,
            api=at(ref, token),
            renewed=lambda: at(ref, token_of(ref, added.client_id, secret).json()["access_token"]),
        )  # fmt: skip

    return make


def at(ref: OrganisationRef, token: str) -> Client:
    """Software on the organisation's host, with this token."""
    return Client(headers={"host": ref.host, "authorization": f"Bearer {token}"})


def token_of(ref: OrganisationRef, client_id: str, secret: str, **more: str) -> Any:
    """The answer to whoever asks for a token on the organisation's host."""
    asked = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **more}
    host = ref.host
    return Client(headers={"host": host}, enforce_csrf_checks=True).post("/api/oauth/token", asked)
