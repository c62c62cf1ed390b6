"""The rows by which other systems keep a copy of what is published, kept in step with it.

Numbers are given one transaction after the other, so whoever has seen one never misses a smaller one.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page

from knowledge_base.documents import WRITERS, document_of
from knowledge_base.enums import Audience
from knowledge_base.models import PublishedText

# Whose readers an audience is; one that is not named here reaches nobody by this way.
READERS: Final = {
    Audience.PUBLIC.value: (Audience.PUBLIC, Audience.MEMBERS),
    Audience.MEMBERS.value: (Audience.MEMBERS,),
}


def take_turn() -> None:
    """Waits until no other transaction gives numbers, and keeps others waiting until this one ends.

    To be called before anything else is locked, so that two who publish do not wait for each other in a ring.
    """
    table = connection.ops.quote_name(PublishedText._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")  # readers go on reading


@transaction.atomic
def note(page: Any) -> None:
    """Writes the rows of this page as it is now; what reads as before keeps its number. `page` is a specific one."""
    if type(page) not in WRITERS:
        return
    take_turn()
    readers = READERS.get(page.audience, ()) if page.live else ()
    _remove(PublishedText.objects.there().filter(page_id=page.pk).exclude(readers__in=readers))
    if not readers:
        return
    document = document_of(page)
    digest = sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    known = {row.readers: row for row in PublishedText.objects.filter(page_id=page.pk, readers__in=readers)}
    for one in readers:
        _write(known.get(one) or PublishedText(page_id=page.pk, readers=one), page, document, digest)


@transaction.atomic
def note_deleted(page: Page) -> None:
    take_turn()
    _remove(PublishedText.objects.there().filter(page_id=page.pk))


def note_gone(live: Any) -> None:
    """Takes off what is not among these pages. The caller has taken its turn."""
    _remove(PublishedText.objects.there().exclude(page_id__in=live.values("pk")))


def _write(row: PublishedText, page: Any, document: dict[str, Any], digest: str) -> None:
    is_new = row._state.adding or row.removed_at is not None
    if row.digest == digest and not is_new:
        return
    now = timezone.now()
    row.kind, row.language = WRITERS[type(page)][0], page.locale.language_code
    row.created_at = now if is_new else row.created_at
    row.number, row.changed_at, row.removed_at = _next_number(row.readers), now, None
    row.document, row.digest = document, digest
    row.save()


def _remove(rows: Any) -> None:
    """The number and the day stay, the words go."""
    now = timezone.now()
    for row in rows.order_by("number"):
        row.number, row.changed_at, row.removed_at = _next_number(row.readers), now, now
        row.document, row.digest = None, ""
        row.save()


def _next_number(readers: str) -> int:
    last: int | None = PublishedText.objects.filter(readers=readers).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
