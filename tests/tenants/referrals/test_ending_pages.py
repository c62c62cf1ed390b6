"""Pages about deadlines and about consents that were taken back; the person's own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS, workspace_host
from network_registry.exchange.domain.deadlines import own_deadlines
from network_registry.exchange.domain.passing import answer_due
from network_registry.exchange.enums import DAYS, Deadline, Remains, State
from network_registry.exchange.models import Envelope
from tenants.caseloads.domain import own_page
from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.referrals.domain import closing
from tenants.referrals.models import Referral
from tests.tenants.referrals.conftest import NAME


def url(name: str, *args: Any) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


def own(pk: Any) -> Referral:
    return Referral.objects.select_related("envelope", "consent", "client").get(pk=pk)


# --- deadlines -----------------------------------------------------------------------------------------------------
WANTED = {"first_reminder": "1", "second_reminder": "2", "escalation": "5", "expiry": "7", "closing": "3"}


@pytest.fixture
def manager(target: SimpleNamespace, member: Callable[..., User], client_of: Any) -> Browser:
    return client_of(member(target.ref, Role.MANAGER), target.ref)


def shown(browser: Browser) -> dict[str, str]:
    """What a browser would send back, had nobody touched the form."""
    form = browser.get(url("deadlines")).context["form"]
    data = {field.html_name: str(field.value()) for field in form}
    hidden = {field.html_initial_name: str(field.value()) for field in form if field.field.show_hidden_initial}
    return data | hidden


def test_deadlines_are_made_shorter(manager: Browser, target: Any, member: Any, client_of: Any) -> None:
    before = shown(manager)
    assert before["expiry"] == "30"
    assert manager.post(url("deadlines"), before | WANTED).status_code == 302
    with inside(target.ref):
        assert own_deadlines().expiry == 7
        entry = Entry.objects.get(action="deadlines.changed")
        assert set(entry.detail["fields"]) == set(WANTED)
    conflict = manager.post(url("deadlines"), before | {"expiry": "25"})
    assert conflict.status_code == 409
    assert "25" in conflict.content.decode()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"expiry": "31"}, "less than or equal to 30"),
        ({"first_reminder": "0"}, "greater than or equal to 1"),
        ({"second_reminder": "3"}, "later than what stands above"),
        ({"escalation": ""}, "required"),
    ],
)
def test_mistakes_stand_beside_the_field(manager: Browser, changes: dict[str, str], problem: str) -> None:
    answer = manager.post(url("deadlines"), shown(manager) | changes)
    assert answer.status_code == 400
    assert problem in answer.content.decode()


def test_when_an_answer_is_due(referred: Any, sender: Any) -> None:
    made = referred(State.OPENED)
    envelope = Envelope.objects.get(pk=made.envelope)
    assert envelope.sent_at is not None
    due = answer_due(envelope)
    assert due is not None
    assert abs(due - envelope.sent_at - timedelta(days=DAYS[Deadline.EXPIRY])) < timedelta(minutes=1)
    envelope.clock_since = None
    assert answer_due(envelope) is None


# --- settling --------------------------------------------------------------------------------------------------------
@pytest.fixture
def withdrawn(referred: Any, sender: Any, tasks: Any) -> SimpleNamespace:
    made = referred(State.STARTED)
    with tasks(), inside(sender.ref):
        withdraw_consent(consent=own(made.out).consent, how="spoken", by=sender.seat)
    return made


def browser_of(seat: Any, ref: Any, client_of: Any) -> Browser:
    return client_of(User.objects.get(pk=seat.user_id), ref)


def test_whose_work_it_was_decides(withdrawn: Any, target: Any, sender: Any, client_of: Any, tasks: Any) -> None:
    browser = browser_of(target.seat, target.ref, client_of)
    today = browser.get("/").content.decode()
    assert "Confirm: erase, or keep because of a law" in today
    assert NAME not in today
    page = browser.get(url("referral-settle", withdrawn.into)).content.decode()
    assert NAME in page
    assert NAME in browser.get(url("referral", withdrawn.into)).content.decode()
    for data, problem in (({}, "required"), ({"remains": "restricted"}, "Say which law or duty")):
        answer = browser.post(url("referral-settle", withdrawn.into), data)
        assert answer.status_code == 400
        assert problem in answer.content.decode()
    with tasks():
        kept = browser.post(
            url("referral-settle", withdrawn.into), {"remains": "restricted", "note": "Act on archives"}
        )
    assert kept.status_code == 302
    assert "Confirm: erase" not in browser.get("/").content.decode()
    assert browser.get(url("referral-settle", withdrawn.into)).status_code == 302  # only managers erase it later
    there = browser_of(sender.seat, sender.ref, client_of)
    assert "Act on archives" in there.get(url("referral", withdrawn.out)).content.decode()


def test_managers_erase_what_was_kept(withdrawn: Any, target: Any, manager: Browser, tasks: Any) -> None:
    with tasks(), inside(target.ref):
        closing.settle_referral(referral=own(withdrawn.into), remains=Remains.RESTRICTED, by=target.seat)
    assert NAME in manager.get(url("referral", withdrawn.into)).content.decode()
    with tasks():
        assert manager.post(url("referral-settle", withdrawn.into), {"remains": "erased"}).status_code == 302
    assert manager.get(url("referral-settle", withdrawn.into)).status_code == 302
    with inside(target.ref):
        assert not Client.objects.exists()
    assert "erased" in manager.get(url("referral", withdrawn.into)).content.decode()


def test_others_learn_that_it_is_locked_and_no_more(withdrawn: Any, target: Any, member: Any, client_of: Any) -> None:
    browser = client_of(member(target.ref, Role.SUPERVISOR), target.ref)
    page = browser.get(url("referral", withdrawn.into))
    assert page.status_code == 200
    assert NAME not in page.content.decode()
    assert NAME not in browser.get(url("referrals")).content.decode()
    assert browser.get(url("referral-settle", withdrawn.into)).status_code == 404
    with inside(target.ref):
        key = own(withdrawn.into).client_id
    closed = browser.get(url("client", key))
    assert closed.status_code == 403
    assert "A consent has ended" in closed.content.decode()
    assert NAME not in closed.content.decode()
    fragment = browser.get(url("client", key), headers={"hx-request": "true"})
    assert fragment.headers["HX-Redirect"] == "/"
    assert browser.post(url("client-emergency", key), {"reason": "Now"}).status_code == 404


def test_managers_read_the_record_and_are_told_why(withdrawn: Any, target: Any, manager: Browser) -> None:
    with inside(target.ref):
        key = own(withdrawn.into).client_id
    assert "Restricted since" in manager.get(url("client", key)).content.decode()
    assert NAME not in manager.get(url("clients")).content.decode()


def test_what_is_under_way_with_the_person_is_told(
    withdrawn: Any, target: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.caseloads.domain.erasure import NotErased
    from tenants.referrals.domain import retracting

    def refuse(**values: Any) -> None:
        raise NotErased("Close the case first.")

    monkeypatch.setattr(retracting, "erase_client", refuse)
    browser = browser_of(target.seat, target.ref, client_of)
    answer = browser.post(url("referral-settle", withdrawn.into), {"remains": "erased"})
    assert answer.status_code == 400
    assert "Close the case first." in answer.content.decode()


# --- the person's own page -------------------------------------------------------------------------------------
@pytest.fixture
def own_browser(db: None) -> Callable[..., Browser]:
    """`own_browser(side, client)`: the person at their own page there."""

    def make(side: SimpleNamespace, client: Client) -> Browser:
        with inside(side.ref):
            made = own_page.make_link(client=client, language="en", by=side.seat)
        browser = Browser(headers={"host": workspace_host(side.ref.short_name)})
        browser.post(url("me-door", made.token), {"code": made.code})
        return browser

    return make


def text_of(browser: Browser, name: str, *args: Any) -> str:
    return browser.get(url(name, *args)).content.decode()


def test_the_person_reads_where_they_were_referred_and_takes_it_back(
    referred: Any, sender: Any, target: Any, own_browser: Any, tasks: Any
) -> None:
    browser = own_browser(sender, sender.client)
    assert "Where I was referred" not in text_of(browser, "me")
    made = referred(State.STARTED)
    assert "Where I was referred" in text_of(browser, "me")
    page = text_of(browser, "me-referrals")
    for words in ("Beta Centre", "They work with you.", "What they were told", "+381 11 000 111", "Take it back"):
        assert words in page
    with inside(sender.ref):
        consent = own(made.out).consent
    with tasks():
        assert browser.post(url("me-withdraw", consent.pk)).status_code == 302
    page = text_of(browser, "me-referrals")
    assert "We wait for it." in page
    assert "Take it back" not in page
    with tasks(), inside(target.ref):
        closing.settle_referral(
            referral=own(made.into), remains=Remains.RESTRICTED, note="Act on archives", by=target.seat
        )
    assert "Act on archives" in text_of(browser, "me-referrals")
    with tasks(), inside(target.ref):
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)
    assert "erased what they knew of you" in text_of(browser, "me-referrals")


def test_the_person_takes_it_back_with_the_recipient(
    referred: Any, sender: Any, target: Any, own_browser: Any, tasks: Any
) -> None:
    made = referred(State.STARTED)
    with inside(target.ref):
        client = own(made.into).client
    browser = own_browser(target, client)
    assert "They referred you to us" in text_of(browser, "me-referrals")
    assert "locked at once" in text_of(browser, "me-referral-withdraw", made.into)
    with tasks():
        assert browser.post(url("me-referral-withdraw", made.into)).status_code == 302
    assert browser.get(url("me-referral-withdraw", made.into)).status_code == 404
    with inside(sender.ref):
        assert own(made.out).consent.withdrawn_how == "there"


def test_nobody_elses_referral_is_reached(referred: Any, sender: Any, target: Any, own_browser: Any) -> None:
    made = referred(State.STARTED)
    with inside(target.ref):
        from tenants.caseloads.domain.clients import ClientDetails, add_client

        stranger = add_client(details=ClientDetails(given_name="Ada"), by=target.seat)
    browser = own_browser(target, stranger)
    assert browser.get(url("me-referral-withdraw", made.into)).status_code == 404
    assert "Alpha House" not in text_of(browser, "me-referrals")
    assert "Nothing is written down here yet" in text_of(browser, "me-referrals")


def test_before_an_answer_nothing_was_told(referred: Any, sender: Any, own_browser: Any) -> None:
    referred(State.SENT)
    assert "They were not told who you are." in text_of(own_browser(sender, sender.client), "me-referrals")


def test_the_same_number_of_queries_at_any_size(referred: Any, sender: Any, own_browser: Any) -> None:
    browser = own_browser(sender, sender.client)
    counts = []
    for service in ("mentoring", "training", "practice"):
        referred(State.OPENED, service=service)
        with CaptureQueriesContext(connection) as found:
            browser.get(url("me-referrals"))
        counts.append(len(found))
    assert counts[0] == counts[2]
