from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from knowledge_base.models import Curriculum, CurriculumVersion, PublishedVersion
from tenants.learning.domain.adopting import adopt_curriculum, end_adoption
from tenants.learning.domain.arranging import change_unit
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit
from tenants.organisations.isolation import inside
from tests.knowledge_base.conftest import add_unit
from tests.tenants.learning.conftest import keys_of, publish_next, rewrite, unit_of

Sign = Callable[..., Client]


@pytest.fixture
def browser(alpha: OrganisationRef, member: Callable[..., User], client_of: Sign) -> Client:
    return client_of(member(alpha, Role.MENTOR), alpha)


def page(browser: Client, path: str, **query: Any) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_curriculum_is_adopted_on_the_page(
    alpha: OrganisationRef, standard: Curriculum, browser: Client, client_of: Sign
) -> None:
    text = page(browser, "/learning/")
    assert "You teach from no curriculum yet" in text
    version = standard.versions.get()
    assert f"/learning/adopt/{version.pk}/" in text
    assert "5 units, 10 hours, version 1" in page(browser, f"/learning/adopt/{version.pk}/")
    answer = browser.post(f"/learning/adopt/{version.pk}/")
    assert browser.post(f"/learning/adopt/{version.pk}/").url == "/learning/"  # the second time
    text = page(browser, answer.url)
    assert "5 units, 10 hours. Your own copy of version 1 of the standard." in text
    assert "Your organisation teaches from this curriculum already." in text
    assert "5 units · 10 hours · version 1 of the standard" in page(browser, "/learning/")
    text = client_of(None).get(standard.get_url()).content.decode()
    assert "Taught by" in text
    assert "1 organisation" in " ".join(text.split())


def test_nobody_is_counted_before_anybody_adopts(standard: Curriculum, client_of: Sign) -> None:
    assert "Taught by" not in client_of(None).get(standard.get_url()).content.decode()


def test_units_are_arranged_by_buttons(alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Client) -> None:
    path = f"/learning/{adopted.pk}/"
    with inside(alpha):
        units = {unit.key: unit for unit in adopted.units.all()}
        second = adopted.modules.get(key="together")
    presses = [("down", units["hope"]), ("leave-out", units["listen"]), ("module-up", second), ("up", units["ask"])]
    for act, part in presses:
        assert f'value="{act}:{part.pk}"' in page(browser, path)
        answer = browser.post(f"{path}arrange/", {"do": f"{act}:{part.pk}"})
        assert answer.url == f"{path}#part-{part.pk}"
    with inside(alpha):
        assert keys_of(adopted) == ["ask", "talk", "steps", "hope"]
    assert "1 unit left out" in page(browser, path)
    browser.post(f"{path}arrange/", {"do": f"put-back:{units['listen'].pk}"})
    for act in (f"remove:{units['hope'].pk}", f"module-remove:{second.pk}"):
        browser.post(f"{path}arrange/", {"do": act})
    text = page(browser, path)
    assert "This is a unit of the standard." in text
    assert "Move or remove the units of this module first." in text
    for nonsense in ("", "up", "up:1", f"fly:{units['hope'].pk}", f"up:{second.pk}"):
        assert browser.post(f"{path}arrange/", {"do": nonsense}).status_code == 404


def typed(unit: AdoptedUnit, **changes: Any) -> dict[str, Any]:
    """What the form of a unit sends."""
    names = ("title", "skill_kind", "skill", "level", "focus", "introduction", "guide", "scale", "scale_item")
    values = {name: getattr(unit, name) for name in names}
    values |= {name: getattr(unit, name) for name in ("theory_hours", "practice_hours", "sheet_title")}
    values |= {name: "\n".join(getattr(unit, name)) for name in ("outcomes", "materials", "sheet_lines")}
    values |= {"prerequisites": unit.prerequisites, "sheet_instructions": unit.sheet_instructions}
    values |= {"seen_version": unit.version, "exercises-TOTAL_FORMS": len(unit.exercises)}
    values |= {"exercises-INITIAL_FORMS": 0}
    for place, exercise in enumerate(unit.exercises):
        row = {**exercise, "debrief": "\n".join(exercise["debrief"])}
        values |= {f"exercises-{place}-{name}": value for name, value in row.items()}
    return values | changes


def test_a_unit_is_read_and_rewritten(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Client, django_assert_max_num_queries: Any
) -> None:
    with inside(alpha):
        unit = unit_of(adopted, "talk")
    path = f"/learning/units/{unit.pk}/"
    with django_assert_max_num_queries(12):
        text = page(browser, path)
    assert "Guide of talk." in text
    assert "What you changed" not in text
    assert "Draw." in page(browser, f"{path}sheet/")
    assert "Rewrite the unit" in page(browser, f"{path}edit/")
    assert browser.post(f"{path}edit/", typed(unit)).url == path
    with inside(alpha):
        assert unit_of(adopted, "talk").version == 1  # nothing was changed
    sent = typed(unit, guide="Guide of **talk**.\r\n\r\nSlowly.", sheet_title="", **{"exercises-0-title": ""})
    assert browser.post(f"{path}edit/", sent).status_code == 302
    text = page(browser, path)
    assert "<ins>" in text
    assert "Rewritten" in page(browser, f"/learning/{adopted.pk}/")
    assert browser.get(f"{path}sheet/").status_code == 404
    with inside(alpha):
        saved = unit_of(adopted, "talk")
        assert (saved.guide, saved.exercises, saved.prerequisites) == ("Guide of **talk**.\n\nSlowly.", [], ["hope"])
    text = page(browser, f"/learning/{adopted.pk}/differences/")
    assert "For the facilitator, Exercises, Title of the participant’s sheet" in " ".join(text.split())


def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Client
) -> None:
    with inside(alpha):
        unit = unit_of(adopted, "hope")
    path = f"/learning/units/{unit.pk}/edit/"
    sent = typed(unit, theory_hours="-1", guide="Long text", prerequisites=["talk"], **{"exercises-0-minutes": "0"})
    answer = browser.post(path, sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "These units would wait for each other: Talk, Hope." in text or "Talk" in text
    assert "would wait for each other" in text
    assert "greater than or equal to 0" in text
    assert "greater than or equal to 1" in text
    assert "Long text" in text


def test_exercises_are_added_and_moved_without_saving(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Client
) -> None:
    with inside(alpha):
        unit = unit_of(adopted, "talk")
    path = f"/learning/units/{unit.pk}/edit/"
    text = browser.post(path, typed(unit, do="add", guide="Not saved yet")).content.decode()
    assert "Exercise 2" in text
    assert "Not saved yet" in text
    assert 'value="hope"' in text
    text = browser.post(path, typed(unit, do="remove-0")).content.decode()
    assert "Exercise 1" not in text
    with inside(alpha):
        assert unit_of(adopted, "talk").version == 1


def test_the_second_to_save_sees_both_texts(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, browser: Client
) -> None:
    with inside(alpha):
        unit = unit_of(adopted, "hope")
        change_unit(unit=unit, content={"guide": "Guide of courage."}, seen_version=1, by=seat)
    path = f"/learning/units/{unit.pk}/"
    answer = browser.post(f"{path}edit/", typed(unit, guide="Guide of patience."))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>courage</del><ins>patience</ins>" in text
    assert f"{seat.name} saved it" in text
    assert 'name="seen_version" value="2"' in text
    assert browser.post(f"{path}edit/", typed(unit, guide="Guide of courage.")).url == path  # the same
    assert browser.post(f"{path}edit/", typed(unit, guide="Mine.", seen_version=2)).status_code == 302


def test_modules_and_units_of_ones_own(alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Client) -> None:
    path = f"/learning/{adopted.pk}/"
    assert "Add a module" in page(browser, f"{path}modules/add/")
    sent = {"title": "Fishing", "dimension": "economic", "summary": "Nets.", "outcomes": "Fish\nSell"}
    assert browser.post(f"{path}modules/add/", {**sent, "title": ""}).status_code == 200
    assert browser.post(f"{path}modules/add/", sent).url == path
    with inside(alpha):
        module = adopted.modules.get(title="Fishing")
        talk = unit_of(adopted, "talk")
    edit = f"/learning/modules/{module.pk}/edit/"
    assert "Fishing" in page(browser, edit)
    assert browser.post(edit, {**sent, "summary": "Boats.", "seen_version": 1}).url == path
    answer = browser.post(edit, {**sent, "seen_version": 1})
    assert answer.status_code == 409
    assert "<del>Boats</del><ins>Nets</ins>" in answer.content.decode()
    assert browser.post(edit, {**sent, "summary": "Boats.", "seen_version": 1}).url == path
    add = f"/learning/modules/{module.pk}/add/"
    assert "Add a unit of your own" in page(browser, add)
    answer = browser.post(add, typed(talk, title="Knots", seen_version=""))
    assert "Knots" in page(browser, answer.url)
    assert "Your own" in page(browser, path)
    assert "Knots" in page(browser, f"{path}differences/")


def moved(draft: CurriculumVersion) -> None:
    rewrite("hope", guide="Guide of hope and courage.")(draft)
    rewrite("talk", title="Talking")(draft)
    draft.units.filter(key="ask").delete()
    draft.modules.filter(key="together").update(summary="With others.")
    add_unit(draft.modules.get(key="beginning"), "voice")


def test_what_the_standard_changed_is_taken_over(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat, browser: Client
) -> None:
    path = f"/learning/{adopted.pk}/"
    assert "You are up to date" in page(browser, f"{path}standard/")
    assert "Nothing was decided yet" in page(browser, f"{path}decided/")
    with inside(alpha):
        hope = unit_of(adopted, "hope")
        change_unit(unit=hope, content={"guide": "Our guide."}, seen_version=1, by=seat)
    version = publish_next(standard, moved, "A clearer guide.")
    assert "The standard has moved on" in page(browser, "/learning/")
    assert "See what changed" in page(browser, path)
    text = page(browser, f"{path}standard/")
    assert "5 changes up to version 2 wait for you." in " ".join(text.split())
    assert "A clearer guide." in text
    assert "Take over the 4 that do not touch your own words" in " ".join(text.split())
    assert "<del>Talk</del><ins>Talking</ins>" in text
    send = {"version": version.pk}
    browser.post(f"{path}standard/", {**send, "do": "take:unit:talk"})
    browser.post(f"{path}standard/", {**send, "do": "take:unit:hope"})
    text = page(browser, f"{path}standard/")
    assert "Talking: Taken over" in text
    assert "You have both changed the same words here." in text
    browser.post(f"{path}standard/", {**send, "do": "all"})
    browser.post(f"{path}standard/", {"do": "all", "version": "x"})
    text = page(browser, f"{path}standard/")
    assert "3 changes are taken over." in text
    assert "the standard has changed once more" in text
    assert browser.get(f"{path}standard/choose/", {"part": "unit:talk"}).url == f"{path}standard/"
    choose = f"{path}standard/choose/?part=unit:hope"
    text = page(browser, choose)
    assert "Our text" in text
    assert browser.post(choose, {**send, "seen_version": 2}).status_code == 200  # nothing chosen
    answer = browser.post(choose, {**send, "seen_version": 1, "guide": "ours"})
    assert answer.url == f"{path}standard/"  # somebody wrote in it meanwhile
    answer = browser.post(choose, {**send, "seen_version": 2, "guide": "theirs", "edit": "1"})
    assert answer.url == f"/learning/units/{hope.pk}/edit/"
    assert "version 2 of the standard" in page(browser, path)
    assert "Chosen field by field" in page(browser, f"{path}decided/")


def test_choosing_ends_on_the_list(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat, browser: Client
) -> None:
    with inside(alpha):
        change_unit(unit=unit_of(adopted, "hope"), content={"guide": "Our guide."}, seen_version=1, by=seat)
    version = publish_next(standard, rewrite("hope", guide="Theirs."))
    choose = f"/learning/{adopted.pk}/standard/choose/?part=unit:hope"
    answer = browser.post(choose, {"version": version.pk, "seen_version": 2, "guide": "ours"})
    assert answer.url == f"/learning/{adopted.pk}/standard/"
    assert "You are up to date" in page(browser, answer.url)


def test_a_version_without_anything_for_us_is_followed(
    standard: Curriculum, adopted: AdoptedCurriculum, browser: Client
) -> None:
    version = publish_next(standard, lambda draft: None)
    path = f"/learning/{adopted.pk}/standard/"
    assert "Nothing that you teach has changed" in page(browser, path)
    browser.post(path, {"do": "all", "version": version.pk})
    assert "You are up to date" in page(browser, path)


def test_what_is_no_longer_taught_is_read_only(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, browser: Client
) -> None:
    path = f"/learning/{adopted.pk}/"
    assert browser.post(f"{path}end/").url == "/learning/"
    text = page(browser, "/learning/")
    assert "No longer taught" in text
    assert "Look at it and adopt it" in text
    text = page(browser, path)
    assert "You no longer teach from this curriculum." in text
    assert "Leave out" not in text
    assert browser.post(f"{path}end/").status_code == 403
    with inside(alpha):
        unit = unit_of(adopted, "hope")
        module = unit.module
    assert browser.get(f"/learning/units/{unit.pk}/").status_code == 200
    assert browser.get(f"/learning/units/{unit.pk}/edit/").status_code == 403
    assert browser.get(f"/learning/modules/{module.pk}/edit/").status_code == 403


def test_a_caseworker_reads_and_does_not_rewrite(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, member: Callable[..., User], client_of: Sign
) -> None:
    browser = client_of(member(alpha, Role.CASEWORKER), alpha)
    path = f"/learning/{adopted.pk}/"
    assert "Leave out" not in page(browser, path)
    assert "Look at it and adopt it" not in page(browser, "/learning/")
    assert browser.post(f"{path}arrange/", {"do": "up:1"}).status_code == 403
    assert browser.post(f"{path}standard/", {"do": "all"}).status_code == 403


def test_another_organisation_finds_nothing(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    standard: Curriculum,
    adopted: AdoptedCurriculum,
    seat_in: Callable[..., Seat],
    member: Callable[..., User],
    client_of: Sign,
) -> None:
    """Both have adopted the same, and beta has rewritten it."""
    other = seat_in(beta, Role.MENTOR)
    with inside(beta):
        theirs = adopt_curriculum(version=PublishedVersion.objects.get(), by=other)
        unit = unit_of(theirs, "hope")
        change_unit(unit=unit, content={"guide": "Secret of beta."}, seen_version=1, by=other)
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    for path in (f"/learning/{theirs.pk}/", f"/learning/units/{unit.pk}/", f"/learning/modules/{unit.module_id}/edit/"):
        assert browser.get(path).status_code == 404
    with inside(alpha):
        own = unit_of(adopted, "hope")
    for path in (f"/learning/units/{own.pk}/", f"/learning/{adopted.pk}/differences/"):
        assert "Secret of beta" not in page(browser, path)


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_number_of_queries_for_one_and_three(
    alpha: OrganisationRef,
    curriculum: Callable[..., Curriculum],
    seat: Seat,
    browser: Client,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    pages = [curriculum(f"Ready{number}") for number in range(count)]
    with inside(alpha):
        for each in pages[: max(1, count - 1)]:
            adopt_curriculum(version=PublishedVersion.objects.get(curriculum=each.pk), by=seat)
        ended = AdoptedCurriculum.objects.all()[0]
        if count > 1:
            end_adoption(curriculum=ended, by=seat)
    page(browser, "/learning/")
    with django_assert_num_queries(8):
        page(browser, "/learning/")
