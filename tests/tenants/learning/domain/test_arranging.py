from __future__ import annotations

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from knowledge_base.models import Curriculum
from tenants.learning.domain import arranging
from tenants.learning.domain.adopting import end_adoption
from tenants.learning.domain.arranging import DOWN, UP
from tenants.learning.domain.contents import content_of
from tenants.learning.domain.following import newest_of, settle_easy
from tenants.learning.errors import CurriculumEnded, NotEmpty, NotOurOwn
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit
from tenants.organisations.isolation import inside
from tests.tenants.learning.conftest import keys_of, publish_next, unit_of

pytestmark = pytest.mark.usefixtures("adopted")


@pytest.mark.parametrize(
    ("key", "way", "order"),
    [
        ("steps", UP, ["steps", "hope", "talk", "listen", "ask"]),
        ("hope", UP, ["hope", "steps", "talk", "listen", "ask"]),
        ("ask", DOWN, ["hope", "steps", "talk", "listen", "ask"]),
        ("talk", DOWN, ["hope", "steps", "listen", "talk", "ask"]),
    ],
)
def test_a_unit_moves_by_one_place(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, key: str, way: str, order: list[str]
) -> None:
    with inside(alpha):
        arranging.move_unit(unit=unit_of(adopted, key), way=way, by=seat)
        assert keys_of(adopted) == order


def test_at_the_end_of_a_module_it_moves_into_the_next(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        arranging.move_unit(unit=unit_of(adopted, "steps"), way=DOWN, by=seat)
        assert unit_of(adopted, "steps").module.key == "together"
        assert keys_of(adopted) == ["hope", "steps", "talk", "listen", "ask"]
        arranging.move_unit(unit=unit_of(adopted, "steps"), way=UP, by=seat)
        assert unit_of(adopted, "steps").module.key == "beginning"


def test_what_is_left_out_is_jumped_over_and_stays_where_it_is(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        arranging.leave_out(unit=unit_of(adopted, "listen"), by=seat)
        arranging.leave_out(unit=unit_of(adopted, "listen"), by=seat)
        arranging.move_unit(unit=unit_of(adopted, "listen"), way=UP, by=seat)
        assert keys_of(adopted) == ["hope", "steps", "talk", "ask"]
        arranging.move_unit(unit=unit_of(adopted, "ask"), way=UP, by=seat)
        assert keys_of(adopted) == ["hope", "steps", "ask", "talk"]
        for _time in range(2):
            arranging.put_back(unit=unit_of(adopted, "listen"), by=seat)
        assert keys_of(adopted) == ["hope", "steps", "ask", "talk", "listen"]
        assert Entry.objects.filter(action__in=["unit.left_out", "unit.put_back"]).count() == 2


def test_a_unit_comes_back_as_the_standard_has_it_now(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        arranging.leave_out(unit=unit_of(adopted, "talk"), by=seat)
        own = unit_of(adopted, "ask")
        arranging.change_unit(unit=own, content={"guide": "Ours."}, seen_version=own.version, by=seat)
        arranging.leave_out(unit=own, by=seat)
    publish_next(standard, lambda draft: draft.units.update(guide="Better."))
    with inside(alpha):
        settle_easy(curriculum=adopted, version=newest_of(adopted).pk, by=seat)
        arranging.put_back(unit=unit_of(adopted, "talk"), by=seat)
        arranging.put_back(unit=unit_of(adopted, "ask"), by=seat)
        assert (unit_of(adopted, "talk").guide, unit_of(adopted, "ask").guide) == ("Better.", "Ours.")


def test_modules_move_too(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        first, second = adopted.modules.all()
        arranging.move_module(module=first, way=UP, by=seat)
        assert keys_of(adopted)[0] == "hope"
        arranging.move_module(module=second, way=UP, by=seat)
        assert keys_of(adopted) == ["talk", "listen", "ask", "hope", "steps"]
        arranging.move_module(module=second, way=DOWN, by=seat)
        assert keys_of(adopted)[0] == "hope"


def test_units_of_ones_own_are_added_and_removed(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        hope = unit_of(adopted, "hope")
        made = arranging.add_unit(module=hope.module, content=content_of(hope) | {"title": "Ours"}, by=seat)
        assert keys_of(adopted) == ["hope", "steps", made.key, "talk", "listen", "ask"]
        assert made.is_own
        with pytest.raises(NotOurOwn):
            arranging.remove_unit(unit=hope, by=seat)
        arranging.leave_out(unit=made, by=seat)  # nothing happens: it is removed, not left out
        assert made.key in keys_of(adopted)
        changed = arranging.change_unit(unit=made, content={"title": "Mine"}, seen_version=made.version, by=seat)
        assert not changed.is_rewritten
        arranging.remove_unit(unit=made, by=seat)
        assert not AdoptedUnit.objects.filter(pk=made.pk).exists()


def test_an_empty_module_is_removed(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        content = content_of(adopted.modules.all()[0]) | {"title": "Ours"}
        made = arranging.add_module(curriculum=adopted, content=content, by=seat)
        assert [str(module) for module in adopted.modules.all()] == ["Beginning", "Together", "Ours"]
        with pytest.raises(NotEmpty):
            arranging.remove_module(module=adopted.modules.all()[0], by=seat)
        arranging.remove_module(module=made, by=seat)
        assert adopted.modules.count() == 2


def test_the_second_to_save_is_told(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        unit = unit_of(adopted, "hope")
        changed = arranging.change_unit(unit=unit, content={"guide": "Ours."}, seen_version=1, by=seat)
        assert changed.is_rewritten
        with pytest.raises(EditedMeanwhile):
            arranging.change_unit(unit=unit, content={"guide": "Mine."}, seen_version=1, by=seat)
        same = arranging.change_unit(unit=unit, content={"guide": "Ours.\r\n"}, seen_version=2, by=seat)
        assert same.version == 2
        back = arranging.change_unit(unit=unit, content={"guide": "Guide of hope."}, seen_version=2, by=seat)
        assert not back.is_rewritten
        module = unit.module
        saved = arranging.change_module(module=module, content={"title": "Start"}, seen_version=1, by=seat)
        assert arranging.change_module(module=module, content={"title": "Start"}, seen_version=2, by=seat) == saved
        with pytest.raises(EditedMeanwhile):
            arranging.change_module(module=module, content={"title": "Begin"}, seen_version=1, by=seat)


def test_what_is_no_longer_taught_does_not_change(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        end_adoption(curriculum=adopted, by=seat)
        with pytest.raises(CurriculumEnded):
            arranging.leave_out(unit=unit_of(adopted, "hope"), by=seat)
