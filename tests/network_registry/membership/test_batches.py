"""Many at once: a sheet is read, looked at, confirmed, and fifty workspaces are made."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common import sheets
from halka.common.current import OrganisationRef
from network_registry.membership import sheet_rows
from network_registry.membership.domain import batches, opening
from network_registry.membership.enums import ApplicationState, Source, Trouble
from network_registry.membership.errors import BatchOver, CannotMoveApplication
from network_registry.membership.models import Application, Batch, Licence, Opening, OpeningStep
from network_registry.membership.tasks import open_batch
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import inside
from tests.network_registry.membership.conftest import as_branch

HEADINGS = ("Name", "First manager", "E-mail of the first manager")
GOOD = ("New House", "Mira", "mira@newhouse.example")


def sheet_of(*rows: Iterable[Any], headings: Iterable[str] = HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


@pytest.fixture
def read(branch: OrganisationRef, officer: Seat) -> Callable[..., list[dict[str, Any]]]:
    """`read(row, …, headings=…)`: the rows as the branch of the South gets to see them."""

    def make(*rows: Iterable[Any], headings: Iterable[str] = HEADINGS) -> list[dict[str, Any]]:
        with inside(branch):
            batch = batches.read_sheet(content=sheet_of(*rows, headings=headings), file_name="ours.csv", by=officer)
        found: list[dict[str, Any]] = batch.rows
        return found

    return make


def problems(rows: list[dict[str, Any]]) -> list[list[str]]:
    return [[column for column, _words in row["problems"]] for row in rows]


def test_a_name_and_a_manager_are_enough(read: Any) -> None:
    (row,) = read(GOOD)
    assert row["problems"] == []
    values = row["values"]
    assert (values["short_name"], values["province"], values["kind"]) == ("newhouse", "South", "ngo")
    assert values["valid_until"] == (timezone.localdate() + timedelta(days=365)).isoformat()


def test_a_name_that_is_taken_gets_a_number(read: Any, alpha: OrganisationRef) -> None:
    rows = read(("Alpha", "A", "a@a.example"), ("ALPHA!", "B", "b@b.example"), ("Ünder", "C", "c@c.example"))
    assert [row["values"]["short_name"] for row in rows] == ["alpha2", "alpha3", "under"]


def test_one_name_many_times_asks_little_of_the_database(read: Any, count_queries: Any) -> None:
    few = count_queries(lambda: read(*[GOOD] * 5))
    many = count_queries(lambda: read(*[GOOD] * 25))
    assert (many - few) / 20 <= (few / 5)


def test_an_address_that_no_mailbox_has_is_told(read: Any) -> None:
    """A domain may be longer than what is kept of an address."""
    (row,) = read(("New House", "Mira", f"mira@{'.'.join(['b' * 60] * 4)}.example"))
    assert problems([row]) == [["manager_email"]]


@pytest.mark.parametrize(
    ("heading", "cell", "wrong"),
    [
        ("Short name", "a-b", "short_name"),
        ("Short name", "alpha", "short_name"),
        ("Kind", "Choir", "kind"),
        ("Kind", "Provincial branch", "kind"),  # the secretariat alone brings in branches
        ("Province", "North", "province"),
        ("Language", "Latin", "language"),
        ("Time of", "The moon", "time_zone"),
        ("Valid until", "soon", "valid_until"),
        ("Valid until", "2001-01-01", "valid_until"),
        ("Number of the licence", "x" * 41, "licence_number"),
        ("Conditions", "x" * 2001, "conditions"),
        ("Kind", "Network secretariat", "kind"),
    ],
)
def test_what_is_wrong_is_told_by_column(
    read: Any, alpha: OrganisationRef, heading: str, cell: str, wrong: str
) -> None:
    rows = read((*GOOD, cell), headings=(*HEADINGS, heading))
    assert problems(rows) == [[wrong]]
    assert all(words for row in rows for _column, words in row["problems"])


def test_what_is_missing_or_no_address(read: Any) -> None:
    assert problems(read(("New House", "", "mira"), ("", "Mira", ""))) == [
        ["manager_name", "manager_email"],
        ["name", "manager_email", "short_name"],
    ]


def test_what_is_there_twice(read: Any, secretariat: OrganisationRef) -> None:
    headings = (*HEADINGS, "Short name", "Number of the licence")
    rows = read((*GOOD, "house", "12"), (*GOOD, "house", "12"), headings=headings)
    assert problems(rows) == [[], ["licence_number", "short_name"]]


def test_a_name_without_latin_letters_needs_a_short_one(read: Any) -> None:
    assert problems(read(("خانه", "میرا", "mira@a.example"))) == [["short_name"]]


def test_headings_and_words_in_persian(read: Any) -> None:
    """Where they are not translated yet they are English, which is understood too."""
    with translation.override("fa"):
        headings = [str(label) for label in sheet_rows.COLUMNS.values()]
        kind, language = str(Kind.AGENCY.label), "فارسی"
    columns = dict.fromkeys(sheet_rows.COLUMNS, "")
    columns |= {"name": "خانه", "short_name": "khane", "manager_name": "میرا", "manager_email": "m@a.example"}
    (row,) = read([*{**columns, "kind": kind, "language": language}.values()], headings=headings)
    assert row["problems"] == []
    assert (row["values"]["kind"], row["values"]["language"]) == ("agency", "fa")


def test_days_of_a_spreadsheet(branch: OrganisationRef, officer: Seat) -> None:
    soon = timezone.localdate() + timedelta(days=40)
    rows: list[list[Any]] = [[*HEADINGS, "Valid until"], [*GOOD, soon], [*GOOD, (soon - date(1899, 12, 30)).days]]
    content = b"".join(sheets.written(rows, sheets.Format.XLSX))
    with inside(branch):
        batch = batches.read_sheet(content=content, file_name="a.xlsx", by=officer)
    assert [row["values"]["valid_until"] for row in batch.rows] == [soon.isoformat()] * 2


def test_names_run_out(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "check_short_name", _taken)
    assert problems(read(GOOD)) == [["short_name"]]


def _taken(name: str, **_: Any) -> None:
    raise sheet_rows.NameTaken("taken")


@pytest.mark.parametrize(
    ("rows", "headings"),
    [((), HEADINGS), ((GOOD,), ("Name", "Who")), ((GOOD, GOOD), HEADINGS)],
)
def test_sheets_that_are_refused(read: Any, monkeypatch: pytest.MonkeyPatch, rows: Any, headings: Any) -> None:
    """Without rows, without a column that is needed, with too many rows."""
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 1)
    with pytest.raises(BatchOver):
        read(*rows, headings=headings)


def test_a_branch_without_a_province(branch: OrganisationRef, officer: Seat) -> None:
    as_branch(branch, "")
    with inside(branch), pytest.raises(BatchOver):
        batches.read_sheet(content=sheet_of(GOOD), file_name="a.csv", by=officer)


def test_the_secretariat_brings_in_any(secretariat: OrganisationRef, secretary: Seat) -> None:
    headings = (*HEADINGS, "Kind", "Province")
    rows = ((*GOOD, "Provincial branch", "North"), ("Other House", "Ana", "ana@other.example", "", ""))
    with inside(secretariat):
        batch = batches.read_sheet(content=sheet_of(*rows, headings=headings), file_name="a.csv", by=secretary)
        assert problems(batch.rows) == [[], []]
    assert [row["values"]["province"] for row in batch.rows] == ["North", ""]


def test_schemas_are_made_ready_while_somebody_looks_at_the_sheet(
    branch: OrganisationRef, officer: Seat, monkeypatch: pytest.MonkeyPatch, settings: Any, tasks: Any
) -> None:
    wanted = []
    monkeypatch.setattr("network_registry.membership.tasks.refill_spares", lambda *, target: wanted.append(target))
    settings.SPARE_ORGANISATIONS = 3
    with tasks(), inside(branch):
        content = sheet_of(GOOD, ("Second", "B", "b@b.example"), ("", "x", "y"))
        batches.read_sheet(content=content, file_name="a.csv", by=officer)
    assert wanted == [5]


def test_confirmed_once(
    branch: OrganisationRef, officer: Seat, alpha: OrganisationRef, seat_in: Callable[..., Seat]
) -> None:
    content = sheet_of(GOOD, ("", "x", "y"), ("Second", "B", "b@b.example"))
    with inside(branch):
        batch = batches.read_sheet(content=content, file_name="a.csv", by=officer)
        assert batches.confirm(batch=batch.pk, is_provisional=True, by=officer) == 2
        with pytest.raises(BatchOver):
            batches.confirm(batch=batch.pk, is_provisional=True, by=officer)
        bad = batches.read_sheet(content=sheet_of(("", "x", "y")), file_name="a.csv", by=officer)
        with pytest.raises(BatchOver):
            batches.confirm(batch=bad.pk, is_provisional=True, by=officer)
    first = Application.objects.get(short_name="newhouse")
    assert (first.state, first.source, first.province) == (ApplicationState.LICENSED, Source.SHEET, "South")
    assert first.events.get().by_name == officer.name
    assert first.licence.is_provisional
    assert Opening.objects.filter(application__batch=batch).count() == 2
    assert OpeningStep.objects.count() == 8
    batch.refresh_from_db()
    assert batch.rows == []  # names of people are in the applications now
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha), pytest.raises(CannotMoveApplication):
        batches.read_sheet(content=content, file_name="a.csv", by=manager)


def test_a_number_that_belongs_to_another_licence(
    branch: OrganisationRef, officer: Seat, secretariat: OrganisationRef, sent: Any
) -> None:
    """Of another province, which the branch does not see."""
    other = sent(province="North")
    today = timezone.localdate()
    Licence.objects.create(
        application=other,
        number="12",
        valid_from=today,
        valid_until=today + timedelta(days=9),
        granted_by_id=secretariat.id,
        granted_by_name="x",
    )
    content = sheet_of((*GOOD, "12"), headings=(*HEADINGS, "Number of the licence"))
    with inside(branch):
        batch = batches.read_sheet(content=content, file_name="a.csv", by=officer)
        with pytest.raises(BatchOver):
            batches.confirm(batch=batch.pk, is_provisional=True, by=officer)
    assert not Application.objects.filter(source=Source.SHEET).exists()


def test_all_of_a_batch_are_opened(branch: OrganisationRef, officer: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, whatever becomes of each."""
    with inside(branch):
        content = sheet_of(GOOD, ("Second", "B", "b@b.example"))
        batch = batches.read_sheet(content=content, file_name="a.csv", by=officer)
        batches.confirm(batch=batch.pk, is_provisional=True, by=officer)
    seen = []

    def opened(*, opening: Any) -> bool:
        seen.append(opening)
        return True

    monkeypatch.setattr(opening, "open_workspace", opened)
    assert open_batch.delay(str(batch.pk)).get() == 2
    assert set(seen) == set(Opening.objects.values_list("pk", flat=True))


# --- pages ---------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(
    branch: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: Any
) -> Client:
    settings.DEMO = True
    return client_of(member(branch, Role.PROVINCIAL), branch)


def test_from_a_sheet_to_progress(desk: Client, secretariat: OrganisationRef, member: Any, client_of: Any) -> None:
    assert desk.get("/applications/sheet/").status_code == 200
    example = b"".join(desk.get("/applications/sheet/example/"))
    assert sheets.Sheet(example).headings[0] == "Name"
    assert desk.post("/applications/sheet/", {}).status_code == 400
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 nothing")
    assert desk.post("/applications/sheet/", {"sheet": broken}).status_code == 400
    upload = SimpleUploadedFile("ours.csv", sheet_of(GOOD, ("Bad", "x", "y")))
    answer = desk.post("/applications/sheet/", {"sheet": upload})
    page = answer["Location"]
    content = desk.get(page).content
    assert b"New House" in content
    assert b"This is not an e-mail address." in content
    assert desk.get(f"{page}progress/").status_code == 404
    other = client_of(member(secretariat, Role.SECRETARIAT), secretariat)
    assert other.get(page).status_code == 404
    assert desk.post(page, {"is_provisional": "on"}).status_code == 302
    assert b"0 of 1" in desk.get(page).content
    assert b"0 of 1" in desk.get(f"{page}progress/").content
    assert b"ours.csv" in desk.get("/applications/sheet/").content
    Opening.objects.update(tries=1)
    assert b"Under way" in desk.get(page).content
    Opening.objects.update(trouble=Trouble.NAME, due_at=None)
    assert b"taken by somebody else" in desk.get(page).content
    Opening.objects.update(trouble="", finished_at=timezone.now())
    assert b"All are ready" in desk.get(page).content


def test_a_sheet_without_a_good_row_is_not_confirmed(desk: Client) -> None:
    upload = SimpleUploadedFile("ours.csv", sheet_of(("Bad", "x", "y")))
    page = desk.post("/applications/sheet/", {"sheet": upload})["Location"]
    assert b"No row can be taken over" in desk.get(page).content
    assert desk.post(page, {}).status_code == 302
    assert Batch.objects.get().confirmed_at is None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("network_registry.membership.forms.sheets.MAX_BYTES", 1)
        upload = SimpleUploadedFile("ours.csv", sheet_of(GOOD))
        assert desk.post("/applications/sheet/", {"sheet": upload}).status_code == 400
