"""Rows of a sheet of organisations: which column is which, and what is wrong with a row, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halka.common.calendars import UnreadableDay, parse_day
from halka.common.folding import folded
from halka.common.sheets import Cell, Sheet
from network_registry.membership.domain.applying import check_short_name
from network_registry.membership.errors import BatchOver, NameTaken
from network_registry.membership.models import Licence
from tenants.organisations.enums import Kind, TimeZone

MOST_ROWS: Final = 500
COLUMNS: Final[dict[str, str | Promise]] = {
    "name": gettext_lazy("Name"),
    "short_name": gettext_lazy("Short name"),
    "kind": gettext_lazy("Kind"),
    "province": gettext_lazy("Province"),
    "language": gettext_lazy("Language"),
    "time_zone": gettext_lazy("Time of"),
    "registration_number": gettext_lazy("Registration or licence number"),
    "registered_with": gettext_lazy("Registered with"),
    "manager_name": gettext_lazy("First manager"),
    "manager_email": gettext_lazy("E-mail of the first manager"),
    "licence_number": gettext_lazy("Number of the licence"),
    "valid_until": gettext_lazy("Valid until"),
    "conditions": gettext_lazy("Conditions"),
}
NEEDED: Final = ("name", "manager_name", "manager_email")
LONGEST: Final = {"name": 150, "province": 80, "registration_number": 60, "registered_with": 150, "manager_name": 150,
                  "manager_email": 254, "licence_number": 40, "conditions": 2000}  # fmt: skip


@dataclass
class Row:
    """`values` are as an application has them, days as ISO; `problems` are (column, words)."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        return {"number": self.number, "values": self.values, "problems": self.problems}


@dataclass(frozen=True)
class Home:
    """Whose sheet it is: `province` empty for the secretariat, which may bring in any."""

    province: str
    kinds: tuple[Kind, ...]
    language: str
    time_zone: str


def spellings() -> dict[str, str]:
    """Folded heading, in any language -> column."""
    found = {}
    for code in [name for name, _label in settings.LANGUAGES]:
        with translation.override(code):
            found.update({folded(str(label)): column for column, label in COLUMNS.items()})
    return {**found, **{folded(column): column for column in COLUMNS}}


def _choices(labels: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """Folded name, in any language, or the code -> code."""
    found = {}
    for code in [name for name, _label in settings.LANGUAGES]:
        with translation.override(code):
            found.update({folded(str(label)): value for value, label in labels})
    return {**found, **{folded(value): value for value, _label in labels}}


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Column -> its place. Raises BatchOver where one that is needed is missing."""
    known, places = spellings(), {}
    for place, heading in enumerate(headings):
        column = known.get(folded(heading))
        if column and column not in places:
            places[column] = place
    without = [str(COLUMNS[column]) for column in NEEDED if column not in places]
    if without:
        raise BatchOver(_("The sheet has no column: %(columns)s") % {"columns": ", ".join(without)})
    return places


class Reader:
    """Reads the rows of one sheet; remembers what came before, so that nothing is there twice."""

    def __init__(self, sheet: Sheet, home: Home) -> None:
        self._sheet, self._home = sheet, home
        self._places = columns_of(sheet.headings)
        self._kinds = _choices([(kind.value, kind.label) for kind in home.kinds])
        self._languages = _choices([*settings.LANGUAGES, *_language_names()])
        self._zones = _choices(TimeZone.choices)
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def rows(self) -> Iterator[Row]:
        """Raises BatchOver for more than can be taken at once."""
        for count, (number, cells) in enumerate(self._sheet.rows(), 1):
            if count > MOST_ROWS:
                raise BatchOver(_("Bring at most %(most)s organisations at a time.") % {"most": MOST_ROWS})
            yield self._row(number, cells)

    def _row(self, number: int, cells: list[Cell]) -> Row:
        row = Row(number)
        texts = {column: _text(cells[place]) for column, place in self._places.items()}
        for column in NEEDED:
            if not texts[column]:
                row.problems.append((column, _("This has to be filled in.")))
        for column, most in LONGEST.items():
            text = texts.get(column, "")
            if len(text) > most:
                row.problems.append((column, _("This is too long: at most %(most)s letters.") % {"most": most}))
            row.values[column] = text[:most]
        row.values["kind"] = self._chosen(row, "kind", texts, self._kinds, Kind.NGO)
        row.values["language"] = self._chosen(row, "language", texts, self._languages, self._home.language)
        row.values["time_zone"] = self._chosen(row, "time_zone", texts, self._zones, self._home.time_zone)
        self._province(row)
        self._email(row, texts)
        self._until(row, cells)
        self._licence_number(row)
        self._short_name(row, texts.get("short_name", ""))
        return row

    def _chosen(self, row: Row, column: str, texts: dict[str, str], known: dict[str, str], usual: str) -> str:
        text = texts.get(column, "")
        if not text:
            return str(usual)
        found = known.get(folded(text))
        if found is None:
            row.problems.append((column, _("“%(word)s” is not known here.") % {"word": text}))
        return str(found or usual)

    def _province(self, row: Row) -> None:
        home = self._home.province
        if home and row.values.get("province") and folded(row.values["province"]) != folded(home):
            row.problems.append(("province", _("This is not your province: %(own)s.") % {"own": home}))
        if home:
            row.values["province"] = home
        row.values.setdefault("province", "")

    def _email(self, row: Row, texts: dict[str, str]) -> None:
        row.values["manager_email"] = row.values["manager_email"].lower()
        if not texts["manager_email"]:
            return
        try:
            validate_email(texts["manager_email"])
        except ValidationError:
            row.problems.append(("manager_email", _("This is not an e-mail address.")))

    def _until(self, row: Row, cells: list[Cell]) -> None:
        cell = cells[self._places["valid_until"]] if "valid_until" in self._places else None
        try:
            day = self._day(cell) or timezone.localdate() + timedelta(days=365)
        except UnreadableDay as error:
            row.problems.append(("valid_until", str(error)))
            return
        if day <= timezone.localdate():
            row.problems.append(("valid_until", _("This day is over.")))
        row.values["valid_until"] = day.isoformat()

    def _day(self, cell: Cell) -> date | None:
        if isinstance(cell, int | float):
            return self._sheet.day_of(cell)
        return cell if isinstance(cell, date) or cell is None else parse_day(cell)

    def _licence_number(self, row: Row) -> None:
        number = row.values.get("licence_number", "")
        if number and (number in self._numbers or Licence.objects.filter(number=number).exists()):
            row.problems.append(("licence_number", _("Another licence has this number.")))
        self._numbers.add(number)

    def _short_name(self, row: Row, typed: str) -> None:
        """As it is typed; made of the name where it is not."""
        name = typed.lower() or self._made_of(row.values.get("name", ""))
        row.values["short_name"] = name
        if not name:
            row.problems.append(("short_name", _("Choose a short name: small letters a–z and digits.")))
            return
        if name in self._names:
            row.problems.append(("short_name", _("“%(name)s” is in the sheet twice.") % {"name": name}))
            return
        try:
            check_short_name(name)
        except NameTaken as refusal:
            row.problems.append(("short_name", str(refusal)))
        self._names.add(name)

    def _made_of(self, name: str) -> str:
        letters = "".join(letter for letter in folded(name) if letter.isascii() and letter.isalnum())
        letters = letters.lstrip("0123456789")[:28]
        if len(letters) < 3:
            return ""
        for number in range(1, 100):
            made = letters if number == 1 else f"{letters}{number}"
            if made in self._names:  # nothing is asked of the database for it: a sheet may hold one name many times
                continue
            try:
                check_short_name(made)
            except NameTaken:
                continue
            return made
        return letters


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _language_names() -> list[tuple[str, Any]]:
    from halka.common.choices import Language

    known = dict(settings.LANGUAGES)
    return [(code, label) for code, label in Language.choices if code in known]
