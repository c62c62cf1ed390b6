"""The parts of a case that go over with it: chosen one by one, read by whoever chose them, covered by the consent."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from halka.authorization.roles import Seat
from tenants.caseloads.domain.distance import assessments_of, distance_of
from tenants.caseloads.enums.assessments import PlanState
from tenants.caseloads.enums.consents import ConsentScope
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Case, Client, Document, Goal, JournalEntry
from tenants.caseloads.policies import readable

WIDE = (Audience.TEAM, Audience.PROFESSIONALS)  # what one profession or the author alone reads stays here
MOST = 100


@dataclass(frozen=True)
class Parts:
    """What of the case goes along. `journal` and `documents` are keys."""

    plan: bool = False
    progress: bool = False
    journal: tuple[UUID, ...] = ()
    documents: tuple[UUID, ...] = ()

    def stored(self) -> dict[str, Any]:
        return {
            "plan": self.plan,
            "progress": self.progress,
            "journal": [str(key) for key in self.journal],
            "documents": [str(key) for key in self.documents],
        }

    def scopes_needed(self) -> set[str]:
        """What the consent has to cover: what was written down of somebody is about their situation."""
        needed = {ConsentScope.SENSITIVE.value} if self.plan or self.progress or self.journal else set()
        return needed | ({ConsentScope.DOCUMENTS.value} if self.documents else set())


def entries_to_choose(client: Client, seat: Seat) -> QuerySet[JournalEntry]:
    """The newest entries that may go over."""
    entries = readable(JournalEntry.objects.all(), seat, client).filter(audience__in=WIDE)
    found: QuerySet[JournalEntry] = entries.order_by("-happened_at", "-id")
    return found


def documents_to_choose(client: Client, seat: Seat) -> QuerySet[Document]:
    found: QuerySet[Document] = readable(Document.objects.all(), seat, client).filter(audience__in=WIDE)
    return found.order_by("-added_at", "-id")


def counts_of(parts: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """(kind, number) of what comes along."""
    sizes = {name: len(value) if isinstance(value, list) else int(value) for name, value in parts.items()}
    return tuple((name, size) for name, size in sizes.items() if size)


def story_of(case: Case, parts: dict[str, Any], scopes: Collection[str]) -> str:
    """As JSON. What is not covered any more, or was closed to others since, stays here."""
    told: dict[str, Any] = {"programme": case.programme.name, "opened_on": case.opened_on.isoformat()}
    if ConsentScope.SENSITIVE in scopes:
        if parts.get("plan"):
            told["plan"] = _plan(case)
        if parts.get("progress"):
            told["progress"] = _progress(case.client)
        if parts.get("journal"):
            told["journal"] = _journal(case.client, parts["journal"])
    return json.dumps(told, ensure_ascii=False)


def _plan(case: Case) -> list[dict[str, Any]]:
    goals = Goal.objects.filter(plan__case=case).exclude(plan__state=PlanState.REPLACED).prefetch_related("steps")
    return [
        {
            "text": goal.text,
            "dimension": goal.dimension,
            "state": goal.state,
            "steps": [{"text": step.text, "done": step.done_on is not None} for step in goal.steps.all()],
        }
        for goal in goals
    ]


def _progress(client: Client) -> list[dict[str, Any]]:
    """Of each side of life and rater the first and the last value, 0 to 100: answers stay with the scale they belong
    to."""
    return [
        {
            "dimension": side.dimension.value,
            "rater": line.rater,
            "points": [[point.on.isoformat(), round(point.value, 1)] for point in line.points],
        }
        for side in distance_of(assessments_of(client)).sides
        for line in side.lines
    ]


def _journal(client: Client, keys: list[str]) -> list[dict[str, Any]]:
    entries = JournalEntry.objects.filter(client=client, pk__in=keys, audience__in=WIDE).order_by("happened_at", "id")
    return [
        {
            "kind": entry.kind,
            "at": entry.happened_at.isoformat(),
            "dimension": entry.dimension,
            "audience": entry.audience,
            "text": entry.text,
        }
        for entry in entries
    ]
