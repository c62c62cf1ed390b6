"""The fairness board in words and drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halka.common.calendars import format_day, localise_digits
from halka.common.charts import Series, TimeLine, time_line
from network_registry.exchange.enums import FairnessKind, Period
from network_registry.exchange.models import Fairness


@dataclass(frozen=True)
class Figure:
    """One measure of a row beside the middle one of all; `tone` says whether it is worse than that."""

    label: str
    own: str
    median: str
    tone: str = ""


@dataclass(frozen=True)
class Beside:
    """An organisation's own figures of one period; none where too few referrals stand behind them."""

    period: str
    received: int | None
    figures: list[Figure]


def days(value: float | None) -> str:
    return "–" if value is None else localise_digits(f"{value:.1f}".removesuffix(".0"))


def percent(value: int | None) -> str:
    return "–" if value is None else localise_digits(f"{value} %")


def heads() -> list[str]:
    return [
        _("Received"),
        _("Days to answer"),
        _("Accepted"),
        _("Expired"),
        _("With a result"),
        _("Days to result"),
    ]


def wholes(rows: Iterable[Fairness], service: str) -> list[Fairness]:
    """All together, for all services, and the middle organisation, for the chosen one."""
    found = list(rows)
    network = [row for row in found if row.kind == FairnessKind.NETWORK]
    return network + [row for row in found if row.kind == FairnessKind.MEDIAN and row.service == service]


@dataclass(frozen=True)
class Months:
    """The last twelve months as a drawing, with its table."""

    drawing: SafeString
    rows: list[Fairness]


def months(rows: Iterable[Fairness]) -> Months | None:
    found = [row for row in rows if row.received is not None]
    accepted = [(row.month, float(row.accepted)) for row in found if row.month and row.accepted is not None]
    expired = [(row.month, float(row.expired)) for row in found if row.month and row.expired is not None]
    if len(accepted) < 2:
        return None
    drawing = time_line(
        TimeLine(
            key="months",
            title=_("Accepted and expired, in percent"),
            description=_("From %(first)s of referrals accepted to %(last)s, month by month.")
            % {"first": percent(round(accepted[0][1])), "last": percent(round(accepted[-1][1]))},
            series=[Series(_("Accepted"), accepted), Series(_("Expired"), expired, look=2)],
        )
    )
    return Months(drawing, found)


def name_of(row: Fairness) -> str:
    match row.kind:
        case FairnessKind.ORGANISATION:
            return str(row.organisation)
        case FairnessKind.PROVINCE:
            return row.province or _("No province given")
        case FairnessKind.SERVICE:
            return str(row.get_service_display())
    return str(FairnessKind(row.kind).label)


def sheet(rows: Sequence[Fairness]) -> Iterator[list[Any]]:
    yield [_("Name"), _("Period"), _("Service"), *heads()]
    for row in rows:
        service = str(row.get_service_display()) if row.service else ""
        shown = _("fewer than 5") if row.received is None else row.received
        figures = [row.answer_days, row.accepted, row.expired, row.ended, row.end_days]
        yield [name_of(row), str(Period(row.period).label), service, shown, *figures]


def beside(rows: Iterable[Fairness]) -> list[Beside]:
    """For each period the organisation's own figures and the network's middle ones, all services together."""
    known = {(row.period, row.kind): row for row in rows if not row.service}
    found = []
    for period in Period:
        own = known.get((period, FairnessKind.ORGANISATION))
        median = known.get((period, FairnessKind.MEDIAN))
        has_figures = own is not None and own.received is not None
        figures = list(_figures(own, median)) if own is not None and has_figures else []
        found.append(Beside(str(period.label), own.received if own and has_figures else None, figures))
    return found


def _figures(own: Fairness, median: Fairness | None) -> Iterator[Figure]:
    measures = (
        (_("Days to answer"), "answer_days", days, True),
        (_("Accepted"), "accepted", percent, None),
        (_("Expired without an answer"), "expired", percent, True),
        (_("With a result"), "ended", percent, False),
        (_("Days to result"), "end_days", days, None),
    )
    for label, name, words, less_is_better in measures:
        mine, middle = getattr(own, name), getattr(median, name) if median else None
        yield Figure(label, words(mine), words(middle), _tone(mine, middle, less_is_better))


def _tone(mine: float | None, middle: float | None, less_is_better: bool | None) -> str:
    if mine is None or middle is None or less_is_better is None or mine == middle:
        return ""
    return "good" if (mine < middle) == less_is_better else "behind"


def month_name(row: Fairness) -> str:
    return format_day(row.month, "medium") if row.month else ""
