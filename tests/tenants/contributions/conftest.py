"""A lesson that could be published, and people who write, release and read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from tenants.contributions.domain import writing
from tenants.contributions.models import Contribution
from tenants.organisations.isolation import inside

STORY = {
    "title": "When only the keenest came",
    "summary": "Forty began and eleven finished. What helped was not a better course.",
    "outcome": "failure",
    "context": "Most had been without work since the factory closed.",
    "tried": "A course in the library, each morning at nine.",
    "happened": "Eleven came on the last day.",
    "why": "The first bus arrives at twenty to ten.",
    "next_time": "Ask those who left.",
    "programme": "",
    "target_group": "over_50",
    "dimension": "social",
    "level": "individual",
    "place": "",
    "cost": "",
    "evidence": "",
    "evidence_detail": "",
}
WAY = {
    "title": "Six calls",
    "summary": "Half a year of calls.",
    "kind": "method",
    "when_to_use": "After a long time.",
    "steps": "1. Agree on a day.",
    "needs": "",
    "pitfalls": "",
    "evidence": "",
    "dimension": "",
    "level": "",
}
Write = Callable[..., Contribution]


def sent(found: Contribution) -> UUID:
    """The key of what left."""
    assert found.submission is not None
    return found.submission


@pytest.fixture
def author(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MENTOR)


@pytest.fixture
def manager(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


@pytest.fixture
def written(alpha: OrganisationRef, author: Seat) -> Write:
    """`written(context=…)`: a whole lesson of alpha's, being written; `kind="practice"` for a practice."""

    def make(*, kind: str = "lesson", language: str = "en", as_member: bool = False, **values: str) -> Contribution:
        with inside(alpha):
            made = writing.begin(kind=kind, language=language, by=author)
            story = {**(STORY if kind == "lesson" else WAY), **values}
            writing.write(contribution=made, step="what", values=story, as_member=as_member, seen_version=1, by=author)
            return Contribution.objects.get(pk=made.pk)

    return make


@pytest.fixture
def offered(alpha: OrganisationRef, author: Seat, written: Write) -> Write:
    def make(**values: Any) -> Contribution:
        made = written(**values)
        with inside(alpha):
            writing.offer(contribution=made, by=author)
            return Contribution.objects.get(pk=made.pk)

    return make


@pytest.fixture
def released(alpha: OrganisationRef, manager: Seat, offered: Write, tasks: Any) -> Write:
    """Taken in by the network already."""

    def make(**values: Any) -> Contribution:
        made = offered(**values)
        with tasks(), inside(alpha):
            writing.release(contribution=made, seen_version=made.version, by=manager)
        with inside(alpha):
            return Contribution.objects.get(pk=made.pk)

    return make


@pytest.fixture
def editor(member: Callable[..., Any], secretariat: OrganisationRef) -> Any:
    """As the middleware lets editors in."""
    user = member(secretariat, Role.EDITOR)
    user.groups.add(Group.objects.get(name="Knowledge editors"))
    return user
