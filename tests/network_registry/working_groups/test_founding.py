"""The secretariat founds groups; each member organisation names its own people, as long as it belongs there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.domain import founding, meetings, seats
from network_registry.working_groups.domain.standing import acting, own_groups, person_of, seated
from network_registry.working_groups.errors import CannotFound, CannotName, GroupClosed, NoSeat, NotConvener, NotNow
from network_registry.working_groups.models import Charter, GroupSeat, Meeting, MemberOrganisation, Person
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation, WorkingGroup
from tests.network_registry.working_groups.conftest import Somebody


def test_a_group_is_founded_and_changed(
    found: Callable[..., Charter], secretary: Somebody, alpha: OrganisationRef, beta: OrganisationRef
) -> None:
    group = found()
    assert (str(group), group.name_in("fa"), group.group.name) == ("Loans", "وام‌ها", "Loans")
    values: dict[str, Any] = {
        "names": {"en": "Credits"},
        "purpose": "x",
        "organisations": [beta.id],
        "convener": beta.id,
    }
    with inside(secretary.ref):
        with pytest.raises(EditedMeanwhile):
            founding.save_group(group=group.pk, **values, seen_version=9, by=secretary.by)
        founding.save_group(group=group.pk, **values, seen_version=1, by=secretary.by)
        assert [row.organisation_id for row in MemberOrganisation.objects.filter(group=group.pk)] == [beta.id]
        with pytest.raises(CannotFound) as refusal:
            founding.save_group(
                names={"en": "X"}, purpose="x", organisations=[beta.id], convener=alpha.id, by=secretary.by
            )
        assert refusal.value.field == "convener"
        with pytest.raises(CannotFound, match="name"):
            founding.save_group(**values, by=secretary.by)
        actions = list(Entry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["working_group.founded", "working_group.changed"]
    changed = Charter.objects.get()
    assert (changed.group.name, changed.convener_id, changed.name_in("fa")) == ("Credits", beta.id, "Credits")


def test_an_audience_gets_a_charter(secretary: Somebody, alpha: OrganisationRef) -> None:
    old = WorkingGroup.objects.create(name="Readers")
    with inside(secretary.ref):
        values = {"names": {"en": "Readers"}, "purpose": "x", "organisations": [alpha.id], "convener": alpha.id}
        made = founding.save_group(group=old.pk, **values, seen_version=1, by=secretary.by)
    assert made.pk == old.pk
    assert old.organisations.get().pk == alpha.id


def test_managers_of_its_organisations_are_told(
    found: Callable[..., Charter], somebody: Callable[..., Somebody], alpha: OrganisationRef, beta: OrganisationRef,
    tasks: Any,
) -> None:  # fmt: skip
    managers = [somebody(ref, Role.MANAGER) for ref in (alpha, beta)]
    somebody(alpha, Role.CASEWORKER)
    with tasks():
        found()
    told = {message.to[0]: message.body for message in mail.outbox}
    assert told.keys() == {manager.user.email for manager in managers}
    assert "convenes this group" in told[managers[0].user.email]
    assert "convenes this group" not in told[managers[1].user.email]
    assert "http://beta.halka.localhost" in told[managers[1].user.email]


def test_a_closed_group_is_read_and_not_changed(group: Charter, ann: Somebody, secretary: Somebody) -> None:
    with inside(secretary.ref):
        with pytest.raises(NotNow):
            founding.reopen_group(group=group.pk, by=secretary.by)
        founding.close_group(group=group.pk, by=secretary.by)
        with pytest.raises(NotNow):
            founding.close_group(group=group.pk, by=secretary.by)
    with inside(ann.ref):
        with pytest.raises(GroupClosed):
            acting(group.pk, ann.by)
        with pytest.raises(GroupClosed):
            seats.name_person(group=group.pk, colleague=uuid4(), by=ann.by)
        assert person_of(group.pk, ann.by) is not None
    with inside(secretary.ref):
        founding.reopen_group(group=group.pk, by=secretary.by)
    with inside(ann.ref):
        assert acting(group.pk, ann.by).name == ann.user.name


def test_people_are_named_by_their_own_organisation(
    group: Charter, ann: Somebody, ben: Somebody, alpha: OrganisationRef, member: Callable[..., Any]
) -> None:
    with inside(alpha):
        with pytest.raises(CannotName, match="already"):
            seats.name_person(group=group.pk, colleague=ann.by.membership_id, by=ann.by)  # type: ignore[arg-type]
        with pytest.raises(CannotName, match="any more"):
            seats.name_person(group=group.pk, colleague=ben.by.membership_id, by=ann.by)  # type: ignore[arg-type]
        with pytest.raises(NotNow):
            seats.end_seat(seat=ben.seat, by=ann.by)  # type: ignore[arg-type]
    other = Membership.objects.get(user=member(ben.ref))
    with inside(ben.ref):
        with pytest.raises(NotConvener):
            seats.name_person(group=group.pk, colleague=other.pk, is_convener=True, by=ben.by)
        with pytest.raises(NotConvener):
            seats.let_convene(seat=ben.seat, is_convener=True, by=ben.by)  # type: ignore[arg-type]


def test_convening_is_given_and_taken(group: Charter, ann: Somebody) -> None:
    assert ann.seat
    with inside(ann.ref):
        seats.let_convene(seat=ann.seat, is_convener=False, by=ann.by)
        with pytest.raises(NotConvener):
            acting(group.pk, ann.by, convening=True)
        seats.let_convene(seat=ann.seat, is_convener=True, by=ann.by)
        assert acting(group.pk, ann.by, convening=True).is_convener


def test_who_convenes_follows_the_organisation(group: Charter, ann: Somebody, beta: OrganisationRef) -> None:
    Charter.objects.update(convener=beta.id)
    with inside(ann.ref), pytest.raises(NotConvener):
        acting(group.pk, ann.by, convening=True)


@pytest.mark.parametrize("end", ["seat", "membership", "account", "organisation", "closed"])
def test_a_seat_ends_at_once(group: Charter, ann: Somebody, ben: Somebody, end: str) -> None:
    """And others see it at once as well."""
    with inside(ann.ref):
        assert seated(group.pk, ben.seat).name == ben.user.name  # type: ignore[arg-type]
    if end == "seat":
        with inside(ben.ref):
            seats.end_seat(seat=ben.seat, by=ben.by)  # type: ignore[arg-type]
    elif end == "membership":
        Membership.objects.filter(user=ben.user).update(ended_at=timezone.now())
    elif end == "account":
        type(ben.user).objects.filter(pk=ben.user.pk).update(is_active=False)
    elif end == "organisation":
        group.group.organisations.remove(ben.ref.id)
    else:
        Organisation.objects.filter(pk=ben.ref.id).update(state="closed")
    with inside(ann.ref):
        with pytest.raises(NoSeat):
            seated(group.pk, ben.seat)  # type: ignore[arg-type]
        name = Person.objects.get(pk=ben.seat).name
        assert name == ("" if end == "closed" else ben.user.name)
    assert GroupSeat.objects.here().filter(pk=ben.seat).count() == 0
    if end != "closed":
        with inside(ben.ref):
            assert person_of(group.pk, ben.by) is None
            assert list(own_groups(ben.by)) == []
            with pytest.raises(NoSeat):
                acting(group.pk, ben.by)


def test_network_support_has_no_seat(group: Charter, ann: Somebody) -> None:
    support = replace(ann.by, membership_id=None, role=None, support_grant_id=uuid4())
    with inside(ann.ref):
        assert person_of(group.pk, support) is None
        assert list(own_groups(support)) == []


def test_whoever_is_named_is_told_and_invited_to_what_comes(
    group: Charter,
    meeting: Meeting,
    ann: Somebody,
    beta: OrganisationRef,
    somebody: Callable[..., Somebody],
    tasks: Any,
) -> None:
    with tasks(), inside(ann.ref):
        meetings.invite(meeting=meeting.pk, by=ann.by)
    mail.outbox.clear()
    with tasks():
        late = somebody(beta, Role.MENTOR, group)
    assert {tuple(message.to) for message in mail.outbox} == {(late.user.email,)}
    assert sorted(bool(message.attachments) for message in mail.outbox) == [False, True]
    assert "working-groups/" in mail.outbox[0].body


def test_nobody_is_told_after_their_seat_has_ended(
    group: Charter, beta: OrganisationRef, somebody: Callable[..., Somebody], tasks: Any
) -> None:
    with tasks():
        late = somebody(beta, Role.MENTOR, group)
        Membership.objects.filter(user=late.user).update(ended_at=timezone.now())
    assert mail.outbox == []
