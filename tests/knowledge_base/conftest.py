"""Pages for everybody and for members, a curriculum that is taught, and people who read and edit them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.choices import Dimension
from halka.common.current import OrganisationRef
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Audience, Focus, Level, Outcome, PracticeKind, SkillKind, UnitLevel
from knowledge_base.models import (
    Advocacy,
    Article,
    Curriculum,
    CurriculumVersion,
    KnowledgeIndex,
    Lesson,
    Module,
    Practice,
    Unit,
)

Make = Callable[..., Any]

STORY = {"context": "Snow.", "tried": "A van.", "happened": "It came.", "next_time": "Begin in **May**."}


def _published(page: Any, language: str, *, live: bool) -> Any:
    index = KnowledgeIndex.objects.get(locale__language_code=language)
    page.locale, page.live = index.locale, False
    index.add_child(instance=page)
    if live:
        page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def article(db: None) -> Callable[..., Article]:
    """`article("Title", audience=…, language=…)`: published, unless `live=False`."""

    def make(title: str, *, language: str = "en", live: bool = True, **fields: Any) -> Article:
        values = {"introduction": f"Introduction of {title}", "audience": Audience.PUBLIC, **fields}
        made: Article = _published(Article(title=title, **values), language, live=live)
        return made

    return make


@pytest.fixture
def lesson(db: None) -> Callable[..., Lesson]:
    """`lesson("Title", outcome=…, audience=…, language=…)`: published, unless `live=False`."""

    def make(title: str, *, language: str = "en", live: bool = True, **fields: Any) -> Lesson:
        values = {
            "summary": f"Summary of {title}",
            "outcome": Outcome.SUCCESS,
            "dimension": Dimension.SOCIAL,
            "level": Level.FAMILY,
            "audience": Audience.PUBLIC,
            **STORY,
            **fields,
        }
        made: Lesson = _published(Lesson(title=title, **values), language, live=live)
        return made

    return make


@pytest.fixture
def practice(db: None) -> Callable[..., Practice]:
    def make(title: str, **fields: Any) -> Practice:
        values = {
            "summary": f"Summary of {title}",
            "kind": PracticeKind.TOOL,
            "when_to_use": "Before a course.",
            "steps": "1. Ask.\n2. Listen.",
            "audience": Audience.PUBLIC,
            **fields,
        }
        made: Practice = _published(Practice(title=title, **values), "en", live=True)
        return made

    return make


@pytest.fixture
def advocacy(db: None) -> Callable[..., Advocacy]:
    def make(title: str, *, live: bool = True, **fields: Any) -> Advocacy:
        values = {
            "summary": f"Summary of {title}",
            "issue": "Buses end at four.",
            "position": "Work needs a way home.",
            "asks": ["A bus at **eight**."],
            "addressed_to": "The ministry.",
            "audience": Audience.PUBLIC,
            **fields,
        }
        made: Advocacy = _published(Advocacy(title=title, **values), "en", live=live)
        return made

    return make


def add_unit(module: Module, key: str, **fields: Any) -> Unit:
    values = {
        "title": key.capitalize(),
        "skill_kind": SkillKind.SOFT,
        "skill": "trust",
        "level": UnitLevel.BEGINNING,
        "focus": Focus.MOTIVATION,
        "theory_hours": "0.5",
        "practice_hours": "1.5",
        "introduction": f"Introduction of {key}.",
        "guide": f"Guide of {key}.",
        "exercises": [
            {"type": "exercise", "value": {"title": "Thread", "minutes": 20, "steps": "1. Hold.", "debrief": ["Why?"]}}
        ],
        "sheet_title": f"Sheet of {key}",
        "sheet_instructions": "Draw.",
        "sheet_lines": ["My name", "My hope"],
        **fields,
    }
    position = module.units.count() + 1
    return Unit.objects.create(version=module.version, module=module, key=key, position=position, **values)


def add_module(version: CurriculumVersion, key: str, **fields: Any) -> Module:
    values = {"title": key.capitalize(), "summary": f"About {key}.", "dimension": Dimension.PSYCHOLOGICAL, **fields}
    return Module.objects.create(version=version, key=key, position=version.modules.count() + 1, **values)


@pytest.fixture
def curriculum(db: None) -> Callable[..., Curriculum]:
    """`curriculum("Title", units=[…])`: one module of these units in version 1, published unless `units=None`."""

    def make(
        title: str = "Ready",
        *,
        units: Sequence[str] | None = ("hope", "steps"),
        live: bool = True,
        **fields: Any,
    ) -> Curriculum:
        values = {
            "summary": f"Summary of {title}",
            "key": title.lower(),
            "who_for": "For everybody.",
            "outcomes": ["People can hope."],
            "levels": [Level.INDIVIDUAL],
            "audience": Audience.PUBLIC,
            **fields,
        }
        page: Curriculum = _published(Curriculum(title=title, **values), "en", live=live)
        if units is not None:
            draft = begin_version(curriculum=page, by=None)
            module = add_module(draft, "beginning")
            for key in units:
                add_unit(module, key)
            publish_version(version=draft, changes="First version.", by=None)
        return page

    return make


@pytest.fixture
def editor(member: Callable[..., User], secretariat: OrganisationRef) -> User:
    return member(secretariat, Role.EDITOR)
