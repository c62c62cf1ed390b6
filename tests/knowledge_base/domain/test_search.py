"""Finding by words: six languages, mistakes, marks, and nothing that one may not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.postgres.lookups import TrigramSimilar
from django.db import connection
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from knowledge_base.access import PUBLIC, Reader
from knowledge_base.domain import indexing, search
from knowledge_base.domain.search import Wanted, excerpt, marked
from knowledge_base.domain.words import asked, light_stem, stemmed
from knowledge_base.enums import Audience, Tab
from knowledge_base.models import Article, Curriculum, Entry, Lesson, Word
from tenants.organisations.isolation import as_owner

Make = Callable[..., Any]
MEMBER = Reader(1, (OrganisationRef(uuid7(), "alpha", "alpha", "", "ngo", "active", "en", "gregorian"),))


def titles(text: str, *, by: Reader = PUBLIC, language: str = "en", **fields: Any) -> list[str]:
    results = search.search(Wanted(text=text, **fields), by=by, language=language)
    return [found.entry.title for found in results.found]


@pytest.mark.parametrize(
    ("language", "title", "asked_for"),
    [
        ("en", "Motivating young people", ["motivated", "MOTIVATION", "young motiv", "people"]),
        ("lt", "Motyvacija ieškant darbo", ["motyvacijos", "darbas", "ieskant", "motyvacij"]),
        ("sr", "Službe i poslovi u gradu", ["posao gradu poslova", "sluzbe", "Службе", "poslovima"]),
        ("sr", "Мотивација за рад", ["motivacija", "мотивације", "motivaciju"]),
        ("sl", "Služba za mlade", ["službe", "sluzbo", "mladih"]),
        ("sq", "Punësimi i të rinjve", ["punesimin", "punësimit", "rinjve"]),
        ("fa", "کتاب‌های آموزش مهارت", ["کتاب", "مهارت‌های", "مهارتها", "اموزش", "كتاب"]),
    ],
)
def test_words_are_found_in_every_language(lesson: Make, language: str, title: str, asked_for: list[str]) -> None:
    lesson(title, language=language, slug="wanted")
    lesson("Something else altogether")
    for text in asked_for[1:] if title.startswith("Službe i") else asked_for:
        assert titles(text) == [title], text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("motivaton", "motivation"),
        ("mtoivation", "motivation"),
        ("vilage buses", "village buses"),
        ("šelter", "shelter"),
    ],
)
def test_mistakes_are_understood(lesson: Make, typed: str, meant: str) -> None:
    lesson("Motivation in a shelter", tried="The village has buses.")
    lesson("Money")
    results = search.search(Wanted(text=typed), by=PUBLIC, language="en")
    assert [found.entry.title for found in results.found] == ["Motivation in a shelter"]
    assert results.meant == meant
    assert not results.is_partial


def test_the_best_come_first_and_ones_own_language_before_others(lesson: Make) -> None:
    lesson("Nothing", tried="The bus came.")
    lesson("Bus", language="sl", slug="bus-sl")
    lesson("Bus")
    assert titles("bus", language="en") == ["Bus", "Bus", "Nothing"]
    results = search.search(Wanted(text="bus"), by=PUBLIC, language="sl")
    assert [found.entry.language for found in results.found] == ["sl", "en", "en"]


def test_some_of_the_words_are_better_than_nothing(lesson: Make) -> None:
    lesson("Bus")
    lesson("Loan")
    results = search.search(Wanted(text="bus loan"), by=PUBLIC, language="en")
    assert results.is_partial
    assert {found.entry.title for found in results.found} == {"Bus", "Loan"}
    mistyped = search.search(Wanted(text="bus loann kangaroo"), by=PUBLIC, language="en")
    assert {found.entry.title for found in mistyped.found} == {"Bus", "Loan"}


@pytest.mark.parametrize("text", ["kangaroo", "!!!", "xq zz", "\0", "xa:* | xb & (", "'; --"])
def test_what_is_not_there_is_not_found(lesson: Make, text: str) -> None:
    lesson("Bus")
    assert titles(text) == []


def test_nothing_is_told_of_what_one_may_not_read(lesson: Make) -> None:
    lesson("Embezzlement", audience=Audience.MEMBERS)
    lesson("Draft of secrets", live=False)
    assert titles("embezzlement") == []
    assert search.search(Wanted(text="embezzlemnt"), by=PUBLIC, language="en").meant == ""
    assert titles("embezzlemnt", by=MEMBER) == ["Embezzlement"]
    assert titles("secrets", by=MEMBER) == []


def test_what_becomes_the_members_is_theirs_at_once(lesson: Make) -> None:
    made = lesson("Embezzlement")
    assert titles("embezzlement") == ["Embezzlement"]
    made.audience = Audience.MEMBERS
    made.save_revision().publish()
    assert titles("embezzlement") == []
    assert Word.objects.get(word="embezzlement").is_public
    indexing.renew_all()
    assert not Word.objects.get(word="embezzlement").is_public


def test_what_is_taken_off_is_gone(lesson: Make) -> None:
    one, other = lesson("Bus"), lesson("Busman")
    one.unpublish()
    assert titles("bus") == ["Busman"]
    other.delete()
    assert titles("bus") == []
    assert indexing.renew_all() == 0
    assert not Word.objects.exists()


def test_everything_is_written_anew(lesson: Make, article: Make, curriculum: Make) -> None:
    lesson("Bus")
    article("Train", body=[("text", "<p>Rails</p><p>and sleepers</p>"), ("advice", "Wait.")])
    curriculum(units=["hope"])
    before = set(Entry.objects.values_list("title", "text"))
    Entry.objects.all().delete()
    assert indexing.renew_missing() == 3
    assert indexing.renew_missing() == 0
    assert indexing.renew_all() == 3
    assert set(Entry.objects.values_list("title", "text")) == before
    assert titles("rails sleepers") == ["Train"]


def test_an_index_page_is_no_result(article: Make) -> None:
    indexing.renew(article("Bus").get_parent())
    assert Entry.objects.count() == 1


def test_units_are_found_with_their_curriculum(curriculum: Make) -> None:
    curriculum(units=["hope"])
    found = search.search(Wanted(text="hope", tab=Tab.CURRICULA), by=PUBLIC, language="en").found
    assert {(one.entry.kind, one.entry.url) for one in found} == {
        ("unit", "/knowledge/en/ready/units/hope/"), ("curriculum", "/knowledge/en/ready/"),
    }  # fmt: skip
    assert titles("hope", tab=Tab.LESSONS) == []


def test_choices_hold_together(lesson: Make, practice: Make) -> None:
    lesson("Bus A", outcome="failure", dimension="economic", level="community", target_group="roma")
    lesson("Bus B")
    practice("Bus C")
    assert titles("bus", outcome="failure") == ["Bus A"]
    assert set(titles("bus", dimension="economic", level="community")) == {"Bus A", "Bus C"}
    assert titles("bus", group="roma") == ["Bus A"]
    assert titles("bus", language="en", tab=Tab.PRACTICES) == ["Bus C"]


@pytest.mark.parametrize(("text", "queries"), [("bus", 1), ("buss stopp lateness waiting", 4), ("", 0)])
def test_queries_do_not_grow_with_words(
    lesson: Make, django_assert_num_queries: DjangoAssertNumQueries, text: str, queries: int
) -> None:
    lesson("Bus")
    lesson("Stop")
    with django_assert_num_queries(queries):
        titles(text)


MANY_ROWS = """
    SELECT pg_clear_attribute_stats('public', relname::text, attname::text, false),
        pg_restore_relation_stats(
            'schemaname', 'public', 'relname', relname::text, 'relpages', 10, 'reltuples', 500000::real
        )
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relname IN ('knowledge_base_entry', 'knowledge_base_word') AND attnum > 0
"""


def test_indexes_answer(lesson: Make) -> None:
    """A table of a few rows is read whole, whatever there is: it says that it has many."""
    lesson("Bus")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(MANY_ROWS)
    every = [search._one("bus"), search._one("stop")]
    rows = search.filtered(Wanted(), by=MEMBER)
    by_words = {
        "knowledge_title_words": rows.filter(title_words=search._all(["bus"])),
        "knowledge_words": rows.filter(words=every[0] & every[1]),
        "knowledge_keys": Entry.objects.filter(keys__overlap=["hope"]),
        "knowledge_word_alike": Word.objects.filter(TrigramSimilar(F("word"), "buss")),
    }
    in_order = {
        "knowledge_newest": rows,
        "knowledge_newest_of_kind": Entry.objects.filter(kind="lesson"),
        "knowledge_newest_public": Entry.objects.filter(kind="lesson", audience="public"),
        "knowledge_newest_in_language": Entry.objects.filter(language="fa"),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        for index, query in by_words.items():
            assert index in query.explain()
        cursor.execute(
            "SET LOCAL enable_indexscan = on; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
        )
        for index, query in in_order.items():
            assert index in query.order_by("-published_at", "-id")[:20].explain()


# --- words and what is shown -------------------------------------------------------------


def test_words_that_say_nothing_are_not_asked() -> None:
    assert asked("How to keep people in work") == ["keep", "people", "work"]
    assert asked("to be or not") == ["to", "be", "or", "not"]
    assert asked("bus bus 5 x") == ["bus", "5"]
    assert asked("  ") == []


def test_light_stems() -> None:
    assert light_stem("sluzbami", "sl") == light_stem("sluzba", "sl") == "sluzb"
    assert light_stem("delo", "sl") == "delo"
    assert stemmed("Službe", "sl") == "0sluzb"
    assert stemmed("Services", "en") == ""


def test_marks_are_ours_alone() -> None:
    assert marked("The <bus> & Bússes", ["bus"]) == "The &lt;<mark>bus</mark>&gt; &amp; <mark>Bússes</mark>"
    assert marked("Motivated people", ["motivation"]) == "<mark>Motivated</mark> people"
    assert marked("A 5 and 55", ["5"]) == "A <mark>5</mark> and 55"


def test_an_excerpt_shows_where_the_word_stands() -> None:
    long = "nothing here " * 30
    assert excerpt("A bus.", long, ["bus"]) == "A <mark>bus</mark>."
    shown = excerpt("Nothing.", f"{long}the last bus leaves {long}", ["bus"])
    assert "the last <mark>bus</mark> leaves" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 280
    assert excerpt("Nothing.", "bus", ["bus"]) == "<mark>bus</mark>"
    assert excerpt("Nothing.", "bus" + "x" * 500, ["bus"]).startswith("<mark>bus")
    assert excerpt("Nothing.", long, ["bus"]) == "Nothing."
    assert excerpt(long, "", ["bus"]).endswith("nothing here …")
    assert len(excerpt(f"{long} bus {long}", "", ["bus"])) < 280


def test_models_are_told_by_their_names(lesson: Make) -> None:
    lesson("Bus")
    assert str(Entry.objects.get()) == "Bus"
    assert str(Word.objects.get(word="bus")) == "bus"
    assert {Article, Curriculum, Lesson} <= set(indexing.READERS)
