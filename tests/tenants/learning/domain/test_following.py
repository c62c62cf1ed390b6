from __future__ import annotations

from uuid import UUID

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from knowledge_base.models import Adoption, Curriculum, CurriculumVersion
from tenants.learning.domain import following
from tenants.learning.domain.arranging import change_module, change_unit, leave_out
from tenants.learning.domain.comparing import drift_of
from tenants.learning.domain.following import KEEP, OURS, TAKE, THEIRS, newest_of, pending_in
from tenants.learning.enums import Change, Settled
from tenants.learning.errors import NeedsChoosing, NothingToSettle
from tenants.learning.models import AdoptedCurriculum, Settlement
from tenants.organisations.isolation import inside
from tests.knowledge_base.conftest import add_module, add_unit
from tests.tenants.learning.conftest import keys_of, publish_next, rewrite, unit_of


def pending(adopted: AdoptedCurriculum) -> dict[str, Change]:
    return {each.name: each.kind for each in pending_in(adopted, newest_of(adopted))}


def settle(adopted: AdoptedCurriculum, name: str, act: str, seat: Seat) -> Settlement:
    return following.settle(curriculum=adopted, version=newest_of(adopted).pk, name=name, act=act, by=seat)


def write(adopted: AdoptedCurriculum, key: str, seat: Seat, **content: object) -> None:
    unit = unit_of(adopted, key)
    change_unit(unit=unit, content=content, seen_version=unit.version, by=seat)


def much(draft: CurriculumVersion) -> None:
    """One change of each kind, if `hope` was rewritten here in its guide and `talk` in its title."""
    draft.units.filter(key="hope").update(guide="Guide of hope and courage.")
    draft.units.filter(key="talk").update(guide="New guide of talk.")
    draft.units.filter(key="listen").update(title="Listening")
    draft.units.filter(key="ask").delete()
    draft.modules.filter(key="together").update(summary="With others.")
    add_unit(draft.modules.get(key="beginning"), "voice")
    add_unit(add_module(draft, "work"), "money")


@pytest.fixture
def moved_on(alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat) -> AdoptedCurriculum:
    with inside(alpha):
        write(adopted, "hope", seat, guide="Our own guide.")
        write(adopted, "talk", seat, title="Talking")
    publish_next(standard, much)
    return adopted


def test_what_changed_is_told_part_by_part(alpha: OrganisationRef, moved_on: AdoptedCurriculum) -> None:
    with inside(alpha):
        assert pending(moved_on) == {
            "module:together": Change.THERE,
            "unit:hope": Change.BOTH,
            "unit:voice": Change.NEW,
            "unit:talk": Change.APART,
            "unit:listen": Change.THERE,
            "unit:money": Change.NEW,
            "unit:ask": Change.GONE,
        }
        waiting = {each.name: each for each in pending_in(moved_on, newest_of(moved_on))}
        assert [field.name for field in waiting["unit:talk"].changed_there] == ["guide"]
        assert waiting["unit:voice"].changed_there == []
        assert waiting["unit:hope"].in_both == ["guide"]


def test_one_click_takes_over_what_nobody_changed_here(
    alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        made = settle(moved_on, "unit:listen", TAKE, seat)
        unit = unit_of(moved_on, "listen")
        assert (unit.title, unit.is_rewritten, made.how, made.number) == ("Listening", False, Settled.TAKEN, 2)
        assert "unit:listen" not in pending(moved_on)
        settle(moved_on, "module:together", TAKE, seat)
        assert moved_on.modules.get(key="together").summary == "With others."
        assert Settlement.objects.filter(is_module=True).count() == 1
        assert Entry.objects.filter(action="unit.settled").count() == 2
        with pytest.raises(NothingToSettle):
            settle(moved_on, "unit:listen", TAKE, seat)


def test_changes_in_other_places_are_merged(alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        assert settle(moved_on, "unit:talk", TAKE, seat).how == Settled.MERGED
        unit = unit_of(moved_on, "talk")
        assert (unit.title, unit.guide, unit.is_rewritten) == ("Talking", "New guide of talk.", True)


def test_new_units_come_to_their_place(alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        assert settle(moved_on, "unit:voice", TAKE, seat).how == Settled.ADDED
        assert settle(moved_on, "unit:money", TAKE, seat).how == Settled.ADDED
        assert keys_of(moved_on) == ["hope", "steps", "voice", "talk", "listen", "ask", "money"]
        assert unit_of(moved_on, "money").module.key == "work"


def test_a_new_unit_at_the_beginning(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    def before_all(draft: CurriculumVersion) -> None:
        add_unit(draft.modules.get(key="together"), "greet")
        draft.units.filter(key="greet").update(position=0)

    publish_next(standard, before_all)
    with inside(alpha):
        settle(adopted, "unit:greet", TAKE, seat)
        assert keys_of(adopted) == ["hope", "steps", "greet", "talk", "listen", "ask"]


def test_what_is_not_wanted_is_not_asked_about_again(
    alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        assert settle(moved_on, "unit:voice", KEEP, seat).how == Settled.PASSED
        assert settle(moved_on, "unit:hope", KEEP, seat).how == Settled.KEPT
        assert settle(moved_on, "unit:ask", KEEP, seat).how == Settled.STAYED
        assert settle(moved_on, "module:together", KEEP, seat).how == Settled.KEPT
        assert set(pending(moved_on)) == {"unit:talk", "unit:listen", "unit:money"}
        assert unit_of(moved_on, "voice").is_left_out
        assert (unit_of(moved_on, "hope").guide, unit_of(moved_on, "hope").is_rewritten) == ("Our own guide.", True)
        assert unit_of(moved_on, "ask").is_own


def test_what_is_gone_is_left_out(alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        assert settle(moved_on, "unit:ask", TAKE, seat).how == Settled.LEFT_OUT
        assert "ask" not in keys_of(moved_on)
        assert "unit:ask" not in pending(moved_on)


def test_the_same_words_need_choosing(alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        with pytest.raises(NeedsChoosing):
            settle(moved_on, "unit:hope", TAKE, seat)
        newest, seen = newest_of(moved_on).pk, unit_of(moved_on, "hope").version

        def choose(side: str, seen_version: int = seen, name: str = "unit:hope") -> Settlement:
            return following.choose(
                curriculum=moved_on, version=newest, name=name, choices={"guide": side}, seen_version=seen_version,
                by=seat,
            )  # fmt: skip

        for wrong in ({"seen_version": 1}, {"name": "unit:listen"}):
            with pytest.raises(NothingToSettle):
                choose(OURS, **wrong)  # type: ignore[arg-type]
        assert choose(THEIRS).how == Settled.CHOSEN
        assert unit_of(moved_on, "hope").guide == "Guide of hope and courage."


def test_our_words_may_stay(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        write(adopted, "hope", seat, guide="Ours.", title="Our hope")
    publish_next(standard, rewrite("hope", guide="Theirs.", introduction="Theirs too."))
    with inside(alpha):
        following.choose(
            curriculum=adopted, version=newest_of(adopted).pk, name="unit:hope", choices={"guide": OURS},
            seen_version=unit_of(adopted, "hope").version, by=seat,
        )  # fmt: skip
        unit = unit_of(adopted, "hope")
        assert (unit.guide, unit.title, unit.introduction) == ("Ours.", "Our hope", "Theirs too.")
        adopted.refresh_from_db()
        assert adopted.number == 2  # that was the last


def test_all_at_once_leaves_what_needs_choosing(
    alpha: OrganisationRef, moved_on: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        assert following.settle_easy(curriculum=moved_on, version=newest_of(moved_on).pk, by=seat) == 6
        assert pending(moved_on) == {"unit:hope": Change.BOTH}
        moved_on.refresh_from_db()
        assert moved_on.number == 1
        settle(moved_on, "unit:hope", KEEP, seat)
        moved_on.refresh_from_db()
        assert (moved_on.number, moved_on.base) == (2, newest_of(moved_on).pk)
        assert Adoption.objects.get().version_id == moved_on.base
        assert keys_of(moved_on) == ["hope", "steps", "voice", "talk", "listen", "money"]
        assert [str(each.part) for each in drift_of(moved_on).rewritten] == ["Hope", "Talking"]


def test_easy_ones_alone_end_the_matter(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    publish_next(standard, rewrite("steps", title="Small steps"))
    with inside(alpha):
        assert following.settle_easy(curriculum=adopted, version=newest_of(adopted).pk, by=seat) == 1
        adopted.refresh_from_db()
        assert adopted.number == 2


def test_the_same_change_on_both_sides_is_no_conflict(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        write(adopted, "hope", seat, title="Courage")
        module = adopted.modules.get(key="beginning")
        change_module(module=module, content={"title": "Start"}, seen_version=1, by=seat)
    publish_next(standard, rewrite("hope", title="Courage"))
    with inside(alpha):
        assert pending(adopted) == {"unit:hope": Change.THERE}
        settle(adopted, "unit:hope", TAKE, seat)
        assert not unit_of(adopted, "hope").is_rewritten


def test_what_is_left_out_is_not_asked_about(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        leave_out(unit=unit_of(adopted, "hope"), by=seat)
        leave_out(unit=unit_of(adopted, "ask"), by=seat)

    def change(draft: CurriculumVersion) -> None:
        rewrite("hope", title="Courage")(draft)
        draft.units.filter(key="ask").delete()

    publish_next(standard, change)
    with inside(alpha):
        assert pending(adopted) == {}
        newest = newest_of(adopted).pk
        assert following.catch_up(curriculum=adopted, version=newest, by=seat)
        assert not following.catch_up(curriculum=adopted, version=newest, by=seat)
        adopted.refresh_from_db()
        assert adopted.number == 2


def test_nothing_is_decided_on_a_version_that_was_not_looked_at(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    publish_next(standard, rewrite("hope", title="Courage"))
    with inside(alpha):
        looked_at = newest_of(adopted).pk
    publish_next(standard, rewrite("hope", title="Great courage"))
    with inside(alpha):
        for version in (looked_at, UUID(int=0)):
            with pytest.raises(NothingToSettle):
                following.settle(curriculum=adopted, version=version, name="unit:hope", act=TAKE, by=seat)
