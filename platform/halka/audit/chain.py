"""The chain that ties every entry to all before it: computed anew, and compared with what the database wrote.

The words that are hashed are those of the SQL function `audit_text`, built here a second time: who could change the
function could not change this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from halka.common.current import required_organisation

BATCH: Final = 2_000
COLUMNS: Final = """
link.number, link.hash, CAST(link.entry_id AS text), CAST(entry.id AS text),
CAST(CAST(extract(epoch FROM entry.at) * 1000000 AS bigint) AS text), CAST(entry.actor_user_id AS text),
CAST(entry.is_support AS text), CAST(entry.about_id AS text), entry.actor_name, entry.action, entry.target_model,
entry.target_id, CAST(entry.detail AS text)
"""
PAGE: Final = f"""
SELECT {COLUMNS} FROM audit_link AS link LEFT JOIN audit_entry AS entry ON entry.id = link.entry_id
WHERE link.number > %s ORDER BY link.number LIMIT %s
"""
UNLINKED: Final = """
SELECT entry.id FROM audit_entry AS entry
WHERE NOT EXISTS (SELECT FROM audit_link AS link WHERE link.entry_id = entry.id) ORDER BY entry.at, entry.id LIMIT 1
"""


@dataclass(frozen=True)
class Anchor:
    """What somebody else noted of the chain: the hash of the link with this number."""

    number: int
    hash: bytes


@dataclass(frozen=True)
class Verdict:
    """How many links hold, the last of them, and in words what is wrong with the first that does not."""

    count: int
    last: Anchor | None
    fault: str = ""


def last_link() -> Anchor | None:
    """The end of the chain of the organisation we are inside of."""
    required_organisation()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM audit_link ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return Anchor(row[0], bytes(row[1])) if row else None


def verify(anchors: Iterable[Anchor] = ()) -> Verdict:
    """Computes the whole chain of the organisation we are inside of; memory stays flat.

    `anchors` were noted earlier, in a place of their own: the chain must still pass through each of them.
    """
    required_organisation()
    noted = {anchor.number: anchor.hash for anchor in anchors}
    before = b""
    count = held = 0
    rows = _rows()
    for row in rows:
        number, tied = row[0], bytes(row[1])
        fault = _fault(row, before, count + 1) or _fault_of_anchor(number, tied, noted, held)
        if fault:
            following = next(rows, None)
            if row[3] is not None and number == count + 1 and _was_put_in(before, following):
                fault = _("Entry %(entry)s (number %(number)s) was put in later.") % _names(row)
            return Verdict(count, Anchor(count, before) if count else None, fault)
        before, count = tied, number
        held = number if number in noted else held
    return Verdict(count, Anchor(count, before) if count else None, _fault_of_end(count, noted) or _fault_of_rest())


def _rows() -> Iterator[tuple[Any, ...]]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(PAGE, [after, BATCH])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def hash_of(before: bytes, row: tuple[Any, ...]) -> bytes:
    """The hash that ties the entry of a row of PAGE to the hash before it."""
    pk, at, actor, support, about, name, action, model, target, detail = row[3:]
    words = (
        f"{pk} {at} {actor or ''} {support} {about or ''} {_size(name)}:{name} {_size(action)}:{action} "
        f"{_size(model)}:{model} {_size(target)}:{target} {detail}"
    )
    return hashlib.sha256(before + words.encode()).digest()


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _names(row: tuple[Any, ...]) -> dict[str, Any]:
    return {"entry": row[2], "number": row[0]}


def _fault(row: tuple[Any, ...], before: bytes, expected: int) -> str:
    if row[0] != expected:
        return _("The link with number %(number)s was removed.") % {"number": expected}
    if row[3] is None:
        return _("Entry %(entry)s (number %(number)s) was removed.") % _names(row)
    if hash_of(before, row) != bytes(row[1]):
        return _("Entry %(entry)s (number %(number)s) was changed, or stands in another's place.") % _names(row)
    return ""


def _was_put_in(before: bytes, following: tuple[Any, ...] | None) -> bool:
    """Whether the chain goes on as if the row between were not there."""
    return following is not None and following[3] is not None and hash_of(before, following) == bytes(following[1])


def _fault_of_anchor(number: int, tied: bytes, noted: dict[int, bytes], held: int) -> str:
    if noted.get(number, tied) == tied:
        return ""
    return _("The chain was written anew: number %(number)s is not what was noted of it. It held up to %(held)s.") % {
        "number": number,
        "held": held,
    }


def _fault_of_end(count: int, noted: dict[int, bytes]) -> str:
    beyond = max(noted, default=0)
    if beyond <= count:
        return ""
    return _("The end was cut off: number %(first)s is missing and all up to %(last)s, which was noted once.") % {
        "first": count + 1,
        "last": beyond,
    }


def _fault_of_rest() -> str:
    with connection.cursor() as cursor:
        cursor.execute(UNLINKED)
        row = cursor.fetchone()
    return (
        _("Entry %(entry)s is tied to nothing: it was not written by the application.") % {"entry": row[0]}
        if row
        else ""
    )
