"""Files of a record: opened under the one organisation's keys, sealed under the other's, one at a time in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps

from halka.common.current import OrganisationRef
from halka.common.sealing import files
from tenants.caseloads.models import Document
from tenants.organisations.isolation import inside
from tenants.relocations.carrying.record import Record

Copied = Mapping[tuple[UUID, str], str]


def copy_files(
    record: Record,
    *,
    source: OrganisationRef,
    target: OrganisationRef,
    after_each: Callable[[int], None] = lambda number: None,
) -> Copied:
    """Outside of any organisation. (key of the row there, column) -> name of the file there, for `write_record`.

    `after_each(number)` is called outside of them too, once so many are copied. Where something goes wrong half way
    nothing is left. Raises FileNotFoundError, SealBroken, KeyMissing.
    """
    copied: dict[tuple[UUID, str], str] = {}
    try:
        for file in record.files:
            with inside(source):
                content = b"".join(files.read_at(place=file.place, name=file.name))
            with inside(target):
                model: Any = apps.get_model(file.label)
                row = model(id=file.becomes)
                copied[file.becomes, file.column] = files.write(row=row, column=file.column, source=[content])
            after_each(len(copied))
    except BaseException:
        remove_files(copied, target=target)
        raise
    return copied


def remove_files(copied: Copied, *, target: OrganisationRef) -> None:
    """Of a record that was not written after all. What a row names stays: the answer to a commit may be lost."""
    with inside(target):
        named = set(Document.objects.filter(file__in=copied.values()).values_list("file", flat=True))
        for name in set(copied.values()) - named:
            files.remove(name)
