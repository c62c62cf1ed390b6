"""A person's work and learning, line by line."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F

from halka.audit.domain import record
from halka.authorization.roles import Seat
from tenants.caseloads.models import Client, Experience


@dataclass(frozen=True)
class ExperienceDetails:
    """Years are Gregorian. What goes on has no year of its end."""

    kind: str
    title: str
    at: str = ""
    from_year: int | None = None
    to_year: int | None = None
    is_current: bool = False


def experiences_of(client: Client) -> list[Experience]:
    """What goes on first, then the newest; what has no year last."""
    return list(
        client.experiences.order_by(
            "-is_current", F("to_year").desc(nulls_last=True), F("from_year").desc(nulls_last=True), "-id"
        )
    )


def add_experience(*, client: Client, details: ExperienceDetails, by: Seat) -> Experience:
    with transaction.atomic():
        line = Experience.objects.create(client=client, added_by_id=by.membership_id, **asdict(details))
        record(action="experience.added", on=line, by=by)
    return line


def change_experience(*, line: Experience, details: ExperienceDetails, by: Seat) -> Experience:
    """The last one to change it wins: a line is short, and its history is kept."""
    with transaction.atomic():
        saved = Experience.objects.select_for_update().get(pk=line.pk)
        changed = [name for name, value in asdict(details).items() if getattr(saved, name) != value]
        if changed:
            for name in changed:
                setattr(saved, name, getattr(details, name))
            saved.save(update_fields=changed)
            record(action="experience.changed", on=saved, by=by)
    return saved


def remove_experience(*, line: Experience, by: Seat) -> None:
    with transaction.atomic():
        record(action="experience.removed", on=line, by=by)
        line.delete()
