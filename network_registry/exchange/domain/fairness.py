"""How referrals are answered, computed for the whole network under the network's rights; read from one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from network_registry.exchange.enums import FEWEST, FairnessKind, Period
from network_registry.exchange.models import Fairness

DAYS: Final = {Period.QUARTER: 90, Period.YEAR: 365}  # the shorter one first
# Once a day: who compares two boards that are hours apart finds out single referrals.
RARELY: Final = timedelta(hours=20)
MEASURES: Final = ("answer_days", "accepted", "expired", "ended", "end_days")
# Each referral once, with what ever happened to it; grouped in every way that the board shows.
COUNTED: Final = """
WITH happened AS (
    SELECT event.envelope_id, bool_or(event.type = 'accepted') AS accepted,
        bool_or(event.type = 'declined') AS declined, bool_or(event.type = 'expired') AS expired,
        min(event.at) FILTER (WHERE event.type = 'accepted') AS accepted_at
    FROM exchange_envelopeevent AS event JOIN exchange_envelope AS envelope ON envelope.id = event.envelope_id
    WHERE envelope.sent_at >= %(since)s GROUP BY event.envelope_id
), facts AS (
    SELECT envelope.target_id, target.province, envelope.service, envelope.answered_at, envelope.ended_at,
        date_trunc('month', envelope.sent_at AT TIME ZONE 'UTC')::date AS month,
        extract(epoch FROM envelope.waited) / 86400 AS answer_days, happened.accepted,
        happened.accepted OR happened.declined OR happened.expired AS decided,
        happened.expired AND envelope.answered_at IS NULL AS expired,
        extract(epoch FROM envelope.ended_at - happened.accepted_at) / 86400 AS end_days
    FROM exchange_envelope AS envelope
    JOIN organisations_organisation AS target ON target.id = envelope.target_id
    JOIN happened ON happened.envelope_id = envelope.id
    WHERE envelope.sent_at >= %(since)s
)
SELECT grouping(target_id, province, service, month) AS sets, target_id, province, service, month,
    min(facts.province), count(*),
    count(answered_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY answer_days) FILTER (WHERE answered_at IS NOT NULL),
    count(*) FILTER (WHERE decided), count(*) FILTER (WHERE accepted), count(*) FILTER (WHERE expired),
    count(*) FILTER (WHERE accepted AND ended_at IS NOT NULL),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY end_days) FILTER (WHERE accepted AND ended_at IS NOT NULL)
FROM facts
GROUP BY GROUPING SETS ((), (target_id), (province), (service), (target_id, service), (province, service), (month))
"""
# What the bits of grouping() say: which of the four columns a row sums over.
SETS: Final = {
    0b1111: FairnessKind.NETWORK,
    0b0111: FairnessKind.ORGANISATION,
    0b0101: FairnessKind.ORGANISATION,
    0b1011: FairnessKind.PROVINCE,
    0b1001: FairnessKind.PROVINCE,
    0b1101: FairnessKind.SERVICE,
    0b1110: FairnessKind.MONTH,
}


@dataclass
class Cell:
    """Counts of one group; `is_hidden` where they would be about too few. `lies_in` is an organisation's province;
    `shorter` is the same group in the shorter period, which this one holds."""

    kind: FairnessKind
    organisation_id: UUID | None
    province: str
    service: str
    month: date | None
    lies_in: str
    received: int
    answered: int
    answer_days: float | None
    decided: int
    accepted: int
    expired: int
    ended: int
    end_days: float | None
    is_hidden: bool = False
    shorter: Cell | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        return self.kind, self.organisation_id, self.province, self.service, self.month

    def older(self, count: str) -> int:
        """What this period has more than the shorter one."""
        whole: int = getattr(self, count)
        return whole - (getattr(self.shorter, count) if self.shorter else 0)

    def is_few(self, count: str) -> bool:
        """Whether the figure is about too few, or is by so few more than the shorter period's."""
        return getattr(self, count) < FEWEST or 0 < self.older(count) < FEWEST

    def percent(self, part: str, whole: str) -> int | None:
        return None if self.is_few(whole) else round(100 * getattr(self, part) / getattr(self, whole))

    def days(self, days: float | None, count: str) -> float | None:
        return None if days is None or self.is_few(count) else round(float(days), 1)

    @property
    def whose(self) -> tuple[Any, ...]:
        """The group that this cell is a part of, seen over all services."""
        return self.kind, self.organisation_id, self.province

    def row(self, period: Period) -> Fairness:
        shown = not self.is_hidden
        return Fairness(
            period=period,
            kind=self.kind,
            organisation_id=self.organisation_id,
            province=self.province,
            service=self.service,
            month=self.month,
            received=self.received if shown else None,
            answer_days=self.days(self.answer_days, "answered") if shown else None,
            accepted=self.percent("accepted", "decided") if shown else None,
            expired=self.percent("expired", "decided") if shown else None,
            ended=self.percent("ended", "accepted") if shown else None,
            end_days=self.days(self.end_days, "ended") if shown else None,
        )


def renew_fairness() -> int:
    """Computes the board anew, one at a time; how many rows it has."""
    with transaction.atomic():
        _lock()
        rows = list(_rows())
        now = timezone.now()
        for row in rows:
            row.computed_at = now
        Fairness.objects.all().delete()
        Fairness.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def renew_if_due() -> int:
    """Computes the board anew unless that was done today; how many rows it has then, or 0."""
    with transaction.atomic():
        _lock()
        return renew_fairness() if is_due() else 0


def is_due() -> bool:
    """Whether the board may be computed anew."""
    at = computed_at()
    return at is None or timezone.now() - at >= RARELY


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Fairness._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")  # others read on


def computed_at() -> Any:
    return Fairness.objects.aggregate(at=Max("computed_at"))["at"]


def _rows() -> Iterator[Fairness]:
    now, shorter = timezone.now(), dict[tuple[Any, ...], Cell]()
    for period, days in DAYS.items():
        cells = list(_cells(now - timedelta(days=days)))
        for cell in cells:
            cell.shorter = shorter.get(cell.key)
        hide_few(cells)
        for cell in cells:
            yield cell.row(period)
        yield from _medians(cells, period)
        shorter = {cell.key: cell for cell in cells}


def _cells(since: Any) -> Iterator[Cell]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"since": since})
        for sets, target, province, service, month, lies_in, *numbers in cursor.fetchall():
            yield Cell(SETS[sets], target, province or "", service or "", month, lies_in or "", *numbers)


def hide_few(cells: Iterable[Cell]) -> None:
    """Hides what is about fewer than FEWEST, and of each sum so much more that nobody finds it out by subtracting; of
    a sum that is hidden one part at least, so that nobody adds it up. The same for what a longer period has more than
    the shorter one."""
    cells = list(cells)
    for cell in cells:
        cell.is_hidden = cell.is_few("received")
    sums = _sums(cells)
    changed = True
    while changed:
        changed = False
        for whole, parts in sums:
            hidden = [cell for cell in parts if cell.is_hidden]
            shown = sorted((cell for cell in parts if not cell.is_hidden), key=_cost)
            if whole is not None and whole.is_hidden:
                is_told = not hidden
            else:
                older = sum(cell.older("received") for cell in hidden)
                is_told = bool(hidden) and (sum(cell.received for cell in hidden) < FEWEST or 0 < older < FEWEST)
            if is_told and shown:
                shown[0].is_hidden = changed = True


def _cost(cell: Cell) -> tuple[bool, int]:
    """What is hidden first along with others: the smallest, of those that have something older."""
    return not cell.older("received"), cell.received


def _sums(cells: list[Cell]) -> list[tuple[Cell | None, list[Cell]]]:
    """(the sum, its parts): over services, over organisations, provinces and months, and over those of a province."""
    wholes = {(cell.whose, cell.service): cell for cell in cells if cell.kind != FairnessKind.MONTH}
    parts: dict[tuple[Any, ...], list[Cell]] = {}
    for cell in cells:
        for key in _wholes(cell):
            parts.setdefault(key, []).append(cell)
    return [(wholes.get((whose, service)), group) for (_by, whose, service), group in parts.items()]


def _wholes(cell: Cell) -> Iterator[tuple[Any, ...]]:
    """(by what it is summed, whose, service) of the sums that a cell is a part of."""
    all_services, network = (FairnessKind.SERVICE, None, ""), (FairnessKind.NETWORK, None, "")
    if cell.kind == FairnessKind.SERVICE:
        yield "services", network, ""
    elif cell.kind != FairnessKind.NETWORK:
        yield (cell.kind, all_services, cell.service) if cell.service else (cell.kind, network, "")
        if cell.service:
            yield "services", cell.whose, ""
        if cell.kind == FairnessKind.ORGANISATION:
            yield "of a province", (FairnessKind.PROVINCE, None, cell.lies_in), cell.service


def _medians(cells: list[Cell], period: Period) -> Iterator[Fairness]:
    """The middle one of all organisations, over all services and for each."""
    rows: dict[str, list[Fairness]] = {}
    for cell in cells:
        if cell.kind == FairnessKind.ORGANISATION and not cell.is_hidden:
            rows.setdefault(cell.service, []).append(cell.row(period))
    for service, group in rows.items():
        middle = {name: _middle([getattr(row, name) for row in group]) for name in ("received", *MEASURES)}
        whole = {name: None if (value := middle[name]) is None else round(value) for name in _WHOLE}
        yield Fairness(period=period, kind=FairnessKind.MEDIAN, service=service, **{**middle, **whole})


_WHOLE: Final = ("received", "accepted", "expired", "ended")


def _middle(values: list[float | None]) -> float | None:
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    half = len(known) // 2
    return known[half] if len(known) % 2 else round((known[half - 1] + known[half]) / 2, 1)
