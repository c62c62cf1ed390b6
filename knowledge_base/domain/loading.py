"""Loading the texts that come with the software. Loading again changes what changed in the files, and nothing that an
editor has changed, removed or taken off the site in the meantime.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from knowledge_base.content_files import CONTENT, NotReadable, Piece, languages, pieces
from knowledge_base.domain.indexing import renew_missing
from knowledge_base.domain.taking_in import link_all
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Audience, Level
from knowledge_base.models import (
    Advocacy,
    Curriculum,
    CurriculumVersion,
    KnowledgeIndex,
    Lesson,
    Loaded,
    Module,
    Practice,
    Unit,
)

MODELS: Final[dict[str, Any]] = {
    "lesson": Lesson,
    "practice": Practice,
    "advocacy": Advocacy,
    "curriculum": Curriculum,
}
MOST_NAMED: Final = 12  # units named in what changed


@dataclass
class Report:
    """What loading did: made, changed, same, kept (an editor's work), and new versions of curricula."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


def load_knowledge(*, language: str = "", root: Path = CONTENT, by: Any) -> Report:
    """All languages, or one. Each piece is a transaction. Raises NotReadable for what cannot be a page."""
    report = Report()
    for code in [language] if language else languages(root):
        index = KnowledgeIndex.objects.select_related("locale").get(locale__language_code=code)
        for piece in pieces(code, root):
            try:
                with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                    outcome = _load(piece, index, report, by)
            except (ValidationError, IntegrityError, TypeError) as error:
                raise NotReadable(f"{code}/{piece.kind}/{piece.key}: {error}") from error
            report.counts[outcome] += 1
            if outcome == "kept":
                report.kept.append(f"{code}/{piece.kind}/{piece.key}")
    renew_missing()
    link_all()
    return report


def _load(piece: Piece, index: KnowledgeIndex, report: Report, by: Any) -> str:
    language = index.locale.language_code
    known = Loaded.objects.select_for_update().filter(language=language, kind=piece.kind, key=piece.key).first()
    if known is None:
        if index.get_children().filter(slug=piece.key).exists():
            return "kept"
        return _make(piece, index, report, by)
    page = known.page.specific if known.page else None
    if page is None or not page.live or page.latest_revision_id != known.revision_id:
        return "kept"
    outcome = "same"
    if known.digest != piece.digest:
        _fill(page, piece)
        known.revision_id, known.digest = _publish(page, by), piece.digest
        outcome = "changed"
    if known.version_digest != piece.version_digest:
        if not _is_ours(page, known):
            outcome = "kept"
        else:
            known.version = _new_version(page, piece, by)
            known.version_digest = piece.version_digest
            report.counts["versions"] += 1
            outcome = "changed"
    if outcome == "changed":
        known.save()
    return outcome


def _make(piece: Piece, index: KnowledgeIndex, report: Report, by: Any) -> str:
    page = MODELS[piece.kind](slug=piece.key, locale=index.locale, audience=Audience.PUBLIC, live=False)
    _fill(page, piece)
    index.add_child(instance=page)
    version = _new_version(page, piece, by) if piece.modules else None
    report.counts["versions"] += version is not None
    Loaded.objects.create(
        language=index.locale.language_code,
        kind=piece.kind,
        key=piece.key,
        page=page,
        digest=piece.digest,
        revision_id=_publish(page, by),
        version=version,
        version_digest=piece.version_digest,
    )
    return "made"


def _fill(page: Any, piece: Piece) -> None:
    for name, value in piece.values.items():
        setattr(page, name, value)
    if piece.kind == "curriculum" and "levels" not in piece.values:
        page.levels = [level for level in Level.values if level in page.level]


def _publish(page: Any, by: Any) -> int:
    revision = page.save_revision(user=by)
    revision.publish(user=by)
    return int(revision.pk)


def _is_ours(page: Curriculum, known: Loaded) -> bool:
    """Whether the newest version is the one loaded last; an editor's draft or version goes before the files."""
    newest = page.versions.order_by("-number").first()
    return (newest.pk if newest else None) == known.version_id


def _new_version(page: Curriculum, piece: Piece, by: Any) -> CurriculumVersion:
    before = page.versions.order_by("-number").first()
    draft = begin_version(curriculum=page, copy=False, by=by)
    for position, module in enumerate(piece.modules, 1):
        _write_module(draft, position, module)
    changes = _difference(before, draft) if before else piece.changes or "First version."
    return publish_version(version=draft, changes=changes, by=by)


def _write_module(draft: CurriculumVersion, position: int, values: dict[str, Any]) -> None:
    own = {name: value for name, value in values.items() if name != "units"}
    module = Module(version=draft, position=position, **own)
    module.full_clean()
    module.save()
    for place, unit in enumerate(values["units"], 1):
        row = _unit(module, place, unit)
        row.full_clean()
        row.save()


def _unit(module: Module, position: int, values: dict[str, Any]) -> Unit:
    own = {name: value for name, value in values.items() if name not in ("exercises", "sheet")}
    sheet = values.get("sheet", {})
    for name in ("theory_hours", "practice_hours"):
        own[name] = Decimal(str(own.get(name, 0)))
    return Unit(
        version=module.version,
        module=module,
        position=position,
        exercises=[
            {"type": "exercise", "value": exercise, "id": str(uuid4())} for exercise in values.get("exercises", [])
        ],
        sheet_title=sheet.get("title", ""),
        sheet_instructions=sheet.get("instructions", "").strip(),
        sheet_lines=sheet.get("lines", []),
        **own,
    )


def _difference(before: CurriculumVersion, after: CurriculumVersion) -> str:
    """In plain English, which is the language of the files' own notes."""
    old, new = _contents(before), _contents(after)
    told = (
        ("New", [title for key, (title, _rest) in new.items() if key not in old]),
        ("Left out", [title for key, (title, _rest) in old.items() if key not in new]),
        ("Changed", [title for key, (title, rest) in new.items() if key in old and old[key] != (title, rest)]),
    )
    parts = [f"{words}: {_named(titles)}." for words, titles in told if titles]
    return " ".join(parts) or "Modules or their order changed."


def _named(titles: list[str]) -> str:
    more = len(titles) - MOST_NAMED
    return ", ".join(titles[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _contents(version: CurriculumVersion) -> dict[str, tuple[str, object]]:
    """Key -> title and everything else of a unit that is taught."""
    left = {"id", "version", "module", "position", "exercises"}
    names = [item.name for item in Unit._meta.concrete_fields if item.name not in left]
    return {
        unit.key: (
            unit.title,
            ([getattr(unit, name) for name in names], [dict(part["value"]) for part in unit.exercises.raw_data]),
        )
        for unit in version.units.all()
    }
