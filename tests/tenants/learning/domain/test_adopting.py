from __future__ import annotations

from collections.abc import Callable

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from knowledge_base.domain.versions import begin_version
from knowledge_base.models import (
    Adoption,
    Curriculum,
    PublishedCurriculum,
    PublishedModule,
    PublishedUnit,
    PublishedVersion,
)
from tenants.learning.domain.adopting import adopt_curriculum, end_adoption
from tenants.learning.errors import AdoptedAlready, CurriculumEnded
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit
from tenants.organisations.isolation import inside
from tests.tenants.learning.conftest import keys_of, unit_of


def test_a_copy_remembers_where_each_part_comes_from(
    alpha: OrganisationRef, standard: Curriculum, adopted: AdoptedCurriculum, seat: Seat
) -> None:
    with inside(alpha):
        assert (adopted.title, adopted.number, adopted.language, adopted.direction) == ("Ready", 1, "en", "ltr")
        assert keys_of(adopted) == ["hope", "steps", "talk", "listen", "ask"]
        unit = unit_of(adopted, "talk")
        base = PublishedUnit.objects.get(pk=unit.base)
        assert (unit.title, unit.guide, unit.prerequisites, unit.hours) == (base.title, base.guide, ["hope"], 2)
        assert unit.exercises == [{"title": "Thread", "minutes": 20, "steps": "1. Hold.", "debrief": ["Why?"]}]
        assert (unit.is_own, unit.is_rewritten, unit.is_left_out) == (False, False, False)
        assert unit.module.base == base.module_id
        assert (unit.changed_by_id, adopted.adopted_by_id) == (seat.membership_id, seat.membership_id)
        assert Entry.objects.filter(action="curriculum.adopted", target_id=str(adopted.pk)).exists()


def test_nobody_adopts_twice_and_the_network_counts_each_organisation_once(
    alpha: OrganisationRef, beta: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, seat_in: Callable[..., Seat]
) -> None:
    other = seat_in(beta)
    with inside(alpha):
        version = PublishedVersion.objects.get()
        with pytest.raises(AdoptedAlready):
            adopt_curriculum(version=version, by=seat)
        assert AdoptedCurriculum.objects.count() == 1
    with inside(beta):
        adopt_curriculum(version=version, by=other)
        assert Adoption.objects.count() == 1  # nobody else's is read
        assert AdoptedUnit.objects.count() == 5
    assert Adoption.objects.count() == 2


def test_after_an_end_it_can_be_adopted_anew(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat) -> None:
    with inside(alpha):
        ended = end_adoption(curriculum=adopted, by=seat)
        assert ended.ended_at is not None
        assert not Adoption.objects.exists()
        with pytest.raises(CurriculumEnded):
            end_adoption(curriculum=adopted, by=seat)
        again = adopt_curriculum(version=PublishedVersion.objects.get(), by=seat)
        assert list(AdoptedCurriculum.objects.taught()) == [again]
        assert Adoption.objects.count() == 1


def test_drafts_are_not_seen(alpha: OrganisationRef, standard: Curriculum) -> None:
    begin_version(curriculum=standard, by=None)
    with inside(alpha):
        assert PublishedVersion.objects.count() == 1
        assert PublishedModule.objects.count() == 2
        assert PublishedUnit.objects.count() == 5
        assert str(PublishedVersion.objects.get()) == "Ready, version 1"


def test_a_curriculum_knows_its_page(alpha: OrganisationRef, standard: Curriculum) -> None:
    with inside(alpha):
        seen = PublishedCurriculum.objects.get()
    assert (str(seen), seen.key, seen.is_live) == ("Ready", "ready", True)
    assert seen.url == standard.full_url
