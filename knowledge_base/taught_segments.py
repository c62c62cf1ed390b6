"""What of modules and units is put into another language; hours, order and scales are the same in all of them.

Keys of modules and units are the same in all languages and versions. Exercises have none: they are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from knowledge_base.models import Curriculum, CurriculumVersion, Module, Unit
from knowledge_base.models.published import exercise_of
from knowledge_base.models.taught import MODULE_FIELDS, UNIT_FIELDS
from knowledge_base.segments import Segment, filled, lines_of, of_field, segments_of, tidy

# In the order in which they are read.
MODULE_WORDS: Final = ("title", "summary", "outcomes")
UNIT_WORDS: Final = (
    "title", "skill", "outcomes", "materials", "introduction", "guide", "exercises", "sheet_title",
    "sheet_instructions", "sheet_lines",
)  # fmt: skip
MODULE_FACTS: Final = tuple(name for name in MODULE_FIELDS if name not in MODULE_WORDS)
UNIT_FACTS: Final = tuple(name for name in UNIT_FIELDS if name not in UNIT_WORDS)


@dataclass(frozen=True)
class Taught:
    """A module or a unit with its parts."""

    row: Any  # Module or Unit
    segments: list[Segment]

    @property
    def kind(self) -> str:
        return "unit" if isinstance(self.row, Unit) else "module"

    @property
    def scope(self) -> str:
        """What the keys of its parts begin with."""
        return _scope(self.row)


def newest_version(curriculum: Curriculum) -> CurriculumVersion | None:
    return curriculum.versions.published().order_by("-number").first()


def taught_in(version: CurriculumVersion | None) -> list[tuple[Taught, list[Taught]]]:
    """Modules, each with its units, in their order. Two queries."""
    if version is None:
        return []
    modules = version.modules.order_by("position", "id").prefetch_related(
        Prefetch("units", Unit.objects.order_by("position", "id"))
    )
    return [(_taught(module), [_taught(unit) for unit in module.units.all()]) for module in modules]


def one_taught(version: CurriculumVersion | None, *, kind: str, key: str) -> Taught | None:
    rows = {"module": Module.objects, "unit": Unit.objects}.get(kind)
    row = rows.filter(version=version, key=key).first() if rows else None
    return _taught(row) if row else None


def in_order(outline: list[tuple[Taught, list[Taught]]]) -> list[Taught]:
    """As they are read: a module, its units, the next module."""
    return [one for module, units in outline for one in (module, *units)]


def scopes_in(version: CurriculumVersion | None) -> list[tuple[str, str]]:
    """(kind, key) of each module and unit, as they are read. Two queries."""
    modules = Module.objects.filter(version=version).order_by("position", "id").values_list("pk", "key")
    units = list(Unit.objects.filter(version=version).order_by("position", "id").values_list("module_id", "key"))
    return [
        scope
        for pk, key in modules
        for scope in (("module", key), *(("unit", own) for module, own in units if module == pk))
    ]


def taught_segments(version: CurriculumVersion | None) -> list[Segment]:
    return [segment for one in in_order(taught_in(version)) for segment in one.segments]


def all_segments(source: Any) -> list[Segment]:
    """Of a page, and of what its newest version teaches where it is a curriculum."""
    taught = taught_segments(newest_version(source)) if isinstance(source, Curriculum) else []
    return [*segments_of(source), *taught]


def module_in(version: CurriculumVersion, like: Module, texts: Mapping[str, str], **place: Any) -> Module:
    """With the facts of `like`, in other words. Not saved."""
    return Module(version=version, key=like.key, **place, **_facts(like, MODULE_FACTS), **_words(like, texts))


def unit_in(module: Module, like: Unit, texts: Mapping[str, str], *, position: int, **other: Any) -> Unit:
    """With the facts of `like` but for `other`, in other words. Not saved."""
    facts = _facts(like, UNIT_FACTS) | other
    unit = Unit(version=module.version, module=module, key=like.key, position=position, **facts, **_words(like, texts))
    unit.exercises = [
        {
            "type": "exercise",
            "id": str(uuid4()),
            "value": _translated_exercise(block["value"], f"{_scope(like)}:{at}", texts),
        }
        for at, block in _exercises(like)
    ]
    return unit


def _scope(row: Module | Unit) -> str:
    return f"{'unit' if isinstance(row, Unit) else 'module'}:{row.key}"


def _taught(row: Any) -> Taught:
    names = UNIT_WORDS if isinstance(row, Unit) else MODULE_WORDS
    found = (part for name in names for part in (_of_exercises(row) if name == "exercises" else of_field(row, name)))
    return Taught(row, [replace(part, key=f"{_scope(row)}:{part.key}") for part in found if part.text])


def _exercises(unit: Unit) -> Iterator[tuple[str, Any]]:
    for number, block in enumerate(unit.exercises.raw_data, 1):
        yield f"exercise:{number}", block


def _of_exercises(unit: Unit) -> Iterator[Segment]:
    shape = unit.exercises.stream_block.child_blocks["exercise"].child_blocks
    for number, (key, block) in enumerate(_exercises(unit), 1):
        said = exercise_of(block["value"])
        for name, text in (
            ("title", tidy(said["title"])), ("steps", tidy(said["steps"])), ("debrief", "\n".join(said["debrief"])),
        ):  # fmt: skip
            label = _("Exercise %(number)s: %(part)s") % {"number": number, "part": shape[name].label}
            yield Segment(f"{key}:{name}", label, text, 150 if name == "title" else None)


def _translated_exercise(value: Mapping[str, Any], key: str, texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": texts.get(f"{key}:title", ""),
        "minutes": value["minutes"],
        "steps": texts.get(f"{key}:steps", ""),
        "debrief": lines_of(texts.get(f"{key}:debrief", "")),
    }


def _facts(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _words(row: Module | Unit, texts: Mapping[str, str]) -> dict[str, Any]:
    names = UNIT_WORDS if isinstance(row, Unit) else MODULE_WORDS
    return {
        name: filled(row._meta.get_field(name), texts.get(f"{_scope(row)}:{name}", ""))
        for name in names
        if name != "exercises"
    }
