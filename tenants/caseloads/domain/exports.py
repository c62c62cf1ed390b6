"""Exports of lists of clients: what the page shows, made in the background with the owner's rights of that moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from halka.audit.domain import record_list
from halka.authorization.roles import Seat
from halka.common.calendars import localise_digits
from halka.common.paging import slice_of
from halka.common.sheets import Cell, Format, written
from tenants.caseloads import columns as all_columns
from tenants.caseloads import policies
from tenants.caseloads.columns import Column
from tenants.caseloads.domain import jobs
from tenants.caseloads.domain.queries import lists
from tenants.caseloads.domain.queries.lists import Filter
from tenants.caseloads.enums.work import JobKind
from tenants.caseloads.models import Client, Job, TeamMember

AT_ONCE: Final = 500  # rows
FOR_PROFESSIONALS: Final = frozenset({"health", "national_number"})


def start_export(*, filters: Filter, columns: Sequence[str], kind: Format, by: Seat) -> Job:
    """Raises PermissionDenied."""
    ask = {"filter": filters.to_json(), "columns": list(columns), "format": str(kind), "role": str(by.role)}
    return jobs.start_job(kind=JobKind.EXPORT, ask=ask, by=by)


def has_kept_role(job: Job, seat: Seat) -> bool:
    """What one role was let see is not handed to another, even of the same person."""
    return bool(job.ask["role"] == str(seat.role))


def run_export(job: Job, seat: Seat) -> None:
    filters = Filter.from_json(job.ask["filter"])
    chosen, kind = all_columns.chosen(job.ask["columns"]), job.ask["format"]
    rows = _Rows(job, seat, filters, chosen)

    def audited() -> None:
        detail = {"columns": [column.key for column in chosen], "format": kind}
        record_list(action="client.exported", count=rows.count, filters=filters.names(), detail=detail, by=seat)

    name = f"{_('clients')}-{timezone.localdate():%Y-%m-%d}.{kind}"
    sheet = written(rows, kind, right_to_left=get_language_bidi())
    jobs.finish(job, result=sheet, result_name=name, told=lambda: {"rows": rows.count}, also=audited)


class _Rows:
    """The headings, then a row for each client, read page by page as they are asked for."""

    def __init__(self, job: Job, seat: Seat, filters: Filter, columns: list[Column]) -> None:
        self.job, self.seat, self.columns, self.count = job, seat, columns, 0
        needed = {column.key for column in columns}
        # Those in colleagues' care may stand in the list on the page; they are in no export.
        found = lists.found(filters, seat).reachable_by(seat)
        self.clients = all_columns.with_related(found.defer(*(set(lists.HEAVY) - needed)), columns)
        sort = filters.sort.removeprefix("-")
        self.keys = [f"-{key}" if filters.sort.startswith("-") else key for key in lists.KEYS[sort]]

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        yield [str(column.label) for column in self.columns]
        total = self.clients.count()
        jobs.progress(self.job, done=0, total=total)
        cursor = ""
        while True:
            part = slice_of(self.clients, keys=self.keys, cursor=cursor, size=AT_ONCE)
            withheld = self._withheld(part.items)
            for client in all_columns.named(part.items, self.columns):
                self.count += 1
                yield _cells(client, self.columns, withheld.get(client.pk, frozenset()))
            jobs.progress(self.job, done=self.count, total=max(total, self.count))
            if not part.next:
                return
            cursor = part.next

    def _withheld(self, clients: list[Client]) -> dict[UUID, frozenset[str]]:
        """What is for professionals, of those with whom the owner is none. One query, where it is asked for."""
        asked = FOR_PROFESSIONALS & {column.key for column in self.columns}
        if not asked:
            return {}
        places: dict[UUID, set[str]] = defaultdict(set)
        team = TeamMember.objects.filter(
            case__client__in=[client.pk for client in clients], colleague=self.seat.membership_id, ended_at=None
        )
        for client_id, profession in team.values_list("case__client", "profession"):
            places[client_id].add(profession)
        return {
            client.pk: asked
            for client in clients
            if not policies.counts_as_professional(self.seat, frozenset(places.get(client.pk, ())))
        }


def _cells(client: Client, columns: list[Column], withheld: frozenset[str]) -> list[Any]:
    return [None if column.key in withheld else column.cell(client) for column in columns]


def words(job: Job) -> list[str]:
    number = job.told["rows"]
    text = ngettext("%(number)s client is in the file.", "%(number)s clients are in the file.", number)
    return [text % {"number": localise_digits(number)}]
