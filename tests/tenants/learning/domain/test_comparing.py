from __future__ import annotations

import pytest

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.differences import words_between
from tenants.learning.domain.arranging import DOWN, UP, add_unit, change_module, change_unit, leave_out, move_unit
from tenants.learning.domain.comparing import drift_of, longest_rising
from tenants.learning.domain.contents import changed_between, content_of, same, text_of
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit
from tenants.organisations.isolation import inside
from tests.tenants.learning.conftest import unit_of


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in words_between(before, after)]


def test_words_that_went_and_came() -> None:
    assert told("Take the bus.", "Take a bus, early.") == [
        ("same", "Take "),
        ("left", "the"),
        ("came", "a"),
        ("same", " bus"),
        ("came", ", early"),
        ("same", "."),
    ]
    assert told("", "New") == [("came", "New")]
    assert told("اول انگیزه", "اول مهارت") == [("same", "اول "), ("left", "انگیزه"), ("came", "مهارت")]


def test_long_stretches_that_stayed_are_cut() -> None:
    stayed, came = words_between("word " * 500, "word " * 500 + "end")
    assert " … " in stayed.text
    assert len(stayed.text) < 400
    assert came.text == "end"


def test_ends_of_lines_do_not_count() -> None:
    assert same("One\r\ntwo ", "One\ntwo\n")
    assert not same("One two", "One\ntwo")
    assert same([{"title": "A "}], [{"title": "A"}])
    assert not same(["a"], ["b"])


@pytest.mark.parametrize(
    ("values", "stayed"),
    [([], set()), ([1, 2, 3], {0, 1, 2}), ([2, 3, 1], {0, 1}), ([3, 1, 2], {1, 2}), ([1, 4, 2, 3], {0, 2, 3})],
)
def test_the_longest_run_that_stayed_in_order(values: list[int], stayed: set[int]) -> None:
    assert longest_rising(values) == stayed


def test_values_are_told_in_words(alpha: OrganisationRef, adopted: AdoptedCurriculum) -> None:
    with inside(alpha):
        unit = unit_of(adopted, "hope")
    assert text_of(unit, "focus", "motivation") == "Motivation"
    assert text_of(unit, "theory_hours", unit.theory_hours) == "0.5"
    assert text_of(unit, "outcomes", ["One", "Two"]) == "One\nTwo"
    assert text_of(unit, "exercises", unit.exercises) == "Thread (20 minutes)\n1. Hold.\n- Why?"
    assert text_of(AdoptedUnit, "title", "Hope") == "Hope"


def test_what_an_organisation_made_of_the_standard(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        assert not drift_of(adopted)
        hope = unit_of(adopted, "hope")
        change_unit(unit=hope, content={"guide": "Guide of courage."}, seen_version=hope.version, by=seat)
        module = hope.module
        change_module(module=module, content={"summary": "Ours."}, seen_version=module.version, by=seat)
        leave_out(unit=unit_of(adopted, "listen"), by=seat)
        move_unit(unit=unit_of(adopted, "ask"), way=UP, by=seat)
        move_unit(unit=unit_of(adopted, "steps"), way=DOWN, by=seat)
        content = content_of(hope) | {"title": "Ours"}
        own = add_unit(module=module, content=content, by=seat)
        drift = drift_of(adopted)
        assert [str(each.part) for each in drift.rewritten] == ["Beginning", "Hope"]
        assert [[field.name for field in each.fields] for each in drift.rewritten] == [["summary"], ["guide"]]
        assert drift.rewritten[1].fields[0].label == "For the facilitator"
        assert drift.added == [own]
        assert [unit.key for unit in drift.left_out] == ["listen"]
        assert {unit.key for unit in drift.moved} >= {"steps"}
        assert changed_between(content_of(hope), content) == ["title"]
