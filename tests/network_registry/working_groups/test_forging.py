"""What a member organisation's database role may not do, whatever SQL it runs: speak in another one's name, or read on
after it has left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from network_registry.working_groups.domain import agenda, documents, meetings, minutes
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.models import (
    AgendaPoint,
    Answer,
    Charter,
    Document,
    DocumentVersion,
    Meeting,
    Minutes,
    MinutesNote,
)
from tenants.organisations.isolation import inside
from tests.network_registry.working_groups.conftest import Somebody, details
from tests.network_registry.working_groups.test_documents import paper

REFUSED = r"permission denied|row-level security"


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        yield


def version(document: Document, by: Somebody, **values: Any) -> DocumentVersion:
    return DocumentVersion(
        document=document, content_type="text/plain", size=1, content=b"x",
        **{"number": 2, "by_id": by.seat, "organisation_id": by.ref.id, **values},
    )  # fmt: skip


def test_nobody_speaks_in_the_name_of_another_organisations_people(
    group: Charter, meeting: Meeting, past: Meeting, approved: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody
) -> None:
    """Ben's organisation writes Ann's key."""
    own = {"organisation_id": ben.ref.id}
    with inside(ann.ref):
        document = documents.add_document(group=group.pk, file=paper(), by=ann.by)
        going_on = meetings.call_meeting(group=group.pk, details=details(hours=-2, title="Third"), by=ann.by)
        other = agenda.add_point(meeting=going_on.pk, details=PointDetails("Other"), by=ann.by)
    with inside(ben.ref):
        forged = [
            Answer(meeting=meeting, seat_id=ann.seat, reply="no", **own),
            AgendaPoint(meeting=meeting, state="proposed", title="x", by_id=ann.seat, **own),
            MinutesNote(meeting=approved, text="x", by_id=ann.seat),
            Document(group=group, title="x", by_id=ann.seat, **own),
            version(document, ben, by_id=ann.seat),
            Minutes(point=other, text="x", by_id=ann.seat),
        ]
        for row in forged:
            with refused():
                row.save(force_insert=True)
        minutes.write_minutes(point=other.pk, text="Ben's", seen_version=0, by=ben.by)
        with refused():
            Minutes.objects.filter(point=other).update(by_id=ann.seat)
        for row in (
            Answer(meeting=meeting, seat_id=ben.seat, reply="no", **own),
            MinutesNote(meeting=approved, text="x", by_id=ben.seat),
            version(document, ben),
        ):
            row.save(force_insert=True)
    with inside(ann.ref):
        assert minutes.write_minutes(point=other.pk, text="Ann's", seen_version=1, by=ann.by).by_id == ann.seat
        with refused():
            Meeting.objects.filter(pk=going_on.pk).update(approved_at=timezone.now(), approved_by_id=ben.seat)
        with refused():
            Meeting(
                group=group, title="x", starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1),
                time_zone="UTC", called_by_id=ben.seat,
            ).save(force_insert=True)  # fmt: skip


def test_who_convenes_now_changes_what_another_one_called(
    group: Charter, meeting: Meeting, ann: Somebody, ben: Somebody
) -> None:
    """Whoever called it stays named."""
    Charter.objects.filter(pk=group.pk).update(convener_id=ben.ref.id)
    with inside(ben.ref):
        assert Meeting.objects.filter(pk=meeting.pk).update(title="Moved") == 1
    with inside(ann.ref):
        assert Meeting.objects.filter(pk=meeting.pk).update(title="Back") == 0


def test_whoever_has_left_reads_what_is_its_own_alone(group: Charter, ann: Somebody, ben: Somebody) -> None:
    """Not what the others add to it, before or after."""
    with inside(ben.ref):
        document = documents.add_document(group=group.pk, file=paper(), by=ben.by)
    with inside(ann.ref):
        documents.add_version(document=document.pk, file=paper(), note="Ann's", by=ann.by)
        meetings.call_meeting(group=group.pk, details=details(), by=ann.by)
    group.group.organisations.remove(ben.ref.id)
    with inside(ann.ref):
        documents.add_version(document=document.pk, file=paper(), note="Later", by=ann.by)
    with inside(ben.ref), connection.cursor() as cursor:
        assert list(Document.objects.values_list("pk", flat=True)) == [document.pk]
        assert [found.organisation_id for found in DocumentVersion.objects.all()] == [ben.ref.id]
        cursor.execute("SELECT count(*) FROM working_groups_documentversion WHERE document_id = %s", [document.pk])
        assert cursor.fetchone() == (1,)
        for table in ("meeting", "charter", "person", "memberorganisation", "minutes", "decision"):
            cursor.execute(f"SELECT count(*) FROM working_groups_{table}")
            assert cursor.fetchone() == (0,), table
        with refused():
            version(document, ben, number=9).save(force_insert=True)
