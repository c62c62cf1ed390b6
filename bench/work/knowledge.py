"""A knowledge base with so many pages in six languages, and somebody who looks for something in it."""

from __future__ import annotations

import json
import random
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from modelsearch.index import SearchField
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from halka.common.choices import Dimension
from knowledge_base.access import PUBLIC
from knowledge_base.domain import indexing
from knowledge_base.domain.search import Wanted, search
from knowledge_base.enums import Audience, Level, Outcome
from knowledge_base.models import KnowledgeIndex, Lesson

RECALL: Final = Path(__file__).parents[1] / "recall"
KNOWN: Final = {path.stem: json.loads(path.read_text()) for path in sorted(RECALL.glob("*.json"))}
LETTERS: Final = {
    "en": ("bcdfghlmnprstvw", "aeiou"),
    "fa": ("بپتجدرزسشفکگلمنه", "اویآ"),
    "lt": ("bdgklmnprsštvžč", "aeiouėųį"),
    "sl": ("bcčdghjklmnprsštvzž", "aeiou"),
    "sq": ("bçdfghjklmnpqrstvxz", "aeëiouy"),
    "sr": ("bcčćdđghjklmnprsštvzž", "aeiou"),
}
WORDS: Final = 4_000
TEXTS: Final = ("context", "tried", "happened", "why", "next_time")
AT_ONCE: Final = 500
FIRST: Final = 10  # results among which a known answer counts as found


def _vocabulary(language: str) -> list[str]:
    chance = random.Random(language)  # invented words
    consonants, vowels = LETTERS[language]
    return [
        "".join(chance.choice(consonants) + chance.choice(vowels) for _turn in range(2 + number % 3))
        for number in range(WORDS)
    ]


VOCABULARY: Final = {language: _vocabulary(language) for language in LETTERS}
here: dict[str, Any] = {"chance": random.Random(50_000)}


def furnish(pages: int) -> None:
    """Lessons in turn in every language, and those that have known answers; Wagtail indexes the same texts."""
    Lesson.search_fields = [*Lesson.search_fields, *map(SearchField, TEXTS)]
    chance = random.Random(pages)
    indexes = {index.locale.language_code: index for index in KnowledgeIndex.objects.select_related("locale")}
    rows = [
        (language, f"known-{key}", title, text)
        for language, known in KNOWN.items()
        for key, (title, text) in known["texts"].items()
    ]
    here["known"] = len(rows)
    for number in range(pages - len(rows)):
        language = list(LETTERS)[number % len(LETTERS)]
        rows.append((language, f"page-{number}", _some(chance, language, 5).capitalize(), ""))
    places = dict.fromkeys(indexes, 0)
    for first in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            _write(rows[first : first + AT_ONCE], indexes, places, chance)
    for language, index in indexes.items():
        Page.objects.filter(pk=index.pk).update(numchild=places[language])


def _write(rows: list[Any], indexes: dict[str, Any], places: dict[str, int], chance: random.Random) -> None:
    """As an editor's publishing leaves them, many at once: page, lesson, rows of both searches."""
    kind = ContentType.objects.get_for_model(Lesson)
    now = timezone.now()
    lessons = []
    for language, slug, title, text in rows:
        index = indexes[language]
        places[language] += 1
        moment = now - timedelta(minutes=chance.randrange(1_000_000))
        lessons.append(
            Lesson(
                path=Page._get_path(index.path, index.depth + 1, places[language]),
                depth=index.depth + 1,
                title=title,
                draft_title=title,
                slug=slug,
                url_path=f"{index.url_path}{slug}/",
                locale=index.locale,
                content_type=kind,
                live=True,
                first_published_at=moment,
                last_published_at=moment,
                audience=Audience.PUBLIC,
                summary=_some(chance, language, 15),
                outcome=chance.choice(Outcome.values),
                dimension=chance.choice(Dimension.values),
                level=chance.choice(Level.values),
                **{name: text if text and name == "tried" else _some(chance, language, 30) for name in TEXTS},
            )
        )
    _insert(Page, lessons)
    pks = dict(Page.objects.filter(path__in=[one.path for one in lessons]).values_list("path", "pk"))
    for one in lessons:
        one.pk = one.page_ptr_id = pks[one.path]
    _insert(Lesson, lessons)
    indexing.write(lessons)
    get_search_backend().get_index_for_model(Lesson).add_items(Lesson, lessons)


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    """Django's bulk_create leaves out models whose fields lie in two tables."""
    query = InsertQuery(model)
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    query.insert_values(fields, rows)
    query.get_compiler("default").execute_sql()


def _some(chance: random.Random, language: str, words: int) -> str:
    return " ".join(_word(chance, language) for _turn in range(words))


def _word(chance: random.Random, language: str) -> str:
    """As in a language: some words are everywhere, most are rare."""
    return VOCABULARY[language][min(int(chance.paretovariate(0.6)), WORDS) - 1]


def ask(what: str, count: int, wagtail: bool = False) -> list[float]:
    """Milliseconds of so many searches of this kind, each for something else, in each language in turn."""
    chance: random.Random = here["chance"]
    taken = []
    for turn in range(count):
        language = list(LETTERS)[turn % len(LETTERS)]
        text = _asked(what, chance, language)
        started = time.perf_counter()
        _wagtail(text) if wagtail else _ours(text, language)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _asked(what: str, chance: random.Random, language: str) -> str:
    words = VOCABULARY[language]
    if what == "frequent":
        return chance.choice(words[:20])
    if what == "pair":
        return f"{chance.choice(words[:20])} {chance.choice(words[20:400])}"
    rare = chance.choice(words[1000:])
    if what == "rare":
        return rare
    place = chance.randrange(1, len(rare) - 2)
    return rare[:place] + rare[place + 1] + rare[place] + rare[place + 2 :]


def _ours(text: str, language: str) -> list[str]:
    results = search(Wanted(text=text), by=PUBLIC, language=language)
    return [found.entry.path for found in results.found]


def _wagtail(text: str, operator: str = "and") -> list[str]:
    found = Lesson.objects.live().filter(audience=Audience.PUBLIC).search(text, operator=operator)[:20]
    return [f"{page.slug}/" for page in found]


def recall(wagtail: bool = False) -> dict[str, list[int]]:
    """Language -> how many questions found the answer among the first ten, and how many there were.

    Wagtail is asked for all words, and for any of them where no page holds all.
    """
    told = {}
    for language, known in KNOWN.items():
        hits = 0
        for text, key in known["asked"]:
            found = (_wagtail(text) or _wagtail(text, "or")) if wagtail else _ours(text, language)
            hits += f"known-{key}/" in found[:FIRST]
        told[language] = [hits, len(known["asked"])]
    return told
