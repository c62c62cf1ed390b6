"""Consents that run out by themselves: who is told before and after, and what becomes of what was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.common.uploads import NewFile
from network_registry.exchange.enums import ConsentEnd, Remains, State
from network_registry.exchange.models import Envelope
from tenants.caseloads.domain.consents import NewConsent, record_consent, renew_consent, withdraw_consent
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import closing, enclosing, lapsing
from tenants.referrals.ending import own as own_page
from tenants.referrals.models import Enclosure, Referral, Step
from tenants.referrals.standing import standing
from tenants.referrals.tasks import deliver_outstanding, end_lapsed_everywhere

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = 30  # that a consent of these tests is good for


def own(pk: Any) -> Any:
    return Referral.objects.select_related("envelope", "consent", "client", "other").get(pk=pk)


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def browsing(client_of: Any) -> Any:
    """`browsing(sender)`: a browser signed in today."""
    return lambda side: client_of(User.objects.get(pk=side.seat.user_id), side.ref)


@pytest.fixture
def run_out(time: time_machine.Traveller, tasks: Any) -> Any:
    """`run_out(1)`: a day after the consents' last one, the clock has struck and all is carried."""

    def act(days: int = 1) -> None:
        time.move_to(MONDAY + timedelta(days=DAYS + days))
        mail.outbox.clear()
        with tasks():
            end_lapsed_everywhere()
        deliver_outstanding()

    return act


def test_on_its_last_day_a_consent_still_counts(
    time: Any, referred: Any, run_out: Any, target: SimpleNamespace
) -> None:
    made = referred(State.STARTED)
    run_out(0)
    with inside(target.ref):
        assert own(made.into).envelope.state == State.STARTED


def test_what_was_told_is_locked_and_nobody_is_said_to_have_taken_anything_back(
    time: Any, referred: Any, run_out: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.STARTED)
    run_out()
    with inside(target.ref):
        copy = own(made.into)
        assert (copy.envelope.state, copy.envelope.reason) == (State.WITHDRAWN, ConsentEnd.LAPSED)
        assert copy.envelope.remains == Remains.WAITING
        assert copy.restricted_at is not None
        assert not Client.objects.present().exists()
        assert standing(copy).headline == "The consent ran out"
        assert Event.objects.get(type="referral.withdrawn").data["reason"] == "lapsed"
    with inside(sender.ref):
        assert standing(own(made.out)).headline == "The consent ran out"
        assert own(made.out).consent.withdrawn_at is None  # the receipt says when it ended
        assert Entry.objects.filter(action="referral.withdrawn", detail={"reason": "lapsed"}).exists()
        assert [str(line.stands) for line in own_page.lines(sender.client)] == ["Your consent ran out."]
    texts = {message.body for message in mail.outbox}
    assert any("nobody renewed it. Restrict or erase" in text for text in texts)
    assert any("refer the person anew" in text for text in texts)
    assert not any("took the consent back" in text for text in texts)
    with tasks(), inside(target.ref):
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)
        assert not Client.objects.exists()
    with inside(sender.ref):
        assert Step.objects.filter(referral=made.out, type="settled").exists()


@pytest.mark.parametrize("state", [State.SENT, State.WAITLISTED])
def test_where_nobody_was_named_what_was_asked_for_goes(
    time: Any, referred: Any, run_out: Any, target: Any, state: State
) -> None:
    made = referred(state)
    run_out()
    with inside(target.ref):
        copy = own(made.into)
        assert (copy.need, copy.envelope.remains) == ("", Remains.ERASED)


def test_a_declined_referral_may_be_redirected_with_another_consent(
    time: Any, referred: Any, run_out: Any, sender: Any
) -> None:
    made = referred(State.DECLINED)
    run_out()
    with inside(sender.ref):
        assert own(made.out).envelope.state == State.DECLINED


def test_who_agreed_with_the_recipient_stays_there(time: Any, referred: Any, run_out: Any, target: Any) -> None:
    made = referred(State.STARTED)
    with inside(target.ref):
        ends = timezone.localdate() + timedelta(days=90)
        new = NewConsent(["identity"], "signed", ends, purpose=ConsentPurpose.CONTACT)
        record_consent(client=own(made.into).client, new=new, by=target.seat)
    run_out()
    with inside(target.ref):
        assert own(made.into).restricted_at is not None
        assert list(Client.objects.present()) == [own(made.into).client]


def test_a_renewed_consent_lets_it_go_on(
    time: Any, referred: Any, run_out: Any, sender: Any, target: Any, consent: Any
) -> None:
    made = referred(State.STARTED)
    time.move_to(MONDAY + timedelta(days=20))
    with inside(sender.ref):
        renew_consent(consent=own(made.out).consent, new=consent(), by=sender.seat)
    run_out()
    with inside(target.ref):
        assert own(made.into).envelope.state == State.STARTED
    run_out(21)
    with inside(target.ref):
        assert own(made.into).envelope.state == State.WITHDRAWN
    with inside(sender.ref):
        renewed = renew_consent(consent=own(made.out).consent, new=consent(), by=sender.seat)
        assert own(made.out).consent != renewed  # what has ended stays so
        assert lapsing.end_lapsed() == 0


def test_a_renewal_that_covers_less_than_was_told_ends_it(
    time: Any, referred: Any, sender: Any, target: Any, consent: Any, tasks: Any
) -> None:
    made = referred(State.STARTED)
    with tasks(), inside(sender.ref):
        renew_consent(consent=own(made.out).consent, new=consent(scopes=["identity"]), by=sender.seat)
    with inside(target.ref):
        assert own(made.into).restricted_at is not None
        assert own(made.into).envelope.reason == ""


def test_taken_back_at_the_same_moment(time: Any, referred: Any, run_out: Any, target: Any, tasks: Any) -> None:
    """On the recipient's side, which the sender has not learned yet."""
    made = referred(State.STARTED)
    with inside(target.ref):
        closing.withdraw_referral(referral=own(made.into), how="spoken", by=target.seat)
    run_out()
    assert Envelope.objects.get(pk=made.envelope).reason == ""


def test_between_reading_and_ending_it_was_renewed(
    time: Any, referred: Any, sender: Any, consent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = referred(State.STARTED)
    time.move_to(MONDAY + timedelta(days=DAYS + 1))
    atomic = transaction.atomic

    def renewed() -> Any:
        monkeypatch.setattr(transaction, "atomic", atomic)
        withdraw_consent(consent=own(made.out).consent, how="spoken", by=sender.seat)
        return atomic()

    with inside(sender.ref):
        monkeypatch.setattr(transaction, "atomic", renewed)
        assert lapsing.end_lapsed() == 0


def test_nobody_is_written_to_where_nobody_is_responsible(time: Any, referred: Any, run_out: Any, sender: Any) -> None:
    made = referred(State.STARTED)
    with inside(sender.ref):
        Referral.objects.filter(pk=made.out).update(owner=None)
    run_out()
    assert not any("refer the person anew" in message.body for message in mail.outbox)


# --- documents that the recipient sent back under a consent of its own ------------------------------------------------
@pytest.fixture
def sent_back(time: Any, referred: Any, target: Any, sender: Any, tasks: Any) -> SimpleNamespace:
    made: SimpleNamespace = referred(State.STARTED)
    with tasks(), inside(target.ref):
        ends = timezone.localdate() + timedelta(days=10)
        other = Organisation.objects.get(pk=sender.ref.id)
        new = NewConsent(["identity", "documents"], "signed", ends, recipient=other)
        made.receipt = record_consent(client=own(made.into).client, new=new, by=target.seat)
        file = NewFile(title="Report", source=iter([b"%PDF-1.4 report"]), content_type="application/pdf")
        enclosing.enclose_file(referral=own(made.into), file=file, by=target.seat)
    with inside(sender.ref):
        assert Enclosure.objects.get(referral=made.out).taken_back_at is None
    return made


def test_a_document_goes_with_its_consent(time: Any, sent_back: Any, sender: Any, target: Any, tasks: Any) -> None:
    time.move_to(MONDAY + timedelta(days=11))
    with tasks():
        end_lapsed_everywhere()
    with inside(sender.ref):
        assert Enclosure.objects.get(referral=sent_back.out).taken_back_at is not None
        assert own(sent_back.out).envelope.state == State.STARTED


@pytest.mark.parametrize(("scopes", "stays"), [(["identity", "documents"], True), (["identity"], False)])
def test_a_document_rests_on_the_newer_consent(
    sent_back: Any, sender: Any, target: Any, tasks: Any, scopes: list[str], stays: bool
) -> None:
    with tasks(), inside(target.ref):
        ends = timezone.localdate() + timedelta(days=60)
        renew_consent(consent=sent_back.receipt, new=NewConsent(scopes, "signed", ends), by=target.seat)
        assert (Enclosure.objects.get().consent_id != sent_back.receipt.pk) is stays
    with inside(sender.ref):
        assert (Enclosure.objects.get(referral=sent_back.out).taken_back_at is None) is stays


# --- before it happens --------------------------------------------------------------------------------------------
def test_the_senders_caseworker_is_reminded_two_weeks_ahead(
    time: Any, referred: Any, sender: Any, browsing: Any, target: Any
) -> None:
    made = referred(State.STARTED)
    for days, is_reminded in ((15, False), (16, True), (30, True), (31, False)):
        time.move_to(MONDAY + timedelta(days=days))
        with inside(sender.ref):
            found = list(lapsing.lapsing_soon(sender.seat))
            assert [referral.pk for referral in found] == ([made.out] if is_reminded else []), days
    time.move_to(MONDAY + timedelta(days=16))
    page = browsing(sender).get("/").content.decode()
    assert "Consents of your referrals that end soon" in page
    with inside(sender.ref):
        receipt = Consent.objects.get(referrals=made.out)
    link = reverse("consent-add", args=[sender.client.pk], urlconf="halka.urls_workspace")
    assert f"{link}?renews={receipt.pk}" in page
    assert "that end soon" not in browsing(target).get("/").content.decode()
    Envelope.objects.update(state=State.CLOSED)
    with inside(sender.ref):
        assert not lapsing.lapsing_soon(sender.seat).exists()


def test_pages_say_that_it_ran_out(
    time: Any, referred: Any, run_out: Any, sender: Any, target: Any, browsing: Any
) -> None:
    made = referred(State.STARTED)
    run_out()
    for who, pk in ((sender, made.out), (target, made.into)):
        page = browsing(who).get(reverse("referral", args=[pk], urlconf="halka.urls_workspace")).content.decode()
        assert "The consent ran out" in page
        assert "took the consent back" not in page
    assert "ran out, ended on" in browsing(target).get("/").content.decode()
