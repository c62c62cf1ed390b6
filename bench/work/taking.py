"""An organisation that takes everything along, is backed up and brought back; COPY of the same rows beside it."""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery.app.task import Task
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from bench.work.caseload import fill_clients
from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.takeouts import ask_for_takeout
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.leaving import backups, making, tables
from tenants.organisations.leaving.archive import archive
from tenants.organisations.models import Membership, Organisation, Takeout

ENTRIES = 10  # in the journal of each client
Task.apply_async = lambda *_, **__: None  # the work is done here and now


def furnish(small: int, large: int) -> None:
    """Two organisations with so many clients."""
    for name, clients in (("small", small), ("large", large)):
        ref = provision(new=NewOrganisation(f"taking{name}", {"en": name})).ref()
        person = User.objects.create_user(f"{name}@example.org", name="Bench")
        member = Membership.objects.create(organisation_id=ref.id, user=person, role=Role.MANAGER)
        fill_clients(ref, [_seat(member)], clients, ENTRIES)


def _seat(member: Membership) -> Seat:
    return Seat(member.user_id, member.pk, Role.MANAGER, "Bench")


def _organisation(size: str) -> Organisation:
    return Organisation.objects.get(schema_name=f"taking{size}")


def take_out(size: str = "large") -> float:
    """Seconds until everything of it is put together."""
    organisation = _organisation(size)
    member = Membership.objects.get(organisation=organisation)
    with inside(organisation.ref()):
        Takeout.objects.unfinished().filter(organisation=organisation).delete()
        takeout = ask_for_takeout(by=_seat(member))
        started = time.perf_counter()
        assert making.make(takeout.pk)
        return time.perf_counter() - started


def copy() -> float:
    """Seconds that PostgreSQL takes to copy the same rows, sealed as they are, into a file."""
    schema = _organisation("large").schema_name
    with as_owner(schema), connection.cursor() as cursor, tempfile.TemporaryFile() as target:
        started = time.perf_counter()
        for table in tables.private_tables():
            statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(schema, table.name))
            cursor.cursor.copy_expert(statement, target)
        return time.perf_counter() - started


def back_up() -> float:
    with _folder():
        started = time.perf_counter()
        backups.back_up(_organisation("large"))
        return time.perf_counter() - started


def restore() -> float:
    with _folder():
        path = backups.back_up(_organisation("large"))
        started = time.perf_counter()
        backups.restore(_organisation("large"), path)
        return time.perf_counter() - started


def peak(size: str) -> float:
    """MB that this process held at most, with a takeout made and read to its end."""
    take_out(size)
    organisation = _organisation(size)
    with inside(organisation.ref()):
        for _piece in archive(Takeout.objects.filter(organisation=organisation).latest("asked_at")):
            continue
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _folder() -> Iterator[None]:
    settings.BACKUP_ROOT = Path(tempfile.mkdtemp())
    try:
        yield
    finally:
        shutil.rmtree(settings.BACKUP_ROOT)
