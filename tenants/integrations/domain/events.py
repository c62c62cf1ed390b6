"""The feed of events: noting one, reading on from a number."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from tenants.integrations.domain.outbox import write_deliveries
from tenants.integrations.enums import GROUPS, TEST
from tenants.integrations.models import Event

KEPT: Final = timedelta(days=90)
MOST: Final = 100  # events of one answer
_TYPE: Final = re.compile(r"[a-z]+(\.[a-z_]+)?")
_CODE: Final = re.compile(r"[A-Za-z0-9_.:+-]{0,64}")


def note_event(
    *,
    type: str,
    referral_id: UUID | None,
    envelope_id: UUID | None,
    source_id: UUID,
    data: dict[str, Any],
) -> Event:
    """Adds to the feed and to the outbox of every endpoint that wants it, in the transaction of the act itself.

    `source_id` is the record that tells it: noted twice, it stands once, and the event that stands is answered.
    Raises ValueError for a type of no known group, and for data beside codes, keys and numbers: nothing personal
    leaves through here.
    """
    if not _TYPE.fullmatch(type) or type.partition(".")[0] not in GROUPS | {TEST}:
        raise ValueError(f"{type} is no type of events.")
    if wrong := sorted(name for name, value in data.items() if not _is_code(value)):
        raise ValueError(f"Events hold codes and keys: {', '.join(wrong)}.")
    event = Event(
        type=type,
        referral_id=referral_id,
        envelope_id=envelope_id,
        source_id=source_id,
        data={name: str(value) if isinstance(value, UUID) else value for name, value in data.items()},
    )
    with transaction.atomic(savepoint=False):
        if not event.insert_once():
            return Event.objects.get(source_id=source_id, type=type)
        write_deliveries(event)
    return event


def _is_code(value: Any) -> bool:
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int | UUID)
