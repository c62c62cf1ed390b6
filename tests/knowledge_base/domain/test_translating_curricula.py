"""A curriculum in another language: unit by unit, published as a version, out of date, and what came another way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from knowledge_base.domain.taking_in import begin_curriculum, link_all
from knowledge_base.domain.translating import Typed, pairs_of, save_parts
from knowledge_base.domain.translating_curricula import publish_curriculum, segments_about, standing
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Progress
from knowledge_base.errors import DraftThere, NotReady
from knowledge_base.models import Curriculum, KnowledgeIndex, Translation, Unit
from knowledge_base.segments import segments_of
from knowledge_base.taught_segments import all_segments
from tests.knowledge_base.conftest import add_module, add_unit

Make = Callable[..., Any]


def put(sheet: Translation, texts: dict[str, str], **fields: Any) -> None:
    """As the sheets would send it, whichever unit it is of."""
    source = Curriculum.objects.get(pk=sheet.source_id)
    pairs = {pair.segment.key: pair for pair in pairs_of(sheet, all_segments(source))}
    typed = [
        Typed(key, text, **{"seen_version": pairs[key].version, "seen_source": pairs[key].segment.digest, **fields})
        for key, text in texts.items()
    ]
    assert save_parts(translation=sheet, typed=typed, segments=all_segments, by=None) == []
    sheet.refresh_from_db()


def told(source: Curriculum, *scopes: str) -> dict[str, str]:
    """Every part of these in another language; of the page for "page"."""
    found = {}
    for segment in all_segments(source):
        kind, _colon, rest = segment.key.partition(":")
        scope = f"{kind}:{rest.partition(':')[0]}" if kind in ("unit", "module") else "page"
        if not scopes or scope in scopes:
            found[segment.key] = "\n".join(f"sq {line}" for line in segment.text.split("\n"))
    return found


def begin(source: Curriculum, language: str = "sq") -> Translation:
    return begin_curriculum(source=source, language=language, by=None)


def publish(sheet: Translation, changes: str = "Botimi i parë.", **more: Any) -> Curriculum:
    page = publish_curriculum(translation=sheet, changes=changes, by=None, **more)
    sheet.refresh_from_db()
    return page


def new_version(curriculum: Curriculum, change: Callable[[Any], None]) -> None:
    draft = begin_version(curriculum=curriculum, by=None)
    change(draft)
    publish_version(version=draft, changes="News.", by=None)


def write(version: Any, key: str, **values: Any) -> None:
    unit = version.units.get(key=key)
    for name, value in values.items():
        setattr(unit, name, value)
    unit.save()


def progress(source: Curriculum, sheet: Translation | None) -> dict[str, Progress]:
    now = standing(source, sheet)
    steps = [now.page, *(step for module, units in now.modules for step in (module, *units))]
    return {step.taught.scope if step.taught else "page": step.progress for step in steps}


def written_apart(source: Curriculum, *keys: str, language: str = "fa") -> Curriculum:
    """A curriculum of the same key that somebody wrote in another language, not on a sheet."""
    index = KnowledgeIndex.objects.get(locale__language_code=language)
    page = Curriculum(
        title="آماده",
        summary="چکیده",
        key=source.key,
        who_for="همه",
        outcomes=["امید"],
        locale=index.locale,
        live=False,
    )
    index.add_child(instance=page)
    draft = begin_version(curriculum=page, by=None)
    module = add_module(draft, "beginning", title="آغاز", summary="دربارهٔ آغاز")
    for key in keys:
        add_unit(module, key, title=f"fa {key}", guide=f"fa guide of {key}", introduction="fa", sheet_title="fa")
    publish_version(version=draft, changes="اول", by=None)
    page.save_revision().publish()
    return Curriculum.objects.get(pk=page.pk)


@pytest.fixture
def albanian(curriculum: Make) -> Translation:
    """Of a curriculum "Ready" with units hope and steps, all of it published."""
    source = curriculum()
    sheet = begin(source)
    put(sheet, told(source))
    publish(sheet)
    return sheet


def test_it_begins_with_everything_missing(curriculum: Make) -> None:
    source = curriculum(outcomes=["One", "Two"])
    assert set(progress(source, None).values()) == {Progress.NOT_BEGUN}
    sheet = begin(source)
    segments = all_segments(source)
    assert (sheet.missing, sheet.changed) == (len(segments), 0)
    keys = [segment.key for segment in segments]
    assert keys[:3] == ["title", "summary", "who_for"]
    assert "module:beginning:title" in keys
    assert [key for key in keys if key.startswith("unit:hope:")] == [
        f"unit:hope:{part}"
        for part in (
            "title", "skill", "introduction", "guide", "exercise:1:title", "exercise:1:steps", "exercise:1:debrief",
            "sheet_title", "sheet_instructions", "sheet_lines",
        )
    ]  # fmt: skip
    assert begin(source) == sheet


def test_how_far_each_unit_is(curriculum: Make) -> None:
    source = curriculum()
    sheet = begin(source)
    put(sheet, told(source, "unit:hope"))
    put(sheet, {"unit:steps:title": "Hapat"})
    assert progress(source, sheet) == {
        "page": Progress.NOT_BEGUN,
        "module:beginning": Progress.NOT_BEGUN,
        "unit:hope": Progress.DONE,
        "unit:steps": Progress.BEGUN,
    }
    now = standing(source, sheet)
    assert (now.done, [unit.title for unit in now.units]) == (1, ["sq Hope", "Hapat"])
    assert sheet.missing == sum(step.missing for step in [now.page, now.modules[0][0], *now.units])


def test_a_sheet_keeps_the_parts_of_its_unit_alone(curriculum: Make) -> None:
    source = curriculum()
    sheet = begin(source)
    typed = [Typed("unit:steps:title", "Hapat", 0, ""), Typed("unit:hope:title", "Shpresa", 0, "")]
    save_parts(translation=sheet, typed=typed, segments=segments_about("unit", "hope"), by=None)
    assert list(sheet.parts.values_list("key", flat=True)) == ["unit:hope:title"]
    before = sheet.missing
    sheet.refresh_from_db()
    # made from another text than there is now: it is to be looked at
    assert (sheet.missing, sheet.changed) == (before - 1, 1)
    assert segments_about("unit", "gone")(source) == []


def test_a_version_has_the_words_of_its_language_and_the_facts_of_the_original(
    albanian: Translation, editor: User
) -> None:
    page = Curriculum.objects.get(pk=albanian.page_id)
    source = Curriculum.objects.get(pk=albanian.source_id)
    assert (page.live, page.locale.language_code, page.key) == (True, "sq", source.key)
    assert (page.title, page.outcomes, page.levels) == ("sq Ready", ["sq People can hope."], source.levels)
    version = page.versions.get()
    assert (version.number, version.changes, version.is_published) == (1, "Botimi i parë.", True)
    ours, theirs = (Unit.objects.get(version__curriculum=one, key="hope") for one in (page, source))
    assert (ours.title, ours.guide, ours.sheet_lines) == ("sq Hope", "sq Guide of hope.", ["sq My name", "sq My hope"])
    assert (ours.theory_hours, ours.focus, ours.level) == (theirs.theory_hours, theirs.focus, theirs.level)
    exercise = ours.exercises.raw_data[0]["value"]
    assert (exercise["title"], exercise["minutes"], exercise["steps"]) == ("sq Thread", 20, "sq 1. Hold.")
    assert exercise["debrief"] == ["sq Why?"]
    assert (albanian.missing, albanian.changed, albanian.is_behind, albanian.has_news) == (0, 0, False, False)


def test_nothing_new_makes_no_new_version(albanian: Translation) -> None:
    put(albanian, {"title": "Gati"})
    page = publish(albanian, changes="")
    assert (page.title, page.versions.count()) == ("Gati", 1)
    put(albanian, {"unit:hope:guide": "Tjetër."})
    with pytest.raises(NotReady, match="Say what changed"):
        publish(albanian, changes=" ")
    page = publish(albanian, changes="Udhëzuesi.")
    assert [one.number for one in page.versions.all()] == [2, 1]
    assert page.versions.get(number=1).units.get(key="hope").guide == "sq Guide of hope."
    assert not albanian.is_behind


def test_what_is_missing_is_named_or_left_out(curriculum: Make) -> None:
    source = curriculum(units=["hope", "steps", "plan"])
    new_version(source, lambda draft: write(draft, "plan", prerequisites=["hope", "steps"]))
    sheet = begin(source)
    with pytest.raises(NotReady, match="Not translated yet: Hope, Steps, Plan"):
        publish(sheet)
    put(sheet, told(source, "unit:hope", "unit:plan"))
    with pytest.raises(NotReady, match="Not translated yet: title"):
        publish(sheet, in_part=True)
    put(sheet, told(source, "page"))
    with pytest.raises(NotReady, match="No unit is translated yet"):
        publish(sheet, in_part=True)  # the module has no title
    put(sheet, told(source, "module:beginning"))
    with pytest.raises(NotReady, match="Not translated yet: Steps"):
        publish(sheet)
    assert not Curriculum.objects.filter(locale__language_code="sq").exists()
    page = publish(sheet, in_part=True)
    units = page.versions.get().units.order_by("position")
    assert [(unit.key, unit.position, unit.prerequisites) for unit in units] == [("hope", 1, []), ("plan", 2, ["hope"])]
    assert not sheet.is_behind
    put(sheet, told(source, "unit:steps"))
    page = publish(sheet, "Një njësi më shumë.")
    assert page.versions.order_by("-number")[0].units.get(key="plan").prerequisites == ["hope", "steps"]


def test_too_long_is_not_ready(albanian: Translation) -> None:
    put(albanian, {"unit:hope:skill": "x" * 81})
    with pytest.raises(NotReady, match="Not translated yet: Hope"):
        publish(albanian)


def test_a_page_without_versions(curriculum: Make) -> None:
    source = curriculum(units=None)
    sheet = begin(source)
    put(sheet, told(source))
    page = publish(sheet, "")
    assert (page.title, page.versions.count()) == ("sq Ready", 0)


def test_a_new_version_of_the_original_marks_what_changed(albanian: Translation) -> None:
    source = Curriculum.objects.get(pk=albanian.source_id)

    def change(draft: Any) -> None:
        write(draft, "hope", guide="Guide of a new hope.")
        add_unit(draft.modules.get(), "plan")

    new_version(source, change)
    albanian.refresh_from_db()
    assert (albanian.changed, albanian.is_behind) == (1, True)
    assert progress(source, albanian) == {
        "page": Progress.DONE,
        "module:beginning": Progress.DONE,
        "unit:hope": Progress.BEHIND,
        "unit:steps": Progress.DONE,
        "unit:plan": Progress.NOT_BEGUN,
    }
    put(albanian, {"unit:hope:guide": "Udhëzues."}, is_current=True)
    put(albanian, told(source, "unit:plan"))
    page = publish(albanian, "Versioni i ri.")
    assert (albanian.is_behind, albanian.missing, albanian.changed) == (False, 0, 0)
    assert list(page.versions.order_by("-number")[0].units.values_list("key", flat=True)) == ["hope", "steps", "plan"]


def test_hours_that_changed_make_it_older_as_well(albanian: Translation) -> None:
    source = Curriculum.objects.get(pk=albanian.source_id)
    new_version(source, lambda draft: write(draft, "hope", theory_hours="3"))
    albanian.refresh_from_db()
    assert (albanian.changed, albanian.is_behind) == (0, True)
    page = publish(albanian, "Më shumë orë.")
    assert page.versions.order_by("-number")[0].units.get(key="hope").theory_hours == 3
    assert not albanian.is_behind


def test_a_unit_that_the_original_left_out(albanian: Translation) -> None:
    source = Curriculum.objects.get(pk=albanian.source_id)
    new_version(source, lambda draft: draft.units.get(key="steps").delete())
    albanian.refresh_from_db()
    assert albanian.is_behind
    assert standing(source, albanian).alone == []  # the original had it once
    page = publish(albanian, "Më pak.")
    assert [unit.key for unit in page.versions.order_by("-number")[0].units.all()] == ["hope"]
    assert not albanian.parts.filter(key__startswith="unit:steps:").exists()


def exercise(title: str, steps: str) -> dict[str, Any]:
    return {"type": "exercise", "value": {"title": title, "minutes": 5, "steps": steps, "debrief": []}}


def test_exercises_take_their_translation_along(curriculum: Make) -> None:
    source = curriculum(units=["hope"])
    new_version(source, lambda draft: write(draft, "hope", exercises=[exercise("A", "1. a"), exercise("B", "1. b")]))
    sheet = begin(source)
    put(sheet, told(source))
    came = [exercise("New", "1. n"), exercise("A", "1. changed"), exercise("B", "1. b")]
    new_version(source, lambda draft: write(draft, "hope", exercises=came))
    sheet.refresh_from_db()
    texts = {part.key: part.text for part in sheet.parts.filter(key__contains=":exercise:")}
    assert texts == {
        "unit:hope:exercise:2:title": "sq A",
        "unit:hope:exercise:2:steps": "sq 1. a",
        "unit:hope:exercise:3:title": "sq B",
        "unit:hope:exercise:3:steps": "sq 1. b",
    }
    assert (sheet.missing, sheet.changed) == (2, 1)
    new_version(source, lambda draft: write(draft, "hope", exercises=[exercise("X", "1. x"), came[2]]))
    kept = sheet.parts.filter(key__contains=":exercise:").order_by("key").values_list("key", "text")
    assert [text for key, text in kept if key.endswith("title")] == ["sq B"]


def test_an_exercise_that_was_written_anew_keeps_its_place(curriculum: Make) -> None:
    source = curriculum(units=["hope"])
    new_version(source, lambda draft: write(draft, "hope", exercises=[exercise("A", "1. a"), exercise("B", "1. b")]))
    sheet = begin(source)
    put(sheet, told(source))
    new_version(source, lambda draft: write(draft, "hope", exercises=[exercise("X", "1. x"), exercise("B", "1. b")]))
    sheet.refresh_from_db()
    kept = sheet.parts.filter(key__endswith=":title", key__contains=":exercise:").order_by("key")
    assert list(kept.values_list("text", flat=True)) == ["sq A", "sq B"]
    assert (sheet.missing, sheet.changed) == (0, 2)


# --- what came another way ---------------------------------------------------------------


def test_one_that_was_written_apart_is_its_translation(curriculum: Make) -> None:
    source = curriculum()
    page = written_apart(source, "hope")
    sheet = Translation.objects.get()
    assert (sheet.source_id, sheet.page_id, sheet.language, sheet.is_behind) == (source.pk, page.pk, "fa", False)
    assert progress(source, sheet) == {
        "page": Progress.DONE,
        "module:beginning": Progress.DONE,
        "unit:hope": Progress.DONE,
        "unit:steps": Progress.NOT_BEGUN,
    }
    put(sheet, told(source, "unit:steps"))
    again = publish(sheet, "دوم")
    assert (again.pk, again.title) == (page.pk, "آماده")
    titles = again.versions.order_by("-number")[0].units.values_list("title", flat=True)
    assert list(titles) == ["fa hope", "sq Steps"]


def test_those_that_were_there_before_are_found(curriculum: Make) -> None:
    source = curriculum()
    page = written_apart(source, "hope")
    Translation.objects.all().delete()
    assert link_all() == 2
    assert Translation.objects.get().page_id == page.pk
    assert link_all() == 0
    curriculum("Other", key="other")
    assert link_all() == 1
    assert Translation.objects.count() == 1


def test_one_that_teaches_nothing_yet_is_linked_all_the_same(curriculum: Make) -> None:
    source = curriculum()
    index = KnowledgeIndex.objects.get(locale__language_code="fa")
    page = Curriculum(
        title="آماده", summary="چکیده", key=source.key, who_for="همه", outcomes=["امید"], locale=index.locale
    )
    index.add_child(instance=page)
    assert link_all() == 2
    sheet = Translation.objects.get()
    assert (sheet.source_id, sheet.page_id) == (source.pk, page.pk)
    assert progress(source, sheet)["unit:hope"] == Progress.NOT_BEGUN


def test_what_is_written_apart_while_somebody_translates(curriculum: Make) -> None:
    source = curriculum()
    sheet = begin(source, "fa")
    put(sheet, {"unit:hope:title": "امید"})
    page = written_apart(source, "hope")
    sheet.refresh_from_db()
    assert sheet.page_id == page.pk
    assert sheet.parts.get(key="unit:hope:title").text == "fa hope"  # what readers have
    second = written_apart(curriculum("Again", key=source.key + "x"), "hope", language="lt")
    assert second.translation.language == "lt"


def test_only_one_page_of_a_language_is_the_translation(curriculum: Make, albanian: Translation) -> None:
    source = Curriculum.objects.get(pk=albanian.source_id)
    another = written_apart(source, "hope", language="sq")
    albanian.refresh_from_db()
    assert albanian.page_id != another.pk
    assert Translation.objects.count() == 1


def test_a_page_that_was_taken_off_is_gone_on_with(curriculum: Make) -> None:
    source = curriculum()
    page = written_apart(source, "hope")
    page.unpublish()
    Translation.objects.all().delete()
    sheet = begin(source, "fa")
    assert sheet.page_id is None
    assert sheet.parts.get(key="unit:hope:title").text == "fa hope"
    assert publish(sheet, in_part=True).pk == page.pk


def test_a_version_of_the_cms_comes_back_into_the_sheets(albanian: Translation) -> None:
    """Only what it changes: what a translator has written since stays."""
    page = Curriculum.objects.get(pk=albanian.page_id)
    put(albanian, {"unit:steps:guide": "Ende jo e botuar."})

    def change(draft: Any) -> None:
        write(draft, "hope", guide="Nga CMS-ja.")

    new_version(page, change)
    texts = dict(albanian.parts.values_list("key", "text"))
    assert (texts["unit:hope:guide"], texts["unit:steps:guide"]) == ("Nga CMS-ja.", "Ende jo e botuar.")
    albanian.refresh_from_db()
    assert not albanian.is_behind


def test_a_draft_of_the_cms_is_in_the_way(albanian: Translation) -> None:
    begin_version(curriculum=Curriculum.objects.get(pk=albanian.page_id), by=None)
    put(albanian, {"unit:hope:guide": "Tjetër."})
    with pytest.raises(DraftThere):
        publish(albanian, "x")


def test_units_that_only_this_language_has_are_not_lost_unseen(curriculum: Make) -> None:
    source = curriculum(units=["hope"])
    written_apart(source, "hope", "bazaar")
    sheet = Translation.objects.get()
    assert standing(source, sheet).alone == ["fa bazaar"]
    with pytest.raises(NotReady, match="Only this language has these"):
        publish(sheet)
    page = publish(sheet, "x", in_part=True)
    assert [unit.key for unit in page.versions.order_by("-number")[0].units.all()] == ["hope"]


def test_the_page_follows_its_original(albanian: Translation) -> None:
    source = Curriculum.objects.get(pk=albanian.source_id)
    source.audience, source.title = "members", "Ready now"
    source.save_revision().publish()
    albanian.refresh_from_db()
    page = Curriculum.objects.get(pk=albanian.page_id)
    assert (page.audience, page.title, albanian.is_behind, albanian.changed) == ("members", "sq Ready", True, 1)
    source.unpublish()
    page.refresh_from_db()
    assert not page.live


def test_queries_are_as_many_with_forty_units_as_with_one(curriculum: Make) -> None:
    counts = []
    for title, units in (("One", 1), ("Many", 40)):
        source = curriculum(title, units=[f"unit-{number}" for number in range(units)])
        sheet = begin(source)
        put(sheet, told(source))
        publish(sheet)
        sheet = Translation.objects.get(pk=sheet.pk)
        with CaptureQueriesContext(connection) as seen:
            assert standing(source, sheet).done == units
        with CaptureQueriesContext(connection) as kept:
            typed = [Typed("unit:unit-0:title", "x", 1, "")]
            save_parts(translation=sheet, typed=typed, segments=segments_about("unit", "unit-0"), by=None)
        counts.append((len(seen), len(kept)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 7
    assert segments_of(source)
