"""Writing entries: whom they are about, and how lists are told."""

from __future__ import annotations

import pytest

from halka.audit.domain import SYSTEM, record, record_list
from halka.audit.models import Entry
from halka.common.identifiers import uuid7
from tenants.caseloads.models import Case, Client, Goal, Plan, Programme
from tenants.organisations.isolation import inside


def test_a_client_and_what_names_one_is_about_the_client(alpha):
    with inside(alpha):
        client = Client(id=uuid7())
        case = Case(id=uuid7(), client_id=client.pk)
        goal = Goal(plan=Plan(case=case))
        for on in (client, case, goal):
            assert record(action="x.y", on=on, by=SYSTEM).about_id == client.pk
        assert Entry.objects.filter(about_id=client.pk).count() == 3


def test_what_is_said_goes_before_what_is_guessed(alpha):
    said = uuid7()
    with inside(alpha):
        assert record(action="x.y", on=Client(id=uuid7()), about=said, by=SYSTEM).about_id == said
        assert record(action="x.y", about=said, by=SYSTEM).about_id == said


def test_nobody_is_asked_for_and_nothing_is_made_up(alpha, django_assert_num_queries):
    with inside(alpha), django_assert_num_queries(2):
        assert record(action="x.y", on=Goal(plan_id=uuid7()), by=SYSTEM).about_id is None
        assert record(action="x.y", on=Programme(id=uuid7()), by=SYSTEM).about_id is None


@pytest.mark.parametrize(
    ("told", "detail"),
    [
        ({}, {"shown": 3}),
        ({"filters": ["place", "q", "place"]}, {"shown": 3, "filters": ["place", "q"]}),
        ({"detail": {"columns": 4}}, {"shown": 3, "columns": 4}),
    ],
)
def test_a_list_is_one_entry_that_repeats_no_search_words(alpha, told, detail):
    with inside(alpha):
        entry = record_list(action="client.searched", count=3, by=SYSTEM, **told)
        assert Entry.objects.get(pk=entry.pk).detail == detail
        assert entry.about_id is None
