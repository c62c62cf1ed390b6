"""Distance travelled as people see it: drawings, tables and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halka.authorization.roles import Seat
from halka.common.calendars import format_day, localise_digits
from halka.common.charts import Mark, Series, TimeLine, signed, spark, time_line
from tenants.caseloads.domain.distance import APART, Distance, Line, Side
from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.enums.journal import EntryKind
from tenants.caseloads.models import Assessment, Client, Exit, JournalEntry
from tenants.caseloads.policies import readable
from tenants.caseloads.scales.items import Item
from tenants.caseloads.scales.words import parts_of

LOOKS = {Rater.CLIENT: 1, Rater.MENTOR: 2}  # of the lines in drawings
WINS = 60  # the latest ones: more stars would hide each other


@dataclass(frozen=True)
class Picture:
    """One side of life: its drawing, what it says in words, and its numbers as a table."""

    key: str
    title: str
    drawing: SafeString
    sentences: list[str]
    raters: list[tuple[str, int]]
    rows: list[tuple[date, list[str]]]


@dataclass(frozen=True)
class Moment:
    """A small win or an exit beside the drawings."""

    on: date
    title: str
    text: str
    is_exit: bool


def moments_of(client: Client, seat: Seat) -> list[Moment]:
    """Small wins that the reader may read, and exits, by day. Two queries."""
    wins = readable(JournalEntry.objects.filter(kind=EntryKind.SMALL_WIN), seat, client).order_by("-happened_at")
    exits = Exit.objects.filter(case__client=client).select_related("case__programme")
    found = [
        Moment(timezone.localtime(win.happened_at).date(), str(EntryKind.SMALL_WIN.label), win.text, is_exit=False)
        for win in wins[:WINS]
    ]
    found += [
        Moment(leaving.on, leaving.get_kind_display(), str(leaving.case.programme), is_exit=True) for leaving in exits
    ]
    return sorted(found, key=lambda moment: moment.on)


def pictures_of(distance: Distance, moments: Sequence[Moment] = ()) -> list[Picture]:
    """One for each side of life that was rated, all over the same days."""
    return [_picture(side, distance, moments) for side in distance.sides]


@dataclass(frozen=True)
class Glance:
    """One side of life as small as a line of text."""

    label: str
    words: str
    drawing: SafeString


def glances_of(distance: Distance) -> list[Glance]:
    """Each side of life as the mentor sees it; where only the person rated, as they do."""
    found = []
    for side in distance.sides:
        line = next((line for line in side.lines if line.rater == Rater.MENTOR), side.lines[0])
        found.append(Glance(str(side.dimension.label), _in_short(line), _spark(side, line)))
    return found


def _in_short(line: Line) -> str:
    last = localise_digits(round(line.last.value))
    return _("%(last)s (%(change)s)") % {"last": last, "change": signed(line.change)} if len(line.points) > 1 else last


def _spark(side: Side, line: Line) -> SafeString:
    title = f"{side.dimension.label}. {_sentence(line)}"
    return spark(title, [(point.on, point.value) for point in line.points])


def _picture(side: Side, distance: Distance, moments: Sequence[Moment]) -> Picture:
    title = str(side.dimension.label)
    sentences = [_sentence(line) for line in side.lines]
    if abs(side.gap) >= APART:
        sentences.append(
            _("The person sees it brighter than the mentor: worth a talk.")
            if side.gap > 0
            else _("The mentor sees it brighter than the person: worth a talk.")
        )
    chart = TimeLine(
        key=f"chart-{side.dimension}",
        title=title,
        description=" ".join(sentences),
        series=[
            Series(_rater(line.rater), [(point.on, point.value) for point in line.points], LOOKS[Rater(line.rater)])
            for line in side.lines
        ],
        marks=[Mark(moment.on, moment.title, "flag" if moment.is_exit else "star") for moment in moments],
        start=distance.since,
        end=max([distance.until, *(moment.on for moment in moments)]) if distance.until else None,
    )
    return Picture(
        side.dimension.value,
        title,
        time_line(chart),
        sentences,
        [(_rater(line.rater), LOOKS[Rater(line.rater)]) for line in side.lines],
        _rows(side),
    )


def _rater(rater: str) -> str:
    return str(Rater(rater).label)


def _sentence(line: Line) -> str:
    words: dict[str, Any] = {
        "who": _rater(line.rater),
        "day": format_day(line.first.on),
        "first": localise_digits(round(line.first.value)),
        "last": localise_digits(round(line.last.value)),
        "change": signed(line.change),
    }
    if len(line.points) == 1:
        return _("%(who)s: %(last)s on %(day)s.") % words
    if not line.has_moved:
        return _("%(who)s: about the same since %(day)s, from %(first)s to %(last)s.") % words
    return _("%(who)s: %(change)s since %(day)s, from %(first)s to %(last)s.") % words


def _rows(side: Side) -> list[tuple[date, list[str]]]:
    values = [{point.on: localise_digits(round(point.value)) for point in line.points} for line in side.lines]
    days = sorted({day for line in values for day in line})
    return [(day, [line.get(day, "–") for line in values]) for day in days]


@dataclass(frozen=True)
class Answered:
    """A question with its answer as one of `steps`, both as they were asked then; None where it was left out."""

    item: Item
    answer: int | None

    @property
    def words(self) -> str:
        if self.answer is None:
            return _("Left out")
        number = {"answer": localise_digits(self.answer + 1), "of": localise_digits(self.item.steps)}
        return _("%(answer)s of %(of)s") % number


def answers_of(assessment: Assessment) -> list[tuple[str, list[Answered]]]:
    """By side of life, in the words of the version that was answered."""
    return [
        (str(part.dimension.label), [Answered(item, assessment.answers.get(item.key)) for item in part.items])
        for part in parts_of(assessment.scale)
    ]
