"""Language, calendar and colours: of the account, or of the browser."""

from __future__ import annotations

import pytest

from halka.accounts.models import User


def test_a_person_keeps_language_and_calendar(client_of, member, alpha):
    user = member(alpha)
    client = client_of(user, alpha)
    response = client.post("/preferences/", {"language": "fa", "next": "/members/"})
    assert response["Location"] == "/members/"
    client.post("/preferences/", {"calendar": "jalali"})
    user = User.objects.get(pk=user.pk)
    assert (user.language, user.calendar) == ("fa", "jalali")
    page = client.get("/members/")
    assert 'dir="rtl"' in page.content.decode()
    assert page["Content-Language"] == "fa"


def test_a_visitor_keeps_them_in_cookies_of_all_hosts(client_of, settings):
    client = client_of(None)
    response = client.post("/preferences/", {"language": "sq"})
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "sq"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME]["domain"] == settings.BASE_DOMAIN
    assert 'lang="sq"' in client.get("/accounts/login/").content.decode()
    response = client.post("/preferences/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("sent", [{"language": "xx"}, {"calendar": "mayan"}, {"theme": "<b>"}, {}])
def test_what_is_not_offered_is_ignored(client_of, member, alpha, sent):
    user = member(alpha)
    response = client_of(user, alpha).post("/preferences/", sent)
    assert response.status_code == 302
    assert not response.cookies
    assert User.objects.get(pk=user.pk).language == "en"


def test_the_way_back_stays_on_this_host(client_of):
    response = client_of(None).post("/preferences/", {"theme": "dark", "next": "https://example.com/"})
    assert response["Location"] == "/preferences/"


def test_the_name_is_changed(client_of, member, alpha):
    user = member(alpha)
    client_of(user, alpha).post("/preferences/", {"name": "Nova Novak"})
    assert User.objects.get(pk=user.pk).name == "Nova Novak"
    assert client_of(user).post("/preferences/", {"name": ""}).status_code == 400
    assert client_of(None).post("/preferences/", {"name": "x"}).status_code == 302


def test_a_stranger_sees_no_workspace_behind_the_page(client_of, member, alpha, beta):
    response = client_of(member(beta), alpha).get("/preferences/")
    assert response["Location"] == "http://halka.localhost:8000/preferences/"


def test_persian_browsers_begin_with_the_jalali_calendar(client_of):
    client = client_of(None)
    assert client.get("/preferences/", headers={"accept-language": "fa"}).context["calendar"] == "jalali"
    assert client.get("/preferences/", headers={"accept-language": "en"}).context["calendar"] == "gregorian"
