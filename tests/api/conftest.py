"""People of both organisations at the API, and the bodies of problems."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from tests.tenants.referrals.conftest import ask, consent, referred, sender, target

__all__ = ["ask", "consent", "referred", "sender", "target"]

TITLES = {
    "unreadable": (400, "The request could not be read."),
    "not_signed_in": (401, "Sign in first."),
    "not_allowed": (403, "Your role here does not allow this."),
    "csrf_failed": (403, "The request did not come with this session's CSRF token."),
    "second_factor_missing": (403, "Set up a second factor first."),
    "not_found": (404, "There is nothing here."),
    "method_not_allowed": (405, "This address does not take this method."),
    "not_acceptable": (406, "The answer cannot be given in the form that was asked for."),
    "referral_moved": (409, "The referral is not in a state from which this can be done: somebody was faster."),
    "unsupported_media_type": (415, "Send JSON."),
    "invalid_fields": (422, "Some fields are missing or wrong."),
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
