"""Signatures against the library of Standard Webhooks, and the example that receivers copy."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from tenants.integrations.domain.endpoints import rotate_secret
from tenants.integrations.domain.rounds import deliver_due
from tenants.integrations.domain.signing import new_secret, signature
from tenants.integrations.models import Endpoint
from tenants.integrations.templatetags.integrations import verification
from tenants.organisations.isolation import inside


def signed(*keys: str, body: bytes = b'{"type":"test"}', timestamp: int | None = None) -> dict[str, str]:
    at = int(datetime.now().timestamp()) if timestamp is None else timestamp
    told = signature(keys, message_id="msg_1", timestamp=at, body=body)
    return {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": told}


def test_the_library_takes_ours() -> None:
    key = new_secret()
    assert Webhook(key).verify(b'{"type":"test"}', signed(key)) == {"type": "test"}


def test_the_library_makes_the_same() -> None:
    key, at = new_secret(), datetime.fromisoformat("2026-11-22T10:00:00+00:00")
    theirs = Webhook(key).sign("msg_1", at, "{}")
    assert signature([key], message_id="msg_1", timestamp=int(at.timestamp()), body=b"{}") == theirs


def test_the_library_refuses_what_was_changed() -> None:
    key = new_secret()
    with pytest.raises(WebhookVerificationError):
        Webhook(key).verify(b'{"type":"tesT"}', signed(key))
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(b'{"type":"test"}', signed(key))
    with pytest.raises(WebhookVerificationError):
        Webhook(key).verify(b'{"type":"test"}', signed(key, timestamp=1_700_000_000))


def test_secrets_are_long_and_never_the_same() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(secret.startswith("whsec_") and len(secret) == 50 for secret in made)


def test_a_delivery_is_signed_with_the_old_secret_too_until_its_time_is_over(
    alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Any, note: Any
) -> None:
    with time_machine.travel("2027-01-10T10:00:00+00:00", tick=False) as clock:
        with inside(alpha):
            old = endpoint.secrets.get().secret
            new = rotate_secret(endpoint=endpoint, overlap=timedelta(hours=24), by=manager)
        counts = []
        for hours in (0, 23, 2):
            clock.shift(timedelta(hours=hours))
            with inside(alpha):
                note()
            deliver_due(alpha)
            message = receiver.messages[-1]
            assert Webhook(new).verify(message.body, message.headers)["type"] == "referral.sent"
            counts.append(len(message.headers["webhook-signature"].split()))
            if counts[-1] == 2:
                assert Webhook(old).verify(message.body, message.headers)
        assert counts == [2, 2, 1]
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(message.body, message.headers)


CHECK = """
import sys
body, given = sys.argv[1].encode(), dict(zip(sys.argv[2::2], sys.argv[3::2]))
print(is_genuine(given, body), is_genuine(given, body + b" "), is_genuine({**given, "webhook-timestamp": "1"}, body))
print(is_genuine({**given, "webhook-signature": "v1,wrong " + given["webhook-signature"]}, body))
"""


def test_the_example_for_receivers_works_as_it_is_written() -> None:
    example = (Path(settings.ROOT) / "docs" / "webhooks.md").read_text().split("```python\n")[1].split("```")[0].strip()
    assert example == verification()
    key = new_secret()
    given = [part for pair in signed(key, body=b'{"a":"\xc4\x8d"}').items() for part in pair]
    done = subprocess.run(
        [sys.executable, "-c", f"{example}\n{CHECK}", '{"a":"č"}', *given],
        env={"WEBHOOK_SECRET": key, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["True", "False", "False", "True"]
