"""A text in another language: begun, written part by part, published, and marked when its original has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from halka.common.differences import Piece, words_between
from knowledge_base.domain.harvest import take_turn
from knowledge_base.errors import NotReady, NotTranslated, OriginalGone
from knowledge_base.models import Curriculum, KnowledgeIndex, Loaded, TranslatedPart, Translation
from knowledge_base.segments import FACTS, WORDS, Segment, fill, segments_of, tidy
from knowledge_base.taught_segments import all_segments

LONGEST_SLUG: Final = 80
MOST_NAMED: Final = 5


class PartState(StrEnum):
    MISSING = "missing"
    CHANGED = "changed"  # the original says something else than it was made from
    DONE = "done"


@dataclass(frozen=True)
class Typed:
    """What somebody sent for a part. `seen_version` and `seen_source` are what their page showed; `is_current`: they
    say that the text says what the original says now.
    """

    key: str
    text: str
    seen_version: int
    seen_source: str  # a digest
    is_current: bool = False


@dataclass(frozen=True)
class Pair:
    """A part of the original, and what there is of it in the other language."""

    segment: Segment
    part: TranslatedPart | None

    @property
    def text(self) -> str:
        return self.part.text if self.part else ""

    @property
    def version(self) -> int:
        return self.part.version if self.part else 0

    @property
    def state(self) -> PartState:
        if not self.text:
            return PartState.MISSING
        made_from = self.part.made_from if self.part else ""
        return PartState.DONE if made_from == self.segment.text else PartState.CHANGED

    @property
    def is_too_long(self) -> bool:
        return self.segment.most is not None and len(self.text) > self.segment.most

    def what_changed(self) -> list[Piece]:
        """In the original, since this part was written."""
        return words_between(self.part.made_from if self.part else "", self.segment.text)


def begin(*, source: Any, language: str, by: Any) -> Translation:
    """Raises NotTranslated for what is no published original, or is in this language already."""
    is_original = type(source) in WORDS and source.live and not Translation.objects.filter(page=source.pk).exists()
    if not is_original or source.locale.language_code == language:
        raise NotTranslated
    with transaction.atomic():
        translation, is_new = Translation.objects.get_or_create(source_id=source.pk, language=language)
        if is_new:
            recount(translation, all_segments(source))
    return translation


def original_of(translation: Translation) -> Any:
    """As it is published now. Raises OriginalGone."""
    source = translation.source.specific
    if not source.live:
        raise OriginalGone
    return source


def pairs_of(translation: Translation | None, segments: Iterable[Segment]) -> list[Pair]:
    """Without parts where nothing was begun. One query."""
    segments = list(segments)
    if translation is None or translation._state.adding:
        return [Pair(segment, None) for segment in segments]
    rows = translation.parts.filter(key__in=[segment.key for segment in segments]).select_related("edited_by")
    parts = {part.key: part for part in rows}
    return [Pair(segment, parts.get(segment.key)) for segment in segments]


def save_parts(
    *, translation: Translation, typed: Iterable[Typed], segments: Callable[[Any], list[Segment]] = segments_of, by: Any
) -> list[str]:
    """Keeps what was typed; returns the keys of parts that somebody else has written meanwhile, which stay as they
    are. `segments`: those of the original that the sheet is about. Raises OriginalGone.
    """
    with transaction.atomic():
        locked = lock(translation)
        about = segments(original_of(locked))
        pairs = {pair.segment.key: pair for pair in pairs_of(locked, about)}
        before = [pair.state for pair in pairs.values()]
        known = [one for one in typed if one.key in pairs]
        contested = [one.key for one in known if _is_contested(pairs[one.key], one)]
        written = [_write(locked, pairs[one.key], one, by) for one in known if one.key not in contested]
        if any(written):
            locked.touched_at = timezone.now()
            _count_on(locked, before, [pair.state for pair in pairs_of(locked, about)])
    return contested


def publish(*, translation: Translation, by: Any) -> Any:
    """Puts it before readers, with the facts of the original; returns its page. Raises NotReady, OriginalGone."""
    with transaction.atomic():
        take_turn()
        locked = lock(translation)
        source = original_of(locked)
        pairs = pairs_of(locked, segments_of(source))
        page = write_page(locked, source, pairs)
        locked.parts.exclude(key__in=[pair.segment.key for pair in pairs]).delete()  # the original has them no more
        locked.published_at = timezone.now()
        locked.is_behind = any(pair.state == PartState.CHANGED for pair in pairs)
        locked.save(update_fields=["page", "published_at", "is_behind"])
        page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    return page


def write_page(locked: Translation, source: Any, pairs: Iterable[Pair]) -> Any:
    """The page with its words and the facts of the original; a new one stands below its index. Raises NotReady."""
    pairs = list(pairs)
    _refuse_unready(pairs)
    page = _page(locked, source)
    fill(page, source, {pair.segment.key: pair.text for pair in pairs})
    if page.pk is None:
        _add(page, locked.language)
    locked.page_id = page.pk
    return page


def original_changed(source: Any) -> None:
    """A published page, which may be an original: its translations are counted anew, and follow its facts."""
    translations = list(Translation.objects.select_for_update(of=("self",)).filter(source=source.pk).order_by("pk"))
    segments = all_segments(source) if translations else []
    for translation in translations:
        recount(translation, segments)
        page = translation.page.specific if translation.page else None
        if page is None:
            continue
        _mark_behind(translation, segments, segments_of(source))
        _follow(page, source)


def original_left(source: Page) -> None:
    """It was taken off the site: its translations go as well."""
    for page in Page.objects.live().filter(translation__source=source.pk).order_by("pk"):
        page.specific.unpublish()


def translation_changed(page: Any) -> None:
    """A published page, which may be a translation that an editor has changed in the CMS: what translators go on from
    says the same, and what is not words stays as in the original.
    """
    translation = Translation.objects.select_for_update(of=("self",)).filter(page=page.pk).first()
    if translation is None:
        return
    source = translation.source.specific
    parts = {part.key: part for part in translation.parts.all()}
    ours = type(page)()
    fill(ours, source, {key: part.text for key, part in parts.items()})
    kept = {segment.key: segment.text for segment in segments_of(ours)}
    for segment in segments_of(page):
        part = parts.get(segment.key)
        if part is not None and kept.get(segment.key) != segment.text:
            part.text, part.version = segment.text, part.version + 1
            part.edited_at, part.edited_by = timezone.now(), None
            part.save()
    recount(translation, all_segments(source))
    _follow(page, source)


def lock(translation: Translation) -> Translation:
    """Whoever writes in it waits for the others. The caller holds the transaction."""
    return Translation.objects.select_for_update(of=("self",)).get(pk=translation.pk)


def recount(translation: Translation, segments: Iterable[Segment]) -> None:
    """Of all parts of the original."""
    states = [pair.state for pair in pairs_of(translation, segments)]
    translation.missing, translation.changed = states.count(PartState.MISSING), states.count(PartState.CHANGED)
    translation.save(update_fields=["missing", "changed", "touched_at"])


# --- within ------------------------------------------------------------------------------


def _is_contested(pair: Pair, typed: Typed) -> bool:
    return typed.seen_version != pair.version and tidy(typed.text) != pair.text


def _write(translation: Translation, pair: Pair, typed: Typed, by: Any) -> bool:
    """Whether something is different now."""
    text = tidy(typed.text)
    brought = bool(text) and (typed.is_current or not pair.text) and typed.seen_source == pair.segment.digest
    if text == pair.text and not (brought and pair.state == PartState.CHANGED):
        return False
    part = pair.part or TranslatedPart(translation=translation, key=pair.segment.key, version=0)
    part.text, part.version = text, part.version + 1
    part.edited_at, part.edited_by = timezone.now(), by
    part.made_from = pair.segment.text if brought else part.made_from if text else ""
    part.save()
    return True


def _count_on(translation: Translation, before: list[PartState], now: list[PartState]) -> None:
    """Of some parts: the others are as they were."""
    for name, state in (("missing", PartState.MISSING), ("changed", PartState.CHANGED)):
        setattr(translation, name, max(getattr(translation, name) + now.count(state) - before.count(state), 0))
    translation.save(update_fields=["missing", "changed", "touched_at"])


def _mark_behind(translation: Translation, segments: Iterable[Segment], about: Iterable[Segment]) -> None:
    """Readers have the parts as they were published; one that was written since is not before them yet. `about`: those
    of the page itself.
    """
    pairs = pairs_of(translation, about)
    left = translation.parts.exclude(key__in=[segment.key for segment in segments]).exists()
    translation.is_behind = translation.is_behind or left or any(pair.state != PartState.DONE for pair in pairs)
    translation.save(update_fields=["is_behind"])


def _refuse_unready(pairs: Iterable[Pair]) -> None:
    missing = [pair.segment.label for pair in pairs if pair.state == PartState.MISSING]
    too_long = [pair.segment.label for pair in pairs if pair.is_too_long]
    told = []
    if missing:
        told.append(_("Not translated yet: %(parts)s.") % {"parts": named(missing)})
    if too_long:
        told.append(_("Too long: %(parts)s.") % {"parts": named(too_long)})
    if told:
        raise NotReady(" ".join(told))


def named(labels: list[Any]) -> str:
    return ", ".join(str(label) for label in labels[:MOST_NAMED]) + (" …" if len(labels) > MOST_NAMED else "")


def _page(translation: Translation, source: Any) -> Any:
    """The page that there is, or a new one that Wagtail knows as the same text in another language."""
    if translation.page is not None:
        return translation.page.specific
    if isinstance(source, Curriculum):
        there = Curriculum.objects.filter(key=source.key, locale__language_code=translation.language).first()
        if there is not None:
            return there
    index = KnowledgeIndex.objects.select_related("locale").get(locale__language_code=translation.language)
    return type(source)(locale=index.locale, translation_key=source.translation_key, live=False)


def _add(page: Any, language: str) -> None:
    index = KnowledgeIndex.objects.get(locale__language_code=language)
    begin = slugify(page.title, allow_unicode=True)[:LONGEST_SLUG].strip("-") or "text"
    taken = set(index.get_children().filter(slug__startswith=begin).values_list("slug", flat=True))
    page.slug = next(slug for slug in (begin, *(f"{begin}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
    index.add_child(instance=page)


def _follow(page: Any, source: Any) -> None:
    names = FACTS[type(source)]
    if not page.live or all(getattr(page, name) == getattr(source, name) for name in names):
        return
    for name in names:
        setattr(page, name, getattr(source, name))
    before, revision = page.latest_revision_id, page.save_revision()
    revision.publish()
    # what came with the software is still as it came
    Loaded.objects.filter(page=page.pk, revision_id=before).update(revision_id=revision.pk)
