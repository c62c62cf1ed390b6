"""What was handed over, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import format_day
from tenants.caseloads.enums.assessments import GoalState, Rater
from tenants.caseloads.enums.journal import Dimension, EntryKind
from tenants.referrals.domain.disclosure import labelled

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


def told_of(record: dict[str, Any]) -> Told:
    opened = record.get("opened_on")
    return Told(
        values=labelled(record.get("values", [])),
        goals=[{**goal, "state": _word(GoalState, goal["state"])} for goal in record.get("plan", [])],
        progress=[_progress(line) for line in record.get("progress", [])],
        journal=[
            {**entry, "kind": _word(EntryKind, entry["kind"]), "at": datetime.fromisoformat(entry["at"])}
            for entry in record.get("journal", [])
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
