"""A group of alpha, which convenes it, and beta; the secretariat and delta's people are not in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.working_groups.domain import agenda, founding, meetings, minutes, seats
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.domain.meetings import MeetingDetails
from network_registry.working_groups.models import AgendaPoint, Charter, Meeting
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership


@dataclass(frozen=True)
class Somebody:
    """An account with its place in one organisation; `seat` is that of the group, None for whoever has none."""

    user: User
    ref: OrganisationRef
    by: Seat
    seat: UUID | None
    browser: Client

    def get(self, path: str, **data: Any) -> Any:
        return self.browser.get(path, data)

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        return self.browser.post(path, data or {})


@pytest.fixture
def somebody(member: Callable[..., User], client_of: Callable[..., Client]) -> Callable[..., Somebody]:
    """`somebody(ref, role, group)`: seated where a group is given."""

    def make(
        ref: OrganisationRef, role: Role = Role.CASEWORKER, group: Charter | None = None, *, convenes: bool = False
    ) -> Somebody:
        user = member(ref, role)
        membership = Membership.objects.get(user=user, organisation_id=ref.id)
        by = Seat(user.pk, membership.pk, role, user.name)
        seat = None
        if group is not None:
            with inside(ref):
                seat = seats.name_person(group=group.pk, colleague=membership.pk, is_convener=convenes, by=by).pk
        return Somebody(user, ref, by, seat, client_of(user, ref))

    return make


@pytest.fixture
def secretary(secretariat: OrganisationRef, somebody: Callable[..., Somebody]) -> Somebody:
    return somebody(secretariat, Role.SECRETARIAT)


@pytest.fixture
def found(secretary: Somebody, alpha: OrganisationRef, beta: OrganisationRef) -> Callable[..., Charter]:
    def make(name: str = "Loans", **values: Any) -> Charter:
        given = {
            "names": {"en": name, "fa": "وام‌ها"}, "purpose": "Loans that help", "organisations": [alpha.id, beta.id],
            "convener": alpha.id, **values,
        }  # fmt: skip
        with inside(secretary.ref):
            return founding.save_group(**given, by=secretary.by)

    return make


@pytest.fixture
def group(found: Callable[..., Charter]) -> Charter:
    return found()


@pytest.fixture
def ann(alpha: OrganisationRef, group: Charter, somebody: Callable[..., Somebody]) -> Somebody:
    """Of alpha, who convenes."""
    return somebody(alpha, Role.CASEWORKER, group, convenes=True)


@pytest.fixture
def ben(beta: OrganisationRef, group: Charter, somebody: Callable[..., Somebody]) -> Somebody:
    """Of beta, a member."""
    return somebody(beta, Role.CASEWORKER, group)


def details(*, hours: float = 24, **values: Any) -> MeetingDetails:
    """`hours` from now."""
    starts = timezone.now().replace(microsecond=0) + timedelta(hours=hours)
    given = {
        "title": "First meeting", "starts_at": starts, "ends_at": starts + timedelta(hours=1),
        "time_zone": "Europe/Skopje", "place": "Room 1", "link": "https://meet.example/1",
    }  # fmt: skip
    return MeetingDetails(**{**given, **values})


@pytest.fixture
def meeting(ann: Somebody, group: Charter) -> Meeting:
    """Tomorrow, nobody invited yet."""
    with inside(ann.ref):
        return meetings.call_meeting(group=group.pk, details=details(), by=ann.by)


@pytest.fixture
def past(ann: Somebody, group: Charter) -> Meeting:
    """Of yesterday."""
    with inside(ann.ref):
        return meetings.call_meeting(group=group.pk, details=details(hours=-24, title="Past meeting"), by=ann.by)


@pytest.fixture
def point(ann: Somebody, past: Meeting) -> AgendaPoint:
    """On the agenda of the past meeting."""
    with inside(ann.ref):
        return agenda.add_point(meeting=past.pk, details=PointDetails("Interest", "How much", 20), by=ann.by)


@pytest.fixture
def approved(ann: Somebody, past: Meeting, point: AgendaPoint) -> Meeting:
    with inside(ann.ref):
        minutes.write_minutes(point=point.pk, text="We talked.", seen_version=0, by=ann.by)
        minutes.approve(meeting=past.pk, by=ann.by)
    return Meeting.objects.get(pk=past.pk)
