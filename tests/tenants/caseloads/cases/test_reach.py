"""Who may open which client: every role with every relation to the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from halka.authorization.roles import ROLES, Role, Seat
from tenants.caseloads.domain.cases import leave_case
from tenants.caseloads.models import Client, EmergencyAccess, TeamMember
from tests.factories.caseloads import ClientFactory

RESPONSIBLE, TEAM, LEFT_TEAM, CASE_OVER, POOL, NOTHING, EMERGENCY, EMERGENCY_OVER = (
    "responsible", "on the team", "off the team", "case over", "pool", "nothing", "emergency", "emergency over",
)  # fmt: skip
OWN = {RESPONSIBLE, TEAM, EMERGENCY}
ALL = OWN | {LEFT_TEAM, CASE_OVER, POOL, NOTHING, EMERGENCY_OVER}
MAY = {
    Role.MANAGER: ALL,
    Role.SUPERVISOR: ALL,
    Role.CASEWORKER: OWN | {POOL},
    Role.MENTOR: OWN | {POOL},
    Role.VIEWER: OWN | {POOL},
    Role.VOLUNTEER: OWN,
    Role.AUDITOR: OWN,  # no page of clients is theirs: the permission says no before reach is asked
}


def related(relation, reader, owner, programme, join):
    """A client to whom `reader` stands like this."""
    if relation == POOL:
        return ClientFactory()
    client = ClientFactory(assigned_to_id=(reader if relation == RESPONSIBLE else owner).membership_id)
    if relation in (TEAM, LEFT_TEAM, CASE_OVER):
        case = join(client, programme)
        ended = timezone.now() if relation == LEFT_TEAM else None
        TeamMember.objects.create(case=case, colleague_id=reader.membership_id, profession="teacher", ended_at=ended)
        if relation == CASE_OVER:
            leave_case(case=case, by=owner)
    if relation in (EMERGENCY, EMERGENCY_OVER):
        begun = timezone.now() - timedelta(hours=1 if relation == EMERGENCY else 5)
        EmergencyAccess.objects.create(
            client=client, colleague_id=reader.membership_id, reason="Fire", at=begun, until=begun + timedelta(hours=4)
        )
    return client


def test_the_table_holds_every_role_of_an_organisation():
    assert set(MAY) == {role for role, row in ROLES.items() if not row.network}


@pytest.mark.parametrize("role", list(MAY))
@pytest.mark.parametrize("relation", sorted(ALL))
def test_reach(seat, crew, programme, join, role, relation):
    client = related(relation, crew[role], seat, programme, join)
    expected = relation in MAY[role]
    assert Client.objects.reachable_by(crew[role]).filter(pk=client.pk).exists() == expected
    assert Client.objects.with_reach(crew[role]).get(pk=client.pk).is_reachable == expected


@pytest.mark.parametrize("relation", [POOL, NOTHING, TEAM])
def test_support_that_was_let_in_reads_records(seat, crew, programme, join, relation):
    client = related(relation, crew[Role.MENTOR], seat, programme, join)
    support = Seat(user_id=1, membership_id=None, role=None, name="Support", support_grant_id="x")
    assert Client.objects.reachable_by(support).filter(pk=client.pk).exists()


@pytest.mark.parametrize("relation", [POOL, NOTHING])
def test_the_system_and_clients_on_their_own_pages_reach_nobody(seat, crew, programme, join, relation):
    client = related(relation, crew[Role.MENTOR], seat, programme, join)
    nobody = Seat(user_id=0, membership_id=None, role=None, name="Halka")
    assert not Client.objects.reachable_by(nobody).filter(pk=client.pk).exists()


def test_whom_only_a_team_looks_after_is_not_in_the_pool(seat, helper, crew, programme, join):
    client = ClientFactory()
    join(client, programme)
    assert not Client.objects.reachable_by(helper).exists()
    assert Client.objects.reachable_by(seat).get() == client
