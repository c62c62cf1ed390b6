"""Idle sessions end, revoked ones too, and pages can ask without keeping one alive."""

from __future__ import annotations

import time

import pytest
from django.core.cache import caches

from halka.accounts import idleness
from tests.halka.accounts.pages import sign_in

PASSWORD = "a long passphrase"


@pytest.fixture
def clock(monkeypatch):
    """`clock(minutes)` moves the time that idleness is counted by."""
    passed = [0.0]
    real = time.time
    monkeypatch.setattr(idleness.time, "time", lambda: real() + passed[0])

    def forward(minutes: float) -> None:
        passed[0] += minutes * 60

    return forward


def test_an_idle_session_ends_and_sign_in_says_why(client_of, member, alpha, clock, settings):
    client = client_of(member(alpha), alpha)
    assert client.get("/members/").status_code == 200
    clock(settings.IDLE_MINUTES + 1)
    response = client.get("/members/")
    assert response.status_code == 302
    assert response["Location"].endswith("&ended=idle")
    assert not client.get("/session/state/").json()["signed_in"]


def test_work_keeps_it_alive(client_of, member, alpha, clock, settings):
    client = client_of(member(alpha), alpha)
    for _hour in range(4):
        assert client.get("/members/").status_code == 200
        clock(settings.IDLE_MINUTES - 1)
    assert client.get("/members/").status_code == 200


def test_asking_for_the_state_is_not_work(client_of, member, alpha, clock, settings):
    user = member(alpha)
    client = client_of(user, alpha)
    client.get("/members/")
    for _minute in range(settings.IDLE_MINUTES - 1):
        clock(1)
        state = client.get("/session/state/", {"user": user.pk}).json()
        assert state["signed_in"]
        assert state["same_user"]
    assert state["seconds_left"] <= 60
    clock(1.1)
    assert not client.get("/session/state/").json()["signed_in"]


def test_touching_is_work(client_of, member, alpha, clock, settings):
    client = client_of(member(alpha), alpha)
    client.get("/members/")
    clock(settings.IDLE_MINUTES - 1)
    assert client.post("/session/touch/").status_code == 204
    clock(settings.IDLE_MINUTES - 1)
    assert client.get("/members/").status_code == 200


def test_an_emptied_cache_ends_old_sessions_and_keeps_fresh_ones(client_of, member, alpha, clock, settings):
    client = client_of(member(alpha), alpha)
    client.get("/members/")
    caches["network"].clear()
    assert client.get("/members/").status_code == 200
    clock(settings.IDLE_MINUTES - 1)
    client.get("/members/")
    clock(2)
    caches["network"].clear()
    assert client.get("/members/").status_code == 302


def test_most_requests_write_nothing(client_of, member, alpha, monkeypatch):
    client = client_of(member(alpha), alpha)
    client.get("/members/")
    written = []
    monkeypatch.setattr(idleness, "_grain", lambda: 30)
    cache = caches["network"]
    real = cache.set
    monkeypatch.setattr(cache, "set", lambda key, *args, **kw: (written.append(key), real(key, *args, **kw)))
    client.get("/members/")
    assert not [key for key in written if key.startswith("seen-")]


def test_a_stranger_is_told_nothing(client_of, alpha):
    client = client_of(None, alpha)
    assert client.get("/session/state/").json() | {"csrf_token": ""} == {
        "signed_in": False,
        "same_user": False,
        "seconds_left": 0,
        "csrf_token": "",
    }
    assert client.post("/session/touch/").status_code == 403


def test_another_person_is_not_the_same_user(client_of, member, alpha):
    one, other = member(alpha), member(alpha)
    assert not client_of(one, alpha).get("/session/state/", {"user": other.pk}).json()["same_user"]


def test_devices_are_listed_and_one_is_signed_out(client_of, member, alpha):
    user = member(alpha)
    here, there = client_of(None), client_of(None)
    for client, agent in ((here, "Mozilla Firefox/1 (Windows)"), (there, "Mozilla Chrome/1 (Android)")):
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, headers={"user-agent": agent})
    page = here.get("/accounts/sessions/")
    rows = page.context["sessions"]
    assert [row["browser"] for row in rows] == ["Firefox on Windows", "Chrome on Android"]
    assert [row["is_current"] for row in rows] == [True, False]
    here.post("/accounts/sessions/", {"session": rows[1]["pk"]})
    assert there.get("/accounts/security/").status_code == 302
    assert here.get("/accounts/security/").status_code == 200


def test_all_other_devices_are_signed_out(client_of, member, alpha):
    user = member(alpha)
    clients = [client_of(None) for _number in range(3)]
    for client in clients:
        sign_in(client, user, PASSWORD)
    clients[0].post("/accounts/sessions/")
    assert [client.get("/accounts/security/").status_code for client in clients] == [200, 302, 302]


def test_nobody_ends_somebody_elses_session(client_of, member, alpha):
    mine, theirs = client_of(None), client_of(None)
    sign_in(mine, member(alpha), PASSWORD)
    sign_in(theirs, member(alpha), PASSWORD)
    row = theirs.get("/accounts/sessions/").context["sessions"][0]
    assert mine.post("/accounts/sessions/", {"session": row["pk"]}).status_code == 404
    assert theirs.get("/accounts/security/").status_code == 200


@pytest.mark.parametrize("on_workspace", [True, False])
def test_signing_out_ends_it_on_all_hosts(client_of, member, alpha, on_workspace):
    user = member(alpha)
    client = client_of(user, alpha if on_workspace else None)
    response = client.post("/sign-out/" if on_workspace else "/accounts/logout/")
    assert response["Location"].endswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
