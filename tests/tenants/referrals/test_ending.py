"""What happens to data when a consent ends: at once, when it is settled, and as both sides and the person see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, THEMSELVES
from halka.audit.history import events_of
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from network_registry.exchange.enums import Remains, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope, EnvelopeEvent
from tenants.caseloads.domain.clients import ClientDetails, add_client, change_client, details_of
from tenants.caseloads.domain.consents import NewConsent, record_consent, renew_consent, withdraw_consent
from tenants.caseloads.domain.erasure import NotErased, erase_client, preview
from tenants.caseloads.domain.restriction import lift_restriction, restrict_client
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client, Consent, Merge
from tenants.organisations.isolation import inside
from tenants.referrals.domain import closing, erasing, retracting, sending
from tenants.referrals.domain.arrival import take_on
from tenants.referrals.models import Message, Referral, Step
from tenants.referrals.tasks import deliver_outstanding, discard_previews_everywhere, pass_deadlines


def own(pk: Any) -> Referral:
    return Referral.objects.select_related("envelope", "consent", "client").get(pk=pk)


@pytest.fixture
def withdraw(sender: SimpleNamespace, tasks: Any) -> Callable[..., None]:
    """The person takes back what they agreed to, with whoever referred them; all is carried."""

    def act(made: SimpleNamespace, by: Seat | None = None) -> None:
        with tasks(), inside(sender.ref):
            withdraw_consent(consent=own(made.out).consent, how="spoken", by=by or sender.seat)

    return act


# --- at once -------------------------------------------------------------------------------------------------------
def test_what_was_told_is_locked_with_the_record_that_was_made_of_it(
    referred: Any, withdraw: Any, target: Any, seat_in: Any
) -> None:
    made = referred(State.STARTED)
    withdraw(made)
    manager = seat_in(target.ref, Role.MANAGER)
    with inside(target.ref):
        copy = own(made.into)
        assert copy.envelope.state == State.WITHDRAWN
        assert copy.envelope.remains == Remains.WAITING
        assert copy.restricted_at is not None
        assert copy.client.restricted_at is not None
        assert not Client.objects.present().exists()
        assert not Client.objects.reachable_by(target.seat).exists()
        assert list(Client.objects.reachable_by(manager)) == [copy.client]
        assert not Client.objects.similar_to("Zorana", "Izmišljena").exists()
        assert {"referral.restricted", "client.restricted"} <= set(Entry.objects.values_list("action", flat=True))


def test_where_nobody_was_named_there_is_nothing_to_decide(
    referred: Any, withdraw: Any, sender: Any, target: Any
) -> None:
    made = referred(State.OPENED)
    withdraw(made)
    with inside(target.ref):
        copy = own(made.into)
        assert (copy.need, copy.envelope.remains) == ("", Remains.ERASED)
        assert copy.purged_at is not None
    with inside(sender.ref):
        assert Step.objects.filter(referral=made.out, type="settled").count() == 1


def test_a_recall_erases_at_once(referred: Any, sender: Any, target: Any, tasks: Any) -> None:
    made = referred(State.ACCEPTED)
    with inside(target.ref):
        Message.objects.create(referral_id=made.into, ours=False, text="Come", language="en")
    with tasks(), inside(sender.ref):
        sending.recall_referral(referral=own(made.out), reason="mistake", by=sender.seat)
    with inside(target.ref):
        copy = own(made.into)
        assert (copy.need, copy.disclosed, copy.client, copy.envelope.remains) == ("", [], None, Remains.ERASED)
        assert not Client.objects.exists()
        assert not Message.objects.exists()


def test_a_recall_of_somebody_with_something_under_way_waits_for_a_decision(
    referred: Any, sender: Any, target: Any, tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = referred(State.ACCEPTED)

    def refuse(**values: Any) -> None:
        raise NotErased("under way")

    monkeypatch.setattr(retracting, "erase_client", refuse)
    with tasks(), inside(sender.ref):
        sending.recall_referral(referral=own(made.out), reason="mistake", by=sender.seat)
    with inside(target.ref):
        copy = own(made.into)
        assert copy.envelope.remains == Remains.WAITING
        assert copy.restricted_at is not None
        assert copy.client.restricted_at is not None
        assert copy.disclosed != []


# --- what rests on something else stays ---------------------------------------------------------------------------
def agree(client: Client, target: Any, **values: Any) -> Consent:
    ends = timezone.localdate() + timedelta(days=30)
    new = NewConsent(scopes=["identity"], how_given="signed", expires_on=ends, purpose=ConsentPurpose.CONTACT)
    return record_consent(client=client, new=new, by=target.seat)


def join(client: Client, target: Any) -> None:
    from tenants.caseloads.models import Case, Programme

    programme = Programme.objects.create(name="Steps", starts_on=timezone.localdate())
    today = timezone.localdate()
    Case.objects.create(client=client, programme=programme, consent=agree(client, target), opened_on=today)


def merge(client: Client, target: Any) -> None:
    other = add_client(details=ClientDetails(given_name="Z"), by=target.seat)
    Merge.objects.create(kept=client, absorbed=other)


@pytest.mark.parametrize("rest", [agree, join, merge])
def test_only_what_came_goes_where_the_record_rests_on_more(
    referred: Any, withdraw: Any, target: Any, rest: Any
) -> None:
    made = referred(State.STARTED)
    with inside(target.ref):
        rest(own(made.into).client, target)
    withdraw(made)
    with inside(target.ref):
        copy = own(made.into)
        assert copy.restricted_at is not None
        assert copy.client.restricted_at is None
        client = copy.client
        closing.settle_referral(referral=copy, remains=Remains.ERASED, by=target.seat)
        assert Client.objects.filter(pk=client.pk).exists()
        assert (own(made.into).disclosed, own(made.into).client) == ([], None)


def test_somebody_who_was_here_before_stays(referred: Any, withdraw: Any, target: Any, tasks: Any) -> None:
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmišljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    with tasks(), inside(target.ref):
        take_on(referral=own(made.into), link_to=known, by=target.seat)
    withdraw(made)
    with inside(target.ref):
        assert own(made.into).restricted_at is not None
        assert list(Client.objects.present()) == [known]
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)
        assert list(Client.objects.present()) == [known]


def test_a_second_referral_keeps_the_record_open(referred: Any, withdraw: Any, target: Any) -> None:
    first, second = referred(State.ACCEPTED), referred(State.ACCEPTED, service="training")
    with inside(target.ref):
        client = own(first.into).client
        if own(second.into).client is None:
            take_on(referral=own(second.into), link_to=client, by=target.seat)
    withdraw(first)
    with inside(target.ref):
        assert Client.objects.get(pk=client.pk).restricted_at is None
    withdraw(second)
    with inside(target.ref):
        assert Client.objects.get(pk=client.pk).restricted_at is not None  # nothing is left that it rests on
        assert own(second.into).restricted_at is not None


def test_what_the_second_referral_did_not_tell_goes_with_the_first(
    referred: Any, withdraw: Any, sender: Any, target: Any
) -> None:
    first, second = referred(State.ACCEPTED), referred(State.ACCEPTED, service="training", left_out=["phone", "place"])
    with inside(target.ref):
        client = own(first.into).client
        take_on(referral=own(second.into), link_to=client, by=target.seat)
        details = replace(details_of(client), place="Niš")  # written here
        change_client(client=client, details=details, seen_version=client.version, by=target.seat)
    withdraw(first)
    with inside(target.ref):
        now = Client.objects.get(pk=client.pk)
        assert (now.given_name, now.phone, now.place) == ("Zorana", "", "Niš")
        assert not events_of(Client).objects.filter(pgh_obj_id=client.pk).exists()  # nor is it remembered
        assert [own(pk).made_client for pk in (first.into, second.into)] == [False, True]


def test_what_rests_on_the_persons_own_word_is_left_as_it_is(
    referred: Any, withdraw: Any, sender: Any, target: Any
) -> None:
    first, second = referred(State.ACCEPTED), referred(State.ACCEPTED, service="training", left_out=["phone"])
    with inside(target.ref):
        client = own(first.into).client
        take_on(referral=own(second.into), link_to=client, by=target.seat)
        agree(client, target)
    withdraw(first)
    with inside(target.ref):
        assert Client.objects.get(pk=client.pk).phone == client.phone != ""


def test_the_record_opens_again_when_the_person_agrees_anew(referred: Any, withdraw: Any, target: Any) -> None:
    made = referred(State.STARTED)
    withdraw(made)
    with inside(target.ref):
        client = own(made.into).client
        agree(client, target)
        assert Client.objects.get(pk=client.pk).restricted_at is None
        assert Entry.objects.filter(action="client.unrestricted", about_id=client.pk).exists()
        lift_restriction(client.pk, by=SYSTEM)  # nothing left to lift
        assert Entry.objects.filter(action="client.unrestricted").count() == 1


def test_a_file_number_given_to_somebody_else_meanwhile_stays_theirs(target: Any) -> None:
    with inside(target.ref):
        first = add_client(details=ClientDetails(given_name="A", reference="7"), by=target.seat)
        restrict_client(client=first, by=SYSTEM)
        restrict_client(client=first, by=SYSTEM)
        assert Entry.objects.filter(action="client.restricted").count() == 1
        add_client(details=ClientDetails(given_name="B", reference="7"), by=target.seat)
        with pytest.raises(IntegrityError), transaction.atomic():
            Client.objects.filter(pk=first.pk).update(restricted_at=None)
        lift_restriction(first.pk, by=SYSTEM)
        assert Client.objects.get(pk=first.pk).reference == ""


# --- settling ------------------------------------------------------------------------------------------------------
def test_the_sender_and_the_feed_learn_what_became_of_it(
    referred: Any, withdraw: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.STARTED)
    withdraw(made)
    with tasks(), inside(target.ref):
        closing.settle_referral(
            referral=own(made.into), remains=Remains.RESTRICTED, note="Act on archives", by=target.seat
        )
    with inside(sender.ref):
        step = Step.objects.get(referral=made.out, type="settled")
        assert (step.note, own(made.out).envelope.remains) == ("Act on archives", Remains.RESTRICTED)
    with tasks(), inside(target.ref):
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)
        assert not Client.objects.exists()
    with inside(sender.ref):
        assert own(made.out).envelope.remains == Remains.ERASED
        assert Step.objects.filter(referral=made.out, type="settled").count() == 2
    with inside(target.ref), pytest.raises(ReferralMoved):
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)


def test_only_whose_work_it_was_and_those_who_run_rights_decide(
    referred: Any, withdraw: Any, target: Any, seat_in: Any
) -> None:
    made = referred(State.STARTED)
    withdraw(made)
    stranger, manager = seat_in(target.ref, Role.CASEWORKER), seat_in(target.ref, Role.MANAGER)
    with inside(target.ref):
        with pytest.raises(PermissionDenied):
            closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=stranger)
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=manager)
        assert not Client.objects.exists()


def test_the_recipient_is_asked_every_week_until_it_says(
    referred: Any, sender: Any, target: Any, tasks: Any, seat_in: Any, member: Any
) -> None:
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    manager = member(target.ref, Role.MANAGER)
    with time_machine.travel(start, tick=False) as traveller:
        made = referred(State.STARTED)
        with tasks(), inside(sender.ref):
            withdraw_consent(consent=own(made.out).consent, how="spoken", by=sender.seat)
        for day, asked in ((6.9, 0), (7, 2), (13.9, 0), (14, 2)):
            traveller.move_to(start + timedelta(days=day))
            mail.outbox.clear()
            with tasks():
                pass_deadlines()
            assert len(mail.outbox) == asked
        assert manager.email in {message.to[0] for message in mail.outbox}
        assert "Say whether you have erased" in mail.outbox[0].body
        with tasks(), inside(target.ref):
            closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)
        traveller.move_to(start + timedelta(days=21))
        mail.outbox.clear()
        with tasks():
            pass_deadlines()
        assert mail.outbox == []
        assert Envelope.objects.get(pk=made.envelope).due == ""


# --- taken back with the recipient -----------------------------------------------------------------------------
def test_taken_back_with_the_recipient_it_ends_the_senders_receipt(
    referred: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.STARTED)
    with tasks(), inside(target.ref):
        closing.withdraw_referral(referral=own(made.into), how="own_page", by=THEMSELVES)
        assert own(made.into).client.restricted_at is not None
    with inside(sender.ref):
        assert own(made.out).consent.withdrawn_how == "there"
        assert Step.objects.filter(referral=made.out, type="withdrawn", side="target").exists()


def test_before_anybody_was_named_the_recipient_keeps_nothing(
    referred: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.OPENED)
    with tasks(), inside(target.ref):
        closing.withdraw_referral(referral=own(made.into), how="spoken", by=target.seat)
        assert own(made.into).envelope.remains == Remains.ERASED
    with inside(sender.ref):
        assert own(made.out).consent.withdrawn_at is not None


def test_taken_back_on_both_sides_at_once_it_ends_once(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.STARTED)
    with inside(target.ref):
        closing.withdraw_referral(referral=own(made.into), how="spoken", by=target.seat)
    with inside(sender.ref):
        withdraw_consent(consent=own(made.out).consent, how="written", by=sender.seat)
    with tasks():
        deliver_outstanding()
    with inside(sender.ref):
        assert own(made.out).consent.withdrawn_how == "written"
        assert Step.objects.filter(referral=made.out, type="withdrawn").count() == 1
        assert Entry.objects.filter(action="consent.withdrawn").count() == 1


def test_what_the_recipient_erased_before_the_recall_came_is_not_confirmed_twice(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, seat_in: Any
) -> None:
    made, manager = referred(State.OPENED), seat_in(target.ref, Role.MANAGER)
    with inside(sender.ref):
        sending.recall_referral(referral=own(made.out), reason="mistake", by=sender.seat)
    with inside(target.ref):
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=manager)
    with tasks():
        deliver_outstanding()
    with inside(target.ref):
        assert own(made.into).need == ""
        assert Step.objects.filter(referral=made.into, type="recalled").count() == 1
        assert Entry.objects.filter(action="referral.purged").count() == 1
    with inside(sender.ref):
        assert Step.objects.filter(referral=made.out, type="settled").count() == 1


def test_a_renewed_consent_carries_what_rested_on_the_older_one(
    referred: Any, sender: Any, consent: Any, withdraw: Any, target: Any
) -> None:
    made = referred(State.STARTED)
    with inside(sender.ref):
        newer = renew_consent(consent=own(made.out).consent, new=consent(), by=sender.seat)
        assert own(made.out).consent == newer
    withdraw(made)
    with inside(target.ref):
        assert own(made.into).envelope.state == State.WITHDRAWN


# --- erasing people -------------------------------------------------------------------------------------------------
def test_erasing_at_the_sender_withdraws_what_goes_on(referred: Any, sender: Any, target: Any, tasks: Any) -> None:
    made = referred(State.STARTED)
    with tasks(), inside(sender.ref):
        erase_client(client=sender.client, reason="asked", by=sender.seat)
        assert not Referral.objects.exists()
        assert not Step.objects.exists()
    with inside(target.ref):
        copy = own(made.into)
        assert copy.envelope.state == State.WITHDRAWN
        assert copy.client.restricted_at is not None
    with tasks(), inside(target.ref):
        closing.settle_referral(referral=copy, remains=Remains.ERASED, by=target.seat)
    assert not Envelope.objects.exclude(remains=Remains.ERASED).exists()  # the tombstone
    assert deliver_outstanding() == 0


def test_what_was_on_its_way_arrives_though_the_person_was_erased_at_the_sender(
    referred: Any, sender: Any, target: Any, ask: Any, consent: Any
) -> None:
    """A carrier that comes late finds nothing to read, and tells what the envelope alone says."""
    made = referred(State.ACCEPTED)
    with inside(sender.ref):
        sending.recall_referral(referral=own(made.out), reason="mistake", by=sender.seat)
        client = add_client(details=ClientDetails(given_name="Ada"), by=sender.seat)
        late = sending.send_with_consent(client=client, request=ask(), new_consent=consent(), by=sender.seat)
        sending.recall_referral(referral=late, reason="mistake", by=sender.seat)
        for person in (sender.client, client):
            erase_client(client=person, reason="asked", by=sender.seat)
    deliver_outstanding()
    with inside(target.ref):
        assert own(made.into).envelope.remains == Remains.ERASED
        arrived = Referral.objects.get(envelope=late.envelope_id)
        assert (arrived.need, arrived.envelope.remains) == ("", Remains.ERASED)
        assert not Client.objects.exists()
    deliver_outstanding()
    assert deliver_outstanding() == 0


def test_erasing_at_the_recipient_tells_the_sender(referred: Any, sender: Any, target: Any, tasks: Any) -> None:
    made = referred(State.STARTED)
    with tasks(), inside(target.ref):
        erase_client(client=own(made.into).client, reason="asked", by=target.seat)
        assert not Client.objects.exists()
    with inside(sender.ref):
        assert own(made.out).envelope.remains == Remains.ERASED
        types = list(Step.objects.filter(referral=made.out).order_by("at", "id").values_list("type", flat=True))
        assert types[-2:] == ["withdrawn", "settled"]
        assert own(made.out).consent.withdrawn_at is not None


def test_a_closed_referral_with_a_valid_consent_is_withdrawn_too(
    referred: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.CLOSED)
    with tasks(), inside(sender.ref):
        erase_client(client=sender.client, reason="asked", by=sender.seat)
    with inside(target.ref):
        assert own(made.into).envelope.state == State.WITHDRAWN


def test_a_consent_that_ran_out_is_ended_with_the_person_at_the_latest(
    referred: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.CLOSED)
    with inside(target.ref):
        erasing.person_goes(own(made.into).client_id, False, SYSTEM)  # stays
        assert own(made.into).envelope.state == State.CLOSED
    with tasks(), inside(sender.ref):
        Consent.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
        erase_client(client=sender.client, reason="retention", by=sender.seat)
    with inside(target.ref):
        assert own(made.into).envelope.state == State.WITHDRAWN


def test_a_referral_that_named_nobody_is_left_alone(referred: Any, sender: Any, target: Any, tasks: Any) -> None:
    made = referred(State.DECLINED)
    with tasks(), inside(sender.ref):
        erase_client(client=sender.client, reason="retention", by=sender.seat)
    with inside(target.ref):
        assert own(made.into).envelope.state == State.DECLINED


def test_what_the_recipient_has_erased_already_is_confirmed_by_itself(
    referred: Any, withdraw: Any, sender: Any, target: Any, tasks: Any
) -> None:
    made = referred(State.CLOSED)
    with tasks(), inside(target.ref):
        erase_client(client=own(made.into).client, reason="retention", by=target.seat)
    withdraw(made)
    with inside(sender.ref):
        assert own(made.out).envelope.remains == Remains.ERASED
        types = list(Step.objects.filter(referral=made.out).order_by("at", "id").values_list("type", flat=True))
        assert types[-2:] == ["withdrawn", "settled"]


def test_a_withdrawn_copy_is_confirmed_when_the_person_is_erased(
    referred: Any, withdraw: Any, sender: Any, target: Any, tasks: Any, seat_in: Any
) -> None:
    made = referred(State.STARTED)
    withdraw(made)
    manager = seat_in(target.ref, Role.MANAGER)
    with tasks(), inside(target.ref):
        assert preview(own(made.into).client).obstacles == ()
        erase_client(client=own(made.into).client, reason="asked", by=manager)
    with inside(sender.ref):
        assert own(made.out).envelope.remains == Remains.ERASED


# --- previews of what came to nothing ---------------------------------------------------------------------------
@pytest.mark.parametrize(("state", "kept"), [(State.DECLINED, False), (State.OPENED, True)])
def test_a_preview_is_not_kept_for_ever(referred: Any, target: Any, sender: Any, state: State, kept: bool) -> None:
    made = referred(state)
    with time_machine.travel(timezone.now() + timedelta(days=89), tick=False):
        discard_previews_everywhere()
        with inside(target.ref):
            assert own(made.into).need == "Courage"
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        discard_previews_everywhere()
        with inside(target.ref):
            assert (own(made.into).need == "Courage") is kept
            assert (own(made.into).purged_at is None) is kept
    with inside(sender.ref):
        assert own(made.out).need == "Courage"


def test_the_events_tell_everything_in_order(referred: Any, withdraw: Any, target: Any, tasks: Any) -> None:
    made = referred(State.ACCEPTED)
    withdraw(made)
    with tasks(), inside(target.ref):
        closing.settle_referral(referral=own(made.into), remains=Remains.ERASED, by=target.seat)
    types = EnvelopeEvent.objects.filter(envelope=made.envelope).order_by("at", "id").values_list("type", flat=True)
    assert list(types) == ["sent", "opened", "accepted", "withdrawn", "settled"]
