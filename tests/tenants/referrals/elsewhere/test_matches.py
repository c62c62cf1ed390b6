"""Two organisations that know the same person: told that there is one, and no more until both agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.identifiers import uuid7
from network_registry.exchange.domain import matches as network
from network_registry.exchange.domain.matches import likeness_of
from network_registry.exchange.errors import MatchOver
from network_registry.exchange.match_enums import MOST_ALIKE, Likeness, Load, MatchState, TokenKind
from network_registry.exchange.models import Match as SharedMatch
from network_registry.exchange.models import MatchSide, Parcel, Token
from tenants.caseloads.domain.consents import record_consent, withdraw_consent
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.models import Client, Consent
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tenants.referrals import crossing
from tenants.referrals.domain.elsewhere import carrying
from tenants.referrals.domain.elsewhere import matches as verbs
from tenants.referrals.elsewhere import tasks as work
from tenants.referrals.models import Match, Presence

from .conftest import ANA, asking, match_of

pytestmark = pytest.mark.usefixtures("taking_part")
NUMBER, DAY, YEAR = TokenKind.NUMBER, TokenKind.NAME_DAY, TokenKind.NAME_YEAR
PHONE, LATIN, PERSIAN = TokenKind.PHONE, TokenKind.SOUND_LATIN, TokenKind.SOUND_PERSIAN


@pytest.mark.parametrize(
    ("kinds", "likeness"),
    [
        ({(NUMBER, NUMBER)}, Likeness.STRONG),
        ({(DAY, DAY), (YEAR, YEAR)}, Likeness.STRONG),
        ({(PHONE, PHONE), (YEAR, YEAR)}, Likeness.STRONG),
        ({(PHONE, PHONE), (LATIN, PERSIAN)}, Likeness.STRONG),
        ({(YEAR, YEAR), (LATIN, LATIN)}, Likeness.POSSIBLE),
        ({(PERSIAN, LATIN)}, Likeness.POSSIBLE),
        ({(PHONE, PHONE)}, Likeness.POSSIBLE),
        ({(PERSIAN, PERSIAN)}, None),
        ({(LATIN, LATIN)}, None),
        (set(), None),
    ],
)
def test_what_the_same_signs_mean(kinds, likeness):
    assert likeness_of(kinds) == likeness


def test_both_learn_that_there_is_somebody_and_no_more(matched, ours, theirs):
    for side, match, other in ((ours, matched.ours, theirs), (theirs, matched.theirs, ours)):
        assert (match.likeness, match.state, match.other_id) == (Likeness.POSSIBLE, MatchState.OPEN, None)
        with inside(side.ref):
            (event,) = Event.objects.filter(type="match.found")
            assert event.data == {"match": str(match.pk), "client": str(match.client_id), "likeness": "possible"}
            assert Entry.objects.filter(action="elsewhere.found", about_id=match.client_id).count() == 1
            held = [str(vars(row)) for row in Match.objects.all()] + [str(event.data)]
            assert not any(str(other.ref.id) in text or other.seat.name in text for text in held)
            with connection.cursor() as cursor:  # all that its role reads of the exchange
                cursor.execute("SELECT * FROM exchange_matchside")
                (row,) = cursor.fetchall()
                assert other.ref.id not in row
                assert str(other.ref.id) not in str(row)
    for message in mail.outbox:
        text = message.subject + message.body
        assert "Ana" not in text
        assert "Šešelj" not in text
        assert "Beta" not in text or "alpha" not in text


def test_both_agree_and_learn_whom_to_talk_to(matched, ours, theirs, tasks):
    with tasks(), inside(ours.ref):
        agreed = verbs.agree_to_match(match=matched.ours, by=ours.seat)
        assert agreed.answered_by_id == ours.seat.membership_id
    assert match_of(theirs, matched.there).agreed is None
    mail.outbox.clear()
    with tasks(), inside(theirs.ref):
        verbs.agree_to_match(match=matched.theirs, by=theirs.seat)
    here, there = match_of(ours, matched.here), match_of(theirs, matched.there)
    assert {here.state, there.state} == {MatchState.REVEALED}
    assert (here.other_id, here.other_name) == (theirs.ref.id, theirs.seat.name)
    assert (there.other_id, there.other_name) == (ours.ref.id, ours.seat.name)
    assert "@" in here.other_email
    assert len(mail.outbox) == 2
    for side, match in ((ours, here), (theirs, there)):
        with inside(side.ref):
            assert Entry.objects.filter(action="elsewhere.revealed", about_id=match.client_id).count() == 1
            with pytest.raises(MatchOver):
                verbs.refuse_match(match=match, by=side.seat)
    with inside(ours.ref):
        assert "Šešelj" not in str(vars(here))


@pytest.mark.parametrize("first", [None, True])
def test_one_does_not_agree_and_it_is_forgotten(matched, ours, theirs, tasks, first):
    if first:
        with tasks(), inside(theirs.ref):
            verbs.agree_to_match(match=matched.theirs, by=theirs.seat)
    with tasks(), inside(ours.ref):
        verbs.refuse_match(match=matched.ours, by=ours.seat)
    for side in (ours, theirs):
        with inside(side.ref):
            assert not Match.objects.exists()
    with inside(theirs.ref):
        assert Entry.objects.filter(action="elsewhere.forgotten").count() == 1
        with pytest.raises(MatchOver):
            verbs.agree_to_match(match=matched.theirs, by=theirs.seat)


def test_nobody_is_asked_about_the_same_two_again(matched, ours, tasks):
    with tasks(), inside(ours.ref):
        verbs.refuse_match(match=matched.ours, by=ours.seat)
    with tasks(), inside(ours.ref):
        withdraw_consent(consent=Consent.objects.get(), how="spoken", by=ours.seat)
    with tasks(), inside(ours.ref):
        record_consent(client=matched.here, new=asking(), by=ours.seat)
    assert Token.objects.filter(organisation=ours.ref.id, compared_at__isnull=False).count() == 2
    with inside(ours.ref):
        assert not Match.objects.exists()


def test_after_thirty_days_it_is_forgotten(matched, ours, theirs, tasks):
    with tasks(), inside(ours.ref):
        verbs.agree_to_match(match=matched.ours, by=ours.seat)
    with time_machine.travel(timezone.now() + timedelta(days=29)), tasks():
        assert work.look_after_matches() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        with inside(theirs.ref):
            assert not Match.objects.unanswered().exists()
        with tasks():
            assert work.look_after_matches() == 2
    for side in (ours, theirs):
        with inside(side.ref):
            assert not Match.objects.exists()
    assert SharedMatch.objects.get().state == MatchState.ENDED


@pytest.mark.parametrize("revealed", [False, True])
@pytest.mark.parametrize("way", ["consent", "erasure"])
def test_whoever_takes_the_consent_back_is_forgotten_on_both_sides(matched, ours, theirs, tasks, revealed, way):
    if revealed:
        for side, match in ((ours, matched.ours), (theirs, matched.theirs)):
            with tasks(), inside(side.ref):
                verbs.agree_to_match(match=match, by=side.seat)
    with tasks(), inside(ours.ref):
        if way == "consent":
            withdraw_consent(consent=Consent.objects.get(), how="spoken", by=ours.seat)
        else:
            erase_client(client=matched.here, reason="asked", by=ours.seat)
        assert not Match.objects.exists()
    with inside(theirs.ref):
        assert not Match.objects.exists()


def test_what_arrives_for_nobody_is_dropped(matched, ours, theirs, tasks):
    """The person was erased, or took the consent back, while it was on its way."""
    with inside(theirs.ref):
        assert verbs.tell_responsible(uuid7(), theirs.ref.id) is None
        verbs.receive_responsible(uuid7(), crossing.Responsible(ours.ref.id, "", ""))
        verbs.forget_match(uuid7())
        now = timezone.now()
        verbs.receive_match(side_id=uuid7(), person=uuid7(), likeness="strong", found_at=now, expires_at=now)
        assert Match.objects.count() == 1


def test_carrying_twice_is_carrying_once(matched, ours, theirs, tasks):
    for side, match in ((ours, matched.ours), (theirs, matched.theirs)):
        with tasks(), inside(side.ref):
            verbs.agree_to_match(match=match, by=side.seat)
    mail.outbox.clear()
    Parcel.objects.update(done_at=None, claimed_until=None)
    with tasks():
        assert work.carry_outstanding() == 4
    assert match_of(ours, matched.here).other_id == theirs.ref.id
    assert mail.outbox == []
    with inside(ours.ref):
        assert Entry.objects.filter(action__in=["elsewhere.found", "elsewhere.revealed"]).count() == 2
    with tasks():
        assert work.carry_outstanding() == 0


def test_a_carrier_that_dies_leaves_it_to_the_next(matched, ours, theirs, tasks, monkeypatch, caplog):
    with inside(ours.ref):
        network.answer_match(side_id=matched.ours.side, agreed=True)
    with inside(theirs.ref):
        network.answer_match(side_id=matched.theirs.side, agreed=True)
    assert len(network.settle(matched.ours.side)) == 2
    assert network.settle(matched.ours.side) == []

    def die(_parcel):
        raise RuntimeError("the connection is gone")

    with monkeypatch.context() as patch:
        patch.setitem(carrying._ROUTES, Load.MATCH_REVEALED, die)
        assert work.carry_outstanding() == 0
        Parcel.objects.filter(done_at=None).update(claimed_until=None)
        with pytest.raises(RuntimeError, match="gone"):
            work.carry(str(matched.ours.side))
    assert "was not carried" in caplog.text
    Parcel.objects.filter(done_at=None).update(claimed_until=None)
    with tasks():
        assert work.carry_outstanding() == 2
    assert match_of(theirs, matched.there).other_id == ours.ref.id


def test_a_lost_task_is_made_up_for(ours, theirs, person, tasks, monkeypatch):
    with monkeypatch.context() as patch:
        for name in ("compare", "settle"):
            patch.setattr(getattr(work, name), "delay", lambda *_: None)
        here, there = person(ours, **ANA), person(theirs, **ANA)
    with tasks():
        assert work.look_after_matches() == 2
    with monkeypatch.context() as patch:
        patch.setattr(work.settle, "delay", lambda *_: None)
        for side, client in ((ours, here), (theirs, there)):
            with tasks(), inside(side.ref):
                verbs.agree_to_match(match=Match.objects.get(client=client), by=side.seat)
    with tasks():
        assert work.look_after_matches() == 2
        assert work.look_after_matches() == 0
    assert match_of(ours, here).other_id == theirs.ref.id


def test_two_records_of_one_organisation_are_no_match(ours, person):
    person(ours, **ANA)
    person(ours, **ANA)
    assert not SharedMatch.objects.exists()


def test_names_that_only_sound_alike_in_one_script_are_no_match(ours, theirs, person):
    here, there = person(ours, **ANA), person(theirs, **{**ANA, "given_name": "Anna"})
    for side, client in ((ours, here), (theirs, there)):
        with inside(side.ref):
            assert not Match.objects.exists()
            assert Presence.objects.get(client=client).signs
    sounds = Token.objects.filter(kind=LATIN).values_list("digest", flat=True)
    assert (len(sounds), len(set(map(bytes, sounds)))) == (2, 1)
    assert not Token.objects.filter(compared_at=None).exists()


def test_whom_to_ask_is_told_by_nobody_who_has_forgotten_it(matched, ours, theirs, tasks, monkeypatch):
    """They took it back after both had agreed, and before it was carried."""
    for side, match in ((ours, matched.ours), (theirs, matched.theirs)):
        with inside(side.ref):
            verbs.agree_to_match(match=match, by=side.seat)
    assert network.settle(matched.ours.side)
    with inside(theirs.ref):
        withdraw_consent(consent=Consent.objects.get(client=matched.there), how="spoken", by=theirs.seat)
    with tasks():
        work.carry_outstanding()
    here = match_of(ours, matched.here)
    assert (here.state, here.other_id, here.other_name) == (MatchState.OPEN, None, "")
    with tasks():
        work.look_after_matches()
    with inside(ours.ref):
        assert not Match.objects.exists()


def test_a_sign_that_many_have_says_nothing(ours, theirs, person):
    crowd = [
        Token(
            organisation_id=theirs.ref.id,
            person=uuid7(),
            kind=TokenKind.PHONE,
            digest=b"",
            expires_on=timezone.localdate(),
        )
        for _ in range(MOST_ALIKE + 1)
    ]
    person(ours, given_name="A", phone="070 123 456")
    digest = Token.objects.get().digest
    for token in crowd:
        token.digest = digest
    Token.objects.bulk_create(crowd[:-1])
    Token.objects.filter(organisation=ours.ref.id).update(compared_at=None)
    asked = Token.objects.get(organisation=ours.ref.id).person
    assert len(network.compare(asked)) == MOST_ALIKE * 2
    Token.objects.bulk_create(crowd[-1:])
    Token.objects.filter(organisation=ours.ref.id).update(compared_at=None, person=uuid7())
    assert network.compare(Token.objects.get(organisation=ours.ref.id).person) == []
    assert network.compare(uuid7()) == []


def test_signs_of_a_consent_that_has_ended_are_not_compared(ours, theirs, person):
    person(ours, **ANA, agrees=asking(days=3))
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        person(theirs, **ANA)
    assert not SharedMatch.objects.exists()


def test_the_owner_is_who_works_with_the_person_else_who_supervises(matched, ours, theirs, seat_in, tasks):
    supervisor = seat_in(theirs.ref, Role.SUPERVISOR)
    Membership.objects.filter(pk=theirs.seat.membership_id).update(ended_at=timezone.now())
    with inside(theirs.ref):
        told = verbs.tell_responsible(matched.theirs.side, theirs.ref.id)
        assert told is not None
        assert told.name == supervisor.name
    Membership.objects.filter(pk=supervisor.membership_id).update(ended_at=timezone.now())
    with inside(theirs.ref):
        Client.objects.filter(pk=matched.there.pk).update(assigned_to=None)
        told = verbs.tell_responsible(matched.theirs.side, theirs.ref.id)
        assert told == crossing.Responsible(theirs.ref.id, "", "")


def test_nobody_to_tell_is_nobody_told(ours, theirs, person, tasks):
    Membership.objects.filter(organisation=theirs.ref.id).update(ended_at=timezone.now())
    person(ours, **ANA)
    there = person(theirs, **ANA)
    with tasks(), inside(theirs.ref):
        Client.objects.filter(pk=there.pk).update(assigned_to=None)
        presence = Presence.objects.get()
        now = timezone.now()
        verbs.receive_match(side_id=uuid7(), person=presence.person, likeness="strong", found_at=now, expires_at=now)
    with inside(theirs.ref):
        assert Match.objects.count() == 2


# --- raw SQL ------------------------------------------------------------------------------------------------
def test_neither_side_answers_for_the_other_nor_moves_the_match(matched, ours, theirs):
    refused = (
        ("UPDATE exchange_matchside SET agreed = true, answered_at = now() WHERE id = %s", matched.theirs.side),
        ("UPDATE exchange_matchside SET state = 'revealed' WHERE id = %s", matched.ours.side),
        ("UPDATE exchange_matchside SET organisation_id = organisation_id WHERE id = %s", matched.ours.side),
        ("UPDATE exchange_match SET state = 'revealed' WHERE id <> %s", matched.ours.side),
        ("INSERT INTO exchange_match (id) VALUES (%s)", matched.ours.side),
        ("DELETE FROM exchange_matchside WHERE id = %s", matched.ours.side),
    )
    with inside(ours.ref):
        for statement, key in refused:
            touched = 0
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, [str(key)])
                    touched = cursor.rowcount
            except DatabaseError:
                pass
            assert touched == 0, statement
    assert MatchSide.objects.filter(agreed=None, state=MatchState.OPEN).count() == 2


def test_what_is_over_is_answered_no_more(matched, ours):
    MatchSide.objects.update(state=MatchState.ENDED)
    with inside(ours.ref), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_matchside SET agreed = true, answered_at = now()")
        assert cursor.rowcount == 0
    with inside(ours.ref), pytest.raises(MatchOver):
        verbs.agree_to_match(match=matched.ours, by=ours.seat)


def test_words_of_models(matched, ours):
    shared = SharedMatch.objects.get()
    assert str(shared) == f"{shared.pk} open"
    assert {str(side) for side in MatchSide.objects.all()} == {
        f"{shared.pk} {key}" for key in MatchSide.objects.values_list("organisation", flat=True)
    }
    assert str(Parcel.objects.first()).endswith("match_found")
    with inside(ours.ref):
        assert str(Match.objects.get()) == f"{matched.here.pk} open"
