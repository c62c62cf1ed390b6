"""Loading the texts that come with the software, and leaving alone what editors did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from knowledge_base import content_files
from knowledge_base.content_files import NotReadable
from knowledge_base.domain.loading import load_knowledge
from knowledge_base.domain.versions import begin_version
from knowledge_base.models import Advocacy, Curriculum, Entry, Lesson, Loaded, Practice, Unit

LESSON = """
title = "Snow"
outcome = "failure"
summary = "It snowed."
context = "Winter."
tried = "A van."
happened = "It stood."
why = "Snow."
next_time = "Begin in May."
programme = "Vans"
target_group = "rural"
dimension = "social"
level = "community"
curricula = ["small", "hope"]
"""
PRACTICE = """
title = "Two bowls"
kind = "tool"
summary = "Beans."
when_to_use = "Before a course."
steps = "1. Ask."
"""
ADVOCACY = """
title = "A bus at eight"
summary = "Late buses."
issue = "Buses end at four."
position = "Work needs a way home."
asks = ["A bus."]
addressed_to = "The ministry."
"""
CURRICULUM = """
key = "small"
title = "Small"
summary = "A small one."
who_for = "Everybody."
dimensions = ["social"]
level = "individual, with steps towards family"
changes = "First version."
outcomes = ["People hope."]
"""
UNIT = """
[[units]]
key = "{key}"
title = "{title}"
skill_kind = "soft"
skill = "trust"
level = "beginning"
theory_hours = 0.5
practice_hours = 2
focus = "motivation"
outcomes = ["People hope."]
materials = []
prerequisites = []
scale = "short"
introduction = "Begin."
guide = "Sit down."
[[units.exercises]]
title = "Thread"
minutes = 20
steps = '''
1. Hold.
'''
debrief = '''
- Why?
- What for?
'''
[units.sheet]
title = "Mine"
instructions = "Draw."
lines = ["Name"]
"""
MODULE = """
key = "first"
title = "First"
summary = "The first."
dimension = "social"
outcomes = []
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "en"
    for name in ("lessons", "practices", "advocacy", "small"):
        (folder / name).mkdir(parents=True)
    (folder / "lessons" / "snow.toml").write_text(LESSON)
    (folder / "practices" / "two-bowls.toml").write_text(PRACTICE)
    (folder / "advocacy" / "a-bus-at-eight.toml").write_text(ADVOCACY)
    (folder / "small" / "curriculum.toml").write_text(CURRICULUM)
    (folder / "small" / "notes.txt").write_text("not read")
    write_units(folder, ("hope", "Hope"), ("steps", "Steps"))
    return tmp_path


def write_units(folder: Path, *units: tuple[str, str]) -> None:
    texts = [UNIT.format(key=key, title=title) for key, title in units]
    (folder / "small" / "01-first.toml").write_text(MODULE + "".join(texts))


@pytest.fixture
def load(root: Path, db: None) -> Callable[[], dict[str, int]]:
    return lambda: dict(load_knowledge(root=root, by=None).counts)


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_everything_is_made_once(load: Callable[[], dict[str, int]]) -> None:
    assert load() == {"made": 4, "versions": 1}
    assert load() == {"same": 4}
    lesson, unit = Lesson.objects.get(), Unit.objects.get(key="hope")
    assert (lesson.slug, lesson.outcome, lesson.audience, lesson.live) == ("snow", "failure", "public", True)
    assert Curriculum.objects.get().levels == ["individual", "family"]
    assert (unit.hours, unit.sheet_title, unit.sheet_lines) == (2.5, "Mine", ["Name"])
    assert list(unit.exercises[0].value["debrief"]) == ["Why?", "What for?"]
    assert unit.exercises[0].value["steps"] == "1. Hold."
    assert unit.version.changes == "First version."
    assert Practice.objects.count() == Advocacy.objects.count() == 1
    assert Entry.objects.count() == 6
    assert {str(row) for row in Loaded.objects.all()} >= {"en/lesson/snow", "en/curriculum/small"}


def test_what_changed_in_a_file_is_changed(load: Callable[[], dict[str, int]], root: Path) -> None:
    load()
    changed(root / "en" / "lessons" / "snow.toml", "It snowed.", "It snowed again.")
    assert load() == {"changed": 1, "same": 3}
    lesson = Lesson.objects.get()
    assert lesson.summary == "It snowed again."
    assert lesson.revisions.count() == 2
    assert load() == {"same": 4}


def test_a_changed_curriculum_is_a_new_version_that_says_so(load: Callable[[], dict[str, int]], root: Path) -> None:
    load()
    write_units(root / "en", ("hope", "Hope"), ("work", "Work"))
    changed(root / "en" / "small" / "01-first.toml", "Sit down.", "Stand up.")
    assert load() == {"changed": 1, "same": 3, "versions": 1}
    versions = list(Curriculum.objects.get().versions.all())
    assert [version.number for version in versions] == [2, 1]
    assert versions[0].changes == "New: Work. Left out: Steps. Changed: Hope."
    assert versions[1].units.get(key="hope").guide == "Sit down."
    changed(root / "en" / "small" / "01-first.toml", "The first.", "The very first.")
    assert load()["versions"] == 1
    assert Curriculum.objects.get().versions.first().changes == "Modules or their order changed."
    assert load() == {"same": 4}


def test_many_changes_are_counted(load: Callable[[], dict[str, int]], root: Path) -> None:
    load()
    write_units(root / "en", *((f"unit-{number}", f"Unit {number}") for number in range(14)))
    load()
    assert "Unit 11 and 2 more." in Curriculum.objects.get().versions.first().changes


def test_a_curriculum_without_units_yet(load: Callable[[], dict[str, int]], root: Path) -> None:
    path = root / "en" / "small" / "01-first.toml"
    text = path.read_text()
    path.unlink()
    assert load() == {"made": 4, "versions": 0}
    assert not Curriculum.objects.get().versions.exists()
    path.write_text(text)
    assert load()["versions"] == 1


def _edited(page: Any) -> None:
    page.summary = "An editor's words."
    page.save_revision().publish()


def _drafted(page: Any) -> None:
    page.summary = "An editor's words."
    page.save_revision()


@pytest.mark.parametrize("act", [_edited, _drafted, lambda page: page.unpublish(), lambda page: page.delete()])
def test_what_an_editor_did_stays(load: Callable[[], dict[str, int]], root: Path, act: Callable[[Any], None]) -> None:
    load()
    act(Lesson.objects.get())
    before = list(Lesson.objects.values("summary", "live", "latest_revision_id"))
    changed(root / "en" / "lessons" / "snow.toml", "It snowed.", "It snowed again.")
    report = load_knowledge(root=root, by=None)
    assert dict(report.counts) == {"kept": 1, "same": 3}
    assert report.kept == ["en/lesson/snow"]
    assert list(Lesson.objects.values("summary", "live", "latest_revision_id")) == before


def test_an_editors_draft_of_a_version_goes_before_the_files(load: Callable[[], dict[str, int]], root: Path) -> None:
    load()
    draft = begin_version(curriculum=Curriculum.objects.get(), by=None)
    write_units(root / "en", ("work", "Work"))
    assert load() == {"kept": 1, "same": 3}
    assert draft.units.count() == 2


def test_an_address_that_is_taken_is_left_alone(
    load: Callable[[], dict[str, int]], article: Callable[..., Any]
) -> None:
    article("Mine", slug="snow")
    assert load() == {"made": 3, "kept": 1, "versions": 1}
    assert not Lesson.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("lessons/snow.toml", 'title = "Snow"', "title = ", "snow.toml"),
        ("lessons/snow.toml", "tried =", "tryed =", "tryed"),
        ("lessons/snow.toml", 'title = "Snow"', 'title = ""', "without a title"),
        ("lessons/snow.toml", '"failure"', '"disaster"', "lesson/snow"),
        ("small/01-first.toml", "minutes = 20", "minuts = 20", "minuts"),
        ("small/01-first.toml", 'level = "beginning"', 'level = "easy"', "curriculum/small"),
        ("small/01-first.toml", "lines =", "rows =", "rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    load: Callable[[], dict[str, int]], root: Path, file: str, old: str, new: str, told: str
) -> None:
    changed(root / "en" / file, old, new)
    with pytest.raises(NotReadable, match=told):
        load()


def test_the_command(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, db: None) -> None:
    monkeypatch.setattr(load_knowledge, "__kwdefaults__", {**load_knowledge.__kwdefaults__, "root": root})
    call_command("load_knowledge", language="en")
    assert "4 made" in capsys.readouterr().out
    _edited(Lesson.objects.get())
    call_command("load_knowledge")
    assert "en/lesson/snow" in capsys.readouterr().out
    changed(root / "en" / "lessons" / "snow.toml", "tried =", "tryed =")
    with pytest.raises(CommandError, match="tryed"):
        call_command("load_knowledge")


def test_lines_may_be_a_text() -> None:
    assert content_files._lines("- one\n* two\n\nthree") == ["one", "two", "three"]
    assert content_files._lines([" one "]) == ["one"]
