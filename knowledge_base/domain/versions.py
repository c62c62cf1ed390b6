"""Versions of curricula: a draft begins as a copy of the last one; once published, nothing in it changes any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from halka.common.identifiers import uuid7
from knowledge_base.domain.indexing import renew
from knowledge_base.errors import DraftThere, NotReady, VersionFrozen
from knowledge_base.models import Curriculum, CurriculumVersion, Unit

BEGUN, PUBLISHED, DISCARDED = (f"knowledge_base.version_{act}" for act in ("begun", "published", "discarded"))
version_published = Signal()  # curriculum: in the same transaction


@transaction.atomic
def begin_version(*, curriculum: Curriculum, copy: bool = True, by: Any) -> CurriculumVersion:
    """A draft with the modules and units of the last version (without `copy`, an empty one). Raises DraftThere."""
    Curriculum.objects.select_for_update().get(pk=curriculum.pk)
    last = curriculum.versions.order_by("-number").first()
    if last is not None and not last.is_published:
        raise DraftThere
    draft = CurriculumVersion.objects.create(curriculum=curriculum, number=last.number + 1 if last else 1)
    if last is not None and copy:
        _copy(last, draft)
    log(curriculum, BEGUN, user=by, data={"number": draft.number})
    return draft


@transaction.atomic
def publish_version(*, version: CurriculumVersion, changes: str, by: Any) -> CurriculumVersion:
    """Freezes the draft and puts it before readers. Raises VersionFrozen, NotReady."""
    locked = CurriculumVersion.objects.select_for_update().get(pk=version.pk)
    if locked.is_published:
        raise VersionFrozen
    problems = problems_of(locked)
    if not changes.strip():
        problems.append(_("Say what changed."))
    if problems:
        raise NotReady(" ".join(problems))
    locked.changes, locked.published_at = changes.strip(), timezone.now()
    locked.save(update_fields=["changes", "published_at"])
    curriculum = locked.curriculum
    log(curriculum, PUBLISHED, user=by, data={"number": locked.number})
    if curriculum.live:
        renew(curriculum)
    version_published.send(Curriculum, curriculum=curriculum)
    return locked


@transaction.atomic
def discard_version(*, version: CurriculumVersion, by: Any) -> None:
    """Throws a draft away, with its modules and units. Raises VersionFrozen."""
    locked = CurriculumVersion.objects.select_for_update().get(pk=version.pk)
    if locked.is_published:
        raise VersionFrozen
    log(locked.curriculum, DISCARDED, user=by, data={"number": locked.number})
    locked.delete()


def problems_of(version: CurriculumVersion) -> list[str]:
    """Why it cannot be published yet."""
    units = dict(version.units.values_list("key", "prerequisites"))
    problems = [] if units else [_("There is no unit in it.")]
    for key, before in sorted(units.items()):
        unknown = sorted(set(before) - units.keys())
        if unknown:
            problems.append(
                _("“%(unit)s” builds on units that are not there: %(unknown)s.")
                % {"unit": key, "unknown": ", ".join(unknown)}
            )
    around = cycle_in(units)
    if around:
        problems.append(_("These units wait for each other: %(units)s.") % {"units": " → ".join(around)})
    return problems


def cycle_in(before: Mapping[str, Iterable[str]]) -> list[str]:
    """Keys that come round to the first again; [] where prerequisites end somewhere."""
    done: set[str] = set()
    for start in before:
        way: list[str] = []
        rest: list[tuple[str, bool]] = [(start, False)]
        while rest:
            key, leaving = rest.pop()
            if leaving:
                done.add(way.pop())
            elif key in way:
                return [*way[way.index(key) :], key]
            elif key not in done:
                way.append(key)
                rest.append((key, True))
                rest.extend((other, False) for other in before.get(key, ()))
    return []


def _copy(last: CurriculumVersion, draft: CurriculumVersion) -> None:
    copies = {}
    for module in last.modules.all():
        copies[module.pk] = uuid7()
        module.pk, module.version = copies[module.pk], draft
        module.save(force_insert=True)
    units = list(last.units.all())
    for unit in units:
        unit.pk, unit.version, unit.module_id = uuid7(), draft, copies[unit.module_id]
    Unit.objects.bulk_create(units)
