"""Doing what software asks for once, however often it asks: the row of a key is written in the change's transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.identifiers import uuid7
from tenants.integrations.models import IdempotentAnswer

KEPT: Final = timedelta(hours=24)
_INSERTION: Final = """
INSERT INTO integrations_idempotentanswer (id, key_hash, fingerprint, answer, created_at)
VALUES (%s, %s, %s, '', %s) ON CONFLICT (key_hash) DO NOTHING
"""


class KeyReused(Exception):
    """The same key came with another request."""


@dataclass(frozen=True)
class Begun:
    """A request that is done for the first time: `keep` writes its answer down."""

    pk: UUID

    def keep(self, answer: dict[str, Any]) -> None:
        row = IdempotentAnswer.objects.defer("answer").get(pk=self.pk)
        row.answer = answer
        row.save(update_fields=["answer"])


def begin(*, key_hash: str, fingerprint: str) -> Begun | dict[str, Any]:
    """Begins the request of this key, or returns what was answered to it; to be called in the change's transaction.

    Waits while the same key is at work somewhere else: if that is undone, this one is the first. Raises KeyReused.
    """
    begun = _insert(key_hash, fingerprint)
    if begun is not None:
        return begun
    before = IdempotentAnswer.objects.filter(key_hash=key_hash).first()
    if before is None or before.created_at <= timezone.now() - KEPT:
        IdempotentAnswer.objects.filter(key_hash=key_hash).delete()
        return _insert(key_hash, fingerprint) or begin(key_hash=key_hash, fingerprint=fingerprint)
    if before.fingerprint != fingerprint:
        raise KeyReused
    answer: dict[str, Any] = before.answer
    return answer


def _insert(key_hash: str, fingerprint: str) -> Begun | None:
    pk = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(_INSERTION, [pk, key_hash, fingerprint, timezone.now()])
        return Begun(pk) if cursor.rowcount else None


def person_goes(client_id: UUID, is_going: bool, by: Seat) -> None:
    """Whoever is erased is not told again either."""
    if is_going:
        forget(client_id)


def forget(*keys: UUID) -> None:
    """Answers that hold one of these keys are not given again: they lie sealed, so each of the day is opened."""
    sought = [str(key) for key in keys]
    texts = ((kept.pk, json.dumps(kept.answer)) for kept in IdempotentAnswer.objects.iterator())
    holding = [pk for pk, text in texts if any(key in text for key in sought)]
    IdempotentAnswer.objects.filter(pk__in=holding).delete()


def remove_old_answers() -> int:
    """Those that no key brings back any more; how many."""
    return IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
