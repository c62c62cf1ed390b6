"""The organisation's own list of what makes it hard for people."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.identifiers import uuid7
from tenants.caseloads.enums.clients import Vulnerability
from tenants.caseloads.models import Client, VulnerabilityChoice

MOST: Final = 100  # lines


class ListTooLong(Refused):
    """Nobody reads through a list that long."""


class LineUsed(Refused):
    """Records name the line: it can be hidden, and is not removed."""


@dataclass(frozen=True)
class Line:
    """A line as the organisation has it. `usual` is the network's wording, empty for one of its own."""

    key: str
    name: str
    is_active: bool
    usual: str | Promise = ""

    @property
    def label(self) -> str:
        return self.name or str(self.usual)

    @property
    def is_own(self) -> bool:
        return not self.usual


@dataclass(frozen=True)
class WantedLine:
    """What becomes of a line. An empty name brings the usual one back."""

    key: str
    name: str
    is_active: bool


def lines() -> list[Line]:
    """All lines in the organisation's order, the hidden ones too. One query."""
    rows = {row.key: row for row in VulnerabilityChoice.objects.all()}
    usual = {str(line): line.label for line in Vulnerability}
    places = {key: (place * 10, key) for place, key in enumerate(usual)}
    places |= {key: (row.position, key) for key, row in rows.items()}
    return [
        Line(key, rows[key].name, rows[key].is_active, usual.get(key, ""))
        if key in rows
        else Line(key, "", True, usual[key])
        for key in sorted(places, key=lambda key: places[key])
    ]


def choices(keep: Collection[str] = ()) -> list[tuple[str, str]]:
    """Key and label of the lines in use, and of those in `keep`: an old record goes on naming what is hidden now."""
    return [(line.key, line.label) for line in lines() if line.is_active or line.key in keep]


def labels_of(keys: Collection[str]) -> list[str]:
    """The labels of these keys in the list's order. No query for none."""
    return [line.label for line in lines() if line.key in keys] if keys else []


def mark_of(found: Sequence[Line]) -> str:
    """Tells whether a list is still the one that was seen."""
    text = "\n".join(f"{line.key}\t{line.name}\t{line.is_active}" for line in found)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def change_list(*, wanted: Sequence[WantedLine], add: str = "", seen_mark: str, by: Seat) -> list[Line]:
    """Writes names, order and what is in use, and adds a line at the end.

    Raises EditedMeanwhile when the list is no longer the one that was seen, ListTooLong.
    """
    with transaction.atomic():
        saved = _locked(seen_mark)
        known = {line.key: line for line in saved}
        if {line.key for line in wanted} != known.keys():
            raise EditedMeanwhile(_("Somebody else has changed the list since you opened the page."))
        if add and len(known) >= MOST:
            raise ListTooLong(_("The list is long enough: hide a line, or take one away, before you add another."))
        before, existing = mark_of(saved), {row.key: row for row in VulnerabilityChoice.objects.all()}
        for place, line in enumerate(wanted):
            row = existing.get(line.key) or VulnerabilityChoice(key=line.key)
            row.name = _own_name(line, known[line.key])
            row.position, row.is_active = place * 10, line.is_active
            row.save()
        if add:
            key = uuid7()
            VulnerabilityChoice.objects.create(id=key, key=str(key), name=add, position=len(wanted) * 10)
        found = lines()
        if mark_of(found) != before:
            record(action="list.changed", by=by)
    return found


def remove_line(*, key: str, by: Seat) -> None:
    """Takes away a line of the organisation's own that no record names. Raises LineUsed."""
    with transaction.atomic():
        _lock()
        if Client.objects.filter(vulnerabilities__contains=[key]).exists():
            raise LineUsed(_("Records name this line. It can be hidden, so that nobody chooses it any more."))
        if key not in Vulnerability.values and VulnerabilityChoice.objects.filter(key=key).delete()[0]:
            record(action="list.changed", by=by)


def _own_name(wanted: WantedLine, known: Line) -> str:
    """Empty where it is the usual one anyway, so that it goes on being translated."""
    if known.is_own:
        return wanted.name or known.name
    return "" if wanted.name == str(known.usual) else wanted.name


def _locked(seen_mark: str) -> list[Line]:
    _lock()
    saved = lines()
    if mark_of(saved) != seen_mark:
        raise EditedMeanwhile(_("Somebody else has changed the list since you opened the page."))
    return saved


def _lock() -> None:
    """Until the end of the transaction nobody else changes the list."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE caseloads_vulnerabilitychoice IN SHARE ROW EXCLUSIVE MODE")
