"""The texts that come with the software: content/<language>/ with a folder for each curriculum. Lessons, practices and
advocacy of examples/ are invented, for the demo. docs/knowledge.md tells the format.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

CONTENT: Final = Path(__file__).parent / "content"
EXAMPLES: Final = Path(__file__).parent / "examples"
SINGLE: Final = {"advocacy": "advocacy", "practice": "practices", "lesson": "lessons"}
MODULE_FILE: Final = re.compile(r"\d\d-[a-z0-9-]+\.toml")

COMMON: Final = {"title", "summary", "audience"}
FIELDS: Final = {
    "lesson": COMMON
    | {
        "outcome", "context", "tried", "happened", "why", "next_time", "programme", "target_group", "dimension",
        "level", "place", "cost", "evidence", "evidence_detail", "curricula", "services",
    },
    "practice": COMMON
    | {"kind", "when_to_use", "steps", "needs", "pitfalls", "evidence", "dimension", "level"},
    "advocacy": COMMON | {"issue", "position", "asks", "addressed_to"},
    "curriculum": COMMON | {"key", "who_for", "how_to_use", "dimensions", "level", "levels", "changes", "outcomes"},
    "module": {"key", "title", "summary", "dimension", "outcomes", "units"},
    "unit": {
        "key", "title", "skill_kind", "skill", "level", "theory_hours", "practice_hours", "focus", "outcomes",
        "materials", "prerequisites", "scale", "scale_item", "introduction", "guide", "exercises", "sheet",
    },
    "exercise": {"title", "minutes", "steps", "debrief"},
    "sheet": {"title", "instructions", "lines"},
}  # fmt: skip


class NotReadable(ValueError):
    """A file that is not what it should be; the message names it."""


@dataclass(frozen=True)
class Piece:
    """One page. `modules` are of a curriculum, each with its `units`, as they stand in the files."""

    kind: str
    key: str
    values: Mapping[str, Any]
    modules: list[dict[str, Any]] = field(default_factory=list)
    changes: str = ""

    @property
    def digest(self) -> str:
        return _digest(self.values)

    @property
    def version_digest(self) -> str:
        return _digest(self.modules) if self.modules else ""


def languages(root: Path = CONTENT) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.is_dir() and not path.name.startswith("__"))


def pieces(language: str, root: Path = CONTENT) -> Iterator[Piece]:
    """All of a language; what comes last is the newest to readers. Raises NotReadable."""
    folder = root / language
    for kind, name in SINGLE.items():
        for path in sorted((folder / name).glob("*.toml")):
            yield Piece(kind, path.stem, _tidy(_read(path, kind)))
    for path in sorted(folder.glob("*/curriculum.toml")):
        yield _curriculum(path)


def _curriculum(path: Path) -> Piece:
    values = _read(path, "curriculum")
    modules = [_module(file) for file in sorted(path.parent.glob("*.toml")) if MODULE_FILE.fullmatch(file.name)]
    changes = values.pop("changes", "")
    values.pop("dimensions", None)  # told by the modules
    return Piece("curriculum", values["key"], _tidy(values), modules, changes)


def _module(path: Path) -> dict[str, Any]:
    module = _read(path, "module")
    for unit in module.get("units", []):
        _check(unit, "unit", path)
        for exercise in unit.get("exercises", []):
            _check(exercise, "exercise", path)
            exercise["debrief"] = _lines(exercise.get("debrief", []))
            exercise["steps"] = exercise["steps"].strip()
        if "sheet" in unit:
            _check(unit["sheet"], "sheet", path)
    return _tidy(module) | {"units": [_tidy(unit) for unit in module.get("units", [])]}


def _read(path: Path, kind: str) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReadable(f"{path}: {error}") from error
    _check(values, kind, path)
    return values


def _check(values: Mapping[str, Any], kind: str, path: Path) -> None:
    unknown = sorted(values.keys() - FIELDS[kind])
    if unknown:
        raise NotReadable(f"{path}: unknown in a {kind}: {', '.join(unknown)}")
    if not values.get("title"):
        raise NotReadable(f"{path}: a {kind} without a title")


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _lines(value: str | list[str]) -> list[str]:
    """A list may also be written as lines of one text, with or without dashes."""
    lines = value if isinstance(value, list) else value.splitlines()
    return [text for line in lines if (text := re.sub(r"^\s*[-*]\s+", "", line).strip())]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
