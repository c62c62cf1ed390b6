"""Clients and cases out of a sheet, in the background.

First the sheet is looked through (`check`), then, once its owner has decided what happens to people who are here
already, taken over. A person is recognised by file number, else national number, else folded name and birth: the same
sheet again changes nothing and doubles nobody. Rows go in by parts, each one transaction with its progress, so that an
import that was cut short goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halka.audit.domain import record_list
from halka.authorization.roles import Seat
from halka.common.calendars import localise_digits
from halka.common.folding import folded
from halka.common.sealing import files
from halka.common.sheets import Cell, Format, Sheet, SheetUnreadable, written
from tenants.caseloads.domain import jobs, vulnerabilities
from tenants.caseloads.domain.taking_over import Taken, look_up, take_over
from tenants.caseloads.enums.cases import ProgrammeState
from tenants.caseloads.enums.work import JobKind
from tenants.caseloads.models import ColumnMapping, Job, Programme
from tenants.caseloads.sheet_fields import BY_KEY, Known, Problem, Row, guessed, understood

AT_ONCE: Final = 500  # rows of a transaction
SHOWN: Final = 5  # rows of the preview
CHECK, TAKE = "check", "take"
POLICIES: Final = ("update", "fill", "skip")


# --- the steps ---------------------------------------------------------------------------------------------------
def bring_sheet(*, content: bytes, name: str, by: Seat) -> Job:
    """Keeps a sheet sealed, as a draft; columns are guessed, or known from the last time.

    Raises SheetUnreadable, PermissionDenied.
    """
    sheet = Sheet(content)
    mapping = remembered(sheet.headings) or guessed(sheet.headings)
    ask = {"step": "", "mapping": _to_json(mapping)}
    return jobs.start_job(kind=JobKind.IMPORT, ask=ask, file=[content], file_name=name, draft=True, by=by)


def check_sheet(*, job: Job, mapping: Mapping[int, str], by: Seat) -> Job:
    """Looks through all rows in the background; which column is which is remembered for sheets like this one."""
    sheet = sheet_of(job)
    with transaction.atomic():
        ColumnMapping.objects.update_or_create(
            headings=fingerprint(sheet.headings),
            defaults={
                "mapping": {folded(sheet.headings[column]): key for column, key in mapping.items()},
                "used_at": timezone.now(),
            },
        )
        return jobs.begin(job=job, ask={"step": CHECK, "mapping": _to_json(mapping)}, by=by)


def take_sheet(*, job: Job, sure: str, by_name: str, by: Seat) -> Job:
    """Takes the rows over. What happens to those who are here: `sure` by number, `by_name` by name and birth."""
    ask = {"step": TAKE, "mapping": job.ask["mapping"], "sure": sure, "by_name": by_name}
    return jobs.begin(job=job, ask=ask, by=by)


def sheet_of(job: Job) -> Sheet:
    return Sheet(b"".join(files.read(row=job, column="file", name=job.file)))


def mapping_of(job: Job) -> dict[int, str]:
    return {int(column): key for column, key in job.ask["mapping"].items() if key in BY_KEY}


def _to_json(mapping: Mapping[int, str]) -> dict[str, str]:
    return {str(column): key for column, key in mapping.items()}


def fingerprint(headings: Sequence[str]) -> str:
    return hashlib.sha256("\t".join(map(folded, headings)).encode()).hexdigest()


def remembered(headings: Sequence[str]) -> dict[int, str]:
    """Which column was which the last time, for a sheet with the same headings."""
    kept = ColumnMapping.objects.filter(headings=fingerprint(headings)).first()
    words = kept.mapping if kept else {}
    return {
        column: words[folded(heading)]
        for column, heading in enumerate(headings)
        if words.get(folded(heading)) in BY_KEY
    }


def what_is_known(sheet: Sheet) -> Known:
    from tenants.caseloads.forms.clients import responsible_people

    return Known(
        day_of=sheet.day_of,
        programmes={folded(str(row)): row for row in Programme.objects.filter(state=ProgrammeState.RUNNING)},
        colleagues={row.email.lower(): row.pk for row in responsible_people()},
        hardships={folded(label): key for key, label in vulnerabilities.choices()},
    )


def rows_of(job: Job, sheet: Sheet) -> Iterator[Row]:
    """All rows as they are understood, with what is wrong with each."""
    known, mapping = what_is_known(sheet), {c: k for c, k in mapping_of(job).items() if c < len(sheet.headings)}
    for number, cells in sheet.rows():
        yield understood(sheet, mapping, known, number, cells)


def preview(job: Job) -> tuple[Sheet, list[list[Cell]]]:
    sheet = sheet_of(job)
    rows = sheet.rows()
    return sheet, [cells for (_number, cells), _at in zip(rows, range(SHOWN), strict=False)]


# --- the worker's side ----------------------------------------------------------------------------------------------
def run_import(job: Job, seat: Seat) -> None:
    try:
        sheet = sheet_of(job)
        if job.ask["step"] == CHECK:
            _check(job, sheet)
        else:
            _take(job, seat, sheet)
    except (SheetUnreadable, FileNotFoundError) as error:
        raise jobs.JobBroken(str(error) or _("The sheet is not kept any more. Bring it again.")) from error


@dataclass
class Twins:
    """Who has come in this sheet already, by all that each is recognised by."""

    rows: dict[int, int] = field(default_factory=dict)

    def of(self, row: Row) -> int | None:
        """The number of an earlier row with the same person."""
        marks = [hash(identity) for identity in row.identities]
        sure = marks[:-1] or marks
        found = next((self.rows[mark] for mark in sure if mark in self.rows), None)
        for mark in marks:
            self.rows.setdefault(mark, row.number)
        return found


def _check(job: Job, sheet: Sheet) -> None:
    """What is wrong with which row, and who is here already."""
    total = sum(1 for _row in sheet.rows())
    jobs.progress(job, done=0, total=total)
    counts = {"rows": total, "refused": 0, "new": 0, "sure": 0, "by_name": 0}

    def lines() -> Iterator[bytes]:
        done, twins = 0, Twins()
        for part in _parts(rows_of(job, sheet)):
            good = _good(part, twins)
            taken = look_up(rows=good)
            counts["new"] += taken.added
            for way, _client in taken.known.values():
                counts[way] += 1
            for row in part:
                if row.number in taken.conflicts:
                    row.problems.append(Problem(None, taken.conflicts[row.number]))
                counts["refused"] += bool(row.problems)
                if row.problems or row.number in taken.known:
                    yield _line(row, taken)
            done += len(part)
            jobs.progress(job, done=done, total=total)

    jobs.back_to_draft(job, result=lines(), result_name="check", told=lambda: {**counts, "checked": True})


def _line(row: Row, taken: Taken) -> bytes:
    way, client = taken.known.get(row.number, ("", None))
    problems = [[problem.column, problem.message] for problem in row.problems]
    values = {"row": row.number, "problems": problems, "known": way, "client": str(client or "")}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def findings(job: Job) -> Iterator[dict[str, Any]]:
    """What was found out by `check`, row by row."""
    waiting = b""
    for part in files.read(row=job, column="result", name=job.result):
        *lines, waiting = (waiting + part).split(b"\n")
        yield from map(json.loads, lines)


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _good(part: list[Row], twins: Twins) -> list[Row]:
    """Rows that can be taken over. A second row of a person is for a further programme, or a mistake."""
    good = []
    for row in part:
        if row.problems:
            continue
        twin = twins.of(row)
        if twin is not None and "programme" not in row.values:
            words = _("This is the same person as in row %(row)s, by number, or by name and birth.")
            row.problems.append(Problem(None, words % {"row": localise_digits(twin)}))
        else:
            good.append(row)
    return good


def _take(job: Job, seat: Seat, sheet: Sheet) -> None:
    total = job.total or sum(1 for _row in sheet.rows())
    before = job.told if "taken" in job.told else {}
    counts = {"added": 0, "changed": 0, "same": 0, "left": 0, "enrolled": 0, "refused": 0, **before, "taken": True}
    counts.setdefault("conflicts", [])
    start, done, twins = (job.done if before else 0), 0, Twins()
    refused: dict[int, list[str]] = {}
    for part in _parts(rows_of(job, sheet)):
        good = _good(part, twins)
        done += len(part)
        if done > start:
            with transaction.atomic():
                taken = take_over(rows=good, sure=job.ask["sure"], by_name=job.ask["by_name"], by=seat)
                counts = _counted(counts, taken, part)
                jobs.progress(job, done=done, total=max(total, done), told=counts)
        for row in part:
            if row.problems:
                refused[row.number] = [_in_words(problem, sheet) for problem in row.problems]
    refused |= {number: [message] for number, message in counts["conflicts"]}
    told = {**counts, "refused": len(refused)}
    told.pop("conflicts")

    def audited() -> None:
        numbers = {key: told[key] for key in ("added", "changed", "enrolled", "refused")}
        record_list(action="client.imported", count=done, detail=numbers, by=seat)

    file = written(_refused_rows(sheet, refused), Format.XLSX) if refused else None
    name = f"{job.file_name.rpartition('.')[0] or job.file_name} - {_('refused')}.xlsx"
    jobs.finish(job, result=file, result_name=name[-200:], told=told, also=audited)


def _counted(counts: dict[str, Any], taken: Taken, part: list[Row]) -> dict[str, Any]:
    numbers = {key: counts[key] + getattr(taken, key) for key in ("added", "changed", "same", "left", "enrolled")}
    return {**counts, **numbers, "conflicts": [*counts["conflicts"], *taken.conflicts.items()]}


def _in_words(problem: Problem, sheet: Sheet) -> str:
    return problem.message if problem.column is None else f"{sheet.headings[problem.column]}: {problem.message}"


def _refused_rows(sheet: Sheet, refused: Mapping[int, list[str]]) -> Iterator[list[Cell]]:
    """As they came, with the reason behind them; a column of reasons from the last time is left out."""
    reason = _("Why it was refused")
    kept = [column for column, heading in enumerate(sheet.headings) if heading != reason]
    yield [*(sheet.headings[column] for column in kept), reason]
    for number, cells in sheet.rows():
        if number in refused:
            yield [*(cells[column] for column in kept), " ".join(refused[number])]


def words(job: Job) -> list[str]:
    """What came out of it."""
    told = job.told
    if "taken" not in told:
        return []
    lines = (
        ("added", ngettext("%(n)s person was added.", "%(n)s people were added.", told["added"])),
        ("changed", ngettext("%(n)s record was changed.", "%(n)s records were changed.", told["changed"])),
        ("same", ngettext("%(n)s person was here, the same.", "%(n)s people were here, the same.", told["same"])),
        ("left", ngettext("%(n)s record stays as it was.", "%(n)s records stay as they were.", told["left"])),
        ("enrolled", ngettext("%(n)s joined a programme.", "%(n)s joined a programme.", told["enrolled"])),
        ("refused", ngettext("%(n)s row was refused.", "%(n)s rows were refused.", told["refused"])),
    )
    found = [text % {"n": localise_digits(told[key])} for key, text in lines if told[key]]
    if told["refused"]:
        found.append(_("The file below holds the refused rows with the reasons. Mend them there, and bring it again."))
    return found or [_("The sheet has no rows.")]
