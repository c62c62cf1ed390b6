"""The manager's page of takeouts: asking, waiting, fetching, removing."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation, Takeout
from tests.tenants.organisations.leaving.conftest import packed

PAGE = reverse("takeout", urlconf=WORKSPACE_URLS)


def at(name: str, takeout: Takeout) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=[takeout.pk])


def confirm(browser: Client, *, seconds_ago: float = 0) -> None:
    """As signing in does."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - seconds_ago}]
    session["account_authentication_methods_user"] = str(session["_auth_user_id"])
    session.save()


@pytest.fixture
def browser(alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> Client:
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    confirm(browser)
    return browser


@pytest.fixture
def takeout(alpha: OrganisationRef) -> Takeout:
    now = timezone.now()
    values = {"state": "ready", "ready_at": now, "expires_at": now + timedelta(days=7), "total": 9}
    return Takeout.objects.create(organisation_id=alpha.id, asked_by_name="Arta", **values)


def test_asking_shows_how_far_it_is(alpha: OrganisationRef, browser: Client, tasks: Callable[[], Any]) -> None:
    assert b"Put it together" in browser.get(PAGE).content
    assert browser.post(PAGE).status_code == 302
    assert b"This begins in a moment" in browser.get(PAGE).content
    Takeout.objects.update(state="working", total=200, done=50, beat_at=timezone.now())
    part = browser.get(PAGE, headers={"HX-Request": "true", "HX-Target": "takeout"}).content.decode()
    assert "50 of 200 rows" in part
    assert "<html" not in part
    assert 'hx-trigger="every 3s"' in part
    Takeout.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    assert b"has stopped" in browser.get(PAGE).content
    refused = browser.post(PAGE, follow=True)
    assert b"It is being put together already." in refused.content
    with inside(alpha):
        assert Entry.objects.get().action == "takeout.asked"


def test_whoever_signed_in_a_while_ago_is_asked_again(
    alpha: OrganisationRef, browser: Client, takeout: Takeout
) -> None:
    confirm(browser, seconds_ago=400)
    for response in (browser.post(PAGE), browser.get(at("takeout-download", takeout))):
        assert response.status_code == 302
        assert "/accounts/confirm/?next=http" in response["Location"]
    assert Takeout.objects.count() == 1
    assert Takeout.objects.get().downloads == 0


def test_it_is_fetched_and_that_is_written_down(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    assert b"Kept until" in browser.get(PAGE).content
    response = browser.get(at("takeout-download", takeout))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="alpha-20')
    assert response["Cache-Control"] == "no-store, private"
    with zipfile.ZipFile(packed(iter(response.streaming_content))) as content:
        assert "datapackage.json" in content.namelist()
    assert Takeout.objects.get().downloads == 1
    with inside(alpha):
        assert Entry.objects.get().action == "takeout.downloaded"


def test_nobody_fetches_anothers_or_an_expired_one(
    alpha: OrganisationRef, beta: OrganisationRef, browser: Client, takeout: Takeout
) -> None:
    Takeout.objects.update(organisation_id=beta.id)
    assert browser.get(at("takeout-download", takeout)).status_code == 404
    assert b"Arta" not in browser.get(PAGE).content
    browser.post(at("takeout-remove", takeout))
    assert Takeout.objects.get().state == "ready"
    Takeout.objects.update(organisation_id=alpha.id, expires_at=timezone.now())
    assert browser.get(at("takeout-download", takeout)).status_code == 404


def test_it_is_removed(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    assert b"Removed." in browser.post(at("takeout-remove", takeout), follow=True).content
    assert b"It is not there any more" in browser.post(at("takeout-remove", takeout), follow=True).content
    assert Takeout.objects.get().state == "removed"


def test_a_failed_one_says_what_to_do(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    Takeout.objects.update(state="failed")
    assert b"This could not be done" in browser.get(PAGE).content


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CASEWORKER, Role.AUDITOR])
def test_it_is_for_managers(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], role: Role
) -> None:
    assert client_of(member(alpha, role), alpha).get(PAGE).status_code == 403


def fetched(browser: Client, takeout: Takeout, **headers: str) -> tuple[Any, bytes]:
    response = browser.get(at("takeout-download", takeout), headers={"Accept-Encoding": "gzip", **headers})
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def test_a_download_goes_on_where_it_broke_off(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    response, whole = fetched(browser, takeout)
    tag = response["ETag"]
    assert (response["Accept-Ranges"], response["Content-Encoding"]) == ("bytes", "identity")
    for first, last, given in [
        (1000, len(whole) - 1, "1000-"),
        (7, 99, "7-99"),
        (len(whole) - 50, len(whole) - 1, "-50"),
    ]:
        response, part = fetched(browser, takeout, Range=f"bytes={given}", **{"If-Range": tag})
        assert (response.status_code, response["ETag"]) == (206, tag)
        assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert int(response["Content-Length"]) == len(part)
        assert part == whole[first : last + 1]
    assert Takeout.objects.get().downloads == 1
    with inside(alpha):
        assert Entry.objects.filter(action="takeout.gone_on").count() == 3


def test_going_on_in_another_language_and_unmeasured(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    """The bytes are the organisation's, not the reader's; the first question may be one for a part."""
    response, part = fetched(browser, takeout, Range="bytes=100-", **{"Accept-Language": "fa"})
    assert response.status_code == 206
    assert Takeout.objects.get().downloads == 1  # taken, and never from its beginning
    browser.cookies["halka_language"] = "sq"
    assert part == fetched(browser, takeout)[1][100:]


def test_what_is_not_the_same_any_more_comes_whole(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    response, _whole = fetched(browser, takeout)
    before = response["ETag"]
    Organisation.objects.filter(pk=alpha.id).update(names={"en": "Another name"})
    response, _whole = fetched(browser, takeout, Range="bytes=100-", **{"If-Range": before})
    assert response.status_code == 200
    assert response["ETag"] != before


def test_another_clock_makes_other_bytes(alpha: OrganisationRef, browser: Client, takeout: Takeout) -> None:
    """Each entry of the ZIP says when, by the organisation's own clock."""
    Organisation.objects.filter(pk=alpha.id).update(time_zone="UTC")
    response, whole = fetched(browser, takeout)
    before = response["ETag"]
    Organisation.objects.filter(pk=alpha.id).update(time_zone="Asia/Tehran")
    response, part = fetched(browser, takeout, Range="bytes=1-", **{"If-Range": before})
    assert part != whole[1:]
    assert response.status_code == 200
    assert response["ETag"] != before


def test_parts_in_any_order_make_up_the_whole(browser: Client, takeout: Takeout) -> None:
    """Also where they overlap, and where the last one asks for more than there is."""
    response, whole = fetched(browser, takeout)
    put_together = bytearray(len(whole))
    for first in reversed(range(0, len(whole), 1500)):
        asked = {"Range": f"bytes={first}-{first + 1999}", "If-Range": response["ETag"]}
        answer, part = fetched(browser, takeout, **asked)
        assert answer.status_code == 206
        put_together[first : first + len(part)] = part
    assert bytes(put_together) == whole
    assert fetched(browser, takeout, Range=f"bytes=-{len(whole) * 2}")[1] == whole


@pytest.mark.parametrize("asked", [f"bytes={'9' * 5000}-", f"bytes=0-{'9' * 5000}", f"bytes=-{'9' * 5000}"])
def test_a_number_that_nobody_counts_to_is_passed_over(browser: Client, takeout: Takeout, asked: str) -> None:
    assert fetched(browser, takeout, Range=asked)[0].status_code == 200


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=9-3", "bytes=1-2,5-6", "lines=1-2", "bytes=a-b"])
def test_what_cannot_be_read_is_passed_over(browser: Client, takeout: Takeout, asked: str) -> None:
    assert fetched(browser, takeout, Range=asked)[0].status_code == 200


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_nothing_lies_behind_the_end(browser: Client, takeout: Takeout, asked: str) -> None:
    response, _content = fetched(browser, takeout, Range=asked)
    assert response.status_code == 416
    assert response["Content-Range"].startswith("bytes */")


def test_going_on_asks_for_the_password_too(browser: Client, takeout: Takeout) -> None:
    confirm(browser, seconds_ago=400)
    assert fetched(browser, takeout, Range="bytes=1-")[0].status_code == 302
