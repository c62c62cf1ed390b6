"""Both sides of a referral, verb by verb."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.exchange.enums import Freight, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import record_consent, renew_consent
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Client, Consent
from tenants.organisations.enums import State as OrganisationState
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals import crossing
from tenants.referrals.domain import answering, delivery, receiving, sending
from tenants.referrals.domain.arrival import take_on
from tenants.referrals.errors import ConsentMissing, NotTakenOn, RecipientUnavailable, ReferralOpenAlready
from tenants.referrals.models import Referral
from tenants.referrals.tasks import deliver, deliver_outstanding

from .conftest import make_move

PERSONAL = ["Zorana", "Izmišljena", "381 11 000 111", "Sleeps badly", "Valjevo"]


def shared_rows() -> str:
    """Everything that the exchange's tables hold, as text."""
    rows = [list(model.objects.values()) for model in (Envelope, EnvelopeEvent, OutboxItem)]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_sending_puts_nothing_personal_into_shared_tables(referred: Any) -> None:
    referred(State.ACCEPTED)
    assert [word for word in PERSONAL if word in shared_rows()] == []


def test_the_recipient_sees_the_need_and_not_the_person(referred: Any, target: SimpleNamespace) -> None:
    made = referred(State.OPENED, need="A patient mentor", area="North side")
    with inside(target.ref):
        copy = Referral.objects.get(pk=made.into)
        assert (copy.need, copy.area, copy.client, copy.disclosed) == ("A patient mentor", "North side", None, [])
        assert Client.objects.count() == 0


def test_acceptance_tells_what_the_consent_covers_and_no_more(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    made = referred(State.ACCEPTED)
    with inside(target.ref):
        copy = Referral.objects.get(pk=made.into)
        client = copy.client
        assert (client.given_name, client.family_name, client.place) == ("Zorana", "Izmišljena", "Valjevo")
        assert client.note == ""
        assert str(client.assigned_to_id) == str(target.seat.membership_id)
        told = copy.disclosed
    with inside(sender.ref):
        own = Referral.objects.get(pk=made.out)
        assert own.disclosed == told
        assert dict(own.disclosed).keys() == {"given_name", "family_name", "phone", "place"}
        entry = Entry.objects.get(action="referral.disclosed")
        assert entry.detail == {"fields": ["given_name", "family_name", "phone", "place"]}


def test_nothing_is_told_once_the_consent_has_ended(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.OPENED)
    with inside(sender.ref):
        Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_how="spoken")
    with tasks(), inside(target.ref):
        me = Colleague.objects.get(pk=target.seat.membership_id)
        answering.accept_referral(referral=Referral.objects.get(pk=made.into), assignee=me, by=target.seat)
    with inside(target.ref):
        assert Referral.objects.get(pk=made.into).disclosed == []
        assert Client.objects.count() == 0


def test_nothing_is_told_before_acceptance_whatever_lies_in_the_outbox(referred: Any, target: SimpleNamespace) -> None:
    made = referred(State.OPENED)
    OutboxItem.objects.create(envelope_id=made.envelope, to_id=target.ref.id, freight=Freight.DISCLOSURE)
    assert deliver_outstanding() == 1
    with inside(target.ref):
        copy = Referral.objects.get(pk=made.into)
        assert (copy.disclosed, copy.disclosed_at) == ([], None)
        assert Client.objects.count() == 0


def test_the_sender_does_not_answer_for_the_recipient(referred: Any, sender: SimpleNamespace) -> None:
    """The database itself keeps the sender's role from it: acceptance would write into the recipient's caseload."""
    made = referred(State.SENT)
    with inside(sender.ref):
        forged = {"state": State.ACCEPTED, "opened_at": timezone.now(), "answered_at": timezone.now()}
        with pytest.raises(DatabaseError, match="permission denied for this move"), transaction.atomic():
            Envelope.objects.filter(pk=made.envelope).update(**forged)
        assert Envelope.objects.get(pk=made.envelope).state == State.SENT


@pytest.mark.parametrize("forged", [{"done_at": timezone.now()}, {"claimed_until": timezone.now()}, {"attempts": 9}])
def test_only_the_network_says_what_was_carried(referred: Any, sender: SimpleNamespace, forged: Any) -> None:
    made = referred(State.SENT)
    with inside(sender.ref), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        OutboxItem.objects.create(
            envelope_id=made.envelope,
            to_id=Envelope.objects.get(pk=made.envelope).target_id,
            freight=Freight.PREVIEW,
            **forged,
        )


def test_what_is_told_again_is_what_was_told_first(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    made = referred(State.ACCEPTED)
    with inside(sender.ref):
        Client.objects.update(phone="another")
    with inside(target.ref):
        copy = Referral.objects.get(pk=made.into)
        copy.disclosed, copy.disclosed_at, copy.client = [], None, None
        copy.save()
        Client.objects.all().delete()
    OutboxItem.objects.filter(freight=Freight.DISCLOSURE).update(done_at=None)
    assert deliver_outstanding() == 1
    with inside(target.ref):
        assert Client.objects.get().phone == "+381 11 000 111"


@pytest.mark.parametrize(
    "fault",
    [
        {"expires_on": timezone.localdate() - timedelta(days=1)},
        {"recipient": "secretariat"},
    ],
    ids=["ended", "names somebody else"],
)
def test_sending_needs_a_consent_that_covers_it(
    sender: SimpleNamespace, ask: Any, consent: Any, fault: dict[str, Any], secretariat: Any
) -> None:
    if "recipient" in fault:
        fault = {"recipient": Organisation.objects.get(schema_name=fault["recipient"])}
    with inside(sender.ref):
        with pytest.raises(ConsentMissing):
            sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(**fault), by=sender.seat)
        assert Referral.objects.count() == Consent.objects.count() == 0
    assert Envelope.objects.count() == 0


def test_another_clients_consent_does_not_count(sender: SimpleNamespace, ask: Any, consent: Any) -> None:
    with inside(sender.ref):
        somebody = add_client(details=ClientDetails(given_name="Else"), by=sender.seat)
        theirs = record_consent(client=somebody, new=consent(), by=sender.seat)
        with pytest.raises(ConsentMissing):
            sending.send_referral(client=sender.client, request=ask(), consent=theirs, by=sender.seat)


def test_a_withdrawn_consent_does_not_count(sender: SimpleNamespace, ask: Any, consent: Any) -> None:
    with inside(sender.ref):
        receipt = record_consent(client=sender.client, new=consent(), by=sender.seat)
        receipt.withdrawn_at, receipt.withdrawn_how = timezone.now(), "spoken"
        receipt.save()
        with pytest.raises(ConsentMissing):
            sending.send_referral(client=sender.client, request=ask(), consent=receipt, by=sender.seat)


def test_one_open_referral_for_person_service_and_recipient(
    referred: Any, sender: SimpleNamespace, ask: Any, consent: Any
) -> None:
    referred(State.SENT)
    with inside(sender.ref):
        with pytest.raises(ReferralOpenAlready):
            sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)
        sending.send_with_consent(
            client=sender.client, request=ask(service="training"), new_consent=consent(), by=sender.seat
        )


def test_after_an_answer_one_may_ask_again(referred: Any, sender: SimpleNamespace, ask: Any, consent: Any) -> None:
    referred(State.DECLINED)
    with inside(sender.ref):
        sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)


@pytest.mark.parametrize("state", [OrganisationState.SUSPENDED, OrganisationState.CLOSED])
def test_no_referral_to_an_organisation_that_takes_none(
    sender: SimpleNamespace, ask: Any, consent: Any, target: SimpleNamespace, state: OrganisationState
) -> None:
    Organisation.objects.filter(pk=target.ref.id).update(state=state)
    with inside(sender.ref), pytest.raises(RecipientUnavailable):
        sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)


def test_no_referral_to_oneself(sender: SimpleNamespace, ask: Any, consent: Any) -> None:
    own = Organisation.objects.get(pk=sender.ref.id)
    with inside(sender.ref), pytest.raises(RecipientUnavailable):
        sending.send_with_consent(
            client=sender.client, request=ask(target=own), new_consent=consent(recipient=own), by=sender.seat
        )


def test_every_step_leaves_an_event_and_an_audit_entry(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    made = referred(State.DECLINED)
    events = EnvelopeEvent.objects.filter(envelope=made.envelope).values_list("type", "organisation", "reason")
    assert list(events) == [
        ("sent", sender.ref.id, ""),
        ("opened", target.ref.id, ""),
        ("declined", target.ref.id, "no_place"),
    ]
    with inside(target.ref):
        acts = set(Entry.objects.filter(actor_user_id=target.seat.user_id).values_list("action", flat=True))
        assert acts == {"referral.opened", "referral.declined"}
    with inside(sender.ref):
        acts = set(Entry.objects.values_list("action", flat=True))
        assert acts == {"client.added", "consent.recorded", "referral.drafted", "referral.sent"}


def test_mail_says_that_something_waits_and_never_about_whom(referred: Any) -> None:
    referred(State.ACCEPTED)
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        text = f"{message.subject}\n{message.body}"
        assert [word for word in [*PERSONAL, "Courage"] if word in text] == []
        assert "/referrals/" in message.body


def test_somebody_alike_is_not_doubled(referred: Any, sender: SimpleNamespace, target: SimpleNamespace) -> None:
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    with inside(target.ref):
        referral = Referral.objects.get(pk=made.into)
        assert referral.client is None
        assert take_on(referral=referral, link_to=known, by=target.seat) == known
        assert Client.objects.count() == 1
        with pytest.raises(ReferralMoved):
            take_on(referral=referral, by=target.seat)


def test_without_a_name_nobody_is_taken_on_but_somebody_who_is_known(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, consent: Any, tasks: Any
) -> None:
    """The person has agreed to less since it was sent."""
    made = referred(State.OPENED)
    with tasks(), inside(sender.ref):
        receipt = Referral.objects.get(pk=made.out).consent
        renew_consent(consent=receipt, new=consent(scopes=[ConsentScope.CONTACT]), by=sender.seat)
    with tasks(), inside(target.ref):
        make_move(Referral.objects.get(pk=made.into), State.ACCEPTED, target.seat)
    with inside(target.ref):
        into = Referral.objects.get(pk=made.into)
        assert (dict(into.disclosed).keys(), into.client) == ({"phone", "place"}, None)
        with pytest.raises(NotTakenOn, match="You were told no name"):
            take_on(referral=into, by=target.seat)
        assert not Client.objects.exists()
        known = add_client(details=ClientDetails(given_name="Zora"), by=target.seat)
        assert take_on(referral=into, link_to=known, by=target.seat) == known


def test_what_arrives_after_it_was_taken_back_is_dropped(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    made = referred(State.OPENED)
    with inside(target.ref):
        make_move(Referral.objects.get(pk=made.into), State.ACCEPTED, target.seat)
    with inside(sender.ref):
        make_move(Referral.objects.get(pk=made.out), State.RECALLED, sender.seat)
    with inside(target.ref):
        receiving.receive_disclosure(crossing.Disclosure(made.envelope, (("given_name", "Zorana"),)))
        into = Referral.objects.get(pk=made.into)
        assert (into.disclosed, into.disclosed_at, into.names_person) == ([], None, False)
        assert not Client.objects.exists()


def test_what_only_the_sender_does_is_not_done_with_what_came(
    referred: Any, target: SimpleNamespace, sender: SimpleNamespace, consent: Any, ask: Any
) -> None:
    made = referred(State.DECLINED)
    with inside(target.ref):
        into = Referral.objects.get(pk=made.into)
        with pytest.raises(ReferralMoved):
            sending.redirect_referral(referral=into, request=ask(), new_consent=consent(), by=target.seat)
        with pytest.raises(ReferralMoved):
            sending.answer_info(referral=into, answer="Since May", by=target.seat)


def test_who_may_not_refer_writes_no_draft(sender: SimpleNamespace, ask: Any, seat_in: Any, referred: Any) -> None:
    volunteer = seat_in(sender.ref, Role.VOLUNTEER)
    with inside(sender.ref):
        with pytest.raises(PermissionDenied):
            sending.draft_referral(client=sender.client, request=ask(), by=volunteer)
        draft = sending.draft_referral(client=sender.client, request=ask(), by=sender.seat)
        with pytest.raises(PermissionDenied):
            sending.change_draft(referral=draft, request=ask(need="More"), seen_version=1, by=volunteer)
        with pytest.raises(PermissionDenied):
            sending.discard_draft(referral=draft, by=volunteer)
        assert Referral.objects.get().need == "Courage"


def test_delivering_twice_is_delivering_once(referred: Any, target: SimpleNamespace) -> None:
    referred(State.ACCEPTED)
    OutboxItem.objects.update(done_at=None)
    envelope = Envelope.objects.get().pk
    assert delivery.carry_all(envelope) == OutboxItem.objects.count()
    assert deliver(str(envelope)) == 0
    with inside(target.ref):
        assert Referral.objects.count() == Client.objects.count() == 1
        assert Entry.objects.filter(action="referral.received").count() == 1


def test_what_a_dead_worker_left_is_delivered_later(
    sender: SimpleNamespace, target: SimpleNamespace, ask: Any, consent: Any
) -> None:
    with inside(sender.ref):
        sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)
    OutboxItem.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert deliver_outstanding() == 0
    OutboxItem.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert deliver_outstanding() == 1
    with inside(target.ref):
        assert Referral.objects.count() == 1


def unreachable(ref: Any) -> None:
    """The organisation is being brought up to date: nobody enters."""
    Organisation.objects.filter(pk=ref.id).update(schema_version="another")


def test_one_failure_does_not_hold_up_the_others(
    referred: Any, sender: SimpleNamespace, secretariat: Any, ask: Any, consent: Any
) -> None:
    with inside(sender.ref):
        other = Organisation.objects.get(pk=secretariat.id)
        sending.send_with_consent(
            client=sender.client,
            request=ask(target=other),
            new_consent=consent(recipient=other),
            by=sender.seat,
        )
        sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)
    unreachable(secretariat)
    assert deliver_outstanding() == 1
    assert OutboxItem.objects.get(done_at=None).to_id == secretariat.id


def test_what_fails_again_and_again_waits_longer_each_time(
    sender: SimpleNamespace, target: SimpleNamespace, ask: Any, consent: Any
) -> None:
    with inside(sender.ref):
        sending.send_with_consent(client=sender.client, request=ask(), new_consent=consent(), by=sender.seat)
    unreachable(target.ref)
    pauses = []
    for attempts in (0, 1, 30):
        OutboxItem.objects.update(claimed_until=None, attempts=attempts)
        before = timezone.now()
        assert deliver_outstanding() == 0
        pauses.append(OutboxItem.objects.get().claimed_until - before)
        assert delivery.waiting_envelopes() == []
    assert OutboxItem.LEASE <= pauses[0] < pauses[1] < pauses[2] < OutboxItem.LONGEST_PAUSE + timedelta(minutes=1)


def test_scopes_are_sets_of_the_classification() -> None:
    assert {*ConsentScope.values} - {ConsentScope.DOCUMENTS} <= set(vars(Client.Privacy))
