"""Documents of a group. What people bring was looked into before: `halka.common.uploads`."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.uploads import NewFile
from network_registry.working_groups.domain.standing import acting, wait_for
from network_registry.working_groups.errors import NotNow
from network_registry.working_groups.models import Document, DocumentVersion, Person


def add_document(*, group: UUID, file: NewFile, by: Seat) -> Document:
    """Raises NoSeat, GroupClosed."""
    with transaction.atomic():
        person = acting(group, by)
        document = Document.objects.create(
            group_id=group, title=file.title, by_id=person.pk, organisation_id=person.organisation_id
        )
        _keep(document, file, 1, "", person)
        record(action="group_document.added", on=document, by=by)
    return document


def add_version(*, document: UUID, file: NewFile, note: str = "", by: Seat) -> DocumentVersion:
    """The versions before it stay. Raises NoSeat, GroupClosed."""
    with transaction.atomic():
        found = Document.objects.get(pk=document)
        person = acting(found.group_id, by)
        wait_for(found.pk)
        last = found.versions.aggregate(last=Max("number"))["last"] or 0
        version = _keep(found, file, last + 1, note, person)
        record(action="group_document.renewed", on=found, detail={"number": version.number}, by=by)
    return version


def open_version(*, version: DocumentVersion, by: Seat) -> bytes:
    """The file, for somebody at a page: it is written down."""
    record(action="group_document.read", on=version, by=by)
    return bytes(version.content)


def remove_document(*, document: UUID, by: Seat) -> None:
    """With all its versions, by whoever added it. Raises NoSeat, GroupClosed, NotNow."""
    with transaction.atomic():
        found = Document.objects.get(pk=document)
        if not may_remove(found, acting(found.group_id, by)):
            raise NotNow(_("Whoever added a document removes it."))
        record(action="group_document.removed", on=found, by=by)
        found.delete()


def may_remove(document: Document, person: Person | None) -> bool:
    return person is not None and document.by_id == person.pk


def _keep(document: Document, file: NewFile, number: int, note: str, person: Person) -> DocumentVersion:
    content = b"".join(file.source)
    return DocumentVersion.objects.create(
        document=document, number=number, content_type=file.content_type, size=len(content), content=content, note=note,
        by_id=person.pk, organisation_id=person.organisation_id,
    )  # fmt: skip
