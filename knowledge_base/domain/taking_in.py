"""Translations of curricula in step with what comes another way: new versions of the original, versions written in the
CMS or loaded out of files, and curricula of one key that were written for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from knowledge_base.domain.translating import begin, lock, pairs_of, recount
from knowledge_base.domain.translating_curricula import facts_differ
from knowledge_base.models import Curriculum, CurriculumVersion, TranslatedPart, Translation
from knowledge_base.segments import Segment, segments_of
from knowledge_base.taught_segments import all_segments, newest_version, taught_segments


def begin_curriculum(*, source: Curriculum, language: str, by: Any) -> Translation:
    """What the language has already is where translators begin. Raises NotTranslated."""
    with transaction.atomic():
        translation = begin(source=source, language=language, by=by)
        locked = lock(translation)
        there = Curriculum.objects.filter(key=source.key, locale__language_code=language).first()
        if there is not None and not locked.page_id and not locked.parts.exists():
            _take_in(locked, source, there, segments_of(there))
    return translation


def version_published(curriculum: Curriculum) -> None:
    """It may be an original, or a translation that came another way. The caller holds the transaction."""
    for translation in Translation.objects.select_for_update(of=("self",)).filter(source=curriculum.pk).order_by("pk"):
        _realign(translation, taught_segments(newest_version(curriculum)))
        segments = all_segments(curriculum)
        recount(translation, segments)
        if translation.page is not None:
            behind = translation.missing or translation.changed or facts_differ(curriculum, translation.page.specific)
            translation.is_behind = translation.is_behind or bool(behind)
            translation.save(update_fields=["is_behind"])
    own = Translation.objects.select_for_update(of=("self",)).filter(page=curriculum.pk).first()
    if own is not None:
        _take_in(own, own.source.specific, curriculum)
    else:
        link(curriculum)


def link(curriculum: Curriculum) -> None:
    """One that was written for itself, of a key that an older one in another language has, is its translation."""
    if not curriculum.live or Translation.objects.filter(page=curriculum.pk).exists():
        return
    others = Curriculum.objects.live().filter(key=curriculum.key, pk__lt=curriculum.pk)
    others = others.exclude(locale=curriculum.locale_id).filter(translation=None).select_related("locale")
    source = others.order_by("pk").first()
    if source is None or Translation.objects.filter(source=curriculum.pk).exists():
        return
    language = curriculum.locale.language_code
    translation, _is_new = Translation.objects.get_or_create(source_id=source.pk, language=language)
    if translation.page_id:
        return
    translation.page_id, translation.published_at = curriculum.pk, timezone.now()
    translation.save(update_fields=["page", "published_at"])
    _take_in(translation, source, curriculum, segments_of(curriculum))


def link_all() -> int:
    """Those that were there before; how many there were."""
    alone = Curriculum.objects.live().filter(translation=None, translated_as=None).select_related("locale")
    rows = list(alone.order_by("pk"))
    with transaction.atomic():
        for curriculum in rows:
            link(curriculum)
    return len(rows)


# --- within ------------------------------------------------------------------------------


def _take_in(translation: Translation, source: Curriculum, page: Curriculum, own: Iterable[Segment] = ()) -> None:
    """Words of the newest version, and `own` ones of the page. What translators have written since, and the version
    does not change, stays theirs.
    """
    version, before = _last_two(page)
    texts = {part.key: part.text for part in [*own, *taught_segments(version)]}
    earlier = {part.key: part.text for part in taught_segments(before)}
    base = _texts_on_the_day(source, version)
    segments = all_segments(source)
    new = []
    for pair in pairs_of(translation, segments):
        key, text = pair.segment.key, texts.get(pair.segment.key, "")
        if not text or text.split() == pair.text.split() or (pair.text and text == earlier.get(key)):
            continue
        part = pair.part or TranslatedPart(translation=translation, key=key, version=0)
        part.made_from = pair.segment.text if pair.text else base.get(key, pair.segment.text)
        part.text, part.version = text, part.version + 1
        part.edited_at, part.edited_by = timezone.now(), None
        if pair.part is None:
            new.append(part)
        else:
            part.save()
    TranslatedPart.objects.bulk_create(new)
    recount(translation, segments)
    if translation.page_id:
        translation.is_behind = translation.changed > 0
        translation.save(update_fields=["is_behind"])


def _last_two(page: Curriculum) -> tuple[CurriculumVersion | None, CurriculumVersion | None]:
    rows: list[CurriculumVersion | None] = list(page.versions.published().order_by("-number")[:2])
    rows += [None, None]
    return rows[0], rows[1]


def _texts_on_the_day(source: Curriculum, version: CurriculumVersion | None) -> dict[str, str]:
    """What the original taught when this version was published: that is what its words were made from."""
    if version is None:
        return {}
    published = source.versions.published()
    then = published.filter(published_at__lte=version.published_at).order_by("-number").first()
    then = then or published.order_by("number").first()
    return {part.key: part.text for part in taught_segments(then)}


def _realign(translation: Translation, segments: list[Segment]) -> None:
    """Exercises are counted: where one came between, or left, what was written of the others goes along with them."""
    now: dict[str, dict[str, dict[str, str]]] = {}
    for segment in segments:
        unit, number, name = _exercise_key(segment.key)
        if name:
            now.setdefault(unit, {}).setdefault(number, {})[name] = segment.text
    rows: dict[str, dict[str, dict[str, TranslatedPart]]] = {}
    for part in translation.parts.filter(key__contains=":exercise:"):
        unit, number, name = _exercise_key(part.key)
        rows.setdefault(unit, {}).setdefault(number, {})[name] = part
    for unit, there in rows.items():
        places = _new_places(
            {at: {n: p.made_from for n, p in parts.items()} for at, parts in there.items()}, now.get(unit, {})
        )
        if any(old != new for old, new in places.items()):
            _move(translation, unit, there, places)


def _exercise_key(key: str) -> tuple[str, str, str]:
    """Unit, number and part; nothing for what is no part of an exercise."""
    unit, found, rest = key.partition(":exercise:")
    number, _colon, name = rest.partition(":")
    return (unit, number, name) if found else ("", "", "")


def _new_places(old: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Where each exercise is now, by its steps or its title; one that is not found again stays where it was, if nothing
    else came to that place.
    """
    places: dict[str, str] = {}
    free = dict(now)
    for name in ("steps", "title"):
        for at, said in old.items():
            match = next((to for to, says in free.items() if said.get(name) and says.get(name) == said[name]), None)
            if at not in places and match is not None:
                places[at] = match
                del free[match]
    for at in old:
        if at not in places and at in free:
            places[at] = at
            del free[at]
    return places


def _move(
    translation: Translation, unit: str, there: Mapping[str, Mapping[str, TranslatedPart]], places: Mapping[str, str]
) -> None:
    moved = []
    for at, to in places.items():
        for name, part in there[at].items():
            part.key, part.version = f"{unit}:exercise:{to}:{name}", part.version + 1
            moved.append(part)
    translation.parts.filter(pk__in=[part.pk for parts in there.values() for part in parts.values()]).delete()
    TranslatedPart.objects.bulk_create(moved)
