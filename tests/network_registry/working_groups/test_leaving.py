"""What of a group an organisation takes along, also after it has left, and what the others keep."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from network_registry.working_groups.domain import agenda, documents, meetings
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.models import Answer, Charter, Meeting, MeetingFeed
from tenants.organisations.isolation import inside
from tenants.organisations.leaving.own_rows import erased
from tenants.organisations.leaving.tables import pages, table_named
from tests.network_registry.working_groups.conftest import Somebody
from tests.network_registry.working_groups.test_documents import PDF, paper

OWN = ("groupseat", "agendapoint", "answer", "document", "documentversion")


class OfTheTest:
    """A moment that reads what the test has not committed."""

    def __init__(self, cursor: Any) -> None:
        self.ask, self.answer = cursor.execute, cursor.fetchall


def taken(who: Somebody, name: str) -> list[dict[str, Any]]:
    table = table_named(f"working_groups_{name}")
    with inside(who.ref), connection.cursor() as cursor:
        moment: Any = OfTheTest(cursor)
        return [
            json.loads(line) for page in pages(moment, table, who.ref.id, after=None, most=9) for line in page.lines
        ]


def test_ones_own_rows_are_taken_along_and_nobody_elses(
    group: Charter, meeting: Meeting, ann: Somebody, ben: Somebody
) -> None:
    for who in (ann, ben):
        with inside(who.ref):
            agenda.add_point(meeting=meeting.pk, details=PointDetails(who.user.name), by=who.by)
            meetings.answer(meeting=meeting.pk, reply="yes", by=who.by)
            document = documents.add_document(group=group.pk, file=paper(who.user.name), by=who.by)
            for _number in range(2):
                documents.add_version(document=document.pk, file=paper(), by=who.by)
    group.group.organisations.remove(ben.ref.id)
    for who in (ann, ben):
        rows = {name: taken(who, name) for name in OWN}
        counts = {name: len(found) for name, found in rows.items()}
        assert counts == {"groupseat": 1, "agendapoint": 1, "answer": 1, "document": 1, "documentversion": 3}
        assert {row["organisation_id"] for found in rows.values() for row in found} == {str(who.ref.id)}
        assert rows["agendapoint"][0]["title"] == who.user.name
        assert bytes.fromhex(rows["documentversion"][0]["content"].removeprefix("\\x")) == PDF


def test_answers_and_addresses_go_when_an_organisation_is_erased(
    meeting: Meeting, ann: Somebody, ben: Somebody
) -> None:
    for who in (ann, ben):
        with inside(who.ref):
            meetings.answer(meeting=meeting.pk, reply="yes", by=who.by)
            MeetingFeed.objects.create(
                membership_id=who.by.membership_id, organisation_id=who.ref.id, token_hash=who.user.email
            )
    with connection.cursor() as cursor:
        for table, condition in erased():
            if table.startswith("working_groups_"):
                cursor.execute(f'DELETE FROM "{table}" AS own WHERE {condition}', {"organisation": str(ben.ref.id)})
    assert [answer.seat_id for answer in Answer.objects.all()] == [ann.seat]
    assert [feed.organisation_id for feed in MeetingFeed.objects.all()] == [ann.ref.id]
    assert meeting.group.seats.count() == 2
