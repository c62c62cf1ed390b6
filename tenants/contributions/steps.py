"""The guided form: a few pages of plain questions for each kind, each with help and an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge_base.enums import Kind


@dataclass(frozen=True)
class Question:
    """Asks for one field of the page to be. `rows` 0: a line, or a choice."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    example: str | Promise = ""
    rows: int = 0
    longest: int = 4000


@dataclass(frozen=True)
class Step:
    key: str
    title: str | Promise
    questions: tuple[Question, ...]


_DIMENSION = Question("dimension", _("What is it mainly about?"))
_LEVEL = Question("level", _("Whose strength grew, or should have grown?"))
_SUMMARY = Question(
    "summary",
    _("Tell it in two sentences"),
    _("What others see in lists, before they decide to read."),
    _(
        "Forty people began our course and eleven finished it. What helped was not a better course but two talks "
        "before it."
    ),
    3,
    600,
)

STEPS: Final[dict[str, tuple[Step, ...]]] = {
    Kind.LESSON: (
        Step(
            "what",
            _("What it is about"),
            (
                Question(
                    "title",
                    _("What would you call it?"),
                    _("A few words that make a colleague elsewhere curious."),
                    _("When only the keenest came"),
                    0,
                    150,
                ),
                Question("outcome", _("How did it end?"), _("What did not work is worth at least as much to others.")),
            ),
        ),
        Step(
            "before",
            _("Before, and what you tried"),
            (
                Question(
                    "context",
                    _("How was it before?"),
                    _("What kind of people, what was hard. Nobody’s name: “a young man”, “families in the hills”."),
                    _("People over 50 in five villages, most without work since the factory closed."),
                    5,
                ),
                Question(
                    "tried",
                    _("What did you try?"),
                    _(
                        "So that somebody else could do the same. A line that begins with “- ” becomes a point of a "
                        "list."
                    ),
                    _("A four-week computer course in the town library, each morning at nine."),
                    6,
                ),
            ),
        ),
        Step(
            "after",
            _("What came of it"),
            (
                Question(
                    "happened",
                    _("What happened?"),
                    _("Also what you had not expected."),
                    _("Twenty-six came on the first day, eleven on the last. Nobody complained."),
                    6,
                ),
                Question(
                    "why",
                    _("Why, as you see it?"),
                    _("Your best guess is enough."),
                    _("The first bus arrives at twenty to ten. We had asked about computers, never about buses."),
                    4,
                ),
            ),
        ),
        Step(
            "learned",
            _("What you learned"),
            (
                Question(
                    "next_time",
                    _("What would you do differently, or again?"),
                    _("What you would tell a colleague who begins tomorrow."),
                    _("Ask those who left before you change what is taught."),
                    5,
                ),
                _SUMMARY,
            ),
        ),
        Step(
            "where",
            _("Where it belongs"),
            (
                Question("target_group", _("With whom did you try it?")),
                _DIMENSION,
                _LEVEL,
                Question("programme", _("In which programme?"), _("If it has a name."), "", 0, 120),
                Question(
                    "place",
                    _("Where?"),
                    _("Only as exact as nobody can be told by it."),
                    _("A mountain district"),
                    0,
                    150,
                ),
                Question("cost", _("What did it cost?"), _("Money, days of work, what you borrowed."), "", 0, 300),
                Question("evidence", _("How do you know?"), "", _("We counted; we asked; our impression."), 0, 60),
                Question("evidence_detail", _("More about how you know"), "", "", 3),
            ),
        ),
    ),
    Kind.PRACTICE: (
        Step(
            "what",
            _("What it is about"),
            (
                Question(
                    "title",
                    _("What would you call it?"),
                    _("A few words that say what is done."),
                    _("Six calls after somebody began to work"),
                    0,
                    150,
                ),
                Question("kind", _("What is it?")),
                Question(
                    "when_to_use",
                    _("When is it good?"),
                    _("For whom and in what situation; also when not."),
                    _("When somebody begins to work after a long time, and for half a year after."),
                    4,
                ),
            ),
        ),
        Step(
            "how",
            _("How it is done"),
            (
                Question(
                    "steps",
                    _("How is it done, step by step?"),
                    _("So that somebody could do it tomorrow. A line that begins with “1. ” becomes a step."),
                    _("1. Agree on the day of the first call. 2. Ask who was kind, not how it went."),
                    8,
                ),
                Question("needs", _("What does it need?"), _("People, time, a room, things."), "", 3),
                Question("pitfalls", _("What goes wrong easily?"), "", "", 3),
            ),
        ),
        Step(
            "learned",
            _("What you know about it"),
            (Question("evidence", _("How do you know that it works?"), "", "", 3), _SUMMARY),
        ),
        Step("where", _("Where it belongs"), (_DIMENSION, _LEVEL)),
    ),
}
NAME_STEP: Final = "name"  # the last one of both kinds: under whose name


def step_of(kind: str, field: str) -> str:
    """The page on which a field is asked for."""
    return next(step.key for step in STEPS[kind] if any(question.name == field for question in step.questions))


def keys_of(kind: str) -> list[str]:
    return [*(step.key for step in STEPS[kind]), NAME_STEP]
