"""A standard curriculum that alpha has adopted, and its next version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.models import Curriculum, CurriculumVersion, PublishedVersion
from tenants.learning.domain.adopting import adopt_curriculum
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit
from tenants.organisations.isolation import inside
from tests.knowledge_base.conftest import add_module, add_unit, curriculum

__all__ = ["curriculum"]

Change = Callable[[CurriculumVersion], Any]


@pytest.fixture
def seat(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    """A facilitator of alpha."""
    return seat_in(alpha, Role.MENTOR)


@pytest.fixture
def standard(curriculum: Callable[..., Curriculum]) -> Curriculum:
    """Two modules: hope and steps; talk, listen and ask."""
    page = curriculum(units=None)
    draft = begin_version(curriculum=page, by=None)
    first = add_module(draft, "beginning")
    for key in ("hope", "steps"):
        add_unit(first, key)
    second = add_module(draft, "together")
    for key in ("talk", "listen", "ask"):
        add_unit(second, key, prerequisites=["hope"])
    publish_version(version=draft, changes="First version.", by=None)
    return page


def publish_next(page: Curriculum, change: Change, words: str = "Better.") -> CurriculumVersion:
    """The next version of the standard, after `change` was done to its draft."""
    draft = begin_version(curriculum=page, by=None)
    change(draft)
    return publish_version(version=draft, changes=words, by=None)


def rewrite(key: str, **fields: Any) -> Change:
    return lambda draft: draft.units.filter(key=key).update(**fields)


@pytest.fixture
def adopted(alpha: OrganisationRef, standard: Curriculum, seat: Seat) -> AdoptedCurriculum:
    with inside(alpha):
        return adopt_curriculum(version=PublishedVersion.objects.get(curriculum=standard.pk), by=seat)


def unit_of(adopted: AdoptedCurriculum, key: str) -> AdoptedUnit:
    found: AdoptedUnit = adopted.units.get(key=key)
    return found


def keys_of(adopted: AdoptedCurriculum) -> list[str]:
    """Of what is taught, in order."""
    return list(adopted.units.taught().in_order().values_list("key", flat=True))
