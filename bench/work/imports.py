"""A sheet through the import, and the same rows as a plain bulk insert."""

from __future__ import annotations

import random
import resource
import time
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import transaction

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.sheets import Format, Sheet, written
from tenants.caseloads import keys
from tenants.caseloads.domain import imports, jobs
from tenants.caseloads.models import Client, Job
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership

HEADINGS = (
    "Given name", "Family name", "Date of birth", "Sex", "File number", "National number", "Phone", "E-mail", "Place",
    "Language", "Health", "Note",
)  # fmt: skip
OLDEST = date(1950, 1, 1)
numbers = count(1)
jobs._send = lambda job: None  # the work is done here and now


def _rows(number: int) -> list[list[Any]]:
    chance = random.Random(number)  # invented people
    return [
        [f"Given{n}", f"Family{chance.randrange(10**6)}",
         (OLDEST + timedelta(days=chance.randrange(20_000))).isoformat(),
         "f", f"F-{n}", f"{n:013}", f"+389 70 {n:06}", f"p{n}@example.org", "Tetovo", "sq", "Asthma",
         "Wants to become a baker. " * 4]
        for n in range(number)
    ]  # fmt: skip


def _organisation() -> tuple[Any, Seat]:
    number = f"{int(time.time() * 1000)}{next(numbers)}"
    ref = provision(new=NewOrganisation(f"imp{number}", {"en": "Import"})).ref()
    user = User.objects.create_user(f"{number}@example.org", name="Bench")
    member = Membership.objects.create(organisation_id=ref.id, user=user, role=Role.MANAGER)
    return ref, Seat(user.pk, member.pk, Role.MANAGER, user.name)


def import_sheet(rows: int) -> float:
    """Seconds from the moment a worker takes the job up to its end."""
    ref, seat = _organisation()
    content = b"".join(written([HEADINGS, *_rows(rows)], Format.XLSX))
    with inside(ref):
        job = imports.bring_sheet(content=content, name="bench.xlsx", by=seat)
        job = imports.take_sheet(job=job, sure="update", by_name="fill", by=seat)
        Job.objects.filter(pk=job.pk).update(total=rows)  # known since the sheet was looked through
        started = time.perf_counter()
        jobs.run(job.pk)
        taken = time.perf_counter() - started
        job = Job.objects.get(pk=job.pk)
        if job.told.get("added") != rows:
            raise RuntimeError(f"{job.state} {job.told}")
    return taken


def insert(rows: int) -> float:
    """Seconds for the same rows, five hundred in a transaction, with nothing asked and nothing audited."""
    ref, _seat = _organisation()
    sheet = Sheet(b"".join(written([HEADINGS, *_rows(rows)], Format.CSV)))
    lines = [cells for _number, cells in sheet.rows()]
    with inside(ref):
        started = time.perf_counter()
        for first in range(0, rows, imports.AT_ONCE):
            with transaction.atomic():
                Client.objects.bulk_create(_client(cells) for cells in lines[first : first + imports.AT_ONCE])
        return time.perf_counter() - started


def _client(cells: list[Any]) -> Client:
    given, family, born, _sex, reference, national, phone, email, place, language, health, note = cells
    return Client(
        given_name=given,
        family_name=family,
        born_on=born,
        sex="female",
        reference=reference,
        national_number=national,
        phone=phone,
        email=email,
        place=place,
        language=language,
        health=health,
        note=note,
        search_key=keys.search_key(given, family, "", phone),
        sort_key=keys.sort_key(given, family),
    )


def peak(rows: int) -> float:
    """MB that this process held at most, an import of so many rows included."""
    import_sheet(rows)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
