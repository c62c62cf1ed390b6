"""Steps that several tests of accounts share."""

from __future__ import annotations

from typing import Any

from django.test import Client

from halka.accounts.models import User


def sign_in(client: Client, user: User, password: str, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": user.email, "password": password, **more})


def confirm(client: Client, password: str = "a long passphrase") -> None:
    """Shows the password once more, as pages about security demand."""
    client.post("/accounts/confirm/", {"password": password})
