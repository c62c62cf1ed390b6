"""What there is of the knowledge base in each language: for those who translate, and for readers of one text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce
from wagtail.models import Page

from knowledge_base.access import Reader
from knowledge_base.enums import Work
from knowledge_base.models import Curriculum, Translation
from knowledge_base.segments import WORDS

LANGUAGES: Final = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Spoken:
    """A language: texts that readers have in it, translations older than their original, and what is missing."""

    code: str
    published: int
    behind: int
    missing: int


def originals() -> Any:
    """Published texts that are no translation."""
    translated = Translation.objects.filter(page=OuterRef("pk"))
    return Page.objects.live().type(tuple(WORDS)).filter(~Exists(translated))


def overview() -> list[Spoken]:
    """All languages of the network. Three queries."""
    live = Page.objects.live().type(tuple(WORDS))
    published = Counter(live.order_by().values_list("locale__language_code", flat=True))
    sources = Counter(originals().order_by().values_list("locale__language_code", flat=True))
    behind, translated = Counter[str](), Counter[str]()
    rows = Translation.objects.filter(source__live=True, page__live=True)
    for language, is_behind in rows.values_list("language", "is_behind"):
        translated[language] += 1
        behind[language] += is_behind
    return [
        Spoken(code, published[code], behind[code], sources.total() - sources[code] - translated[code])
        for code in LANGUAGES
    ]


def to_translate(language: str, *, work: str = "") -> Any:
    """Originals in other languages with what there is of them in this one; `work` narrows them (Work)."""
    rows = originals().exclude(locale__language_code=language)
    rows = rows.annotate(sheet=FilteredRelation("translated_as", condition=Q(translated_as__language=language)))
    rows = rows.annotate(
        translation_id=F("sheet"),
        missing=F("sheet__missing"),
        changed=F("sheet__changed"),
        is_behind=Coalesce(F("sheet__is_behind"), False),
        is_published=Exists(Translation.objects.filter(source=OuterRef("pk"), language=language, page__live=True)),
    )
    narrowed: dict[str, Q] = {
        Work.NOT_BEGUN: Q(sheet=None),
        Work.BEGUN: Q(sheet__isnull=False, is_published=False) | Q(is_published=True, is_behind=False, missing__gt=0),
        Work.BEHIND: Q(is_behind=True, is_published=True),
        Work.DONE: Q(is_behind=False, is_published=True, missing=0),
    }
    return rows.filter(narrowed.get(work, Q())).select_related("locale", "content_type")


def work_of(row: Any) -> Work:
    """Of one that `to_translate` found."""
    if row.is_published and (row.is_behind or not row.missing):
        return Work.BEHIND if row.is_behind else Work.DONE
    return Work.NOT_BEGUN if row.translation_id is None else Work.BEGUN


@dataclass(frozen=True)
class Elsewhere:
    """The same text in another language. `is_original`: the one that the reader's page is a translation of."""

    page: Any
    is_original: bool


@dataclass(frozen=True)
class InLanguages:
    """For the reader of one text: where else it is, and whether the original says something newer."""

    others: list[Elsewhere]
    is_behind: bool

    @property
    def original(self) -> Any:
        return next((one.page for one in self.others if one.is_original), None)


def in_languages(page: Any, *, by: Reader) -> InLanguages:
    """What this reader may read. One query. Curricula of one key belong together, however they were made."""
    same = {"key": page.key} if isinstance(page, Curriculum) else {"translation_key": page.translation_key}
    siblings = type(page).objects.readable(by=by).filter(**same)
    found = list(siblings.select_related("locale", "translation").order_by("pk"))
    own = next((one.translation for one in found if one.pk == page.pk and hasattr(one, "translation")), None)
    others = [one for one in found if one.pk != page.pk]
    others.sort(key=lambda one: LANGUAGES.index(one.locale.language_code))
    return InLanguages(
        [Elsewhere(one, own is not None and one.pk == own.source_id) for one in others],
        own is not None and own.is_behind,
    )
