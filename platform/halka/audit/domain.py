"""Writing the audit: inside of the transaction of the act itself."""

from __future__ import annotations

from typing import Any

from django.db import models

from halka.audit.models import Entry
from halka.authorization.roles import Seat

SYSTEM = Seat(user_id=0, membership_id=None, role=None, name="Halka")


def record(*, action: str, on: models.Model | None = None, detail: dict[str, Any] | None = None, by: Seat) -> Entry:
    """Adds an entry: `action` as noun.verb, `detail` JSON of codes and field names, never of personal data."""
    return Entry.objects.create(
        actor_user_id=by.user_id or None,
        actor_name=by.name,
        is_support=by.is_support,
        action=action,
        target_model=on._meta.label_lower if on is not None else "",
        target_id=str(on.pk) if on is not None else "",
        detail=detail or {},
    )
