"""Making a takeout, inside of the organisation: all rows as they are at one moment.

Every part is a sealed file of its own, noted when it is complete. Who takes over after a stop looks at the tables at
a new moment and keeps the parts whose rows have not changed; so all parts together are of one moment again.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.current import required_organisation
from halka.common.identifiers import uuid7
from halka.common.sealing import files
from tenants.organisations.enums_leaving import TakeoutState
from tenants.organisations.leaving import tables
from tenants.organisations.leaving.tables import Page, Table
from tenants.organisations.models import Takeout
from tenants.organisations.walls.moments import Moment, moment_of

ROWS: Final = 20_000  # of a part
STALE: Final = timedelta(seconds=90)  # without a sign of life, and the next one takes over
BEAT: Final = timedelta(seconds=5)
KEPT: Final = timedelta(days=7)
COLUMN: Final = "part"  # what sealed parts are bound to, beside their takeout
FIELDS: Final = ("table", "number", "after", "up_to", "fingerprint", "rows", "file", "bytes", "sha256")

logger = logging.getLogger("halka.leaving")


class Lost(RuntimeError):
    """Somebody else is at it, or it is not wanted any more."""


def make(takeout_id: UUID) -> bool:
    """Goes on from where the last one stopped, to the end. False where there is nothing to do, or somebody else does.

    What is wrong with the data itself fails the takeout, and is raised.
    """
    takeout = _take_turn(takeout_id)
    if takeout is None:
        return False
    work = _Work(takeout)
    try:
        with moment_of(required_organisation()) as moment:
            work.go_through(moment)
        work.finish()
    except Lost:
        return False
    except OperationalError:  # the database went away: taken up again by itself
        raise
    except Exception:
        _settle(takeout, state=TakeoutState.FAILED)
        raise
    return True


def _take_turn(takeout_id: UUID) -> Takeout | None:
    now, turn = timezone.now(), uuid7()
    free = Q(beat_at=None) | Q(beat_at__lt=now - STALE)
    wanted = Takeout.objects.unfinished().filter(pk=takeout_id, organisation_id=required_organisation().id)
    if not wanted.filter(free).update(state=TakeoutState.WORKING, turn=turn, beat_at=now):
        return None
    return Takeout.objects.get(pk=takeout_id)


def _settle(takeout: Takeout, **values: Any) -> None:
    """Raises Lost."""
    mine = Takeout.objects.filter(pk=takeout.pk, turn=takeout.turn, state=TakeoutState.WORKING)
    if not mine.update(beat_at=timezone.now(), **values):
        raise Lost


class _Work:
    def __init__(self, takeout: Takeout) -> None:
        self.takeout = takeout
        self.organisation_id = takeout.organisation_id
        self.beat_at = timezone.now()
        self.kept: dict[tuple[str, int], dict[str, Any]] = {
            (part["table"], part["number"]): part for part in takeout.parts
        }
        self.parts: list[dict[str, Any]] = []
        self.done = 0

    def go_through(self, moment: Moment) -> None:
        everything = (*tables.private_tables(), *tables.shared_tables())
        counts = {table: tables.count(moment, table, self.organisation_id) for table in everything}
        _settle(self.takeout, total=sum(counts.values()))
        for table in filter(counts.get, everything):
            self._go_through_table(moment, table)
        for left in self.kept.values():
            files.remove(left["file"])

    def _go_through_table(self, moment: Moment, table: Table) -> None:
        number, after = 1, None
        while True:
            part = self._kept_part(moment, table, number, after) or self._new_part(moment, table, number, after)
            if part is None:
                return
            self.parts.append(part)
            self.done += part["rows"]
            _settle(self.takeout, parts=[*self.parts, *self.kept.values()], done=self.done)
            if part["rows"] < ROWS:
                return
            number, after = number + 1, part["up_to"]

    def _kept_part(self, moment: Moment, table: Table, number: int, after: str | None) -> dict[str, Any] | None:
        """What an earlier run made of these rows, if they are as they were then, and none was added behind them."""
        part = self.kept.pop((table.name, number), None)
        if part is None:
            return None
        is_same = part["after"] == after and part["fingerprint"] == _fingerprint(moment, table, after, part["up_to"])
        is_last = part["rows"] < ROWS
        has_grown = is_last and tables.has_more(moment, table, self.organisation_id, part["up_to"])
        if is_same and part["fingerprint"] and not has_grown:
            return part
        files.remove(part["file"])
        return None

    def _new_part(self, moment: Moment, table: Table, number: int, after: str | None) -> dict[str, Any] | None:
        """None where there are no more rows."""
        pages = tables.pages(moment, table, self.organisation_id, after=after, most=ROWS)
        first = next(pages, None)
        if first is None:
            return None
        written = _Written(chain([first], pages), self._show_life)
        name = files.write(row=self.takeout, column=COLUMN, source=written)
        fingerprint = _fingerprint(moment, table, after, written.last)
        values = (table.name, number, after, written.last, fingerprint, written.rows, name, written.bytes)
        return dict(zip(FIELDS, (*values, written.sha256), strict=True))

    def _show_life(self, rows: int) -> None:
        if timezone.now() - self.beat_at > BEAT:
            self.beat_at = timezone.now()
            _settle(self.takeout, done=self.done + rows)

    def finish(self) -> None:
        now = timezone.now()
        with transaction.atomic():
            _settle(
                self.takeout,
                state=TakeoutState.READY,
                parts=self.parts,
                done=self.done,
                total=self.done,
                ready_at=now,
                expires_at=now + KEPT,
            )
            record(action="takeout.made", on=self.takeout, detail={"rows": self.done}, by=SYSTEM)
        logger.info("The takeout of %s is ready: %s rows", required_organisation().short_name, self.done)


def _fingerprint(moment: Moment, table: Table, after: str | None, up_to: str) -> str:
    """Empty for shared tables, which are read anew each time: they are small."""
    return tables.fingerprint(moment, table, after, up_to) if table.folder == tables.PRIVATE else ""


class _Written:
    """Lines on their way into a file: counted, summed up, and the last key noted."""

    def __init__(self, pages: Iterator[Page], on_each: Callable[[int], None]) -> None:
        self.pages, self.on_each = pages, on_each
        self.rows = self.bytes = 0
        self.last = ""
        self._sum = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for page in self.pages:
            content = "\n".join([*page.lines, ""]).encode()
            self._sum.update(content)
            self.rows, self.bytes, self.last = self.rows + len(page.lines), self.bytes + len(content), page.last
            self.on_each(self.rows)
            yield content

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()
