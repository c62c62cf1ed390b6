"""Roles are changed and memberships ended, by those who may, and never so that nobody is left."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.urls import reverse

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import ROLES, Permission, Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from halka.common.errors import EditedMeanwhile
from tenants.organisations.domain.members import (
    ROLES_OF_KIND,
    LastKeeper,
    OwnRole,
    RoleNotGiven,
    change_role,
    end_membership,
    given_roles,
)
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tenants.organisations.walls import connections as walls


def url(name, *args):
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


@pytest.fixture
def of(member):
    """`of(ref, role)`: the membership of a new person there."""

    def make(ref, role) -> Membership:
        return Membership.objects.get(user=member(ref, role), organisation_id=ref.id)

    return make


def test_a_role_is_changed_and_written_down(alpha, seat_in, of):
    manager, worker = seat_in(alpha, Role.MANAGER), of(alpha, Role.CASEWORKER)
    with inside(alpha):
        change_role(membership=worker.pk, role=Role.SUPERVISOR, seen_version=1, by=manager)
        entry = Entry.objects.get(action="member.role_changed")
    worker.refresh_from_db()
    assert (worker.role, worker.version) == (Role.SUPERVISOR, 2)
    assert entry.detail == {"from": "caseworker", "to": "supervisor"}
    assert entry.actor_user_id == manager.user_id
    assert entry.target_id == str(worker.pk)


def test_the_same_role_again_changes_nothing(alpha, seat_in, of):
    manager, worker = seat_in(alpha, Role.MANAGER), of(alpha, Role.CASEWORKER)
    with inside(alpha):
        change_role(membership=worker.pk, role=Role.CASEWORKER, seen_version=1, by=manager)
        assert not Entry.objects.filter(action="member.role_changed").exists()
    worker.refresh_from_db()
    assert worker.version == 1


def test_a_manager_may_be_given_a_keepers_role(secretariat, seat_in, of):
    first, second = seat_in(secretariat, Role.SECRETARIAT), of(secretariat, Role.EDITOR)
    with inside(secretariat):
        change_role(membership=second.pk, role=Role.SECRETARIAT, seen_version=1, by=first)
    second.refresh_from_db()
    assert second.role == Role.SECRETARIAT


def test_the_second_editor_is_told(alpha, seat_in, of):
    manager, worker = seat_in(alpha, Role.MANAGER), of(alpha, Role.CASEWORKER)
    with inside(alpha):
        change_role(membership=worker.pk, role=Role.SUPERVISOR, seen_version=1, by=manager)
        with pytest.raises(EditedMeanwhile):
            change_role(membership=worker.pk, role=Role.VIEWER, seen_version=1, by=manager)
    worker.refresh_from_db()
    assert worker.role == Role.SUPERVISOR


def test_nobody_changes_their_own_role(alpha, seat_in):
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha), pytest.raises(OwnRole):
        change_role(membership=manager.membership_id, role=Role.VIEWER, seen_version=1, by=manager)


def test_the_last_manager_stays(alpha, seat_in, of):
    first, second = seat_in(alpha, Role.MANAGER), of(alpha, Role.MANAGER)
    with inside(alpha):
        change_role(membership=second.pk, role=Role.VIEWER, seen_version=1, by=first)
        with pytest.raises(LastKeeper):
            end_membership(membership=first.membership_id, by=first)


def test_the_last_manager_is_not_lowered(alpha, seat_in, of):
    first, second = seat_in(alpha, Role.MANAGER), of(alpha, Role.MANAGER)
    Membership.objects.filter(pk=first.membership_id).update(ended_at="2026-01-01T00:00Z")
    with inside(alpha), pytest.raises(LastKeeper):
        change_role(membership=second.pk, role=Role.VIEWER, seen_version=1, by=first)


def test_the_last_of_the_secretariat_stays(secretariat, seat_in, of):
    first = seat_in(secretariat, Role.SECRETARIAT)
    of(secretariat, Role.EDITOR)
    with inside(secretariat), pytest.raises(LastKeeper):
        end_membership(membership=first.membership_id, by=first)


def test_a_manager_leaves_while_another_stays(alpha, seat_in, of, client_of):
    first = seat_in(alpha, Role.MANAGER)
    of(alpha, Role.MANAGER)
    with inside(alpha):
        end_membership(membership=first.membership_id, by=first)
    assert Membership.objects.get(pk=first.membership_id).ended_at is not None


@pytest.mark.parametrize("kind", list(Kind))
def test_network_roles_belong_to_the_network(kind):
    network = {role for role in ROLES_OF_KIND[kind] if ROLES[role].network}
    assert bool(network) is (kind in {Kind.SECRETARIAT, Kind.BRANCH})
    assert (Role.SECRETARIAT in network) is (kind == Kind.SECRETARIAT)


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].network])
def test_an_organisation_gives_no_network_role(alpha, seat_in, of, role):
    manager, worker = seat_in(alpha, Role.MANAGER), of(alpha, Role.CASEWORKER)
    with inside(alpha), pytest.raises(RoleNotGiven):
        change_role(membership=worker.pk, role=role, seen_version=1, by=manager)


def test_in_a_branch_only_the_network_gives_network_roles(alpha, seat_in):
    assert Role.PROVINCIAL not in given_roles(Kind.BRANCH, seat_in(alpha, Role.MANAGER))
    assert Role.PROVINCIAL in given_roles(Kind.BRANCH, seat_in(alpha, Role.PROVINCIAL))


def test_a_branchs_manager_does_not_remove_the_provincial_officer(alpha, seat_in, of):
    Organisation.objects.filter(pk=alpha.id).update(kind=Kind.BRANCH)
    branch = Organisation.objects.get(pk=alpha.id).ref()
    manager, officer = seat_in(branch, Role.MANAGER), of(branch, Role.PROVINCIAL)
    other = seat_in(branch, Role.PROVINCIAL)
    with inside(branch):
        with pytest.raises(RoleNotGiven):
            end_membership(membership=officer.pk, by=manager)
        with pytest.raises(RoleNotGiven):
            change_role(membership=officer.pk, role=Role.VIEWER, seen_version=1, by=manager)
        end_membership(membership=officer.pk, by=other)


@pytest.fixture
def two_managers(login_walls, delta):
    """Two committed managers of Delta, gone again afterwards."""
    users = [
        User.objects.create_user(f"keeper{number}@example.org", "a long passphrase", name=f"Keeper {number}")
        for number in range(2)
    ]
    memberships = [Membership.objects.create(organisation_id=delta.id, user=user, role=Role.MANAGER) for user in users]
    yield [Seat(one.user_id, one.pk, Role.MANAGER, "Keeper") for one in memberships]
    Membership.objects.filter(pk__in=[one.pk for one in memberships]).delete()
    User.objects.filter(pk__in=[user.pk for user in users]).delete()


def test_two_managers_who_leave_at_once_do_not_both_leave(two_managers, delta):
    together, refused = Barrier(2), []

    def leave(seat: Seat) -> None:
        try:
            together.wait(10)
            with inside(delta):
                end_membership(membership=seat.membership_id, by=seat)
        except LastKeeper:
            refused.append(seat)
        finally:
            walls.close_all()
            connections.close_all()

    threads = [Thread(target=leave, args=[seat]) for seat in two_managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert Membership.objects.filter(organisation_id=delta.id, role=Role.MANAGER, ended_at=None).count() == 1


def test_another_organisations_people_are_out_of_reach(alpha, beta, seat_in, of):
    manager, stranger = seat_in(alpha, Role.MANAGER), of(beta, Role.CASEWORKER)
    with inside(alpha):
        with pytest.raises(Membership.DoesNotExist):
            change_role(membership=stranger.pk, role=Role.VIEWER, seen_version=1, by=manager)
        with pytest.raises(Membership.DoesNotExist):
            end_membership(membership=stranger.pk, by=manager)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("name", "permission"),
    [
        ("members", Permission.MEMBER_VIEW),
        ("roles", Permission.MEMBER_VIEW),
        ("member-invite", Permission.MEMBER_MANAGE),
        ("settings", Permission.ORGANISATION_MANAGE),
        ("support", Permission.SUPPORT_GRANT),
        ("audit", Permission.AUDIT_VIEW),
    ],
)
def test_pages_open_by_role(alpha, member, client_of, role, name, permission):
    expected = 200 if permission in ROLES[role].permissions else 403
    assert client_of(member(alpha, role), alpha).get(url(name)).status_code == expected


@pytest.mark.parametrize("name", ["members", "roles", "member-invite", "settings", "support", "audit", "organisations"])
def test_a_stranger_gets_404(alpha, beta, member, client_of, name):
    assert client_of(member(beta, Role.MANAGER), alpha).get(url(name)).status_code == 404


@pytest.mark.parametrize(("verb", "role"), [("member", Role.SUPERVISOR), ("member-end", Role.AUDITOR)])
def test_lower_roles_change_nobody(alpha, member, of, client_of, verb, role):
    worker = of(alpha, Role.CASEWORKER)
    response = client_of(member(alpha, role), alpha).post(
        url(verb, worker.pk), {"role": "manager", "seen_version": "1"}
    )
    assert response.status_code == 403
    worker.refresh_from_db()
    assert (worker.role, worker.ended_at) == (Role.CASEWORKER, None)


def test_the_page_shows_both_roles_to_the_second_editor(alpha, member, of, client_of):
    worker = of(alpha, Role.CASEWORKER)
    client = client_of(member(alpha, Role.MANAGER), alpha)
    sent = {"role": "supervisor", "seen_version": "1"}
    assert client.post(url("member", worker.pk), sent)["Location"] == url("members")
    response = client.post(url("member", worker.pk), {"role": "viewer", "seen_version": "1"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "<strong>Supervisor</strong>" in page
    assert "<strong>Viewer</strong>" in page
    assert response.context["form"]["seen_version"].value() == 2


def test_an_ended_membership_opens_nothing_at_the_next_click(alpha, member, client_of):
    worker = member(alpha)
    theirs, managers = client_of(worker, alpha), client_of(member(alpha, Role.MANAGER), alpha)
    assert theirs.get(url("members")).status_code == 200
    membership = worker.memberships.get()
    assert managers.get(url("member-end", membership.pk)).status_code == 200
    managers.post(url("member-end", membership.pk))
    assert theirs.get(url("members")).status_code == 404
    assert managers.get(url("member", membership.pk)).status_code == 404


def test_the_last_manager_reads_why_leaving_is_refused(alpha, member, client_of):
    manager = member(alpha, Role.MANAGER)
    response = client_of(manager, alpha).post(url("member-end", manager.memberships.get().pk))
    assert response.status_code == 400
    assert "last person who looks after" in response.content.decode()


def test_people_are_found_by_name_and_role(alpha, member, client_of):
    member(alpha, Role.MENTOR, name="Dara Novak")
    member(alpha, Role.CASEWORKER, name="Petar Horvat")
    client = client_of(member(alpha, Role.VIEWER, name="Vida Kazlauskė"), alpha)

    def names(query):
        return [person.name for person in client.get(url("members") + query).context["page"].items]

    assert names("") == ["Dara Novak", "Petar Horvat", "Vida Kazlauskė"]
    assert names("?q=nov") == ["Dara Novak"]
    assert names("?role=caseworker") == ["Petar Horvat"]
    assert names("?role=nonsense") == ["Dara Novak", "Petar Horvat", "Vida Kazlauskė"]
    assert names("?q=zzz") == []


def test_the_list_costs_the_same_for_one_and_for_three(alpha, member, client_of, count_queries):
    client = client_of(member(alpha, Role.MANAGER), alpha)
    client.get(url("members"))
    one = count_queries(lambda: client.get(url("members")))
    member(alpha)
    member(alpha)
    assert count_queries(lambda: client.get(url("members"))) == one


def test_the_table_of_roles_is_the_codes_own(alpha, secretariat, member, client_of):
    page = client_of(member(alpha), alpha).get(url("roles")).content.decode()
    assert str(ROLES[Role.AUDITOR].description) in page
    assert str(Role.SECRETARIAT.label) not in page
    assert str(Permission.NETWORK_MANAGE.label) not in page
    page = client_of(member(secretariat, Role.EDITOR), secretariat).get(url("roles")).content.decode()
    assert str(Permission.NETWORK_MANAGE.label) in page


def test_a_suspension_counts_at_once_whatever_is_cached(alpha, member, client_of):
    client = client_of(member(alpha, Role.MANAGER), alpha)
    assert client.get(url("member-invite")).status_code == 200
    Organisation.objects.filter(pk=alpha.id).update(state="suspended")  # the answer by host is cached still
    assert client.post(url("member-invite"), {}).status_code == 403


def test_a_zero_byte_finds_nobody(alpha, member, client_of):
    client = client_of(member(alpha, Role.MANAGER), alpha)
    assert client.get(url("members"), {"q": "\0"}).status_code == 200


def test_a_suspended_organisation_is_read_and_not_changed(alpha, member, of, client_of):
    Organisation.objects.filter(pk=alpha.id).update(state="suspended")
    worker = of(alpha, Role.CASEWORKER)
    client = client_of(member(alpha, Role.MANAGER), alpha)
    page = client.get(url("members"))
    assert page.status_code == 200
    assert "This organisation is suspended" in page.content.decode()
    assert client.post(url("member-end", worker.pk)).status_code == 403
