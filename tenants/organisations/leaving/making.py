"""Making a takeout, inside of the organisation: all rows as they are at one moment.

Every part is a sealed file of its own, noted when it is complete. Who takes over after a stop looks at the tables at
a new moment and keeps the parts whose rows have not changed; so all parts together are of one moment again.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, islice
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.current import OrganisationRef, required_organisation
from halka.common.identifiers import uuid7
from halka.common.sealing import files
from tenants.organisations.enums_leaving import TakeoutState
from tenants.organisations.leaving import tables
from tenants.organisations.leaving.tables import Table
from tenants.organisations.models import Takeout
from tenants.organisations.walls.connections import wrapper_as
from tenants.organisations.walls.identities import organisation_identity

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
        with _moment(required_organisation()) as cursor:
            work.go_through(cursor)
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


@contextmanager
def _moment(organisation: OrganisationRef) -> Iterator[Any]:
    """A connection of its own, which sees all tables as they were at its first statement."""
    wrapper = wrapper_as(organisation_identity(organisation), organisation)
    try:
        with wrapper.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield cursor
    finally:
        wrapper.close()


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

    def go_through(self, cursor: Any) -> None:
        everything = (*tables.private_tables(), *tables.shared_tables())
        total = sum(tables.count(cursor, table, self.organisation_id) for table in everything)
        _settle(self.takeout, total=total)
        for table in everything:
            self._go_through_table(cursor, table)
        for left in self.kept.values():
            files.remove(left["file"])

    def _go_through_table(self, cursor: Any, table: Table) -> None:
        number, after = 1, None
        while True:
            part = self._kept_part(cursor, table, number, after) or self._new_part(cursor, table, number, after)
            if part is None:
                return
            self.parts.append(part)
            self.done += part["rows"]
            _settle(self.takeout, parts=[*self.parts, *self.kept.values()], done=self.done)
            if part["rows"] < ROWS:
                return
            number, after = number + 1, part["up_to"]

    def _kept_part(self, cursor: Any, table: Table, number: int, after: str | None) -> dict[str, Any] | None:
        """What an earlier run made of these rows, if they are as they were then, and none was added behind them."""
        part = self.kept.pop((table.name, number), None)
        if part is None:
            return None
        is_same = part["after"] == after and part["fingerprint"] == _fingerprint(cursor, table, after, part["up_to"])
        is_last = part["rows"] < ROWS
        if is_same and part["fingerprint"] and not (is_last and self._has_more(cursor, table, part["up_to"])):
            return part
        files.remove(part["file"])
        return None

    def _has_more(self, cursor: Any, table: Table, after: str) -> bool:
        return any(True for _ in tables.lines(cursor, table, self.organisation_id, after=after, most=1))

    def _new_part(self, cursor: Any, table: Table, number: int, after: str | None) -> dict[str, Any] | None:
        """None where there are no more rows."""
        rows = tables.lines(cursor, table, self.organisation_id, after=after, most=ROWS)
        first = next(rows, None)
        if first is None:
            return None
        written = _Written(chain([first], rows), table.page, self._show_life)
        name = files.write(row=self.takeout, column=COLUMN, source=written)
        fingerprint = _fingerprint(cursor, table, after, written.last)
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


def _fingerprint(cursor: Any, table: Table, after: str | None, up_to: str) -> str:
    """Empty for shared tables, which are read anew each time: they are small."""
    return tables.fingerprint(cursor, table, after, up_to) if table.folder == tables.PRIVATE else ""


class _Written:
    """Lines on their way into a file: counted, summed up, and the last key noted."""

    def __init__(self, lines: Iterator[tuple[str, str]], page: int, on_each: Callable[[int], None]) -> None:
        self.lines, self.page, self.on_each = lines, page, on_each
        self.rows = self.bytes = 0
        self.last = ""
        self._sum = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        while some := list(islice(self.lines, self.page)):
            content = "".join(f"{line}\n" for _key, line in some).encode()
            self._sum.update(content)
            self.rows, self.bytes, self.last = self.rows + len(some), self.bytes + len(content), some[-1][0]
            self.on_each(self.rows)
            yield content

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()
