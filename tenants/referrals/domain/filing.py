"""Where documents that came with a referral lie: beside it, then among the person's, and nowhere any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from halka.audit.domain import SYSTEM
from halka.common.sealing import files
from tenants.caseloads.domain import documents
from tenants.caseloads.models import Client, Document
from tenants.organisations.isolation import after_commit
from tenants.referrals.models import Enclosure, Referral

COLUMN: Final = "file"


def store(enclosure: Enclosure, parts: Iterator[bytes]) -> None:
    """Seals what came and saves the new row. What a transaction that is undone leaves is cleaned away at night."""
    client = enclosure.referral.client
    if client is not None:
        _put(enclosure, client, parts)
    else:
        enclosure.file = files.write(row=enclosure, column=COLUMN, source=parts)
        enclosure.size = files.size_of(enclosure.file)
    enclosure.save(force_insert=True)


def file_away(referral: Referral, client: Client) -> None:
    """What came before the person was taken on goes among their documents."""
    for enclosure in Enclosure.objects.filter(referral=referral).exclude(file=""):
        name = enclosure.file
        _put(enclosure, client, parts_of(enclosure))
        enclosure.file = ""
        enclosure.save(update_fields=["file", "document", "size"])
        _forget(name)


def _put(enclosure: Enclosure, client: Client, parts: Iterator[bytes]) -> None:
    document = documents.add_document(
        client=client,
        title=enclosure.title,
        source=parts,
        content_type=enclosure.content_type,
        audience=enclosure.audience,
        by=SYSTEM,
    )
    enclosure.document, enclosure.size = document, document.size


def parts_of(enclosure: Enclosure) -> Iterator[bytes]:
    """Raises FileNotFoundError where it was removed."""
    if enclosure.document is not None:
        return documents.read_document(enclosure.document)
    if not enclosure.file:
        raise FileNotFoundError(enclosure.pk)
    return files.read(row=enclosure, column=COLUMN, name=enclosure.file)


def remove(enclosure: Enclosure) -> None:
    """What came is here no more; that it came stays."""
    if enclosure.file:
        _forget(enclosure.file)
    if enclosure.document_id is not None:
        found = Document.objects.filter(pk=enclosure.document_id)
        documents.forget_files(found)
        found.delete()
    Enclosure.objects.filter(pk=enclosure.pk).update(file="", document=None)


def take_back(referral: Referral) -> None:
    """What went among the documents of somebody who was here before lies beside the referral again, which is locked."""
    for enclosure in Enclosure.objects.filter(referral=referral, ours=False).exclude(document=None):
        assert enclosure.document is not None
        enclosure.file = files.write(row=enclosure, column=COLUMN, source=documents.read_document(enclosure.document))
        filed = Document.objects.filter(pk=enclosure.document.pk)
        enclosure.document = None
        enclosure.save(update_fields=["file", "document"])
        documents.forget_files(filed)
        filed.delete()


def remove_all(referral: Referral) -> None:
    """With a copy that is erased go the documents that came with it, and that any were sent."""
    for enclosure in Enclosure.objects.filter(referral=referral, ours=False):
        remove(enclosure)
    Enclosure.objects.filter(referral=referral).delete()


def _forget(name: str) -> None:
    after_commit(lambda: files.remove(name))
