"""Secrets that software keeps: as long as a key, so one round of SHA-256 guards them as well as a slow hash would."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_noop as _

BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(BYTES)


def hash_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Kept:
    """What is kept of a secret: its hash, and for an overlap the hash of the one before it."""

    current: str
    previous: str = ""
    until: datetime | None = None

    @property
    def encoded(self) -> str:
        """As Django's hashers find it again: 150 characters at most."""
        until = str(int(self.until.timestamp())) if self.until else ""
        return f"{KeyHasher.algorithm}${self.current}${self.previous}${until}"

    def followed_by(self, secret: str, *, until: datetime) -> Kept:
        """The next secret; this one counts until then."""
        return Kept(hash_of(secret), self.current, until)


def kept(encoded: str) -> Kept:
    _algorithm, current, previous, until = encoded.split("$")
    return Kept(
        current, previous, datetime.fromtimestamp(int(until), timezone.get_default_timezone()) if until else None
    )


class KeyHasher(BasePasswordHasher):
    """For secrets out of `new_secret` alone, never for what people think up: accounts use Django's default."""

    algorithm = "halka_key"

    def encode(self, password: str, salt: str) -> str:
        return Kept(hash_of(password)).encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Both hashes are compared whatever the first one says."""
        known, given = kept(encoded), hash_of(password)
        is_current = constant_time_compare(given, known.current)
        is_previous = constant_time_compare(given, known.previous)
        return is_current or (is_previous and known.until is not None and timezone.now() < known.until)

    def salt(self) -> str:
        return ""

    def must_update(self, encoded: str) -> bool:
        return False

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        return {_("algorithm"): self.algorithm}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """There is no work to make up for."""
