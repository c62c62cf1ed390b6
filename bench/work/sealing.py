"""Notes about people: sealed and audited as Halka keeps them, and plain."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.audit.chain import verify
from halka.audit.domain import record
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.walls import ddl

TEXT = "Came at ten, had slept badly. We went through the two offers and she will ring the bakery tomorrow. " * 4
LABEL = "caseloads"
registry = Apps()
registry.app_configs[LABEL] = apps.get_app_config(LABEL)
made: dict[str, OrganisationRef] = {}
CLIENT: UUID = uuid7()
SEAT = Seat(1, uuid7(), Role.CASEWORKER, "Bench")


class Base(PrivateModel):
    """What both kinds have in common."""

    client_id = models.UUIDField()
    written_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, default="contact")

    class Meta:
        abstract = True


class SealedNote(Base):
    text = SealedTextField()

    class Meta:
        app_label = LABEL
        apps = registry
        db_table = "bench_sealed_note"
        indexes = (models.Index(fields=["client_id", "-written_at"], name="bench_sealed_of_client"),)


class PlainNote(Base):
    text = models.TextField()

    class Meta:
        app_label = LABEL
        apps = registry
        db_table = "bench_plain_note"
        indexes = (models.Index(fields=["client_id", "-written_at"], name="bench_plain_of_client"),)


def furnish() -> None:
    """An organisation with both tables."""
    organisation = provision(new=NewOrganisation("benchsealing", {"en": "One"})).ref()
    with as_owner(organisation.short_name):
        with connection.schema_editor() as editor:
            for model in (SealedNote, PlainNote):
                editor.create_model(model)
        ddl.grant_schema(organisation.db_role, organisation.short_name)
    made["one"] = organisation


def write(count: int, sealed: bool) -> list[float]:
    """Milliseconds of each of `count` transactions."""
    taken = []
    with inside(made["one"]):
        for number in range(count):
            text = f"{number} {TEXT}"
            started = time.perf_counter()
            _sealed(text) if sealed else _plain(text)
            taken.append((time.perf_counter() - started) * 1000)
    return taken


def _sealed(text: str) -> None:
    with transaction.atomic():
        note = SealedNote(client_id=CLIENT, text=text)
        note.save()
        record(action="journal.written", on=note, by=SEAT)


def _plain(text: str) -> None:
    with transaction.atomic():
        PlainNote(client_id=CLIENT, text=text).save()


def seen() -> dict[str, int]:
    """Statements of one write of either kind; how many notes there are, opened, and how many links hold."""
    with inside(made["one"]):
        with _statements() as sealed:
            _sealed(TEXT)
        with _statements() as plain:
            _plain(TEXT)
        opened = sum(note.text.endswith(TEXT) for note in SealedNote.objects.iterator())
        verdict = verify()
        assert not verdict.fault, verdict.fault
        return {"sealed": len(sealed), "plain": len(plain), "opened": opened, "links": verdict.count}


@contextmanager
def _statements() -> Iterator[list[str]]:
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [query["sql"] for query in captured.captured_queries]
