"""Reading what another organisation knows: with a purpose, with the person's consent, for a time, and erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from halka.audit.domain import THEMSELVES
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.identifiers import uuid7
from network_registry.exchange.dealing_enums import AccessPurpose, AccessState
from network_registry.exchange.domain import access as network
from network_registry.exchange.enums import Remains, Side, State
from network_registry.exchange.errors import DealingMoved, ReasonMissing
from network_registry.exchange.models import Envelope, Parcel
from tenants.caseloads.domain.clients import ClientDetails, change_client, details_of
from tenants.caseloads.domain.consents import record_consent, renew_consent, withdraw_consent
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.domain.queries.held import looks_at
from tenants.caseloads.enums import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals import crossing
from tenants.referrals.domain.elsewhere import access as verbs
from tenants.referrals.domain.elsewhere import matches, reading
from tenants.referrals.elsewhere import tasks as work
from tenants.referrals.errors import AccessUnderWay, ConsentMissing, NotCovered, NotNamed, RecipientUnavailable, SaysWho
from tenants.referrals.models import Access, AccessStep, Referral

from .asked import SECRETS, agreed, copy_of, erased_on_both_sides, grant, shared_of
from .conftest import asking, match_of


# --- asking -------------------------------------------------------------------------------------------------
def test_asking_by_name_tells_the_name_and_the_year_and_no_more(ask, ours, theirs, owned):
    made = ask()
    with inside(theirs.ref):
        came = copy_of(made.shared)
        assert (came.direction, came.client, came.note) == ("in", None, "For a plan")
        assert came.named == {"name": "Zamfirija Kovrdžić", "birth_year": 1987}
        assert came.asked == ["identity", "contact", "health"]
        assert Event.objects.get(type="access.asked").data["reason"] == "plan"
    assert mail.outbox == []  # nobody supervises there, and nobody's client is named
    with connection.cursor() as cursor:
        for table in ("exchange_access", "exchange_dealingevent", "exchange_parcel"):
            cursor.execute(f"SELECT * FROM {table}")
            assert not any(secret in str(cursor.fetchall()) for secret in SECRETS)


def test_a_request_that_arrives_twice_is_there_once(ask, ours, theirs, owned, tasks):
    made = ask()
    grant(theirs, ours, owned, made.shared, tasks)

    def everything() -> list:
        rows = []
        for side in (ours, theirs):
            with inside(side.ref):
                rows += [list(AccessStep.objects.order_by("pk").values()), Event.objects.count()]
                copy = copy_of(made.shared)
                rows.append((Access.objects.count(), copy.client, copy.named, copy.note, copy.asked, copy.values))
        return rows

    before = everything()
    mail.outbox.clear()
    step = crossing.DealingStep(made.shared, uuid7(), "asked", Side.SENDER, "plan", timezone.now(), "")
    with tasks(), inside(theirs.ref):
        reading.receive_request(crossing.AccessRequest(made.shared, ours.ref.id, "Other", (), None, None, None), step)
    Parcel.objects.update(done_at=None, claimed_until=None)
    with tasks():
        for _round in range(3):
            work.carry_outstanding()
    assert not Parcel.objects.filter(done_at=None).exists()
    assert everything() == before
    assert mail.outbox == []


def test_who_may_not_answer_moves_it_nowhere(ask, theirs, seat_in):
    made = ask()
    volunteer = seat_in(theirs.ref, Role.VOLUNTEER)
    with inside(theirs.ref):
        assert verbs.next_states(copy_of(made.shared), volunteer) == set()
        assert verbs.next_states(copy_of(made.shared), theirs.seat) == {AccessState.GRANTED, AccessState.REFUSED}


def test_a_day_of_birth_is_told_as_its_year(ask, known, ours, theirs):
    with inside(ours.ref):
        Client.objects.filter(pk=known.pk).update(born_on=date(1987, 4, 3), birth_year=None)
    made = ask()
    with inside(theirs.ref):
        assert copy_of(made.shared).named["birth_year"] == 1987


def test_a_referral_that_both_know_names_the_person(ask, ours, theirs, known, owned):
    """Nothing is said anew: each side looks into its own copy."""
    envelope = Envelope.objects.create(
        reference="H-TEST", sender_id=theirs.ref.id, target_id=ours.ref.id, service="other", state=State.STARTED,
        sent_at=timezone.now(),
    )  # fmt: skip
    for side, client, direction, other in ((ours, known, "in", theirs), (theirs, owned, "out", ours)):
        with inside(side.ref):
            Referral.objects.create(
                envelope=envelope, direction=direction, other_id=other.ref.id, client=client, names_person=True
            )
    made = ask(named=False)
    with inside(theirs.ref):
        came = copy_of(made.shared)
        assert (came.client, came.named, came.owner_id) == (owned, {}, theirs.seat.membership_id)
        Referral.objects.all().delete()
        assert reading._known(crossing.AccessRequest(made.shared, ours.ref.id, "", (), envelope.pk, None, None)) is None
        assert reading._known(crossing.AccessRequest(made.shared, ours.ref.id, "", (), None, None, None)) is None
    with inside(ours.ref):
        assert copy_of(made.shared).referral is not None
    assert len(mail.outbox) == 1
    assert not any(secret in mail.outbox[0].subject + mail.outbox[0].body for secret in SECRETS)


def test_a_match_that_both_agreed_to_names_the_person(ask, ours, theirs, known, owned, taking_part, tasks):
    for side, client in ((ours, known), (theirs, owned)):
        with tasks(), inside(side.ref):
            record_consent(client=client, new=asking(), by=side.seat)
    for side, client in ((ours, known), (theirs, owned)):
        match = match_of(side, client)
        with tasks(), inside(side.ref):
            matches.agree_to_match(match=match, by=side.seat)
    made = ask(named=False)
    with inside(theirs.ref):
        assert copy_of(made.shared).client == owned
        known_there = crossing.AccessRequest(made.shared, ours.ref.id, "", (), None, uuid7(), None)
        assert reading._known(known_there) is None


@pytest.mark.parametrize(
    ("new", "values", "error"),
    [
        (None, {"named": False}, ConsentMissing),
        ({"purpose": ConsentPurpose.REFERRAL}, {}, ConsentMissing),
        ({"scopes": ["contact"]}, {}, ConsentMissing),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, {}, ConsentMissing),
        ({}, {"scopes": []}, NotCovered),
        ({}, {"scopes": ["identity", "documents"]}, NotCovered),
        ({}, {"note": "About Zamfirija"}, SaysWho),
    ],
)
def test_what_is_not_asked(ask, ours, theirs, new, values, error):
    consent = agreed(**{"purpose": ConsentPurpose.ASKING, "recipient": theirs, **new}) if new is not None else None
    with pytest.raises(error):
        ask(consent, **values)
    with inside(ours.ref):
        assert not Access.objects.exists()
        assert not Consent.objects.exists()


def test_whom_and_once(ask, ours, theirs, alpha, seat_in, known):
    reader = seat_in(alpha, Role.VIEWER)
    ask()
    with pytest.raises(AccessUnderWay):
        ask()
    with pytest.raises(RecipientUnavailable):
        ask(target=Organisation.objects.get(pk=alpha.id))
    wanted = verbs.Request(Organisation.objects.get(pk=theirs.ref.id), AccessPurpose.PLAN, ["identity"])
    with inside(ours.ref), pytest.raises(PermissionDenied):
        verbs.ask_access(client=known, request=wanted, by=reader)


# --- granting -----------------------------------------------------------------------------------------------
def test_what_the_person_agreed_to_is_read_and_no_more(granted, ours, theirs, owned):
    with inside(ours.ref):
        copy = copy_of(granted.shared)
        told = dict(copy.values)
        assert told == {
            "given_name": "Zamfirija", "family_name": "Kovrdžić", "birth_year": "1987", "phone": "+381 64 987 6543"
        }  # fmt: skip
        assert copy.read_at is not None
        assert Client.objects.get().phone == ""  # it is no part of our record
        assert Entry.objects.filter(action="access.came", about_id=copy.client_id).count() == 1
        assert "Until spring" in [step.note for step in copy.steps.all()]
    assert shared_of(granted).until == timezone.localdate() + timedelta(days=60)
    with inside(theirs.ref):
        actions = set(looks_at(owned).values_list("action", flat=True))
        assert {"access.named", "access.granted", "access.read"} <= actions
        assert copy_of(granted.shared).granted == ["identity", "contact"]


def test_reading_again_brings_what_is_true_and_agreed_to_now(granted, ours, theirs, owned, tasks):
    with tasks(), inside(theirs.ref):
        details = ClientDetails(**{**details_of(owned).__dict__, "phone": "+381 11 222 333"})
        change_client(client=owned, details=details, seen_version=1, by=theirs.seat)
    with tasks(), inside(ours.ref):
        assert dict(copy_of(granted.shared).values)["phone"] == "+381 64 987 6543"
        verbs.read_again(access=copy_of(granted.shared), by=ours.seat)
    with inside(ours.ref):
        assert dict(copy_of(granted.shared).values)["phone"] == "+381 11 222 333"
    with inside(theirs.ref):
        assert Entry.objects.filter(action="access.read", about_id=owned.pk).count() == 2
        less = agreed(ConsentPurpose.ACCESS, ours, scopes=["identity"])
        renew_consent(consent=Consent.objects.get(), new=less, by=theirs.seat)
    with tasks(), inside(ours.ref):
        verbs.read_again(access=copy_of(granted.shared), by=ours.seat)
    with inside(ours.ref):
        assert "phone" not in dict(copy_of(granted.shared).values)


def test_what_is_not_granted(ask, ours, theirs, owned, tasks):
    made = ask()
    with inside(theirs.ref):
        with pytest.raises(NotNamed):
            verbs.grant_access(
                access=copy_of(made.shared), new_consent=agreed(ConsentPurpose.ACCESS, ours), by=theirs.seat
            )
        verbs.name_client(access=copy_of(made.shared), client=owned, by=theirs.seat)
        with pytest.raises(DealingMoved):
            verbs.name_client(access=copy_of(made.shared), client=owned, by=theirs.seat)
        for values, error in (
            ({"scopes": ["identity", "background"]}, NotCovered),
            ({"scopes": []}, NotCovered),
            ({"purpose": ConsentPurpose.REFERRAL}, ConsentMissing),
            ({"recipient": theirs}, ConsentMissing),
            ({"expires_on": timezone.localdate() - timedelta(days=1)}, ConsentMissing),
        ):
            new = agreed(**{"purpose": ConsentPurpose.ACCESS, "recipient": ours, **values})
            with pytest.raises(error):
                verbs.grant_access(access=copy_of(made.shared), new_consent=new, by=theirs.seat)
        assert not Consent.objects.exists()


def test_a_year_at_most(ask, ours, theirs, owned, tasks):
    made = ask()
    grant(theirs, ours, owned, made.shared, tasks, expires_on=timezone.localdate() + timedelta(days=2000))
    assert shared_of(made).until == timezone.localdate() + timedelta(days=366)


def test_refusing_says_why_and_forgets_the_name(ask, ours, theirs, tasks):
    made = ask()
    with tasks(), inside(theirs.ref):
        with pytest.raises(ReasonMissing):
            verbs.refuse_access(access=copy_of(made.shared), reason="", by=theirs.seat)
        verbs.refuse_access(access=copy_of(made.shared), reason="not_known", note="Sorry", by=theirs.seat)
        assert copy_of(made.shared).named == {}
    with inside(ours.ref):
        step = AccessStep.objects.get(type="refused")
        assert (step.reason, step.note) == ("not_known", "Sorry")
        with pytest.raises(DealingMoved):
            verbs.read_again(access=copy_of(made.shared), by=ours.seat)


def test_taking_the_request_back(ask, ours, theirs, tasks):
    made = ask()
    with tasks(), inside(ours.ref):
        verbs.cancel_access(access=copy_of(made.shared), by=ours.seat)
    with inside(theirs.ref):
        came = copy_of(made.shared)
        assert (came.named, came.note, came.shared.state) == ({}, "", AccessState.CANCELLED)


def test_what_was_taken_back_on_its_way_names_nobody(ask, ours, theirs, tasks, monkeypatch):
    monkeypatch.setattr(work.carry, "delay", lambda *_: None)
    made = ask()
    with inside(ours.ref):
        verbs.cancel_access(access=copy_of(made.shared), by=ours.seat)
    with tasks():
        work.carry_outstanding()
    with inside(theirs.ref):
        assert not Access.objects.exists()


# --- ending -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["asker", "owner"])
def test_either_side_ends_it_and_the_copy_is_erased(granted, ours, theirs, tasks, who):
    side = ours if who == "asker" else theirs
    with tasks(), inside(side.ref):
        verbs.end_access(access=copy_of(granted.shared), by=side.seat)
    assert erased_on_both_sides(granted, ours, theirs)
    with inside(ours.ref), pytest.raises(DealingMoved):
        verbs.end_access(access=copy_of(granted.shared), by=ours.seat)
    with inside(ours.ref):
        verbs.erase_copy(copy_of(granted.shared), by=ours.seat)  # twice is once
    assert erased_on_both_sides(granted, ours, theirs)


def test_its_last_day_ends_it(granted, ours, theirs, tasks):
    with time_machine.travel(timezone.now() + timedelta(days=60)), tasks():
        assert work.expire() == 0
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        with inside(ours.ref):
            assert not verbs.is_running(copy_of(granted.shared))
        with inside(theirs.ref):
            assert reading.tell_values(granted.shared) is None
        with tasks():
            assert work.expire() == 1
        assert erased_on_both_sides(granted, ours, theirs)


def test_unanswered_it_expires(ask, ours, theirs, tasks):
    made = ask()
    with time_machine.travel(timezone.now() + timedelta(days=31)), tasks():
        assert work.expire() == 1
    with inside(theirs.ref):
        assert copy_of(made.shared).named == {}
    assert shared_of(made).state == AccessState.EXPIRED


def test_what_is_answered_at_that_moment_does_not_expire(ask, monkeypatch):
    ask()

    def late(*_args, **_values):
        raise DealingMoved

    monkeypatch.setattr("network_registry.exchange.domain.access.move", late)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert network.pass_due(10) == []


def test_the_person_takes_the_consent_back_on_their_own_page(granted, ours, theirs, owned, tasks):
    with tasks(), inside(theirs.ref):
        withdraw_consent(consent=Consent.objects.get(), how="own_page", by=THEMSELVES)
    assert shared_of(granted).reason == "consent"
    assert erased_on_both_sides(granted, ours, theirs)


def test_another_consent_that_is_still_valid_carries_on(granted, ours, theirs, owned, tasks):
    with tasks(), inside(theirs.ref):
        first = Consent.objects.get()
        record_consent(client=owned, new=agreed(ConsentPurpose.ACCESS, ours), by=theirs.seat)
        withdraw_consent(consent=first, how="spoken", by=theirs.seat)
    assert shared_of(granted).state == AccessState.GRANTED


@pytest.mark.parametrize("state", ["asked", "granted"])
def test_the_person_no_longer_lets_us_say_their_name(ask, ours, theirs, owned, tasks, state):
    made = ask()
    if state == "granted":
        grant(theirs, ours, owned, made.shared, tasks)
    with tasks(), inside(ours.ref):
        withdraw_consent(consent=Consent.objects.get(), how="spoken", by=ours.seat)
    if state == "granted":
        assert erased_on_both_sides(made, ours, theirs)
    else:
        assert shared_of(made).state == AccessState.CANCELLED


def test_a_consent_that_is_taken_back_before_it_is_answered_leaves_the_request(ask, ours, theirs, owned, tasks):
    """The owner's own earlier consent to it has nothing to do with what is asked now."""
    made = ask()
    with tasks(), inside(theirs.ref):
        verbs.name_client(access=copy_of(made.shared), client=owned, by=theirs.seat)
        consent = record_consent(client=owned, new=agreed(ConsentPurpose.ACCESS, ours), by=theirs.seat)
        withdraw_consent(consent=consent, how="spoken", by=theirs.seat)
    assert shared_of(made).state == AccessState.ASKED


def test_it_ended_at_that_moment(granted, ours, theirs, monkeypatch):
    def late(*_args, **_values):
        raise DealingMoved

    monkeypatch.setattr("tenants.referrals.domain.elsewhere.access.dealings.move", late)
    with inside(theirs.ref):
        assert withdraw_consent(consent=Consent.objects.get(), how="spoken", by=theirs.seat).withdrawn_at


@pytest.mark.parametrize("state", ["asked", "granted"])
@pytest.mark.parametrize("who", ["asker", "owner"])
def test_erasing_the_person_ends_it_on_the_other_side(ask, ours, theirs, known, owned, tasks, state, who):
    made = ask()
    if state == "granted":
        grant(theirs, ours, owned, made.shared, tasks)
    else:
        with inside(theirs.ref):
            verbs.name_client(access=copy_of(made.shared), client=owned, by=theirs.seat)
    side, client, other = (ours, known, theirs) if who == "asker" else (theirs, owned, ours)
    with tasks(), inside(side.ref):
        erase_client(client=client, reason="asked", by=side.seat)
        assert not Access.objects.exists()
    with inside(other.ref):
        copy = copy_of(made.shared)
        assert copy.values == []
    expected = {"asked": {"asker": "cancelled", "owner": "refused"}, "granted": {"asker": "ended", "owner": "ended"}}
    assert shared_of(made).state == expected[state][who]
    if state == "granted":
        assert shared_of(made).remains == Remains.ERASED


def test_what_arrives_after_somebody_was_erased_is_dropped(granted, ours, theirs, known, owned, tasks):
    for side, client in ((ours, known), (theirs, owned)):
        with tasks(), inside(side.ref):
            erase_client(client=client, reason="asked", by=side.seat)
    Parcel.objects.update(done_at=None)
    with tasks():
        work.carry_outstanding()
    for side in (ours, theirs):
        with inside(side.ref):
            assert not Access.objects.exists()
            assert reading.tell_values(granted.shared) is None
            assert reading.receive_values(crossing.AccessValues(granted.shared, ())) is None
