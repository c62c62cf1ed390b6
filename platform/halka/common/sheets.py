"""Sheets as people exchange them: CSV and XLSX, read and written row by row, so that memory stays flat.

Written: text that a spreadsheet could run as a formula is made plain, and nothing touches the disk on the way.
Read: encodings, separators and Excel's own days are recognised; what would not end is refused.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from xml.sax.saxutils import escape

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from halka.common.errors import Refused
from halka.common.xlsx import NotReadable, ParseError, Workbook

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 300 * 1024 * 1024  # of the parts of an XLSX
MAX_STRINGS: Final = 60 * 1024 * 1024  # the part that has to be held in memory
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 32_767  # letters that Excel itself allows in a cell
SAMPLE: Final = 64 * 1024
EPOCH: Final = date(1899, 12, 30)  # what Excel counts days from

Cell = str | int | float | date | None


class Format(TextChoices):
    XLSX = "xlsx", _("Excel (.xlsx)")
    CSV = "csv", _("Text with commas (.csv)")


class SheetUnreadable(Refused):
    """The file is not a sheet that can be read; the message is for whoever brought it."""


# --- formulas ---------------------------------------------------------------------------------------------
_LEADING: Final = re.compile(
    r"""^[\s"'\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]"""
)
_CONTROL: Final = re.compile(r"^[\t\r\n]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if _LEADING.match(text) or _CONTROL.match(text) else text


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return plain(_ILLEGAL.sub("", value)[: MAX_CELL - 1])
    return value.isoformat() if isinstance(value, date) else str(value)


# --- writing ----------------------------------------------------------------------------------------------
def written(rows: Iterable[Sequence[Cell]], kind: str, *, right_to_left: bool = False) -> Iterator[bytes]:
    """The sheet in parts, as the rows come; the first row holds the headings."""
    return _xlsx(rows, right_to_left) if kind == Format.XLSX else _csv(rows)


def _csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """With a mark at its beginning, by which Excel knows the encoding."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield b"\xef\xbb\xbf"
    for row in rows:
        writer.writerow([_text(value) for value in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


class _Pipe(io.RawIOBase):
    """What a zip is written to: holds no more than what was not taken out yet."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.waiting += part
        return len(part)

    def taken(self) -> bytes:
        part = bytes(self.waiting)
        self.waiting.clear()
        return part


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Halka" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # 0 plain, 1 a heading, 2 a day
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    "<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" "
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip


def _xlsx(rows: Iterable[Sequence[Cell]], right_to_left: bool) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _XML + text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            direction = ' rightToLeft="1"' if right_to_left else ""
            sheet.write(
                f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{direction}>'
                '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
                "<sheetData>".encode()
            )
            for number, row in enumerate(rows):
                cells = "".join(_cell(value, is_heading=not number) for value in row)
                sheet.write(f"<row>{cells}</row>".encode())
                if pipe.waiting:
                    yield pipe.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.taken()


def _cell(value: Cell, *, is_heading: bool) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and value >= date(1900, 3, 1):  # Excel counts a day in 1900 that never was
        return f'<c s="2"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    style = ' s="1"' if is_heading else ""
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(_text(value))}</t></is></c>'


# --- reading ----------------------------------------------------------------------------------------------
_BROKEN: Final = (
    NotReadable, ParseError, zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, IndexError,
    RuntimeError,
)  # fmt: skip


class Sheet:
    """Rows of a sheet with the number each has in its file; the headings are the first row that is not empty."""

    def __init__(self, content: bytes, name: str = "") -> None:
        """Raises SheetUnreadable."""
        if not content.strip():
            raise SheetUnreadable(_("The file is empty."))
        if len(content) > MAX_BYTES:
            raise SheetUnreadable(_("The file is too big: %(limit)s MB at most.") % {"limit": MAX_BYTES // 1024**2})
        self._content = content
        self._epoch = EPOCH
        if content.startswith(b"PK"):
            _check_zip(content)
            self.kind = Format.XLSX
        elif content.startswith(b"\xd0\xcf\x11\xe0"):
            raise SheetUnreadable(_("This is an old Excel file (.xls). Open it and save it as .xlsx."))
        elif content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
            raise SheetUnreadable(_("This is not a sheet. Bring an Excel file (.xlsx) or a text file (.csv)."))
        else:
            self.kind = Format.CSV
            self.encoding = encoding_of(content)
        self.headings: list[str] = []
        for _number, row in self._filled():
            self.headings = [_heading(value) for value in row]
            break
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        if not self.headings:
            raise SheetUnreadable(_("The file has no headings in its first row."))

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row under the headings that is not empty, as long as the headings, with its number in the file."""
        width = len(self.headings)
        filled = self._filled(width)
        next(filled)
        for count, (number, row) in enumerate(filled, 1):
            if count > MAX_ROWS:
                limit = {"limit": f"{MAX_ROWS:,}"}
                raise SheetUnreadable(_("The sheet has more than %(limit)s rows. Part it into several.") % limit)
            yield number, (row + [None] * width)[:width]

    def day_of(self, number: float) -> date | None:
        """The day that a bare number stands for in Excel; None for one that stands for none."""
        return self._epoch + timedelta(days=int(number)) if 1 <= number < 80_000 else None

    def _filled(self, width: int = MAX_COLUMNS) -> Iterator[tuple[int, list[Cell]]]:
        rows = self._xlsx_rows(width) if self.kind == Format.XLSX else self._csv_rows()
        for number, row in rows:
            if any(value is not None for value in row):
                yield number, row[:width]

    def _xlsx_rows(self, width: int) -> Iterator[tuple[int, list[Cell]]]:
        try:
            book = Workbook(self._content)
            self._epoch = book.epoch.date()
            for number, row in book.rows(width):
                yield number, [_value(value) for value in row]
        except _BROKEN as error:
            raise SheetUnreadable(_("This Excel file cannot be read. Save it anew as .xlsx and try again.")) from error

    def _csv_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        text = self._content.decode(self.encoding, errors="replace").lstrip("\ufeff")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
        try:
            for row in reader:
                if reader.line_num > 1 or not _NAMED.match(text):
                    yield reader.line_num, [_value(value) for value in row]
        except csv.Error as error:
            place = {"line": reader.line_num}
            raise SheetUnreadable(_("Line %(line)s cannot be read.") % place) from error


def _value(value: Any) -> Cell:
    if isinstance(value, str):
        text = value.replace("\0", "").strip()
        if text.startswith("'") and plain(text[1:]) == text:  # written by ourselves
            text = text[1:]
        return text[:MAX_CELL] or None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, date | int | float) else None


def _heading(value: Cell) -> str:
    return " ".join(str(value).split())[:200] if value is not None else ""


def _check_zip(content: bytes) -> None:
    """Refuses what would fill the memory when unpacked: the sizes that an archive states bind its reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise SheetUnreadable(_("This Excel file cannot be read. Save it anew as .xlsx and try again.")) from error
    strings = sum(part.file_size for part in parts if "worksheets/" not in part.filename)
    if sum(part.file_size for part in parts) > MAX_UNPACKED or strings > MAX_STRINGS or len(parts) > 1000:
        raise SheetUnreadable(_("The sheet is too big when it is unpacked. Part it into several."))


# --- encodings and separators ---------------------------------------------------------------------------------
# What each encoding of Windows is used for here; other letters beyond ASCII speak against it.
_EXPECTED: Final = {
    "cp1250": "čćžšđČĆŽŠĐëËçÇáéíóúýäöüőűĺľťňřůěąęłńśźżĄĘŁŃŚŹŻÄÖÜ–—„“”’…€«»°§",
    "cp1251": "".join(map(chr, range(0x410, 0x450))) + "ЁёЂђЃѓЈјЉљЊњЋћЌќЏџЅѕІіЇїЄєҐґЎў–—„“”’…€«»°§№",
    "cp1256": "".join(map(chr, range(0x621, 0x64B))) + "پچژگکیهة،؟؛‌–—„“”’…«»°§",
    "cp1257": "ąčęėįšųūžĄČĘĖĮŠŲŪŽāēģīķļņĀĒĢĪĶĻŅõäöüÕÄÖÜßæøåéóćńśźżłĆŃŚŹŻŁ–—„“”…€«»°§",
}
_WORDS: Final = re.compile(r"\w+")
_NAMED: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own way of naming the separator
_SCRIPTS: Final = {"LATIN", "CYRILLIC", "ARABIC"}


def encoding_of(content: bytes) -> str:
    """The encoding of a text file, by its mark, else by what comes out readable."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = content[:SAMPLE]
    nulls = sample.count(b"\0")
    if nulls > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(b"\0") > sample[::2].count(b"\0") else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        odd = b"".join(line for line in content.splitlines(keepends=True) if not line.isascii())[:SAMPLE]
        return min(_EXPECTED, key=lambda name: _oddity(odd, name))
    return "utf-8"


def _oddity(sample: bytes, name: str) -> float:
    """How little the text looks like what people write: strange letters, and words of two scripts."""
    text, expected = sample.decode(name, errors="replace"), _EXPECTED[name]
    strange = sum(letter not in expected for letter in text if not letter.isascii())
    mixed = sum(_is_mixed(word) for word in _WORDS.findall(text))
    capitals = sum(b.isupper() and a.islower() for a, b in pairwise(text))
    return 2 * strange + 3 * mixed + capitals


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts & _SCRIPTS) > 1


def separator_of(text: str) -> str:
    """What parts the cells: of comma, semicolon, tab and bar the one that comes out the most even."""
    if named := _NAMED.match(text):
        return named[1]
    lines = [line for line in text[:SAMPLE].splitlines()[:20] if line.strip()] or [""]
    rows = {mark: [len(row) for row in csv.reader(lines, delimiter=mark)] or [0] for mark in ",;\t|"}
    return max(rows, key=lambda mark: (rows[mark][0] > 1, rows[mark].count(rows[mark][0]), rows[mark][0]))
