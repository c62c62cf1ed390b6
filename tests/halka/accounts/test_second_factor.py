"""Code app, recovery codes, and who is asked for them."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as django_settings
from django.utils import timezone

from halka.accounts import second_factor
from halka.authorization.roles import Role, Seat
from tenants.organisations.models import Organisation, SupportGrant
from tests.halka.accounts.pages import confirm, sign_in

PASSWORD = "a long passphrase"


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_app():
    def make(user) -> str:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret

    return make


def test_the_secret_is_sealed_in_the_database(member, alpha, with_app):
    user = member(alpha)
    secret = with_app(user)
    stored = Authenticator.objects.get(user=user).data["secret"]
    assert secret not in stored
    assert TOTP(Authenticator.objects.get(user=user)).validate_code(code_for(secret))


def test_an_older_master_key_still_opens_it(member, alpha, with_app, settings):
    user = member(alpha)
    secret = with_app(user)
    settings.MASTER_KEYS = ["a newer key that is long enough to be one", *settings.MASTER_KEYS]
    assert TOTP(Authenticator.objects.get(user=user)).validate_code(code_for(secret))


def test_turning_the_app_on_gives_recovery_codes(client_of, member, alpha, sent, tasks):
    user = member(alpha)
    client = client_of(user)
    assert client.get("/accounts/security/app/")["Location"].startswith("/accounts/confirm/")
    confirm(client)
    secret = client.get("/accounts/security/app/").context["form"].secret
    with tasks():
        response = client.post("/accounts/security/app/", {"code": code_for(secret)})
    assert response["Location"] == "/accounts/security/recovery/"
    codes = client.get("/accounts/security/recovery/").context["unused_codes"]
    assert len(codes) == 10
    assert second_factor.has_second_factor(user)
    assert "A code app was turned on" in [message["subject"] for message in sent]


def test_signing_in_asks_for_the_code(client_of, member, alpha, with_app, sent):
    user = member(alpha)
    secret = with_app(user)
    client = client_of(None)
    assert sign_in(client, user, PASSWORD)["Location"] == "/accounts/security/code/"
    assert "_auth_user_id" not in client.session
    wrong = client.post("/accounts/security/code/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    client.post("/accounts/security/code/", {"code": code_for(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_recovery_code_works_once(client_of, member, alpha, with_app, sent):
    user = member(alpha)
    with_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        client = client_of(None)
        sign_in(client, user, PASSWORD)
        client.post("/accounts/security/code/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected


@pytest.mark.parametrize("role", list(Role))
def test_roles_that_are_always_asked(role, settings, alpha):
    settings.DEMO = False
    seat = Seat(1, None, role, "x")
    assert second_factor.is_demanded(seat, alpha) is (role in {Role.MANAGER, Role.SECRETARIAT, Role.PROVINCIAL})
    settings.DEMO = True
    assert not second_factor.is_demanded(seat, alpha)


def test_network_support_is_always_asked_outside_of_a_demo(settings, alpha):
    settings.DEMO = False
    assert second_factor.is_demanded(Seat(1, None, None, "x", support_grant_id=1), alpha)


def test_a_manager_without_one_is_led_to_set_it_up(client_of, member, alpha, settings, with_app):
    settings.DEMO = False
    user = member(alpha, Role.MANAGER, second_factor=False)
    client = client_of(user, alpha)
    response = client.get("/members/")
    assert response.status_code == 302
    assert response["Location"].endswith("/accounts/security/?demanded=alpha")
    assert "One more step" in client_of(user).get("/accounts/security/?demanded=alpha").content.decode()
    assert client.get("/members/", headers={"hx-request": "true"}).headers["HX-Redirect"]
    assert client.get("/session/state/").status_code == 200  # public pages go on
    with_app(user)
    assert client.get("/members/").status_code == 200


def test_the_way_on_is_shown_once_it_is_set_up(client_of, member, alpha, with_app):
    user = member(alpha)
    client = client_of(user)
    for asked_by in ("alpha", "//example.com", "example.com/"):
        client.get("/accounts/security/", {"demanded": asked_by})
    assert "Go on to where you were" not in client.get("/accounts/security/").content.decode()
    with_app(user)
    assert 'href="http://alpha.halka.localhost:8000/"' in client.get("/accounts/security/").content.decode()


def test_an_organisation_may_ask_everybody(client_of, member, alpha):
    Organisation.objects.filter(pk=alpha.id).update(demands_mfa=True)
    response = client_of(member(alpha, Role.VIEWER), alpha).get("/members/")
    assert "demanded=alpha" in response["Location"]


def test_support_without_one_does_not_get_in(client_of, member, alpha, secretariat, settings):
    settings.DEMO = False
    user = member(secretariat, Role.SECRETARIAT, second_factor=False)
    grant(user, alpha)
    assert "demanded=alpha" in client_of(user, alpha).get("/members/")["Location"]


def grant(user, ref):
    return SupportGrant.objects.create(
        organisation_id=ref.id,
        user=user,
        user_name=user.name,
        reason="a broken page",
        granted_by_name="somebody",
        ends_at=timezone.now() + timedelta(hours=2),
    )


def test_removing_the_app_counts_at_once(client_of, member, alpha, settings, with_app, sent):
    settings.DEMO = False
    user = member(alpha, Role.MANAGER, second_factor=False)
    with_app(user)
    workspace, network = client_of(user, alpha), client_of(user)
    assert workspace.get("/members/").status_code == 200
    confirm(network)
    network.post("/accounts/security/app/remove/")
    assert workspace.get("/members/").status_code == 302


def test_passkeys_are_bound_to_the_base_domain(client_of, member, alpha):
    client = client_of(member(alpha))
    confirm(client)
    options = client.get("/accounts/security/passkeys/add/").context["js_data"]["creation_options"]
    assert options["publicKey"]["rp"] == {"id": django_settings.BASE_DOMAIN, "name": "Halka"}
    asked = client_of(None).get("/accounts/security/passkeys/sign-in/", headers={"accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["rpId"] == django_settings.BASE_DOMAIN
