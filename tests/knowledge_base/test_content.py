"""The texts that come with the software: every file can be read, names what is there, and there is enough of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from knowledge_base.content_files import CONTENT, EXAMPLES, Piece, languages, pieces
from knowledge_base.domain.versions import cycle_in
from knowledge_base.prose import rendered

PIECES: list[Piece] = [*pieces("en"), *pieces("en", EXAMPLES)]
PERSIAN: list[Piece] = list(pieces("fa"))
CURRICULA = {piece.key: piece for piece in PIECES if piece.kind == "curriculum"}
LESSONS = [piece for piece in PIECES if piece.kind == "lesson"]


def units_of(piece: Piece) -> list[dict[str, Any]]:
    return [unit for module in piece.modules for unit in module["units"]]


KEYS = CURRICULA.keys() | {unit["key"] for piece in CURRICULA.values() for unit in units_of(piece)}


def test_languages() -> None:
    assert languages(CONTENT) == ["en", "fa"]


@pytest.mark.parametrize("piece", PERSIAN, ids=[piece.key for piece in PERSIAN])
def test_persian_teaches_the_same(piece: Piece) -> None:
    """Unit by unit: the same keys and figures, and as many exercises."""
    told = [
        (unit["key"], unit["theory_hours"], unit["practice_hours"], unit["prerequisites"], len(unit["exercises"]))
        for unit in units_of(piece)
    ]
    assert told == [
        (unit["key"], unit["theory_hours"], unit["practice_hours"], unit["prerequisites"], len(unit["exercises"]))
        for unit in units_of(CURRICULA[piece.key])
    ]


@pytest.mark.parametrize("piece", CURRICULA.values(), ids=CURRICULA.keys())
def test_units_build_on_units_that_are_there_and_come_to_an_end(piece: Piece) -> None:
    before = {unit["key"]: unit["prerequisites"] for unit in units_of(piece)}
    assert len(before) == len(units_of(piece)), "a key twice"
    assert {key for keys in before.values() for key in keys} - before.keys() == set()
    assert cycle_in(before) == []


@pytest.mark.parametrize("piece", CURRICULA.values(), ids=CURRICULA.keys())
def test_every_unit_can_be_taught(piece: Piece) -> None:
    for unit in units_of(piece):
        hours = unit["theory_hours"] + unit["practice_hours"]
        minutes = sum(exercise["minutes"] for exercise in unit["exercises"])
        assert unit["exercises"], unit["key"]
        assert unit["sheet"]["lines"], unit["key"]
        assert minutes <= 60 * hours, unit["key"]
        assert unit["guide"], unit["key"]


def test_there_is_enough_to_teach_from() -> None:
    assert CURRICULA.keys() >= {
        "job-readiness", "social-mentor-education", "over-50-motivation-first", "financial-literacy",
    }  # fmt: skip
    whole = CURRICULA["job-readiness"]
    assert len(whole.modules) >= 12
    assert len(units_of(whole)) >= 40
    assert {module["dimension"] for module in whole.modules} == {"psychological", "social", "economic"}


def test_lessons_tell_of_failures_too() -> None:
    outcomes = Counter(piece.values["outcome"] for piece in LESSONS)
    assert outcomes.total() >= 20
    assert outcomes["failure"] * 3 >= outcomes.total()


@pytest.mark.parametrize("piece", LESSONS, ids=[piece.key for piece in LESSONS])
def test_lessons_name_curricula_and_units_that_are_there(piece: Piece) -> None:
    assert set(piece.values["curricula"]) - KEYS == set()


@pytest.mark.parametrize("piece", [*PIECES, *PERSIAN], ids=lambda piece: f"{piece.kind}-{piece.values['title']}")
def test_texts_keep_to_the_notation(piece: Piece) -> None:
    """What our notation does not know would stand on the page as it was typed."""
    units = units_of(piece)
    texts = [value for value in piece.values.values() if isinstance(value, str)]
    texts += [unit[name] for unit in units for name in ("introduction", "guide")]
    texts += [exercise["steps"] for unit in units for exercise in unit["exercises"]]
    for text in texts:
        html = rendered(text)
        for sign in ("**", "](", "&lt;", "\n#", "<p>#"):
            assert sign not in html, (piece.key, sign, text[:80])
