"""Signing in on the network's host, where it leads, and what holds attackers off."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from halka.accounts.models import User
from halka.authorization.public import is_public
from halka.common.addresses import NETWORK_URLS, workspace_url
from tests.halka.accounts.pages import sign_in

PASSWORD = "a long passphrase"


@pytest.fixture
def visitor(client_of) -> Client:
    return client_of(None)


def test_the_only_workspace_opens_after_signing_in(visitor, member, alpha):
    user = member(alpha)
    response = sign_in(visitor, user, PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == workspace_url(alpha, "today")


def test_who_works_in_several_organisations_gets_the_list(visitor, member, alpha, beta):
    user = member(beta, user=member(alpha))
    assert sign_in(visitor, user, PASSWORD)["Location"] == "/"
    page = visitor.get("/").content.decode()
    assert "Alpha House" in page
    assert "Beta Centre" in page


def test_the_address_asked_for_is_opened(visitor, member, alpha):
    wanted = workspace_url(alpha, "members") + "?role=mentor"
    response = sign_in(visitor, member(alpha), PASSWORD, next=wanted)
    assert response["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com/",
        "http://halka.localhost.example.com/",
        "http://nobody.halka.localhost:8000/",
        "http://alpha.halka.localhost:9999/",
        "javascript:alert(1)",
        "http://user@example.com:8000/",
        "http://halka.localhost:8000@example.com/",
    ],
)
def test_nobody_is_led_to_another_site(visitor, member, alpha, elsewhere):
    response = sign_in(visitor, member(alpha), PASSWORD, next=elsewhere)
    assert response["Location"] == workspace_url(alpha, "today")


def test_a_wrong_password_is_told_without_saying_which_part(visitor, member, alpha):
    user = member(alpha)
    known = sign_in(visitor, user, "something else").content.decode()
    unknown = visitor.post("/accounts/login/", {"login": "nobody@example.org", "password": "x"}).content.decode()
    for page in (known, unknown):
        assert "The e-mail or the password is not right" in page


def test_after_five_failures_even_the_right_password_waits(visitor, member, alpha):
    user = member(alpha)
    for _attempt in range(5):
        sign_in(visitor, user, "wrong")
    response = sign_in(visitor, user, PASSWORD)
    assert response.status_code == 200
    assert "Wait five minutes" in response.content.decode()
    assert "_auth_user_id" not in visitor.session


def test_too_many_posts_from_one_address_get_a_page_in_words(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _attempt in range(2):
        visitor.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    response = visitor.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_a_closed_account_does_not_get_in(visitor, member, alpha):
    user = member(alpha)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "_auth_user_id" not in visitor.session
    sign_in(visitor, user, PASSWORD)
    assert "_auth_user_id" not in visitor.session


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/login/code/",
        "/accounts/3rdparty/",
        "/accounts/social/login/cancelled/",
        "/accounts/phone/change/",
        "/accounts/security/webauthn/signup/",
        "/accounts/security/trust/",
    ],
)
def test_what_is_not_offered_does_not_exist(visitor, path):
    assert visitor.get(path).status_code == 404


def test_sign_in_pages_are_on_the_network_host_alone(client_of, alpha):
    assert client_of(None, alpha).get("/accounts/login/").status_code == 404


def test_a_page_for_members_asks_to_sign_in_and_says_after_idling_why(client_of):
    response = client_of(None).get("/accounts/security/")
    assert response.status_code == 302
    back = quote("http://halka.localhost/accounts/security/", safe="")
    assert response["Location"].endswith(f"/accounts/login/?next={back}")
    page = client_of(None).get("/accounts/login/?ended=idle").content.decode()
    assert "You were signed out because nothing happened" in page


def test_links_in_e_mails_lead_to_our_own_address(member, alpha, sent):
    """Not to the port that whoever asks puts into the Host header."""
    Client(headers={"host": "halka.localhost:6666"}).post(
        "/accounts/password/forgotten/", {"email": member(alpha).email}
    )
    assert "http://halka.localhost:8000/accounts/password/new/" in sent[0]["body"]
    assert "6666" not in sent[0]["body"]


def test_a_forgotten_password_is_chosen_anew(visitor, member, alpha, sent):
    user = member(alpha, language="fa")
    visitor.post("/accounts/password/forgotten/", {"email": user.email})
    assert [message["to"] for message in sent] == [user.email]
    link = next(word for word in sent[0]["body"].split() if "/accounts/password/new/" in word)
    page = visitor.get(link.removeprefix("http://halka.localhost:8000"), follow=True)
    address = page.redirect_chain[-1][0]
    visitor.post(address, {"password1": "quite another phrase", "password2": "quite another phrase"})
    assert sign_in(visitor, user, "quite another phrase").status_code == 302
    again = visitor.get(link.removeprefix("http://halka.localhost:8000"))
    assert again.status_code in (200, 302)


def test_nobody_is_written_to_who_has_no_account(visitor, sent):
    response = visitor.post("/accounts/password/forgotten/", {"email": "nobody@example.org"})
    assert response.status_code == 302
    assert sent == []
    assert mail.outbox == []


def _views(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_every_public_page_of_accounts_gives_its_reason():
    silent = [
        route
        for route, view in _views(get_resolver(NETWORK_URLS).url_patterns)
        if route.startswith(("accounts/", "join/", "session/", "preferences", "sign-out"))
        and is_public(view)
        and not getattr(view, "public_reason", "")
    ]
    assert silent == []
