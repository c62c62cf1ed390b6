"""Whoever leaves an organisation and comes back gets nothing of what they had in groups by that alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from halka.authorization.roles import Role
from network_registry.working_groups.domain import feeds, seats
from network_registry.working_groups.domain.standing import person_of
from network_registry.working_groups.models import Charter
from tenants.learning.domain import feeds as calendars
from tenants.organisations.domain import joining
from tenants.organisations.isolation import inside
from tenants.organisations.models import Invitation, Membership
from tests.network_registry.working_groups.conftest import Somebody


@pytest.fixture
def invite() -> Callable[[Somebody], Invitation]:
    def make(who: Somebody) -> Invitation:
        return Invitation.objects.create(
            organisation_id=who.ref.id, email=who.user.email, name="x", role=Role.VIEWER, language="en",
            token_hash=who.user.email, invited_by_name="x", expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip

    return make


def test_seats_and_addresses_are_given_anew(
    group: Charter, ann: Somebody, invite: Callable[[Somebody], Invitation]
) -> None:
    with inside(ann.ref):
        tokens = feeds.make_feed(by=ann.by), calendars.make_feed(by=ann.by)
    Membership.objects.filter(pk=ann.by.membership_id).update(ended_at=timezone.now())
    joining.join(invitation=invite(ann).pk, by=ann.user)
    with inside(ann.ref):
        assert person_of(group.pk, ann.by) is None
        assert feeds.colleague_behind(tokens[0]) is None
        assert calendars.feed_behind(tokens[1]) is None
        assert ann.by.membership_id is not None
        again = seats.name_person(group=group.pk, colleague=ann.by.membership_id, by=ann.by)
        found = person_of(group.pk, ann.by)
    assert found is not None
    assert (found.pk, found.is_convener) == (again.pk, False)
    assert ann.get(f"/working-groups/calendar/{tokens[0]}.ics").status_code == 404


def test_whoever_never_left_keeps_what_they_have(
    group: Charter, ann: Somebody, invite: Callable[[Somebody], Invitation]
) -> None:
    with inside(ann.ref):
        token = feeds.make_feed(by=ann.by)
    joining.join(invitation=invite(ann).pk, by=ann.user)
    with inside(ann.ref):
        assert person_of(group.pk, ann.by) is not None
        assert feeds.colleague_behind(token) is not None
