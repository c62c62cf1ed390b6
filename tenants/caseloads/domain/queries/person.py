"""Everything that is held about one person, found by walking from the client along all references.

Nothing is listed by hand: a new private model that refers to a client, or to anything that does, is part of the copy
that a person gets and of what erasure removes. What cannot be reached that way is in NOT_BY_REFERENCE, with what is
done about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models

from halka.audit.history import events_of
from halka.common.models import PrivateModel
from tenants.caseloads.models import Client

Model = type[PrivateModel]
Rows = dict[Model, set[Any]]

# Private models about people that no reference leads to from a client -> why that is right.
NOT_BY_REFERENCE: Final = {
    "audit.Entry": "names nobody: found by about_id for the copy, and stays after erasure",
    "audit.Link": "ties entries of the audit, holds hashes alone",
    "caseloads.Draft": "what is typed and not sent: found by the address of its form and by the person's name",
    "caseloads.Job": "sealed files that are gone within a day: erasure removes them at once",
    "caseloads.SavedList": "a colleague's own filters, without words that were searched for",
    "caseloads.ColumnMapping": "headings of sheets",
    "caseloads.VulnerabilityChoice": "a list of the organisation",
    "caseloads.Programme": "what the organisation runs",
    "caseloads.Target": "numbers of a programme",
    "caseloads.KeptFigure": "numbers of a programme",
    "caseloads.Scale": "questions, without answers",
    "caseloads.RetentionRule": "a setting",
    "caseloads.Erasure": "that somebody was erased; names nobody",
    "caseloads.JournalHabit": "how a colleague likes to write",
    "contributions.Contribution": "names nobody before it leaves; erasure takes the person's name out of it",
    "learning.AdoptedCurriculum": "what the organisation teaches",
    "learning.AdoptedModule": "what the organisation teaches",
    "learning.AdoptedUnit": "what the organisation teaches",
    "learning.Settlement": "what was decided about a text",
    "learning.Group": "what the organisation runs; its name is read by every colleague and names nobody",
    "learning.CalendarFeed": "a colleague's own secret address",
    "referrals.Participation": "a setting",
    "integrations.Event": "that something happened, in codes; names nobody",
    "integrations.EventCounter": "a number",
    "integrations.IdempotentAnswer": "what software was answered, sealed, gone in a day: erasure removes it at once",
    "integrations.Endpoint": "where events are sent",
    "integrations.EndpointSecret": "what they are signed with",
    "integrations.Delivery": "that an event is on its way",
    "integrations.Attempt": "that it was tried",
}


def private_models() -> list[Model]:
    """Those that organisations own, without the histories beside them."""
    found = [m for name in settings.PRIVATE_APPS for m in apps.get_app_config(name.split(".")[-1]).get_models()]
    return [cast(Model, model) for model in found if not is_history(model)]


def is_history(model: Any) -> bool:
    return hasattr(model, "pgh_tracked_model")


def has_history(model: Any) -> bool:
    return hasattr(model, "pgh_event_model")


@cache
def references() -> dict[Model, list[tuple[Model, str]]]:
    """Model -> (model that refers to it, by which field)."""
    found: dict[Model, list[tuple[Model, str]]] = defaultdict(list)
    for model in private_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, PrivateModel):
                found[field.related_model].append((model, field.name))
    return dict(found)


@cache
def reachable_models() -> list[Model]:
    """All models whose rows may be about a person, the referring ones after those they refer to."""
    reached: list[Model] = [Client]
    ahead: list[Model] = [Client]
    while ahead:
        for model, _field in references().get(ahead.pop(0), []):
            if model not in reached:
                reached.append(model)
                ahead.append(model)
    return sorted(reached, key=_depth)


def _depth(model: Model) -> tuple[int, str]:
    """Longest way down to a client."""

    def longest(current: Model, seen: frozenset[Model]) -> int:
        below = [
            field.related_model
            for field in current._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, PrivateModel)
        ]
        return max(
            (1 + longest(other, seen | {current}) for other in below if other not in seen | {current}), default=0
        )

    return longest(model, frozenset()), model._meta.label


def rows_about(client: Client) -> Rows:
    """Model -> keys of all rows about the person, and about records that were merged into theirs."""
    found: Rows = {Client: {client.pk}}
    ahead: list[tuple[Model, set[Any]]] = [(Client, {client.pk})]
    while ahead:
        target, keys = ahead.pop()
        for model, field in references().get(target, []):
            rows = set(model.objects.filter(**{f"{field}__in": keys}).values_list("pk", flat=True))
            if new := rows - found.get(model, set()):
                found.setdefault(model, set()).update(new)
                ahead.append((model, new))
    return found


def in_order(rows: Rows) -> Iterator[tuple[Model, set[Any]]]:
    """The rows by model, the client's first and what refers to others after those."""
    for model in reachable_models():
        if rows.get(model):
            yield model, rows[model]


def clients_in(rows: Rows) -> set[UUID]:
    return rows[Client]


def history_of(model: Model, keys: set[Any]) -> models.QuerySet[Any]:
    """What was remembered of these rows, the oldest first."""
    events: models.QuerySet[Any] = events_of(model).objects.all()
    return events.filter(pgh_obj_id__in=keys).order_by("pgh_id")
