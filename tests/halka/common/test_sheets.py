"""Sheets: formulas made plain, encodings and separators recognised, bombs refused, memory flat."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from halka.common import sheets
from halka.common import xlsx as workbooks
from halka.common.sheets import Format, Sheet, SheetUnreadable, encoding_of, plain, separator_of, written


def read(content):
    sheet = Sheet(content)
    return sheet.headings, list(sheet.rows())


def xlsx(*rows, epoch=None):
    book = Workbook()
    if epoch:
        book.epoch = epoch
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "'=1", '"=1', "' \"=cmd|' /C calc'!A0", "\u00a0=1",
    "\ufeff=1", "\u200e=1", "\uff1d1", "\tname", "\rname",
]  # fmt: skip


@pytest.mark.parametrize("kind", Format.values)
@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula_does(kind, text):
    content = b"".join(written([["Name"], [text]], kind))
    if kind == Format.CSV:
        cell = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1][0]
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        cell = sheet["A2"].value
        assert sheet["A2"].data_type == "s"
    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["Ana", "Kos-Novak", "a=b", "1+1", "O'Neil", "شهر", ""])
def test_what_is_no_formula_stays_as_it_is(text):
    assert plain(text) == text


@pytest.mark.parametrize("kind", Format.values)
def test_what_was_written_is_read_as_it_was(kind):
    rows = [
        ["Name", "Born", "Years", "Note"],
        ['Šešelj; "V", <&>', date(1990, 2, 3), 34, "=1+1"],
        ["نام", None, 1.5, "a\nb"],
    ]
    headings, found = read(b"".join(written(rows, kind, right_to_left=True)))
    assert headings == rows[0]
    born = date(1990, 2, 3) if kind == Format.XLSX else "1990-02-03"
    years = (34, 1.5) if kind == Format.XLSX else ("34", "1.5")
    assert [row for _number, row in found] == [
        ['Šešelj; "V", <&>', born, years[0], "=1+1"],
        ["نام", None, years[1], "a\nb"],
    ]
    assert found[0][0] == 2


def test_excel_opens_days_headings_and_direction():
    rows = [["Day"], [date(2024, 2, 29)], [datetime(2024, 3, 1, 12)], [date(1899, 1, 1)], ["a\x01b\ud800"]]
    sheet = load_workbook(io.BytesIO(b"".join(written(rows, Format.XLSX, right_to_left=True)))).active
    assert sheet["A1"].font.b
    assert [sheet[f"A{row}"].value for row in range(2, 6)] == [
        datetime(2024, 2, 29), datetime(2024, 3, 1), "1899-01-01", "ab",
    ]  # fmt: skip
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"


def test_long_cells_are_cut_where_excel_ends():
    ((_number, (cell,)),) = read(b"".join(written([["a"], ["x" * 50_000]], Format.XLSX)))[1]
    assert len(cell) == sheets.MAX_CELL - 1


@pytest.mark.parametrize("kind", Format.values)
def test_writing_holds_no_more_than_a_row(kind):
    def peak(number):
        tracemalloc.start()
        for _part in written(([f"Person {row}", "x" * 200, row] for row in range(number)), kind):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    most = min(peak(10_000) for _again in range(3))  # what another thread does meanwhile counts too
    assert most < peak(500) * 1.5 + 1_000_000  # rows that are held would take several megabytes


# --- reading ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ime;Priimek\nŽiga;Čelaj\nĐorđe;Šešelj\n", "cp1250"),
        ("Emri;Mbiemri\nÇelik;Krasniqi\nEndër;Bërisha\n", "cp1250"),
        ("Име;Презиме\nЂорђе;Шешељ\nАна;Кос\n", "cp1251"),
        ("نام;نام خانوادگي\nمريم;احمدي\nپري;چگيني\n", "cp1256"),
        ("Vardas;Pavardė\nŽivilė;Kazlauskaitė\nDžiugas;Šėmys\n", "cp1257"),
        ("Ime;Priimek\nŽiga;Čelaj\n", "utf-8"),
        ("نام;نام خانوادگی\nمریم;احمدی\n", "utf-8-sig"),
        ("Ime;Priimek\nŽiga;Čelaj\n", "utf-16"),
        ("Ime;Priimek\nŽiga;Čelaj\n", "utf-16-le"),
        ("Ime;Priimek\nŽiga;Čelaj\n", "utf-16-be"),
    ],
)
def test_encodings(text, encoding):
    content = text.encode(encoding)
    assert encoding_of(content) == encoding
    headings, rows = read(content)
    assert [headings, *(row for _number, row in rows)] == [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators(mark):
    assert read(f'a{mark}b\n"1,5;x"{mark}2\n'.encode()) == (["a", "b"], [(2, ["1,5;x", "2"])])


def test_the_separator_may_be_named_and_may_be_none():
    assert read(b"sep=;\na;b,c\n1;2\n") == (["a", "b,c"], [(3, ["1", "2"])])
    assert separator_of("") == ","
    assert read(b"name\nAna\n") == (["name"], [(2, ["Ana"])])


def test_rows_are_evened_and_empty_ones_left_out():
    headings, rows = read(b"\n\n a  b ,c,,\n1\n,,,\n 1 ,2,3,4\n")
    assert headings == ["a b", "c"]
    assert rows == [(4, ["1", None]), (6, ["1", "2"])]


def test_excel_cells_come_as_what_they_are():
    content = xlsx(
        ["a", "b", "c", "d", "e", "f"],
        [datetime(1990, 2, 3), 1361, 1.5, True, time(9, 30), None],
        [],
        ["=1+1", date(2020, 1, 1), 3.0, "x", None, None],
    )
    assert read(content) == (
        ["a", "b", "c", "d", "e", "f"],
        [
            (2, [date(1990, 2, 3), 1361, 1.5, "True", "09:30:00", None]),
            (4, [None, date(2020, 1, 1), 3, "x", None, None]),
        ],
    )


def test_bare_numbers_are_days_of_the_files_own_calendar():
    for epoch, day in ((None, date(1990, 5, 8)), (CALENDAR_MAC_1904, date(1994, 5, 9))):
        sheet = Sheet(xlsx(["a"], [1], epoch=epoch))
        assert list(sheet.rows()) == [(2, [1])]
        assert sheet.day_of(33001) == day
        assert sheet.day_of(0) is None
        assert sheet.day_of(10**9) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b",,\n,,\n", "no headings"),
        (b"PK\x03\x04broken", "cannot be read"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"%PDF-1.4", "not a sheet"),
        (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "Line"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(content, words):
    with pytest.raises(SheetUnreadable, match=words):
        read(content)


def test_an_archive_that_is_no_sheet():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(SheetUnreadable, match="cannot be read"):
        Sheet(file.getvalue())


@pytest.mark.parametrize(("name", "size"), [("xl/sharedStrings.xml", 61), ("xl/worksheets/sheet1.xml", 301)])
def test_bombs_are_refused_before_they_are_unpacked(name, size):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open(name, "w") as part:
        for _ in range(size):
            part.write(bytes(1024 * 1024))
    with pytest.raises(SheetUnreadable, match="unpacked"):
        Sheet(file.getvalue())


@pytest.mark.parametrize(
    ("part", "times"),
    [("0", 3_000_000), ("<x/>", 50_000), ("<x>", 50_000), ("<row>" + "<c/>" * 50_000, 1), ("<row/>", 50_000)],
)
def test_what_would_keep_a_reader_busy_is_given_up(monkeypatch, part, times):
    """Words, rows and nests without end pack to next to nothing."""
    monkeypatch.setattr(workbooks, "ROWS", 1000)
    monkeypatch.setattr(workbooks, "BETWEEN", 1000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in sheets._PARTS.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{workbooks.MAIN[1:-1]}">'.encode() if part != "0" else b"")
            sheet.write(part.encode() * times)
    fed, feed = [], workbooks.XMLPullParser.feed

    def counted(parser, data):
        fed.append(len(data))
        feed(parser, data)

    monkeypatch.setattr(workbooks.XMLPullParser, "feed", counted)
    with pytest.raises(SheetUnreadable, match="cannot be read"):
        Sheet(file.getvalue())
    assert sum(fed) < len(part.encode()) * times


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    with pytest.raises(SheetUnreadable, match="too big"):
        Sheet(b"a,b\n" + b"1,2\n" * 10)
    monkeypatch.setattr(sheets, "MAX_BYTES", 10**6)
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with pytest.raises(SheetUnreadable, match="more than 2 rows"):
        read(b"a,b\n" + b"1,2\n" * 3)
    assert len(read(b"a,b\n" + b"1,2\n" * 2)[1]) == 2
