"""Pages of asking for access and of granting it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from halka.authorization.roles import Role
from network_registry.exchange.models import Access as SharedAccess
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere import access as verbs
from tenants.referrals.models import Access

from .asked import copy_of


@pytest.fixture
def here(ours, client_of):
    return client_of(User.objects.get(pk=ours.seat.user_id), ours.ref)


@pytest.fixture
def there(theirs, client_of):
    return client_of(User.objects.get(pk=theirs.seat.user_id), theirs.ref)


def text_of(answer) -> str:
    assert answer.status_code in (200, 400), answer
    return answer.content.decode()


CONSENT = {"how_given": "signed", "language": "en", "expires_on": "2027-01-31"}


def test_asking_naming_granting_reading_ending(here, there, ours, theirs, known, owned, tasks):
    address = f"/clients/{known.pk}/access/ask/"
    assert "Ask another organisation" in text_of(here.get(f"/clients/{known.pk}/elsewhere/"))
    assert "What you would like to read" in text_of(here.get(address))
    sent = {"target": str(theirs.ref.id), "purpose": "plan", "asked": ["identity", "contact"], "note": "For a plan"}
    page = text_of(here.post(address, sent))
    assert "cannot know whom you mean yet" in page
    assert "For a plan" in page
    with inside(ours.ref):
        assert not Access.objects.exists()
    with tasks():
        answer = here.post(address, {**sent, **{f"consent-{name}": value for name, value in CONSENT.items()}})
    with inside(ours.ref):
        made = Access.objects.get()
    assert answer.headers["Location"] == f"/access/{made.pk}/"
    assert "They talk to the person first" in text_of(here.get(f"/access/{made.pk}/"))
    assert "Asked Beta Centre" in text_of(here.get(f"/clients/{known.pk}/"))
    with inside(theirs.ref):
        came = Access.objects.get()
    page = f"/access/{came.pk}/"
    assert "Others ask to read" in text_of(there.get("/"))
    shown = text_of(there.get(page))
    assert "Who is meant?" in shown
    assert "Zamfirija" in shown
    assert there.get(f"{page}grant/").headers["Location"] == page
    assert there.post(f"{page}client/", {"client": "nobody"}).status_code == 404
    there.post(f"{page}client/", {"client": str(owned.pk)})
    form = text_of(there.get(f"{page}grant/"))
    assert "They may read until" in form
    assert "Health" not in form
    assert "a year at most" in text_of(
        there.post(f"{page}grant/", {**CONSENT, "scopes": ["identity"], "expires_on": "2029-01-31"})
    )
    with tasks():
        there.post(f"{page}grant/", {**CONSENT, "scopes": ["identity", "contact"], "note": "Until spring"})
    assert "They may read until" in text_of(there.get(page))
    read = text_of(here.get(f"/access/{made.pk}/"))
    for told in ("From Beta Centre, until", "+381 64 987 6543", "Until spring", "not part of your record"):
        assert told in read
    assert "From Beta Centre, until" in text_of(here.get(f"/clients/{known.pk}/"))
    assert "Alpha House asks to read" in text_of(there.get(f"/clients/{owned.pk}/"))
    with tasks():
        here.post(f"/access/{made.pk}/again/")
    assert "The newest is on its way" in text_of(here.get(f"/access/{made.pk}/"))
    with tasks():
        there.post(f"{page}end/")
    ended = text_of(here.get(f"/access/{made.pk}/"))
    assert "the copy is erased" in ended
    assert "+381 64 987 6543" not in ended
    here.post(f"/access/{made.pk}/end/")
    assert "Somebody was faster" in text_of(here.get(f"/access/{made.pk}/"))


def test_what_is_wrong_is_said_and_kept(here, known, theirs, ours, ask):
    address = f"/clients/{known.pk}/access/ask/"
    sent = {"target": str(theirs.ref.id), "purpose": "plan", "asked": ["identity"], "note": "For Zamfirija"}
    assert "says who the person is" in text_of(here.post(address, {**sent, "consent-how_given": "signed",
        "consent-language": "en", "consent-expires_on": "2027-01-31"}))  # fmt: skip
    assert "This field is required" in text_of(here.post(address, {}))
    assert "needs a witness" in text_of(
        here.post(address, {**sent, "note": "", "consent-how_given": "spoken", "consent-language": "en",
                            "consent-expires_on": "2027-01-31"})
    )  # fmt: skip
    ask()
    again = {**sent, "note": "", **{f"consent-{name}": value for name, value in CONSENT.items()}}
    assert "already" in text_of(here.post(address, again))


def test_refusing_and_taking_back(here, there, ask, tasks):
    made = ask()
    assert "Do not grant it" in text_of(there.get(f"/access/{made.into}/refuse/"))
    assert "This field is required" in text_of(there.post(f"/access/{made.into}/refuse/", {}))
    with tasks():
        there.post(f"/access/{made.into}/refuse/", {"reason": "not_known"})
    assert "We do not know this person" in text_of(here.get(f"/access/{made.out}/"))
    again = ask()
    with tasks():
        here.post(f"/access/{again.out}/cancel/")
    assert "It was taken back" in text_of(there.get(f"/access/{again.into}/"))
    SharedAccess.objects.filter(pk=again.shared).update(state="expired")
    assert "Nobody answered in time" in text_of(there.get(f"/access/{again.into}/"))


def test_ended_and_not_confirmed_yet(there, granted):
    SharedAccess.objects.update(state="ended", remains="waiting")
    assert "still to be confirmed" in text_of(there.get(f"/access/{granted.into}/"))


def test_nobody_alike_is_said(there, ask, theirs):
    made = ask()
    with inside(theirs.ref):
        Client.objects.all().delete()
    assert "looks alike" in text_of(there.get(f"/access/{made.into}/"))
    with inside(theirs.ref):
        Access.objects.update(named={})
    assert "not in your records any more" in text_of(there.get(f"/access/{made.into}/"))


def test_it_is_closed_like_the_record(granted, ours, theirs, member, client_of):
    stranger = client_of(member(ours.ref, Role.CASEWORKER), ours.ref)
    assert stranger.get(f"/access/{granted.out}/").status_code == 403
    assert "Zamfirija" not in text_of(stranger.get("/access/?side=out"))
    supervisor = client_of(member(ours.ref, Role.SUPERVISOR), ours.ref)
    assert "+381 64 987 6543" in text_of(supervisor.get(f"/access/{granted.out}/"))
    assert "Zamfirija" in text_of(supervisor.get("/access/?side=out"))


def test_the_list_asks_the_same_number_of_questions(here, ask, ours, tasks):
    counts = []
    here.get("/access/?side=out")
    for number in range(3):
        made = ask()
        with tasks(), inside(ours.ref):
            verbs.cancel_access(access=copy_of(made.shared), by=ours.seat)
        with CaptureQueriesContext(connection) as queries:
            page = text_of(here.get("/access/?side=out"))
        assert page.count("Zamfirija") == number + 1
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert "Nothing here yet" in text_of(here.get("/access/"))
