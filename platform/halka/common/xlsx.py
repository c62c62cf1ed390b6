"""Rows of the first sheet of an XLSX file, as they come out of the archive: what is read is not held.

Only what a sheet of people needs: texts, numbers, days, results of formulas. Several times as quick as libraries that
read all there is in such files, and nothing in it is fetched or run: entities and document types are refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from posixpath import join, normpath
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
LINK: Final = re.compile(r"\{.*/relationships\}id$")
EPOCHS: Final = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
DAYS: Final = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])  # formats that all know
NOT_TELLING: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
PART: Final = 64 * 1024
SILENT: Final = 1024 * 1024  # bytes without an element: a cell holds less
BETWEEN: Final = 500_000  # elements before one row is whole, or apart from rows: all are held until then
ROWS: Final = 1_048_576  # that Excel itself allows, empty ones among them
DOCUMENT_TYPE: Final = re.compile(rb"<!DOCTYPE|<!ENTITY")
# What begins as two bytes a letter, or names another encoding than UTF-8.
OTHER_LETTERS: Final = re.compile(
    rb"""\xfe\xff|\xff\xfe|.?\0|\s*<\?xml[^>]*\sencoding\s*=\s*["'](?!(?i:utf-8|us-ascii)["'])""", re.DOTALL
)


class NotReadable(ValueError):
    """This is no XLSX file, or it has parts that nobody needs."""


class Workbook:
    """`rows(width)` gives the cells of each row that is there, with its number, no more than `width` of them."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        book = self._whole("xl/workbook.xml")
        settings = _first(book, "workbookPr")
        self.epoch = EPOCHS[settings is not None and settings.get("date1904") in ("1", "true")]
        self._sheet = self._path_of(book)
        names = set(self._archive.namelist())
        self._days = self._formats() if "xl/styles.xml" in names else []
        self._texts = self._strings() if "xl/sharedStrings.xml" in names else []

    def rows(self, width: int) -> Iterator[tuple[int, list[Any]]]:
        number = 0
        for count, row in enumerate(self._elements(self._sheet, "row"), 1):
            if count > ROWS:
                raise NotReadable("more rows than there can be")
            number = int(row.get("r") or number + 1)
            cells: list[Any] = []
            for cell in row:
                place = _column(cell.get("r", "")) if cell.get("r") else len(cells)
                if place >= width:
                    break
                cells += [None] * (place - len(cells))
                cells.append(self._value(cell))
            yield number, cells

    def _value(self, cell: Element) -> Any:
        kind, text = cell.get("t", "n"), None
        if kind == "inlineStr":
            return _text(cell)
        for child in cell:
            if child.tag.endswith("}v"):
                text = child.text
        if not text or kind == "e":
            return None
        match kind:
            case "s":
                return self._texts[int(text)]
            case "str":
                return text
            case "b":
                return str(text == "1")
            case "d":
                return date.fromisoformat(text[:10])
        value = int(text) if text.lstrip("-").isdigit() else float(text)
        style = int(cell.get("s") or 0)
        return self._moment(value) if style < len(self._days) and self._days[style] else value

    def _moment(self, value: float) -> Any:
        if not 0 <= value < 3_000_000:
            return value
        moment = self.epoch + timedelta(seconds=round(value * 86_400))
        return moment.date() if value >= 1 else f"{moment:%H:%M:%S}"

    # --- parts of the archive
    def _path_of(self, book: Element) -> str:
        """The first sheet's, through the links of the workbook."""
        sheet = _first(book, "sheet")
        links = self._whole("xl/_rels/workbook.xml.rels")
        wanted = next((value for name, value in sheet.items() if LINK.match(name)), "") if sheet is not None else ""
        for link in links:
            if link.get("Id") == wanted:
                return normpath(join("/xl", link.get("Target", ""))).lstrip("/")
        raise NotReadable("no sheet")

    def _formats(self) -> list[bool]:
        """For each style of cells whether it shows a day."""
        own: dict[str, str] = {}
        days: list[bool] = []
        for element in self._whole("xl/styles.xml"):
            if element.tag.endswith("}numFmts"):
                own = {row.get("numFmtId", ""): row.get("formatCode", "") for row in element}
            elif element.tag.endswith("}cellXfs"):
                days = [_shows_day(row.get("numFmtId", "0"), own) for row in element]
        return days

    def _strings(self) -> list[str]:
        return [_text(element) for element in self._elements("xl/sharedStrings.xml", "si")]

    def _whole(self, name: str) -> Element:
        *_, root = self._elements(name, "")
        return root

    def _elements(self, name: str, tag: str) -> Iterator[Element]:
        """Each element of this name as it ends, and forgotten then; for no name the whole."""
        parser: Any = XMLPullParser(("start", "end"))  # typed for all its kinds of events at once
        depth, silent, between, before = 0, 0, 0, b""
        path: list[Element] = []
        wanted = (MAIN + tag, STRICT + tag)
        with self._archive.open(name) as part:
            while chunk := part.read(PART):
                if not before and OTHER_LETTERS.match(chunk):
                    raise NotReadable("not UTF-8: what it says cannot be looked through")
                if DOCUMENT_TYPE.search(before + chunk):
                    raise NotReadable("a document type")
                before = chunk[-16:]
                parser.feed(chunk)
                silent += len(chunk)
                for event, element in parser.read_events():
                    silent = 0
                    if event == "start":
                        depth, between = depth + 1, between + 1
                        path.append(element)
                        continue
                    depth -= 1
                    path.pop()
                    if tag and element.tag in wanted:
                        yield element
                        path[-1].clear()
                        between = 0
                    elif not tag and not depth:
                        yield element
                # Older parsers look at a word from its beginning again with every part of it.
                if silent > SILENT or between > BETWEEN:
                    raise NotReadable("a word, or a row, without end")
        parser.close()


def _first(root: Element, tag: str) -> Element | None:
    return next((element for element in root.iter() if element.tag in (MAIN + tag, STRICT + tag)), None)


def _text(element: Element) -> str:
    """Of all its parts but those that tell how it is said."""
    pieces = []
    for child in element:
        if child.tag.endswith("}t"):
            pieces.append(child.text or "")
        elif child.tag.endswith(("}r", "}is")):
            pieces.append(_text(child))
    return "".join(pieces)


def _column(place: str) -> int:
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shows_day(number: str, own: dict[str, str]) -> bool:
    if number in own:
        code = NOT_TELLING.sub("", own[number]).lower()
        return code != "general" and bool(re.search("[ymdhs]", code))
    return number.isdigit() and int(number) in DAYS


__all__ = ["NotReadable", "ParseError", "Workbook"]
