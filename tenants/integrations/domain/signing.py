"""Signatures as Standard Webhooks describes them, in the symmetric form: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Final

PREFIX: Final = "whsec_"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(keys: Iterable[str], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: one signature for each secret, so that receivers may change theirs in peace."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_digest(key, signed)}" for key in keys)


def _digest(key: str, signed: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(raw, signed, hashlib.sha256)).decode()
