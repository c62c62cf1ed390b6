"""The feed of events: noting one, reading on from a number."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tenants.integrations.domain.outbox import write_deliveries
from tenants.integrations.enums import GROUPS, TEST
from tenants.integrations.models import Event, EventCounter

MOST: Final = 100  # events of one answer
_TYPE: Final = re.compile(r"([a-z]+)\.([a-z_]+|\*)")
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
    if type.endswith("*") or not is_topic(type):
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
        if event.has_listeners:
            write_deliveries(event)
    return event


@dataclass(frozen=True)
class Part:
    """Some events in order. `next_after` is where to go on, also past events that were not asked for."""

    events: list[Event]
    next_after: int
    has_more: bool


def events_after(number: int, *, topics: Collection[str] = (), limit: int = MOST) -> Part:
    """What came after that number, at most `limit`; of the topics alone, where any are given."""
    last = EventCounter.objects.values_list("last", flat=True).first() or 0  # all up to here can be seen from now on
    found = Event.objects.after(number)
    if topics:
        groups = [Q(type__startswith=topic[:-1]) for topic in topics if topic.endswith(".*")]
        found = found.filter(reduce(or_, groups, Q(type__in=topics)))
    events = list(found[: limit + 1])
    numbers = [event.number or 0 for event in events[:limit]]  # what is not numbered is not found
    has_more = len(events) > limit
    return Part(events[:limit], numbers[-1] if has_more else max([number, last, *numbers]), has_more)


def is_topic(name: str) -> bool:
    """Whether events could be called that, or a group of them."""
    parts = _TYPE.fullmatch(name)
    return name == TEST or (parts is not None and parts[1] in GROUPS)


def _is_code(value: Any) -> bool:
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int | UUID)
