"""Writing the audit: inside of the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from halka.audit.models import Entry
from halka.authorization.roles import Seat

SYSTEM = Seat(user_id=0, membership_id=None, role=None, name="Halka")
THEMSELVES = Seat(user_id=0, membership_id=None, role=None, name="The person themselves")  # on their own page
CLIENT = "caseloads.client"
TOWARDS_CLIENT = ("case", "exit", "plan", "goal")  # what parts of a client's record hang on


def record(
    *,
    action: str,
    on: models.Model | None = None,
    about: UUID | None = None,
    detail: dict[str, Any] | None = None,
    by: Seat,
) -> Entry:
    """Adds an entry: `action` as noun.verb, `detail` JSON of codes and field names, never of personal data.

    `about` is the client whom it is about. It need not be said where `on` is a client, has a `client_id`, or hangs on a
    case, plan, goal or exit that is loaded and does. What software did has its id in the detail.
    """
    entry = Entry(
        actor_user_id=by.user_id or None,
        actor_name=by.name,
        is_support=by.is_support,
        action=action,
        target_model=on._meta.label_lower if on is not None else "",
        target_id=str(on.pk) if on is not None else "",
        about_id=about or _client_of(on),
        detail={
            **(detail or {}),
            **({"software": str(by.software_id)} if by.is_software else {}),
            **({"link": str(by.link_id)} if by.link_id else {}),
        },
    )
    entry.insert()
    return entry


def record_list(
    *, action: str, count: int, filters: Iterable[str] = (), detail: dict[str, Any] | None = None, by: Seat
) -> Entry:
    """One entry for a whole list that was shown or handed out: `client.listed`, `client.searched`, `client.exported`.

    `count` is how many rows were shown, `filters` the names of what narrowed the list down; what was typed or chosen
    there stays out of the audit, since it may be a name.
    """
    names = sorted(set(filters))
    told = {"shown": count, **({"filters": names} if names else {}), **(detail or {})}
    return record(action=action, detail=told, by=by)


def _client_of(on: models.Model | None) -> UUID | None:
    """The client that the record is, names, or hangs on by way of records that are loaded already."""
    if on is None:
        return None
    key = on.pk if on._meta.label_lower == CLIENT else getattr(on, "client_id", None)
    if isinstance(key, UUID):
        return key
    return next((found for name in TOWARDS_CLIENT if (found := _client_of(on._state.fields_cache.get(name)))), None)
