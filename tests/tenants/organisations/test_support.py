"""Network support comes in only when it is let in, for some hours, to read, and is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import SUPPORT_PERMISSIONS, Permission, Role
from halka.common.addresses import WORKSPACE_URLS
from tenants.organisations.domain.support import CannotLetIn, SupportOver, end_support, let_support_in
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, SupportGrant


def url(name, *args):
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


@pytest.fixture
def supporter(secretariat, member):
    return member(secretariat, Role.SECRETARIAT, name="Sana Berisha")


@pytest.fixture
def let_in(alpha, seat_in, supporter, tasks):
    """`let_in(hours)`: Alpha's manager lets the supporter in."""

    def act(hours=4) -> SupportGrant:
        manager = seat_in(alpha, Role.MANAGER)
        with tasks(), inside(alpha):
            return let_support_in(user_id=supporter.pk, reason="a broken page", hours=hours, by=manager)

    return act


def test_without_a_grant_the_secretariat_is_a_stranger(alpha, supporter, client_of):
    client = client_of(supporter, alpha)
    for name in ("members", "clients", "audit", "support"):
        assert client.get(url(name)).status_code == 404


def test_with_a_grant_support_reads(alpha, let_in, supporter, client_of):
    let_in()
    client = client_of(supporter, alpha)
    page = client.get(url("members"))
    assert page.status_code == 200
    assert "You are here as support" in page.content.decode()
    assert client.get(url("clients")).status_code == 200
    assert client.get(url("audit")).status_code == 403
    assert client.get(url("support")).status_code == 403


def test_support_changes_nothing(alpha, let_in, supporter, client_of, member):
    let_in()
    worker = member(alpha)
    response = client_of(supporter, alpha).post(url("member-end", worker.memberships.get().pk))
    assert response.status_code == 403
    assert worker.memberships.get().ended_at is None
    assert all(permission.value.endswith(".view") for permission in SUPPORT_PERMISSIONS)
    assert Permission.AUDIT_VIEW not in SUPPORT_PERMISSIONS


def test_each_page_that_support_opens_is_written_down_once_a_minute(alpha, let_in, supporter, client_of):
    let_in()
    client = client_of(supporter, alpha)
    for _time in range(3):
        client.get(url("members") + "?q=secret+name")
    client.get(url("roles"))
    client.post(url("members"))
    with inside(alpha):
        entries = list(Entry.objects.filter(action="support.opened").order_by("at"))
        assert [entry.detail for entry in entries] == [
            {"method": "GET", "path": "/members/"},
            {"method": "GET", "path": "/roles/"},
            {"method": "POST", "path": "/members/"},
        ]
    assert all(entry.is_support and entry.actor_name == "Sana Berisha" for entry in entries)


def test_it_ends_by_itself(alpha, let_in, supporter, client_of):
    let_in(hours=1)
    client = client_of(supporter, alpha)
    assert client.get(url("members")).status_code == 200
    SupportGrant.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    assert client.get(url("members")).status_code == 404


def test_it_is_ended_early(alpha, let_in, supporter, client_of, seat_in):
    grant, manager = let_in(), seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        end_support(grant=grant.pk, by=manager)
        with pytest.raises(SupportOver):
            end_support(grant=grant.pk, by=manager)
    assert client_of(supporter, alpha).get(url("members")).status_code == 404


def test_who_has_left_the_secretariat_is_out_at_once(alpha, let_in, supporter, client_of):
    let_in()
    Membership.objects.filter(user=supporter).update(ended_at=timezone.now())
    assert client_of(supporter, alpha).get(url("members")).status_code == 404


@pytest.mark.parametrize("hours", [0, -1, 73])
def test_hours_are_limited(let_in, hours):
    with pytest.raises(CannotLetIn):
        let_in(hours)


def test_only_the_secretariats_people_are_let_in(alpha, beta, seat_in, member, secretariat):
    manager = seat_in(alpha, Role.MANAGER)
    others = [member(beta, Role.MANAGER), member(secretariat, Role.EDITOR)]
    with inside(alpha):
        for user in others:
            with pytest.raises(CannotLetIn):
                let_support_in(user_id=user.pk, reason="x", hours=1, by=manager)


def test_nobody_is_let_in_twice(let_in):
    let_in()
    with pytest.raises(CannotLetIn):
        let_in()


def test_a_grant_opens_one_organisation_only(beta, let_in, supporter, client_of):
    let_in()
    assert client_of(supporter, beta).get(url("members")).status_code == 404


def test_the_supporter_finds_the_workspace(secretariat, let_in, supporter, client_of):
    here = client_of(supporter, secretariat).get(url("members"))
    assert "alpha.halka.localhost" not in here.content.decode()
    let_in()
    here = client_of(supporter, secretariat).get(url("members"))
    assert "http://alpha.halka.localhost:8000/" in here.content.decode()
    assert "http://alpha.halka.localhost:8000/" in client_of(supporter).get("/").content.decode()


def test_colleagues_see_that_support_may_read(alpha, let_in, member, client_of, seat_in):
    client = client_of(member(alpha, Role.VIEWER), alpha)
    assert "may read here until" not in client.get(url("members")).content.decode()
    let_in()
    assert "Sana Berisha" in client.get(url("members")).content.decode()


def test_the_manager_lets_in_and_ends_on_a_page(alpha, supporter, member, client_of):
    client = client_of(member(alpha, Role.MANAGER), alpha)
    sent = {"user_id": supporter.pk, "reason": "a broken page", "hours": "2"}
    assert client.post(url("support"), sent | {"hours": "100"}).status_code == 400
    assert client.post(url("support"), sent | {"user_id": "0"}).status_code == 400
    assert client.post(url("support"), sent)["Location"] == url("support")
    page = client.get(url("support")).content.decode()
    assert "a broken page" in page
    assert "Can read now" in page
    grant = SupportGrant.objects.get()
    client.post(url("support-end", grant.pk))
    assert "Ended early" in client.get(url("support")).content.decode()
    with inside(alpha):
        actions = set(Entry.objects.values_list("action", flat=True))
    assert actions == {"support.let_in", "support.ended"}


def test_the_list_costs_the_same_for_one_and_for_three(alpha, supporter, member, client_of, count_queries):
    def add():
        now = timezone.now()
        SupportGrant.objects.create(
            organisation_id=alpha.id, user=supporter, user_name="x", reason="x", granted_by_name="y",
            starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1),
        )  # fmt: skip

    add()
    client = client_of(member(alpha, Role.MANAGER), alpha)
    client.get(url("support"))
    one = count_queries(lambda: client.get(url("support")))
    add()
    add()
    assert count_queries(lambda: client.get(url("support"))) == one
