"""Inviting, sending again, withdrawing; and what the invited person sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from tenants.organisations import tasks as background
from tenants.organisations.domain import joining
from tenants.organisations.domain.invitations import (
    AlreadyHere,
    InvitationOver,
    NewInvitation,
    hash_of,
    invite,
    send_again,
    withdraw,
)
from tenants.organisations.domain.members import RoleNotGiven
from tenants.organisations.isolation import inside
from tenants.organisations.models import Invitation, Membership, Organisation

ASKED = NewInvitation("Dara Novak", "Dara@Example.org", Role.MENTOR, "en")


def url(name, *args):
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


@pytest.fixture
def handed(monkeypatch):
    """Arguments of invitation mails that were handed to the worker."""
    calls = []
    monkeypatch.setattr(background.send_invitation, "delay", lambda *args: calls.append(args))
    return calls


@pytest.fixture
def invited(alpha, seat_in, handed, tasks):
    """`invited(**fields)`: the token of an invitation to Alpha."""

    def make(**fields) -> str:
        manager = seat_in(alpha, Role.MANAGER)
        with tasks(), inside(alpha):
            invite(invitation=NewInvitation(**(vars(ASKED) | fields)), by=manager)
        return handed[-1][2]

    return make


def test_only_the_hash_of_the_link_is_kept(alpha, invited, handed):
    token = invited()
    invitation = Invitation.objects.get()
    assert invitation.email == "dara@example.org"
    assert invitation.token_hash == hash_of(token)
    assert token not in str(Invitation.objects.values())
    assert handed == [("alpha", str(invitation.pk), token)]
    with inside(alpha):
        assert [entry.action for entry in Entry.objects.all()] == ["invitation.sent"]


def test_the_mail_tells_nothing_but_the_names_and_the_link(alpha, invited):
    token = invited(language="fa", name="لیلا رضایی")
    background.send_invitation("alpha", str(Invitation.objects.get().pk), token)
    (message,) = mail.outbox
    assert message.to == ["dara@example.org"]
    assert f"/join/{token}/" in message.body
    assert "لیلا رضایی" in message.body
    assert "خانه آلفا" in message.body
    assert Invitation.objects.get().invited_by_name not in message.body
    assert "entor" not in message.body


def test_a_replaced_link_is_not_sent(alpha, invited, seat_in, handed, tasks):
    token, manager = invited(), seat_in(alpha, Role.MANAGER)
    with tasks(), inside(alpha):
        send_again(invitation=Invitation.objects.get().pk, by=manager)
    background.send_invitation("alpha", str(Invitation.objects.get().pk), token)
    assert mail.outbox == []
    assert joining.invitation_behind(token) is None
    assert joining.invitation_behind(handed[-1][2]) is not None


def test_nothing_is_sent_when_it_is_rolled_back(alpha, seat_in, handed):
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        invite(invitation=ASKED, by=manager)
    assert handed == []


def test_colleagues_and_invited_people_are_not_invited_again(alpha, beta, member, seat_in, invited):
    invited()
    member(alpha, email="here@example.org")
    member(beta, email="elsewhere@example.org")
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        for email in ("dara@example.org", "HERE@example.org"):
            with pytest.raises(AlreadyHere):
                invite(invitation=NewInvitation("x", email, Role.MENTOR, "en"), by=manager)
        invite(invitation=NewInvitation("x", "elsewhere@example.org", Role.MENTOR, "en"), by=manager)


def test_an_expired_invitation_makes_room(alpha, invited, seat_in):
    invited()
    Invitation.objects.update(expires_at=timezone.now())
    invited()
    assert Invitation.objects.open().count() == 1


def test_no_network_role_is_offered(alpha, seat_in):
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha), pytest.raises(RoleNotGiven):
        invite(invitation=NewInvitation("x", "x@example.org", Role.SECRETARIAT, "en"), by=manager)


def test_a_withdrawn_one_is_over(alpha, invited, seat_in):
    token = invited()
    pk = Invitation.objects.get().pk
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        withdraw(invitation=pk, by=manager)
        for verb in (withdraw, send_again):
            with pytest.raises(InvitationOver):
                verb(invitation=pk, by=manager)
    assert joining.standing_of(joining.invitation_behind(token)) == joining.Standing.WITHDRAWN


def test_another_organisations_invitation_is_out_of_reach(beta, invited, seat_in):
    invited()
    pk, manager = Invitation.objects.get().pk, seat_in(beta, Role.MANAGER)
    with inside(beta), pytest.raises(InvitationOver):
        withdraw(invitation=pk, by=manager)


def test_a_newcomer_opens_an_account_and_is_inside(alpha, invited, client_of):
    token = invited(language="fa")
    client = client_of(None)
    assert "dara@example.org" in client.get(f"/join/{token}/").content.decode()
    response = client.post(f"/join/{token}/", {"name": "Dara N.", "password": "three odd words"})
    assert response["Location"] == "http://alpha.halka.localhost:8000/"
    user = User.objects.get(email="dara@example.org")
    assert (user.name, user.language, user.check_password("three odd words")) == ("Dara N.", "fa", True)
    assert user.memberships.get().role == Role.MENTOR
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Invitation.objects.get().accepted_at is not None
    with inside(alpha):
        joined = Entry.objects.get(action="member.joined")
    assert joined.actor_user_id == user.pk


@pytest.mark.parametrize(
    ("name", "password"), [("", "three odd words"), ("Dara", "short"), ("Dara", "12345678901"), ("Dara", "")]
)
def test_a_weak_password_or_no_name_is_asked_again(invited, client_of, name, password):
    token = invited()
    response = client_of(None).post(f"/join/{token}/", {"name": name, "password": password})
    assert response.status_code == 400
    assert not User.objects.filter(email="dara@example.org").exists()


def test_who_has_an_account_signs_in_and_accepts(alpha, beta, invited, member, client_of):
    user = member(beta, email="dara@example.org")
    token = invited()
    visitor = client_of(None)
    assert f"/accounts/login/?next=/join/{token}/" in visitor.get(f"/join/{token}/").content.decode()
    assert visitor.post(f"/join/{token}/", {"name": "x", "password": "three odd words"}).status_code == 200
    client = client_of(user)
    assert "Join Alpha House" in client.get(f"/join/{token}/").content.decode()
    assert client.post(f"/join/{token}/")["Location"] == "http://alpha.halka.localhost:8000/"
    assert user.memberships.count() == 2


def test_somebody_else_does_not_take_it(alpha, beta, invited, member, client_of):
    token = invited()
    other = member(beta)
    client = client_of(other)
    assert client.get(f"/join/{token}/").status_code == 403
    assert client.post(f"/join/{token}/").status_code == 403
    assert other.memberships.count() == 1
    with pytest.raises(joining.CannotJoin):
        joining.join(invitation=Invitation.objects.get().pk, by=other)


def test_two_clicks_at_once_join_once(alpha, invited, member):
    user = member(alpha, email="dara@example.org")
    Membership.objects.filter(user=user).update(ended_at=timezone.now())
    invited()
    invitation = Invitation.objects.get().pk
    joining.join(invitation=invitation, by=user)
    with pytest.raises(joining.CannotJoin):
        joining.join(invitation=invitation, by=user)


def test_a_former_member_comes_back_with_the_new_role(alpha, invited, member, client_of):
    user = member(alpha, Role.MANAGER, email="dara@example.org")
    Membership.objects.filter(user=user).update(ended_at=timezone.now())
    token = invited()
    client_of(user).post(f"/join/{token}/")
    membership = user.memberships.get()
    assert (membership.role, membership.ended_at, membership.version) == (Role.MENTOR, None, 2)


def _use(token, client_of):
    client_of(None).post(f"/join/{token}/", {"name": "Dara", "password": "three odd words"})


def _expire(token, client_of):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))


def _withdraw(token, client_of):
    Invitation.objects.update(withdrawn_at=timezone.now())


def _suspend(token, client_of):
    Organisation.objects.filter(schema_name="alpha").update(state="suspended")


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (_use, "was used already"),
        (_expire, "is too old"),
        (_withdraw, "does not work any more"),
        (_suspend, "Not just now"),
    ],
)
def test_a_link_that_is_over_says_so_kindly(invited, client_of, happens, words):
    token = invited()
    happens(token, client_of)
    before = Membership.objects.count()
    for response in (
        client_of(None).get(f"/join/{token}/"),
        client_of(None).post(f"/join/{token}/", {"name": "x", "password": "three odd words"}),
    ):
        assert response.status_code == 410
        assert words in response.content.decode()
    assert Membership.objects.count() == before


def test_a_made_up_link_is_nothing(client_of, db):
    assert client_of(None).get("/join/made-up/").status_code == 404


def test_the_manager_invites_on_a_page(alpha, member, client_of, handed, tasks):
    client = client_of(member(alpha, Role.MANAGER), alpha)
    form = {"name": "Dara", "email": "dara@example.org", "role": "mentor", "language": "sq"}
    with tasks():
        assert client.post(url("member-invite"), form)["Location"] == url("members")
    assert len(handed) == 1
    again = client.post(url("member-invite"), form)
    assert again.status_code == 400
    assert "on its way already" in again.content.decode()
    assert client.post(url("member-invite"), form | {"role": "secretariat"}).status_code == 400
    page = client.get(url("members")).content.decode()
    assert "Invited, not yet here" in page
    pk = Invitation.objects.get().pk
    with tasks():
        client.post(url("invitation-again", pk))
    assert len(handed) == 2
    client.post(url("invitation-withdraw", pk))
    assert Invitation.objects.open().count() == 0


def test_a_viewer_does_not_see_who_is_invited(alpha, invited, member, client_of):
    invited()
    page = client_of(member(alpha, Role.VIEWER), alpha).get(url("members")).content.decode()
    assert "dara@example.org" not in page
    response = client_of(member(alpha, Role.VIEWER), alpha).post(
        url("invitation-withdraw", Invitation.objects.get().pk)
    )
    assert response.status_code == 403


def test_a_mail_with_a_name_of_two_lines_is_sent_all_the_same(alpha, invited, handed):
    invited()
    Organisation.objects.filter(pk=alpha.id).update(names={"en": "Alpha\nBcc: somebody@example.org"})
    background.send_invitation(*handed[-1])
    assert mail.outbox[-1].subject == "Your invitation to Alpha Bcc: somebody@example.org"
    assert mail.outbox[-1].recipients() == ["dara@example.org"]
