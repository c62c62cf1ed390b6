"""How rows of each kind are made to fit where they arrive: whose they are, what has ended, what is said in text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from tenants.caseloads.enums.consents import WithdrawnBy
from tenants.caseloads.models import Client
from tenants.relocations.carrying.record import Landing, Record

Values = dict[str, Any]
NAME: Final = 150  # the longest name of a person in text


class Fitting:
    """What adapting needs to know: the record, how it lands, and what its rows stand on here.

    `stands` maps keys of programmes, scales and units there to keys here, `lines` keys of the list of what makes it
    hard.
    """

    def __init__(
        self, record: Record, landing: Landing, stands: Mapping[UUID, UUID | None], lines: Mapping[str, str]
    ) -> None:
        self.record, self.landing, self.stands, self.lines = record, landing, stands, lines
        self.becomes = {(row.label, row.key): row.becomes for row in record.rows}
        midday = datetime.combine(landing.on, time(12), tzinfo=timezone.get_current_timezone())
        self.moment = min(midday, timezone.now())

    def person(self, key: UUID | None) -> UUID | None:
        """The membership here of somebody who came along."""
        return self.landing.colleagues.get(key) if key else None

    def name(self, key: UUID | None) -> str:
        """Of somebody who did not, with their organisation."""
        name = self.record.people.get(key, "") if key else ""
        return f"{name or '…'} ({self.landing.source})"[:NAME]


def client(values: Values, fit: Fitting) -> None:
    """Begins here as a record of ours; the file number was the other organisation's, unless it is to be kept."""
    reference = values["reference"] if fit.landing.keeps_reference else ""
    if reference and Client.objects.present().filter(reference=reference).exists():
        reference = ""
    now = timezone.now()
    values |= {
        "reference": reference,
        "vulnerabilities": sorted({fit.lines.get(key, key) for key in values["vulnerabilities"]}),
        "assigned_to_id": _responsible(values["assigned_to_id"], fit),
        "merged_into_id": None,
        "restricted_at": None if values["restricted_at"] == values["held_at"] else values["restricted_at"],
        "held_at": None,
        "created_at": now,
        "changed_at": now,
        "version": 1,
    }


def _responsible(key: UUID | None, fit: Fitting) -> UUID | None:
    """Whom nobody was responsible for is so after a merger too; whose colleague does not come along is the assignee's,
    since everybody reads what is nobody's."""
    return None if key is None and not fit.landing.ends else fit.person(key) or fit.landing.assignee


def consent(values: Values, fit: Fitting) -> None:
    """A paper that names another holder: it is kept, and lets nobody do anything."""
    if fit.landing.ends and values["withdrawn_at"] is None:
        values |= {"withdrawn_at": timezone.now(), "withdrawn_how": WithdrawnBy.MOVED}


def case(values: Values, fit: Fitting) -> None:
    """What runs there has ended with the move: taking part here rests on a consent of its own."""
    if fit.landing.ends and values["closed_on"] is None:
        values["closed_on"] = max(fit.landing.on, values["opened_on"])


def team_member(values: Values, fit: Fitting) -> None:
    key = values["colleague_id"]
    if key is not None and fit.person(key) is None:
        values |= {"colleague_id": None, "name": fit.record.people.get(key) or "…", "institution": fit.landing.source}
        values["institution"] = values["institution"][:NAME]
    if fit.landing.ends and values["ended_at"] is None:
        values["ended_at"] = max(fit.moment, values["started_at"])


def step(values: Values, fit: Fitting) -> None:
    key = values["colleague_id"]
    if key is not None and fit.person(key) is None:
        values |= {"colleague_id": None, "other": fit.name(key)}


def entry(values: Values, fit: Fitting) -> None:
    if fit.person(values["author_id"]) is None:
        values["author_name"] = f"{values['author_name']} ({fit.landing.source})"[:NAME]


def task(values: Values, fit: Fitting) -> None:
    """What is still to be done is the new assignee's."""
    otherwise = fit.landing.assignee if values["done_at"] is None else None
    values["assignee_id"] = fit.person(values["assignee_id"]) or otherwise


ADAPTERS: Final[dict[str, Callable[[Values, Fitting], None]]] = {
    "caseloads.Client": client,
    "caseloads.Consent": consent,
    "caseloads.Case": case,
    "caseloads.TeamMember": team_member,
    "caseloads.Step": step,
    "caseloads.JournalEntry": entry,
    "caseloads.Task": task,
}
# Set by an adapter to somebody here, so they are not looked up again.
SETTLED: Final = {"caseloads.Client": {"assigned_to_id"}, "caseloads.Task": {"assignee_id"}}
