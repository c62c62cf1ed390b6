"""A curriculum in another language: its modules and units translated one by one, published as a version of its own.

What is written waits in the parts of its Translation, as with every text. Publishing makes the version: facts of the
newest version of the original, words of the parts. What is published another way, in the CMS or out of files, comes
back into the parts, so that translators go on from what readers have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge_base.domain.harvest import take_turn
from knowledge_base.domain.translating import Pair, PartState, lock, named, original_of, pairs_of, write_page
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Progress
from knowledge_base.errors import DraftThere, NotReady
from knowledge_base.models import Curriculum, CurriculumVersion, Module, Translation, Unit
from knowledge_base.models.published import exercise_of
from knowledge_base.segments import Segment, segments_of
from knowledge_base.taught_segments import (
    MODULE_FACTS,
    MODULE_WORDS,
    UNIT_FACTS,
    UNIT_WORDS,
    Taught,
    in_order,
    module_in,
    newest_version,
    one_taught,
    taught_in,
    unit_in,
)


@dataclass(frozen=True)
class Step:
    """The curriculum's own page (without `taught`), a module or a unit, with its parts in both languages."""

    taught: Taught | None
    pairs: list[Pair]

    @property
    def scope(self) -> tuple[str, str]:
        """(kind, key), by which its sheet is found."""
        return (self.taught.kind, self.taught.row.key) if self.taught else ("page", "")

    @property
    def progress(self) -> Progress:
        states = [pair.state for pair in self.pairs]
        if PartState.CHANGED in states:
            return Progress.BEHIND
        if PartState.MISSING not in states:
            return Progress.DONE
        return Progress.BEGUN if PartState.DONE in states else Progress.NOT_BEGUN

    @property
    def missing(self) -> int:
        return sum(pair.state == PartState.MISSING for pair in self.pairs)

    @property
    def changed(self) -> int:
        return sum(pair.state == PartState.CHANGED for pair in self.pairs)

    @property
    def is_ready(self) -> bool:
        """Whether readers could have it."""
        return not self.missing and not any(pair.is_too_long for pair in self.pairs)

    @property
    def title(self) -> str:
        """In the other language, where there is one."""
        return next((pair.text for pair in self.pairs if pair.segment.key.endswith("title") and pair.text), "")


@dataclass(frozen=True)
class Standing:
    """How far a curriculum is in another language. `alone`: titles of units that only this language has."""

    version: CurriculumVersion | None
    page: Step
    modules: list[tuple[Step, list[Step]]]
    alone: list[str]

    @property
    def steps(self) -> list[Step]:
        """As they are read."""
        return [self.page, *(step for module, units in self.modules for step in (module, *units))]

    @property
    def units(self) -> list[Step]:
        return [unit for _module, units in self.modules for unit in units]

    @property
    def left_out(self) -> list[Step]:
        """Units that readers would not have, were it published now."""
        return [unit for module, units in self.modules for unit in units if not (module.is_ready and unit.is_ready)]

    @property
    def next(self) -> Step | None:
        """The first at which something is left to do."""
        return next((step for step in self.steps if step.progress != Progress.DONE), None)

    @property
    def done(self) -> int:
        return sum(unit.progress == Progress.DONE for unit in self.units)


def standing(source: Curriculum, translation: Translation | None) -> Standing:
    """Seven queries, however many units there are."""
    version = newest_version(source)
    outline = taught_in(version)
    taught = in_order(outline)
    segments = [*segments_of(source), *(part for one in taught for part in one.segments)]
    found = {pair.segment.key: pair for pair in pairs_of(translation, segments)}

    def step(one: Taught | None, parts: Iterable[Segment]) -> Step:
        return Step(one, [found[part.key] for part in parts])

    modules = [
        (step(module, module.segments), [step(unit, unit.segments) for unit in units]) for module, units in outline
    ]
    return Standing(version, step(None, segments_of(source)), modules, _alone(translation, taught))


def segments_about(kind: str, key: str) -> Callable[[Any], list[Segment]]:
    """For `save_parts`: those of one module or unit, none where the newest version has it no more."""

    def about(source: Any) -> list[Segment]:
        taught = one_taught(newest_version(source), kind=kind, key=key)
        return taught.segments if taught else []

    return about


def publish_curriculum(*, translation: Translation, changes: str, in_part: bool = False, by: Any) -> Curriculum:
    """The page and, where it teaches something else than the version before, a new version in this language.
    `in_part`: without what is not translated yet. Raises NotReady, DraftThere, OriginalGone.
    """
    with transaction.atomic():
        take_turn()
        locked = lock(translation)
        source = original_of(locked)
        now = standing(source, locked)
        if not in_part:
            _refuse_partial(now)
        page: Curriculum = write_page(locked, source, now.page.pairs)
        _write_version(page, now, changes, by)
        kept = {pair.segment.key for step in now.steps for pair in step.pairs}
        locked.parts.exclude(key__in=kept).delete()  # the original has them no more
        left_out = {id(step) for step in now.left_out}
        locked.published_at = timezone.now()
        locked.is_behind = any(step.changed for step in now.steps if id(step) not in left_out)
        locked.save(update_fields=["page", "published_at", "is_behind"])
        page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    return page


def facts_differ(source: Curriculum, page: Curriculum) -> bool:
    """Units, their order, hours and the like, in the newest versions of both."""
    ours, theirs = (_contents(_of(newest_version(one)), words=False) for one in (source, page))
    return ours != theirs


# --- within ------------------------------------------------------------------------------


def _refuse_partial(now: Standing) -> None:
    waiting = [str(step.taught.row) for step in now.left_out if step.taught]
    told = []
    if waiting:
        told.append(_("Not translated yet: %(parts)s.") % {"parts": named(waiting)})
    if now.alone:
        told.append(
            _("Only this language has these, and the original does not: %(units)s.") % {"units": named(now.alone)}
        )
    if told:
        raise NotReady(" ".join([*told, _("Say that they may be left out, or translate first.")]))


def _write_version(page: Curriculum, now: Standing, changes: str, by: Any) -> None:
    """Raises NotReady, DraftThere."""
    if now.version is None:
        return
    texts = {pair.segment.key: pair.text for step in now.steps for pair in step.pairs}
    draft = CurriculumVersion(curriculum=page)
    outline = _outline(draft, now, texts)
    if not outline:
        raise NotReady(_("No unit is translated yet."))
    last = newest_version(page)
    if last is not None and _contents(outline) == _contents(_of(last)):
        return
    if page.versions.filter(published_at=None).exists():
        raise DraftThere
    draft = begin_version(curriculum=page, copy=False, by=by)
    for module, units in _outline(draft, now, texts):
        module.save(force_insert=True)
        Unit.objects.bulk_create(units)
    publish_version(version=draft, changes=changes, by=by)


def _outline(draft: CurriculumVersion, now: Standing, texts: Mapping[str, str]) -> list[tuple[Module, list[Unit]]]:
    """What is ready, in other words. A unit waits only for units that are there as well."""
    left_out = {id(step) for step in now.left_out}
    ready = [(module, [unit for unit in units if id(unit) not in left_out]) for module, units in now.modules]
    keys = {unit.taught.row.key for _module, units in ready for unit in units if unit.taught}
    outline: list[tuple[Module, list[Unit]]] = []
    for step, units in ready:
        if units and step.taught:
            module = module_in(draft, step.taught.row, texts, position=len(outline) + 1)
            rows = [unit.taught.row for unit in units if unit.taught]
            outline.append((module, [_unit_of(module, row, texts, at, keys) for at, row in enumerate(rows, 1)]))
    return outline


def _unit_of(module: Module, row: Any, texts: Mapping[str, str], position: int, keys: set[str]) -> Unit:
    before = [key for key in row.prerequisites if key in keys]
    return unit_in(module, row, texts, position=position, prerequisites=before)


def _of(version: CurriculumVersion | None) -> list[tuple[Module, list[Unit]]]:
    return [(module.row, [unit.row for unit in units]) for module, units in taught_in(version)]


def _contents(outline: list[tuple[Module, list[Unit]]], *, words: bool = True) -> list[Any]:
    """Everything that is taught, in order; without `words` what is the same in all languages."""
    of_module = MODULE_FACTS + (MODULE_WORDS if words else ())
    of_unit = tuple(name for name in UNIT_FACTS + (UNIT_WORDS if words else ()) if name != "exercises")
    told = []
    for module, units in outline:
        told.append((module.key, [getattr(module, name) for name in of_module]))
        for unit in units:
            exercises = [exercise_of(block["value"]) for block in unit.exercises.raw_data]
            said: list[Any] = exercises if words else [one["minutes"] for one in exercises]
            told.append((unit.key, [[getattr(unit, name) for name in of_unit], said]))
    return told


def _alone(translation: Translation | None, taught: list[Taught]) -> list[str]:
    """Units of the language's newest version that no version of the original has or had."""
    if translation is None or not translation.page_id:
        return []
    last = CurriculumVersion.objects.published().filter(curriculum=translation.page_id).order_by("-number").first()
    known = Unit.objects.filter(version__curriculum=translation.source_id).exclude(version__published_at=None)
    units = Unit.objects.filter(version=last).exclude(key__in=known.order_by().values("key"))
    return list(units.values_list("title", flat=True))
