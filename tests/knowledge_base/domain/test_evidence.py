"""Sums over organisations: told where enough stand behind them, and never so that one is found out by subtracting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from knowledge_base.domain.evidence import evidence_on
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.models import Curriculum, CurriculumVersion, Evidence
from tenants.organisations.models import Organisation

Add = Callable[..., Evidence]


@pytest.fixture
def page(curriculum: Callable[..., Curriculum]) -> Curriculum:
    made = curriculum("Ready")
    publish_version(version=begin_version(curriculum=made, by=None), changes="Better.", by=None)
    return made


@pytest.fixture
def add(page: Curriculum) -> Add:
    """`add(0, 1)`: a row of the first organisation on version 1."""
    organisations = list(Organisation.objects.order_by("schema_name"))

    def make(organisation: int, number: int, **values: Any) -> Evidence:
        figures = {"groups": 1, "people": 10, "completed": 5, "rated": 5, "distance": 10, **values}
        return Evidence.objects.create(
            organisation=organisations[organisation], version=version(page, number), **figures
        )

    return make


def version(page: Curriculum, number: int) -> CurriculumVersion:
    return page.versions.get(number=number)


def told(page: Curriculum, unit: str = "", **options: Any) -> dict[int | None, int | None]:
    """Number of the version, None for all -> people."""
    sums = evidence_on(page.key, **options)
    found = {None: sums[None, unit].people.shown}
    for each in page.versions.all():
        if (each.pk, unit) in sums:
            found[each.number] = sums[each.pk, unit].people.shown
    return found


def test_nothing_is_said_where_nothing_was_taught(page: Curriculum) -> None:
    assert evidence_on(page.key) == {}


def test_a_sum_rests_on_three_organisations(page: Curriculum, add: Add) -> None:
    for number in range(2):
        add(number, 1)
    assert told(page) == {None: None, 1: None}
    assert not evidence_on(page.key)[None, ""].is_told
    add(2, 1, people=20, rated=15, distance=-6)
    whole = evidence_on(page.key)[None, ""]
    assert whole.is_told
    figures = (whole.groups, whole.people, whole.completed, whole.rated)
    assert [figure.shown for figure in figures] == [3, 40, 15, 25]
    assert whole.rated.average == 0  # (5 * 10 + 5 * 10 - 15 * 6) / 25
    assert told(page) == {None: 40, 1: 40}


def test_what_an_organisation_did_not_tell_does_not_count(page: Curriculum, add: Add) -> None:
    for number, completed in enumerate((5, 5, None)):
        add(number, 1, completed=completed)
    whole = evidence_on(page.key)[None, ""]
    assert (whole.people.shown, whole.completed.shown) == (30, None)
    for row in Evidence.objects.all():
        Evidence.objects.filter(pk=row.pk).update(rated=None, distance=None)
    assert evidence_on(page.key)[None, ""].rated.average is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([0, 1, 2], [], {None: 30, 1: 30}),
        ([0, 1, 2], [0, 1, 2], {None: 60, 1: 30, 2: 30}),
        ([0, 1, 2], [3], {None: 40, 1: None, 2: None}),  # else 40 - 30 is what the fourth one did
        ([0, 1, 2, 3], [0, 1], {None: 60, 1: None, 2: None}),
        ([0, 1], [2], {None: 30, 1: None, 2: None}),
        ([0], [1], {None: None, 1: None, 2: None}),
    ],
)
def test_no_version_is_found_out_by_subtracting(
    page: Curriculum, add: Add, first: list[int], second: list[int], expected: dict[int | None, int | None]
) -> None:
    for number, organisations in ((1, first), (2, second)):
        for organisation in organisations:
            add(organisation, number)
    assert told(page) == expected


def test_of_three_versions_one_more_is_left_out(page: Curriculum, add: Add) -> None:
    publish_version(version=begin_version(curriculum=page, by=None), changes="Best.", by=None)
    for organisation in range(3):
        add(organisation, 1, people=20)
        add(organisation, 2)
    add(0, 3)
    assert told(page) == {None: 100, 1: 60, 2: None, 3: None}


def test_units_stand_for_themselves(page: Curriculum, add: Add) -> None:
    for organisation in range(3):
        add(organisation, 1)
        add(organisation, 1, unit="hope", people=5)
    assert set(evidence_on(page.key)) == {(None, ""), (version(page, 1).pk, "")}
    assert told(page, "hope", units=True) == {None: 15, 1: 15}


@pytest.mark.parametrize(
    "values",
    [
        {"people": 4, "completed": None, "rated": None, "distance": None},
        {"completed": 4},
        {"rated": 4},
        {"people": None},
        {"completed": 15},
        {"rated": 15},
        {"distance": None},
        {"distance": 101},
        {"rated": None},
    ],
)
def test_what_is_too_small_is_not_even_kept(add: Add, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add(0, 1, **values)
