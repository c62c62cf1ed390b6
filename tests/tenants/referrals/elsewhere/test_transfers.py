"""A case is handed over for good: nothing is told before it is accepted, and nothing that was not agreed to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.identifiers import uuid7
from network_registry.exchange.dealing_enums import TransferState
from network_registry.exchange.domain import dealings
from network_registry.exchange.domain.transfers import MACHINE, expire_due
from network_registry.exchange.enums import Side
from network_registry.exchange.errors import DealingMoved, ReasonMissing
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import Parcel
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.domain.cases import close_case
from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.domain.erasure import NotErased, erase_client
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums import ConsentPurpose, ConsentScope
from tenants.caseloads.models import (
    Case,
    Client,
    Consent,
    Document,
    Exit,
    JournalEntry,
    Plan,
    Programme,
)
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals import crossing
from tenants.referrals.domain.elsewhere import carrying, handing
from tenants.referrals.domain.elsewhere import transfers as verbs
from tenants.referrals.domain.elsewhere.story import Parts
from tenants.referrals.elsewhere import tasks as work
from tenants.referrals.elsewhere.told import told_of
from tenants.referrals.errors import ConsentMissing, NotCovered, RecipientUnavailable, SaysWho, TransferUnderWay
from tenants.referrals.models import Transfer, TransferStep

from .handover import SECRETS, accept, act, agreed, copy_of, me, state_of

pytestmark = pytest.mark.usefixtures("own_files")


# --- the whole way --------------------------------------------------------------------------------------------
def test_before_it_is_accepted_nobody_is_named(offer, ours, theirs, life):
    made = offer()
    with inside(theirs.ref):
        came = copy_of(theirs, made.shared)
        assert (came.direction, came.client, came.record, came.note) == ("in", None, {}, "A quiet person")
        assert came.parts == {"plan": 1, "progress": 1, "journal": 3, "documents": 1}
        assert not Client.objects.exists()
        held = str(vars(came)) + str([vars(step) for step in came.steps.all()])
        assert not any(secret in held for secret in SECRETS)
        (event,) = Event.objects.filter(type="transfer.offered")
        assert event.data["reason"] == "moved"
    (message,) = [message for message in mail.outbox if "beta" in message.body]
    assert not any(secret in message.subject + message.body for secret in SECRETS)
    with connection.cursor() as cursor:
        for table in ("exchange_transfer", "exchange_dealingevent", "exchange_parcel"):
            cursor.execute(f"SELECT * FROM {table}")
            assert not any(secret in str(cursor.fetchall()) for secret in SECRETS)


def test_the_whole_way(offer, ours, theirs, life, tasks):
    made = offer()
    accept(theirs, made.shared, tasks)
    assert state_of(made.shared) == TransferState.ARRIVED
    with inside(theirs.ref):
        came = copy_of(theirs, made.shared)
        client = came.client
        assert client is not None
        assert (client.given_name, client.phone, client.note) == (
            "Zamfirija",
            "+381 64 987 6543",
            "Zamfirija likes bees",
        )
        assert (client.health, client.assigned_to_id) == ("", theirs.seat.membership_id)
        assert not Case.objects.filter(client=client).exists()
        told = told_of(came.record, came.client, theirs.seat)
        assert told.programme == "First step"
        assert told.goals == [
            {"text": "Wants bees", "dimension": "economic", "state": "Under way",
             "steps": [{"text": "Reads about hives", "done": True}]}
        ]  # fmt: skip
        assert [entry["text"] for entry in told.journal] == [
            "Called about hives (team)", "Called about hives (professionals)"
        ]  # fmt: skip
        (document,) = Document.objects.filter(client=client)
        assert b"".join(read_document(document)) == b"CV of Zamfirija"
        assert "Asthma" not in str(came.record)
        assert Entry.objects.filter(action="transfer.came", about_id=client.pk).count() == 1
        assert came.owner_id == theirs.seat.membership_id
        assert Event.objects.filter(type="transfer.arrived").count() == 1
    with inside(ours.ref):
        case = Case.objects.get(pk=life.case.pk)
        assert (case.is_open, case.exit.kind) == (False, "transferred")
        assert Client.objects.filter(pk=life.client.pk).exists()
        left = copy_of(ours, made.shared)
        assert left.record == came.record
        assert Entry.objects.filter(action="transfer.handed", about_id=life.client.pk).count() == 1
        notes = [step.note for step in left.steps.all()]
        assert "Welcome" in notes
        assert verbs.next_states(left, ours.seat) == set()


def test_only_what_was_agreed_to_goes_over(offer, ours, theirs, life, tasks):
    made = offer(consent=agreed(theirs, scopes=["identity"]), parts=Parts())
    accept(theirs, made.shared, tasks)
    with inside(theirs.ref):
        came = copy_of(theirs, made.shared)
        assert {name for name, _value in came.record["values"]} == {"given_name", "family_name", "birth_year"}
        assert came.record.keys() == {"values", "programme", "opened_on"}
        assert came.client is not None
        assert came.client.phone == ""
        assert not Document.objects.exists()


def test_how_far_they_came_goes_over_and_no_more(offer, ours, theirs, life, tasks, monkeypatch):
    with inside(ours.ref):
        scale = next(scale for scale in scales_in_use() if len(scale.items) > 1)
        for days, answer in ((30, 0), (1, 1)):
            record_assessment(
                client=life.client,
                scale=scale,
                answers={item["key"]: answer for item in scale.items},
                rater="client",
                on=timezone.localdate() - timedelta(days=days),
                by=ours.seat,
            )
    made = offer(parts=Parts(progress=True))
    accept(theirs, made.shared, tasks)
    with inside(theirs.ref):
        came = copy_of(theirs, made.shared)
        assert came.record.keys() == {"values", "programme", "opened_on", "progress"}
        assert came.record["progress"]
        for line in came.record["progress"]:
            assert line.keys() == {"dimension", "rater", "points"}
            assert line["rater"] == "client"
            days = [day for day, _value in line["points"]]
            assert days == sorted(days)
            assert len(days) == 2
            assert all(0 <= value <= 100 for _day, value in line["points"])
        assert told_of(came.record, came.client, theirs.seat).journal == []


def test_a_document_stays_where_the_consent_ran_out_on_its_way(offer, ours, theirs, tasks, life, monkeypatch):
    made = offer()
    monkeypatch.setitem(carrying._ROUTES, Load.TRANSFER_FILE, lambda _parcel: None)
    paused(theirs, made.shared, tasks, monkeypatch)
    monkeypatch.setitem(carrying._ROUTES, Load.TRANSFER_DONE, lambda _parcel: None)
    with tasks():
        work.carry_outstanding()
    monkeypatch.undo()
    with inside(ours.ref):
        assert handing.tell_file(made.shared, life.document.pk) is not None
    Parcel.objects.filter(load__in=[Load.TRANSFER_FILE, Load.TRANSFER_DONE]).update(done_at=None)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        with inside(ours.ref):
            assert handing.tell_file(made.shared, life.document.pk) is None
        with tasks():
            work.carry_outstanding()
    assert state_of(made.shared) == TransferState.ARRIVED
    with inside(theirs.ref):
        assert Client.objects.count() == 1
        assert not Document.objects.exists()


def test_everything_that_arrives_twice_is_there_once(offer, ours, theirs, tasks, life):
    made = offer()
    accept(theirs, made.shared, tasks)

    def everything() -> tuple:
        rows = []
        for side in (ours, theirs):
            with inside(side.ref):
                rows += [
                    list(model.objects.order_by("pk").values()) for model in (Client, Transfer, TransferStep, Exit)
                ]
                rows += [Event.objects.count(), Entry.objects.count(), Document.objects.count()]
        return rows

    before = everything()
    Parcel.objects.update(done_at=None, claimed_until=None)
    mail.outbox.clear()
    with tasks():
        for _round in range(3):
            work.carry_outstanding()
    assert not Parcel.objects.filter(done_at=None).exists()
    assert everything() == before
    assert mail.outbox == []


def test_what_was_closed_or_removed_since_stays(offer, ours, theirs, life, tasks):
    made = offer()
    with inside(ours.ref):
        JournalEntry.objects.filter(pk=life.entries["team"].pk).update(audience="author")
        Document.objects.filter(pk=life.document.pk).update(audience="profession")
        Plan.objects.all().delete()
    accept(theirs, made.shared, tasks)
    with inside(theirs.ref):
        record = copy_of(theirs, made.shared).record
        assert [entry["text"] for entry in record["journal"]] == ["Called about hives (professionals)"]
        assert record["plan"] == []
        assert not Document.objects.exists()
    assert state_of(made.shared) == TransferState.ARRIVED


# --- refusals -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("consent", "values", "error"),
    [
        ({"purpose": ConsentPurpose.REFERRAL}, {}, ConsentMissing),
        ({"scopes": [ConsentScope.CONTACT]}, {"parts": Parts()}, ConsentMissing),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, {}, ConsentMissing),
        ({"scopes": [ConsentScope.IDENTITY]}, {"parts": Parts(plan=True)}, NotCovered),
        ({"scopes": [ConsentScope.IDENTITY]}, {"parts": Parts(documents=(uuid7(),))}, NotCovered),
        ({}, {"note": "Call Zamfirija"}, SaysWho),
    ],
)
def test_without_consent_nothing_is_offered(offer, theirs, ours, consent, values, error):
    with pytest.raises(error):
        offer(consent=agreed(theirs, **consent), **values)
    with inside(ours.ref):
        assert not Transfer.objects.exists()
        assert Consent.objects.count() == 1


def test_to_whom(offer, ours, theirs, alpha, secretariat):
    with pytest.raises(RecipientUnavailable):
        offer(target=Organisation.objects.get(pk=alpha.id))
    Organisation.objects.filter(pk=theirs.ref.id).update(state="suspended")
    with pytest.raises(RecipientUnavailable):
        offer()
    Organisation.objects.filter(pk=theirs.ref.id).update(state="active")
    with pytest.raises(ConsentMissing):
        offer(target=Organisation.objects.get(pk=secretariat.id))
    Organisation.objects.filter(pk=alpha.id).update(state="provisional")
    ours.ref = Organisation.objects.get(pk=alpha.id).ref()
    with pytest.raises(RecipientUnavailable, match="new in the network"):
        offer()


def test_one_at_a_time_and_only_while_it_is_open(offer, ours, life, theirs, tasks):
    made = offer()
    with pytest.raises(TransferUnderWay):
        offer()
    act(ours, made.shared, verbs.withdraw_transfer, tasks, reason="mistake")
    with inside(ours.ref):
        close_case(case=Case.objects.get(pk=life.case.pk), kind="moved", by=ours.seat)
    with pytest.raises(TransferUnderWay):
        offer()


def test_who_may(offer, ours, theirs, tasks, seat_in):
    reader = seat_in(ours.ref, Role.VIEWER)
    made = offer()
    with inside(ours.ref):
        transfer = copy_of(ours, made.shared)
        assert verbs.next_states(transfer, reader) == set()
        assert verbs.next_states(transfer, ours.seat) == {TransferState.WITHDRAWN}
        with pytest.raises(PermissionDenied):
            verbs.withdraw_transfer(transfer=transfer, reason="mistake", by=reader)
        with pytest.raises(DealingMoved):
            verbs.open_transfer(transfer=transfer, by=ours.seat)
        with pytest.raises(SaysWho):
            verbs.withdraw_transfer(transfer=transfer, reason="mistake", note="Zamfirija stays", by=ours.seat)
        with pytest.raises(ReasonMissing):
            verbs.withdraw_transfer(transfer=transfer, reason="because", by=ours.seat)
    with inside(theirs.ref):
        with pytest.raises(DealingMoved):
            verbs.accept_transfer(transfer=copy_of(theirs, made.shared), assignee=me(theirs), by=theirs.seat)
        with pytest.raises(ReasonMissing):
            dealings.move(
                SharedTransfer.objects.get(pk=made.shared), MACHINE, to=TransferState.OPENED, reason="no_place"
            )


# --- other ends -----------------------------------------------------------------------------------------------
def test_declining_says_why(offer, ours, theirs, tasks, life):
    made = offer()
    act(theirs, made.shared, verbs.open_transfer, tasks)
    act(theirs, made.shared, verbs.decline_transfer, tasks, reason="no_place", note="In May perhaps")
    with inside(ours.ref):
        step = TransferStep.objects.get(type="declined")
        assert (step.reason, step.note, step.by_name, step.side) == ("no_place", "In May perhaps", "", Side.TARGET)
        assert Case.objects.get(pk=life.case.pk).is_open
    with inside(theirs.ref):
        assert not Client.objects.exists()


def test_after_thirty_days_it_expires_on_both_sides(offer, ours, theirs, tasks):
    made = offer()
    with time_machine.travel(timezone.now() + timedelta(days=29)), tasks():
        assert work.expire() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)), tasks():
        assert work.expire() == 1
        assert work.expire() == 0
    for side in (ours, theirs):
        with inside(side.ref):
            assert TransferStep.objects.get(type="expired").side == Side.SYSTEM
            assert Event.objects.filter(type="transfer.expired").count() == 1
    assert state_of(made.shared) == TransferState.EXPIRED


def test_what_is_answered_at_that_moment_does_not_expire(offer, monkeypatch):
    offer()

    def late(*_args, **_values):
        raise DealingMoved

    monkeypatch.setattr("network_registry.exchange.domain.transfers.move", late)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert expire_due(10) == []


@pytest.mark.parametrize("opened", [False, True])
def test_taking_the_consent_back_withdraws_the_offer(offer, ours, theirs, tasks, opened):
    made = offer()
    if opened:
        act(theirs, made.shared, verbs.open_transfer, tasks)
    with tasks(), inside(ours.ref):
        consent = Consent.objects.get(purpose=ConsentPurpose.TRANSFER)
        withdraw_consent(consent=consent, how="spoken", by=ours.seat)
    assert state_of(made.shared) == TransferState.WITHDRAWN
    with inside(theirs.ref):
        came = copy_of(theirs, made.shared)
        assert came.note == ""
        assert TransferStep.objects.get(type="withdrawn").reason == "consent"


def test_after_it_has_arrived_the_consent_moves_nothing(offer, ours, theirs, tasks):
    made = offer()
    accept(theirs, made.shared, tasks)
    with tasks(), inside(ours.ref):
        consent = Consent.objects.get(purpose=ConsentPurpose.TRANSFER)
        withdraw_consent(consent=consent, how="spoken", by=ours.seat)
    with inside(theirs.ref):
        assert Client.objects.count() == 1


def test_arriving_while_the_consent_is_taken_back(offer, ours, theirs, tasks, monkeypatch):
    offer()

    def late(*_args, **_values):
        raise DealingMoved

    monkeypatch.setattr("tenants.referrals.domain.elsewhere.transfers.network.move", late)
    with inside(ours.ref):
        consent = Consent.objects.get(purpose=ConsentPurpose.TRANSFER)
        assert withdraw_consent(consent=consent, how="spoken", by=ours.seat).withdrawn_at


def paused(theirs, shared, tasks, monkeypatch) -> None:
    """Accepted, and nobody carries yet."""
    act(theirs, shared, verbs.open_transfer, tasks)
    with inside(theirs.ref), monkeypatch.context() as patch:
        patch.setattr(work.carry, "delay", lambda *_: None)
        verbs.accept_transfer(transfer=copy_of(theirs, shared), assignee=me(theirs), by=theirs.seat)


@pytest.mark.parametrize("how", ["withdrawn", "lapsed"])
def test_accepted_and_then_the_consent_ends(offer, ours, theirs, tasks, monkeypatch, how):
    """Before anything was told: nothing is told any more."""
    made = offer()
    paused(theirs, made.shared, tasks, monkeypatch)
    later = timezone.now() + timedelta(days=61 if how == "lapsed" else 0)
    with time_machine.travel(later):
        if how == "withdrawn":
            with inside(ours.ref):
                consent = Consent.objects.get(purpose=ConsentPurpose.TRANSFER)
                withdraw_consent(consent=consent, how="spoken", by=ours.seat)
        with tasks():
            work.carry_outstanding()
        with tasks():
            work.carry_outstanding()
    assert state_of(made.shared) == TransferState.WITHDRAWN
    with inside(theirs.ref):
        assert not Client.objects.exists()
        assert copy_of(theirs, made.shared).record == {}


def test_withdrawn_when_half_of_it_is_there_erases_it(offer, ours, theirs, tasks, monkeypatch):
    made = offer()
    paused(theirs, made.shared, tasks, monkeypatch)
    one_by_one = carrying._ROUTES[Load.TRANSFER_DONE]
    monkeypatch.setitem(carrying._ROUTES, Load.TRANSFER_DONE, lambda _parcel: None)
    with tasks():
        work.carry_outstanding()
    with inside(theirs.ref):
        assert (Client.objects.count(), Document.objects.count()) == (1, 1)
    act(ours, made.shared, verbs.withdraw_transfer, tasks, reason="changed")
    with inside(theirs.ref):
        assert (Client.objects.count(), Document.objects.count()) == (0, 0)
        handing.receive_done(made.shared)
        copy = copy_of(theirs, made.shared)
        assert (copy.record, copy.client) == ({}, None)
    assert one_by_one is not None
    assert state_of(made.shared) == TransferState.WITHDRAWN
    with inside(ours.ref):
        assert handing.hand_over(made.shared) is None
        assert handing.tell_file(made.shared, uuid7()) is None


def test_somebody_who_joined_there_meanwhile_is_not_erased(offer, ours, theirs, tasks, monkeypatch):
    made = offer()
    paused(theirs, made.shared, tasks, monkeypatch)
    monkeypatch.setitem(carrying._ROUTES, Load.TRANSFER_DONE, lambda _parcel: None)
    with tasks():
        work.carry_outstanding()
    with inside(theirs.ref):
        client = Client.objects.get()
        consent = Consent.objects.create(
            client=client, purpose="enrolment", scopes=[], how_given="signed", language="en",
            expires_on=timezone.localdate(),
        )  # fmt: skip
        programme = Programme.objects.create(name="Ours", starts_on=timezone.localdate())
        Case.objects.create(client=client, programme=programme, consent=consent, opened_on=timezone.localdate())
    act(ours, made.shared, verbs.withdraw_transfer, tasks, reason="changed")
    with inside(theirs.ref):
        assert Client.objects.count() == 1


def test_erasing_waits_for_what_is_under_way(offer, ours, theirs, tasks, life):
    made = offer()
    with inside(ours.ref):
        Case.objects.filter(pk=life.case.pk).update(closed_on=timezone.localdate())
        with pytest.raises(NotErased, match="handed over"):
            erase_client(client=life.client, reason="asked", by=ours.seat)
    act(ours, made.shared, verbs.withdraw_transfer, tasks, reason="changed")
    with inside(ours.ref):
        erase_client(client=life.client, reason="asked", by=ours.seat)
        assert not Transfer.objects.exists()


def test_what_arrives_after_somebody_was_erased_is_dropped(offer, ours, theirs, tasks, life):
    made = offer()
    accept(theirs, made.shared, tasks)
    with inside(ours.ref):
        erase_client(client=life.client, reason="asked", by=ours.seat)
    with inside(theirs.ref):
        erase_client(client=copy_of(theirs, made.shared).client, reason="asked", by=theirs.seat)
    Parcel.objects.update(done_at=None)
    with tasks():
        work.carry_outstanding()
    for side in (ours, theirs):
        with inside(side.ref):
            assert not Transfer.objects.exists()
            assert handing.receive_record(crossing.Handover(made.shared, (), "{}")) is None
            assert handing.receive_file(crossing.HandedFile(made.shared, uuid7(), "", "", "team", b"")) is None


def test_a_case_that_ended_by_itself_meanwhile(offer, ours, theirs, tasks, monkeypatch, life):
    made = offer()
    paused(theirs, made.shared, tasks, monkeypatch)
    with inside(ours.ref):
        close_case(case=Case.objects.get(pk=life.case.pk), kind="job", by=ours.seat)
    with tasks():
        work.carry_outstanding()
    assert state_of(made.shared) == TransferState.ARRIVED
    with inside(ours.ref):
        assert Exit.objects.get().kind == "job"


def test_without_the_case_it_is_withdrawn(offer, ours, theirs, tasks, monkeypatch, life):
    made = offer()
    paused(theirs, made.shared, tasks, monkeypatch)
    with inside(ours.ref):
        Transfer.objects.update(case=None)
    with tasks():
        work.carry_outstanding()
    assert state_of(made.shared) == TransferState.WITHDRAWN
