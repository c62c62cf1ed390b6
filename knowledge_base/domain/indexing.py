"""The rows that the search looks at, kept in step with what is published. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value
from django.utils.html import strip_tags
from wagtail.models import Page

from halka.common.choices import Dimension
from halka.common.folding import folded
from knowledge_base.documents import WRITERS
from knowledge_base.domain.harvest import note, note_gone, take_turn
from knowledge_base.domain.words import CONFIGURATIONS, stemmed
from knowledge_base.enums import Audience, Kind, Level
from knowledge_base.models import Advocacy, Article, Curriculum, Entry, Lesson, Practice, PublishedText, Unit
from knowledge_base.prose import plain

LONGEST_TEXT: Final = 20_000
SHORTEST_WORD, LONGEST_WORD = 3, 40  # letters, of words that mistakes are held against
AT_ONCE: Final = 200


@dataclass(frozen=True)
class Indexed:
    """What of a page, or of a unit, is found and shown."""

    kind: Kind
    path: str
    title: str
    summary: str
    texts: tuple[str, ...]
    published_at: datetime
    unit: Unit | None = None
    part_of: str = ""
    outcome: str = ""
    dimensions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    target_group: str = ""
    keys: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(filter(None, map(plain, self.texts)))[:LONGEST_TEXT]


def renew(page: Page) -> None:
    """Writes the rows of this page anew; what is not published has none."""
    page = page.specific
    if type(page) not in READERS:
        return
    note(page)
    forget(page)
    if page.live:
        write([page])


def write(pages: Sequence[Any]) -> None:
    """The rows by which these are found, all at once: specific pages that are published and have none."""
    rows = [(page, row) for page in pages for row in READERS[type(page)](page)]
    Entry.objects.bulk_create(_entry(page, row) for page, row in rows)
    for audience in (Audience.PUBLIC, Audience.MEMBERS):  # a group's words would tell others what it writes about
        read = [row for page, row in rows if page.audience == audience]
        if read:
            _learn((word for row in read for word in _words(row)), is_public=audience == Audience.PUBLIC)


def forget(page: Page) -> None:
    Entry.objects.filter(page_id=page.pk).delete()


def renew_all() -> int:
    """Every row of the knowledge base, and only the words that are in one; returns how many pages there are."""
    pages = Page.objects.live().type(tuple(READERS)).order_by("pk")
    last, written = 0, 0
    while found := list(pages.filter(pk__gt=last)[:AT_ONCE]):
        with transaction.atomic():
            take_turn()
            for page in found:
                renew(page)
        last, written = found[-1].pk, written + len(found)
    Entry.objects.exclude(page__in=pages).delete()
    with transaction.atomic():
        take_turn()
        note_gone(pages)
    _forget_words()
    return written


def renew_missing() -> int:
    """Pages that were published before there was a search, or a list of changes; returns how many."""
    live = Page.objects.live().type(tuple(READERS))
    listed = PublishedText.objects.there().values("page_id")
    missing = live.exclude(pk__in=Entry.objects.values("page")) | live.type(tuple(WRITERS)).exclude(pk__in=listed)
    with transaction.atomic():
        take_turn()
        for page in missing:
            renew(page)
    return len(missing)


def _forget_words() -> None:
    """Words that are in no row any more, or in a working group's alone, and those that are in none for everybody."""
    held = "SELECT word FROM ts_stat($$SELECT words FROM public.knowledge_base_entry{}$$)"
    not_a_groups = " WHERE audience <> 'group'"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM knowledge_base_word WHERE word NOT IN ({held.format(not_a_groups)})")
        public = held.format(" WHERE audience = 'public'")
        cursor.execute(f"UPDATE knowledge_base_word SET is_public = false WHERE is_public AND word NOT IN ({public})")


def _entry(page: Any, row: Indexed) -> Entry:
    language, text = page.locale.language_code, row.text
    return Entry(
        page_id=page.pk,
        unit=row.unit,
        kind=row.kind,
        language=language,
        audience=page.audience,
        group_id=page.group_id if page.audience == Audience.GROUP else None,
        path=row.path,
        title=row.title,
        summary=plain(row.summary),
        part_of=row.part_of,
        text=text,
        outcome=row.outcome,
        dimensions=list(row.dimensions),
        levels=list(row.levels),
        target_group=row.target_group,
        keys=list(row.keys),
        published_at=row.published_at,
        title_words=_vector(row.title, language, "A"),
        words=_vector(row.title, language, "A")
        + _vector(f"{row.summary} {row.part_of}", language, "B")
        + _vector(text, language, "D"),
    )


def _vector(text: str, language: str, weight: str) -> Any:
    """Folded words for everybody; stems of the text's own language beside them."""
    vector: Any = SearchVector(Value(folded(text)), config="simple", weight=weight)
    if language in CONFIGURATIONS:
        return vector + SearchVector(Value(text.casefold()), config=CONFIGURATIONS[language], weight=weight)
    return vector + SearchVector(Value(stemmed(text, language)), config="simple", weight=weight)


def _words(row: Indexed) -> Iterator[str]:
    yield from folded(f"{row.title} {row.summary} {row.text}").split()


def _learn(words: Iterable[str], *, is_public: bool) -> None:
    """In one order, so that two who learn at once do not wait for each other in a ring."""
    known = sorted({word for word in words if SHORTEST_WORD <= len(word) <= LONGEST_WORD})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO knowledge_base_word AS known (word, is_public) SELECT unnest(%s), %s "
            "ON CONFLICT (word) DO UPDATE SET is_public = true WHERE excluded.is_public AND NOT known.is_public",
            [known, is_public],
        )


# --- what is read of each kind -----------------------------------------------------------


def _path(page: Page) -> str:
    return f"{page.slug}/"


def _since(page: Page) -> datetime:
    moment: datetime = page.first_published_at or page.latest_revision_created_at
    return moment


def _article(page: Article) -> Iterator[Indexed]:
    texts = (strip_tags(text.replace("><", "> <")) for text in page.body.stream_block.get_searchable_content(page.body))
    yield Indexed(Kind.ARTICLE, _path(page), page.title, page.introduction, tuple(texts), _since(page))


def _lesson(page: Lesson) -> Iterator[Indexed]:
    yield Indexed(
        Kind.LESSON,
        _path(page),
        page.title,
        page.summary,
        (page.context, page.tried, page.happened, page.why, page.next_time, page.programme, page.evidence_detail),
        _since(page),
        outcome=page.outcome,
        dimensions=(page.dimension,),
        levels=(page.level,),
        target_group=page.target_group,
        keys=tuple(page.curricula),
    )


def _practice(page: Practice) -> Iterator[Indexed]:
    yield Indexed(
        Kind.PRACTICE,
        _path(page),
        page.title,
        page.summary,
        (page.when_to_use, page.steps, page.needs, page.pitfalls, page.evidence),
        _since(page),
        dimensions=(page.dimension,) if page.dimension else tuple(Dimension.values),
        levels=(page.level,) if page.level else tuple(Level.values),
    )


def _advocacy(page: Advocacy) -> Iterator[Indexed]:
    texts = (page.issue, page.position, *page.asks, page.addressed_to)
    yield Indexed(Kind.ADVOCACY, _path(page), page.title, page.summary, texts, _since(page))


def _curriculum(page: Curriculum) -> Iterator[Indexed]:
    """The page, and each unit of its newest published version."""
    version = page.versions.published().order_by("-number").first()
    modules = list(version.modules.all()) if version else []
    yield Indexed(
        Kind.CURRICULUM,
        _path(page),
        page.title,
        page.summary,
        (page.who_for, *page.outcomes, *(f"{module.title} {module.summary}" for module in modules), page.how_to_use),
        _since(page),
        dimensions=tuple(sorted({module.dimension for module in modules})),
        levels=tuple(page.levels),
        keys=(page.key,),
    )
    for unit in version.units.select_related("module") if version else ():
        yield Indexed(
            Kind.UNIT,
            f"{page.slug}/units/{unit.key}/",
            unit.title,
            unit.introduction,
            (unit.skill, *unit.outcomes, *(block.value["title"] for block in unit.exercises), unit.guide),
            _since(page),
            unit=unit,
            part_of=page.title,
            dimensions=(unit.module.dimension,),
            levels=tuple(page.levels),
            keys=(unit.key,),
        )


READERS: Final[dict[type[Page], Callable[[Any], Iterator[Indexed]]]] = {
    Article: _article,
    Lesson: _lesson,
    Practice: _practice,
    Advocacy: _advocacy,
    Curriculum: _curriculum,
}
