"""A text in another language: begun, kept part by part, published, out of date, and following its original."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from halka.common.differences import words_between
from halka.common.identifiers import uuid7
from knowledge_base.access import PUBLIC, Reader
from knowledge_base.domain import translating
from knowledge_base.domain.languages import in_languages, originals, overview, to_translate, work_of
from knowledge_base.domain.translating import PartState, Typed, begin, pairs_of, publish, save_parts
from knowledge_base.enums import Audience, Work
from knowledge_base.errors import NotReady, NotTranslated, OriginalGone
from knowledge_base.models import Article, Entry, Lesson, Translation
from knowledge_base.segments import segments_of

MEMBER = Reader(1, (OrganisationRef(uuid7(), "alpha", "alpha", "", "ngo", "active", "en", "gregorian"),))

Make = Callable[..., Any]
FARSI = {
    "title": "برف", "summary": "چکیده", "context": "برف.", "tried": "ون.", "happened": "آمد.",
    "next_time": "در **اردیبهشت**.",
}  # fmt: skip


def source_of(sheet: Translation) -> Any:
    """As it is now."""
    return Page.objects.get(pk=sheet.source_id).specific


def typed(sheet: Translation, texts: dict[str, str], **fields: Any) -> list[Typed]:
    """As a page that was just opened would send it."""
    pairs = {pair.segment.key: pair for pair in pairs_of(sheet, segments_of(source_of(sheet)))}
    return [
        Typed(key, text, **{"seen_version": pairs[key].version, "seen_source": pairs[key].segment.digest, **fields})
        for key, text in texts.items()
    ]


def put(sheet: Translation, texts: dict[str, str], by: Any = None, **fields: Any) -> list[str]:
    kept = save_parts(translation=sheet, typed=typed(sheet, texts, **fields), by=by)
    sheet.refresh_from_db()
    return kept


def states(sheet: Translation) -> dict[str, PartState]:
    return {pair.segment.key: pair.state for pair in pairs_of(sheet, segments_of(source_of(sheet)))}


def change(page: Any, **values: Any) -> Any:
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def persian(lesson: Make, editor: User) -> Translation:
    """Of a lesson "Snow", published."""
    sheet = begin(source=lesson("Snow", outcome="mixed"), language="fa", by=editor)
    put(sheet, FARSI, editor)
    publish(translation=sheet, by=editor)
    sheet.refresh_from_db()
    return sheet


def test_it_begins_with_everything_missing(lesson: Make, editor: User) -> None:
    page = lesson("Snow", why="Cold.")
    sheet = begin(source=page, language="fa", by=editor)
    assert (sheet.missing, sheet.changed, sheet.page, sheet.has_news) == (7, 0, None, False)
    assert begin(source=page, language="fa", by=editor) == sheet


def test_what_is_not_translated(lesson: Make, editor: User, persian: Translation) -> None:
    """Drafts, into its own language, translations."""
    for page, language in (
        (lesson("Later", live=False), "fa"),
        (lesson("Ice"), "en"),
        (persian.page.specific, "sq"),
    ):
        with pytest.raises(NotTranslated):
            begin(source=page, language=language, by=editor)


def test_parts_are_kept_one_by_one(lesson: Make, editor: User) -> None:
    sheet = begin(source=lesson("Snow"), language="fa", by=editor)
    assert put(sheet, {"title": " برف\r\n", "tried": "ون."}, editor) == []
    assert (sheet.missing, sheet.changed, sheet.has_news) == (4, 0, True)
    assert states(sheet)["title"] == PartState.DONE
    assert states(sheet)["summary"] == PartState.MISSING
    part = sheet.parts.get(key="title")
    assert (part.text, part.made_from, part.version, part.edited_by) == ("برف", "Snow", 1, editor)
    put(sheet, {"title": "برف"}, editor)
    part.refresh_from_db()
    assert part.version == 1  # nothing is different
    put(sheet, {"title": ""}, editor)
    part.refresh_from_db()
    assert (part.text, part.made_from, sheet.missing) == ("", "", 5)


def test_a_part_that_is_not_of_this_page_is_left_out(lesson: Make, editor: User) -> None:
    sheet = begin(source=lesson("Snow"), language="fa", by=editor)
    assert save_parts(translation=sheet, typed=[Typed("slug", "x", 0, "")], by=editor) == []
    assert not sheet.parts.exists()


def test_two_who_write_the_same_part(lesson: Make, editor: User, member: Make, secretariat: Any) -> None:
    """The second is told, and nothing is overwritten."""
    sheet = begin(source=lesson("Snow"), language="fa", by=editor)
    mine = typed(sheet, {"title": "برف", "tried": "ون."})
    put(sheet, {"title": "برف سنگین"}, editor)
    assert save_parts(translation=sheet, typed=mine, by=None) == ["title"]
    assert sheet.parts.get(key="title").text == "برف سنگین"
    assert sheet.parts.get(key="tried").text == "ون."
    again = [Typed("title", "برف سنگین", 0, "")]  # the same words are no conflict
    assert save_parts(translation=sheet, typed=again, by=None) == []
    assert put(sheet, {"title": "برف"}) == []


def test_publishing_makes_a_page_with_the_facts_of_the_original(persian: Translation, editor: User) -> None:
    page = persian.page.specific
    assert isinstance(page, Lesson)
    source = Lesson.objects.get(pk=persian.source_id)
    assert (page.live, page.title, page.slug, page.locale.language_code) == (True, "برف", "برف", "fa")
    assert (page.outcome, page.audience, page.translation_key) == ("mixed", "public", source.translation_key)
    assert page.next_time == "در **اردیبهشت**."
    assert Entry.objects.filter(page=page.pk, language="fa").exists()
    assert not persian.is_behind
    assert not persian.has_news
    assert page.latest_revision.user == editor


def test_what_is_missing_is_named(lesson: Make, editor: User) -> None:
    sheet = begin(source=lesson("Snow", programme="Vans"), language="fa", by=editor)
    with pytest.raises(NotReady, match=r"Not translated yet: title, in two sentences, how it was, .* …"):
        publish(translation=sheet, by=editor)
    put(sheet, {**FARSI, "title": "ب" * 256, "programme": "ون‌ها"})
    with pytest.raises(NotReady, match="Too long: title"):
        publish(translation=sheet, by=editor)
    assert not Translation.objects.get().page


def test_addresses_do_not_meet(lesson: Make, editor: User) -> None:
    slugs = []
    for number in range(3):
        sheet = begin(source=lesson(f"Snow {number}"), language="fa", by=editor)
        put(sheet, {**FARSI, "title": "..." if number == 2 else "برف"})
        slugs.append(publish(translation=sheet, by=editor).slug)
    assert slugs == ["برف", "برف-2", "text"]


def test_a_changed_original_marks_parts_and_the_page(persian: Translation, editor: User) -> None:
    change(source_of(persian), tried="A blue van.")
    persian.refresh_from_db()
    assert (persian.missing, persian.changed, persian.is_behind) == (0, 1, True)
    pair = next(pair for pair in pairs_of(persian, segments_of(source_of(persian))) if pair.segment.key == "tried")
    assert pair.state == PartState.CHANGED
    assert pair.what_changed() == words_between("A van.", "A blue van.")
    # a word mended elsewhere in the translation does not say that it is brought up to date
    put(persian, {"tried": "یک ون."}, editor)
    assert (persian.changed, persian.has_news) == (1, True)
    put(persian, {"tried": "یک ون آبی."}, editor, is_current=True)
    assert (persian.changed, persian.is_behind) == (0, True)  # readers do not have it yet
    publish(translation=persian, by=editor)
    persian.refresh_from_db()
    assert not persian.is_behind
    assert persian.page.specific.tried == "یک ون آبی."


def test_it_may_be_published_again_while_a_part_is_older(persian: Translation, editor: User) -> None:
    change(source_of(persian), tried="A blue van.")
    put(persian, {"title": "برف سنگین"}, editor)
    publish(translation=persian, by=editor)
    persian.refresh_from_db()
    assert persian.is_behind
    assert persian.page.specific.title == "برف سنگین"


def test_it_is_still_right_without_another_word(persian: Translation, editor: User) -> None:
    change(source_of(persian), tried="A van")
    put(persian, {"tried": "ون."}, editor, is_current=True)
    assert persian.changed == 0


def test_what_the_page_showed_counts(persian: Translation, editor: User) -> None:
    """The original changed again while somebody was writing: they have not seen that."""
    change(source_of(persian), tried="A blue van.")
    seen = typed(persian, {"tried": "ون آبی."}, is_current=True)
    change(source_of(persian), tried="Two blue vans.")
    assert save_parts(translation=persian, typed=seen, by=editor) == []
    persian.refresh_from_db()
    assert persian.changed == 1
    assert persian.parts.get(key="tried").text == "ون آبی."


def test_a_part_that_the_original_lost(persian: Translation, lesson: Make, editor: User) -> None:
    source = change(source_of(persian), why="Cold.")
    put(persian, {"why": "سرما."}, editor)
    publish(translation=persian, by=editor)
    persian.refresh_from_db()
    assert not persian.is_behind
    change(source, why="")
    persian.refresh_from_db()
    assert (persian.missing, persian.changed, persian.is_behind) == (0, 0, True)
    publish(translation=persian, by=editor)
    persian.refresh_from_db()
    assert not persian.is_behind
    assert persian.page.specific.why == ""


def test_facts_follow_at_once(persian: Translation) -> None:
    """A text that becomes the members' is not left for everybody in another language."""
    change(source_of(persian), audience=Audience.MEMBERS, outcome="failure")
    page = persian.page.specific
    assert (page.audience, page.outcome, page.title) == (Audience.MEMBERS, "failure", "برف")
    assert Entry.objects.get(page=page.pk).audience == Audience.MEMBERS
    persian.refresh_from_db()
    assert not persian.is_behind


def test_a_text_that_leaves_takes_its_translations_along(persian: Translation, editor: User) -> None:
    source = source_of(persian)
    source.unpublish()
    assert not Page.objects.get(pk=persian.page_id).live
    with pytest.raises(OriginalGone):
        save_parts(translation=persian, typed=[], by=editor)
    with pytest.raises(OriginalGone):
        publish(translation=persian, by=editor)
    change(source)  # on the site again: the translation waits for somebody to publish it
    assert not Page.objects.get(pk=persian.page_id).live
    publish(translation=persian, by=editor)
    assert Page.objects.get(pk=persian.page_id).live


def test_a_deleted_text_takes_its_translations_off_the_site(persian: Translation) -> None:
    page = persian.page_id
    source_of(persian).delete()
    assert not Page.objects.get(pk=page).live
    assert not Translation.objects.exists()


def test_a_deleted_translation_can_be_published_again(persian: Translation, editor: User) -> None:
    persian.page.specific.delete()
    persian.refresh_from_db()
    assert persian.page is None
    change(source_of(persian), tried="A blue van.")
    publish(translation=persian, by=editor)
    persian.refresh_from_db()
    assert persian.page.specific.title == "برف"


def test_what_is_mended_in_the_cms_is_kept(persian: Translation, editor: User) -> None:
    change(persian.page.specific, tried="ونی آبی.")
    part = persian.parts.get(key="tried")
    assert (part.text, part.version, part.made_from) == ("ونی آبی.", 2, "A van.")
    assert persian.parts.get(key="title").version == 1
    put(persian, {"title": "برف سنگین"}, editor)
    publish(translation=persian, by=editor)
    assert Lesson.objects.get(pk=persian.page_id).tried == "ونی آبی."


def test_the_cms_does_not_open_what_the_original_keeps_for_members(persian: Translation) -> None:
    source = change(source_of(persian), audience=Audience.MEMBERS)
    page = change(persian.page.specific, audience=Audience.PUBLIC)
    assert page.audience == source.audience == Audience.MEMBERS


def test_an_article_with_links_lists_and_quotations(article: Make, editor: User) -> None:
    rich = '<p>See <a href="/knowledge/en/snow/">the <b>snow</b></a>.</p><ul><li>One</li><li>Two</li></ul>'
    page = article(
        "Bus", body=[("heading", "Why"), ("text", rich), ("quote", {"text": "Late.", "who": ""}), ("advice", "Wait.")]
    )
    sheet = begin(source=page, language="fa", by=editor)
    parts = {segment.text: segment.key for segment in segments_of(page)}
    assert list(parts) == [
        "Bus",
        "Introduction of Bus",
        "Why",
        "See [the **snow**](1).\n\n- One\n- Two",
        "Late.",
        "Wait.",
    ]
    texts = ["اتوبوس", "درآمد", "چرا", "[**برف**](1) را ببینید.\n\n- یک\n- دو\n- سه", "دیر.", "صبر کنید."]
    put(sheet, dict(zip(parts.values(), texts, strict=True)))
    made = Article.objects.get(pk=publish(translation=sheet, by=editor).pk)
    body = [(block.block_type, block.value) for block in made.body]
    assert str(body[1][1].source) == (
        '<p><a href="/knowledge/en/snow/"><b>برف</b></a> را ببینید.</p><ul><li>یک</li><li>دو</li><li>سه</li></ul>'
    )
    assert (body[0][1], body[2][1]["text"], body[2][1]["who"], body[3][1]) == ("چرا", "دیر.", "", "صبر کنید.")
    assert {part.version for part in sheet.parts.all()} == {1}


def test_asks_stand_one_a_line(advocacy: Make, editor: User) -> None:
    sheet = begin(source=advocacy("Buses", asks=["One", "Two"]), language="fa", by=editor)
    put(sheet, {segment.key: f"fa {segment.text}" for segment in segments_of(source_of(sheet))})
    assert publish(translation=sheet, by=editor).asks == ["fa One", "Two"]


def test_a_practice_keeps_its_kind(practice: Make, editor: User) -> None:
    sheet = begin(source=practice("Bowls"), language="sq", by=editor)
    put(sheet, {segment.key: f"sq {segment.text}" for segment in segments_of(source_of(sheet))})
    page = publish(translation=sheet, by=editor)
    assert (page.kind, page.title) == ("tool", "sq Bowls")


# --- lists, and readers ------------------------------------------------------------------


def test_how_far_each_language_is(persian: Translation, lesson: Make, editor: User) -> None:
    ice = lesson("Ice")
    lesson("دیگر", language="fa")
    begin(source=ice, language="fa", by=editor)
    found = {one.code: (one.published, one.behind, one.missing) for one in overview()}
    assert (found["en"], found["fa"], found["sq"]) == ((2, 0, 1), (2, 0, 1), (0, 0, 3))
    rows = {row.title: work_of(row) for row in to_translate("fa")}
    assert rows == {"Snow": Work.DONE, "Ice": Work.BEGUN}
    assert {row.title: work_of(row) for row in to_translate("sq")} == dict.fromkeys(
        ["Snow", "Ice", "دیگر"], Work.NOT_BEGUN
    )
    change(source_of(persian), tried="A blue van.")
    assert {one.code: one.behind for one in overview()}["fa"] == 1
    for work, titles in ((Work.BEHIND, ["Snow"]), (Work.BEGUN, ["Ice"]), (Work.DONE, []), (Work.NOT_BEGUN, [])):
        assert [row.title for row in to_translate("fa", work=work)] == titles
    assert list(Translation.objects.out_of_date()) == [persian]
    assert originals().count() == 3


def test_readers_are_told_of_other_languages(persian: Translation, lesson: Make, curriculum: Make) -> None:
    source, page = source_of(persian), persian.page.specific
    alone = in_languages(lesson("Ice"), by=MEMBER)
    assert (alone.others, alone.is_behind, alone.original) == ([], False, None)
    here = in_languages(page, by=PUBLIC)
    assert [(one.page, one.is_original) for one in here.others] == [(source, True)]
    assert (here.original, here.is_behind) == (source, False)
    ready, other = curriculum(), curriculum("Steps", key="ready")
    assert [one.page for one in in_languages(ready, by=PUBLIC).others] == [other]
    there = in_languages(source, by=PUBLIC)
    assert [(one.page, one.is_original) for one in there.others] == [(page, False)]
    change(source, audience=Audience.MEMBERS, tried="A blue van.")
    assert in_languages(source, by=PUBLIC).others == []
    behind = in_languages(page, by=MEMBER)
    assert behind.is_behind
    persian.refresh_from_db()
    assert translating.original_of(persian).tried == "A blue van."
