"""What was handed over, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from halka.common.calendars import format_day
from tenants.caseloads.enums.assessments import GoalState, Rater
from tenants.caseloads.enums.journal import Audience, Dimension, EntryKind
from tenants.caseloads.models import Client
from tenants.caseloads.policies import counts_as_professional, professions_of
from tenants.referrals.domain.disclosure import labelled
from tenants.referrals.policies import read_by

KINDS: dict[str, str | Promise] = {
    "plan": _("Plan"),
    "progress": _("Ratings of progress"),
    "journal": _("Entries of the journal"),
    "documents": _("Documents"),
}


@dataclass(frozen=True)
class Told:
    """Values are (label, text); the others are lines as people read them."""

    values: list[tuple[str, str]]
    goals: list[dict[str, Any]]
    progress: list[dict[str, Any]]
    journal: list[dict[str, Any]]
    programme: str
    opened_on: date | None


def told_of(record: dict[str, Any], client: Client | None, seat: Seat) -> Told:
    """As this person may read it: what is for professionals on the record is for them here too."""
    is_professional = counts_as_professional(seat, professions_of(seat, client) if client else ())
    entries = [
        entry for entry in record.get("journal", []) if is_professional or entry.get("audience") == Audience.TEAM
    ]
    opened = record.get("opened_on")
    return Told(
        values=labelled(read_by(record.get("values", []), client, seat)),
        goals=[{**goal, "state": _word(GoalState, goal["state"])} for goal in record.get("plan", [])],
        progress=[_progress(line) for line in record.get("progress", [])],
        journal=[
            {**entry, "kind": _word(EntryKind, entry["kind"]), "at": datetime.fromisoformat(entry["at"])}
            for entry in entries
        ],
        programme=record.get("programme", ""),
        opened_on=date.fromisoformat(opened) if opened else None,
    )


def _word(choices: Any, value: str) -> str:
    """The value itself, where another version of the software knows more."""
    return str(dict(choices.choices).get(value, value))


def _progress(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "dimension": _word(Dimension, line["dimension"]),
        "rater": _word(Rater, line["rater"]),
        "points": [(format_day(date.fromisoformat(on)), round(value)) for on, value in line["points"]],
    }


def parts_of(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """(what, how many) of the parts that come along."""
    return [(str(KINDS.get(name, name)), number) for name, number in counts]
