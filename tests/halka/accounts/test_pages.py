"""Every page of an account renders in our own layout, in both directions."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tests.halka.accounts.pages import confirm

ENTRANCE = [
    "/accounts/login/",
    "/accounts/closed/",
    "/accounts/password/forgotten/",
    "/accounts/password/forgotten/sent/",
    "/accounts/password/changed/",
    "/accounts/password/new/1-abc-def/",
    "/accounts/e-mail/sent/",
    "/accounts/e-mail/confirm/abc/",
    "/preferences/",
]
OWN = [
    "/accounts/security/",
    "/accounts/security/app/",
    "/accounts/security/passkeys/",
    "/accounts/security/passkeys/add/",
    "/accounts/sessions/",
    "/accounts/e-mail/",
    "/accounts/password/",
    "/accounts/logout/",
    "/accounts/confirm/",
    "/preferences/",
]
WITH_FACTOR = [
    "/accounts/security/",
    "/accounts/security/app/remove/",
    "/accounts/security/recovery/",
    "/accounts/security/recovery/new/",
    "/accounts/security/confirm/",
]


def check(response, language: str) -> None:
    assert response.status_code in (200, 404)
    page = response.content.decode()
    assert f'lang="{language}"' in page
    assert 'class="foot' in page
    assert "<style" not in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("path", ENTRANCE)
def test_pages_before_signing_in(client_of, path, language):
    check(client_of(None).get(path, headers={"accept-language": language}), language)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("path", OWN)
def test_pages_of_ones_own_account(client_of, member, alpha, path, language):
    client = client_of(member(alpha, language=language))
    confirm(client)
    check(client.get(path), language)


@pytest.mark.parametrize("path", WITH_FACTOR)
def test_pages_with_a_second_factor(client_of, member, alpha, path):
    user = member(alpha)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    client = client_of(user)
    confirm(client)
    check(client.get(path), "en")


def test_recovery_codes_are_saved_as_a_file(client_of, member, alpha):
    user = member(alpha)
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()
    client = client_of(user)
    confirm(client)
    response = client.get("/accounts/security/recovery/file/")
    assert response["Content-Disposition"].startswith("attachment")
    assert all(code in response.content.decode() for code in codes)


def test_a_password_is_changed(client_of, member, alpha, sent):
    client = client_of(member(alpha))
    answer = {"oldpassword": "a long passphrase", "password1": "quite another phrase", "password2": "quite another"}
    assert "same password" in client.post("/accounts/password/", answer).content.decode()
    answer["password2"] = answer["password1"]
    assert client.post("/accounts/password/", answer)["Location"] == "/accounts/security/"
    assert sent[0]["subject"] == "Your password was changed"


def test_whoever_finds_an_open_browser_does_not_take_the_account(client_of, member, alpha, sent):
    """The e-mail is the way to a new password: it is changed by somebody who has just shown who they are."""
    answer = client_of(member(alpha)).post("/accounts/e-mail/", {"action_add": "1", "email": "new@example.org"})
    assert answer["Location"].startswith("/accounts/confirm/")
    assert sent == []


@pytest.mark.parametrize("known_to_allauth", [True, False])
def test_an_e_mail_changes_once_the_link_is_opened(client_of, member, alpha, sent, known_to_allauth):
    user = member(alpha)
    if not known_to_allauth:
        EmailAddress.objects.all().delete()
    client = client_of(user)
    before = user.email
    confirm(client)
    client.post("/accounts/e-mail/", {"action_add": "1", "email": "new@example.org"})
    user.refresh_from_db()
    assert user.email == before
    link = next(word for word in sent[0]["body"].split() if "/e-mail/confirm/" in word)
    assert sent[0]["to"] == "new@example.org"
    client.post(link.removeprefix("http://halka.localhost:8000"))
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert "new@example.org" in client.get("/accounts/e-mail/").content.decode()
