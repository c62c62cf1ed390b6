"""Files about a person: sealed where they lie, and gone when their row is."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.models import PrivateModel
from halka.common.sealing import files
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Client, Document, JournalEntry
from tenants.caseloads.policies import professions_of
from tenants.organisations.isolation import after_commit

COLUMN: Final = "file"
ORPHANED_AFTER: Final = timedelta(days=1)  # what is being written now has no row yet


_kept: dict[str, type[PrivateModel]] = {Document._meta.db_table: Document}


def register_files(model: type[PrivateModel]) -> None:
    """Another model whose column `file` names sealed files."""
    _kept[model._meta.db_table] = model


def add_document(
    *,
    client: Client,
    title: str,
    source: Iterable[bytes],
    content_type: str,
    audience: str = Audience.TEAM,
    entry: JournalEntry | None = None,
    by: Seat,
) -> Document:
    """Seals the file and keeps it. What comes from people is checked first: `halka.common.uploads`."""
    document = Document(
        client=client,
        entry=entry,
        title=title,
        content_type=content_type,
        audience=audience,
        profession=entry.profession if entry else min(professions_of(by, client), default=""),
        added_by_id=by.membership_id,
    )
    document.file = files.write(row=document, column=COLUMN, source=source)
    try:
        document.size = files.size_of(document.file)
        with transaction.atomic():
            document.save(force_insert=True)
            record(action="document.added", on=document, detail={"content_type": content_type}, by=by)
    except BaseException:
        files.remove(document.file)
        raise
    return document


def read_document(document: Document) -> Iterator[bytes]:
    """The file part by part. Raises SealBroken, KeyMissing, FileNotFoundError."""
    return read_file(document)


def with_files(rows: Mapping[type[PrivateModel], Collection[Any]]) -> list[Any]:
    """Those of the rows that have a sealed file, of every model with files."""
    found = [model.objects.filter(pk__in=rows.get(model, ())).exclude(**{COLUMN: ""}) for model in _kept.values()]
    return [row for some in found for row in some.order_by("pk")]


def read_file(row: Any) -> Iterator[bytes]:
    """As `read_document`, for a row of any model with files."""
    return files.read(row=row, column=COLUMN, name=row.file)


def open_document(*, document: Document, by: Seat) -> Iterator[bytes]:
    """As `read_document`, for somebody at a page: it is written down."""
    parts = read_document(document)
    record(action="document.opened", on=document, by=by)
    return parts


def remove_document(*, document: Document, by: Seat) -> None:
    """Row and file; that they were there stays in the audit."""
    with transaction.atomic():
        forget_files(Document.objects.filter(pk=document.pk))
        record(action="document.removed", on=document, by=by)
        document.delete()


def forget_files(documents: QuerySet[Document]) -> None:
    """Removes the files once the transaction that removes these rows is committed."""
    for name in documents.values_list("file", flat=True):
        after_commit(lambda name=name: files.remove(name))  # type: ignore[misc]


def remove_orphans() -> int:
    """Removes files of documents that no row names, left by transactions that were undone. How many there were."""
    before = time.time() - ORPHANED_AFTER.total_seconds()
    removed = 0
    for name, (table, column, row) in files.stored(before=before):
        model = _kept.get(table) if column == COLUMN else None
        if model is not None and not model.objects.filter(pk=row, **{COLUMN: name}).exists():
            files.remove(name)
            removed += 1
    return removed
