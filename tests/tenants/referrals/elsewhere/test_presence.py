"""Who is asked about: those who agreed, by what they agreed to, for as long as they agreed, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM
from halka.audit.models import Entry
from halka.common.identifiers import uuid7
from network_registry.exchange.domain import matches as network
from network_registry.exchange.errors import EnoughForToday
from network_registry.exchange.match_enums import PEOPLE_A_DAY, TokenKind
from network_registry.exchange.models import Token, TokenCount
from tenants.caseloads.domain.clients import ClientDetails, add_client, change_client, details_of
from tenants.caseloads.domain.consents import record_consent, renew_consent, withdraw_consent
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.domain.merging import Kept, merge_clients, unmerge
from tenants.caseloads.models import Client, Consent
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere.presence import change_participation, place_all, place_signs
from tenants.referrals.elsewhere import tasks as work
from tenants.referrals.models import Participation, Presence

from .conftest import ANA, asking

pytestmark = pytest.mark.usefixtures("taking_part")


def tokens_of(ref: Any) -> int:
    return Token.objects.filter(organisation=ref.id).count()


def test_signs_lie_there_as_long_as_the_consent(ours, person):
    client = person(ours, **ANA)
    tokens = Token.objects.filter(organisation=ours.ref.id)
    assert {token.kind for token in tokens} == {TokenKind.NAME_YEAR, TokenKind.SOUND_LATIN}
    with inside(ours.ref):
        consent = Consent.objects.get(client=client)
        assert {token.expires_on for token in tokens} == {consent.expires_on}
        assert Entry.objects.filter(action="elsewhere.asked", about_id=client.pk).count() == 1
        assert {token.person for token in tokens} == {Presence.objects.get(client=client).person}
        assert not place_signs(client.pk)  # they lie there


def test_nobody_is_asked_about_without_agreeing(ours, person, tasks):
    with tasks(), inside(ours.ref):
        client = add_client(details=ClientDetails(**ANA), by=ours.seat)
    with tasks(), inside(ours.ref):
        assert not place_signs(client.pk)
        assert not place_signs(uuid7())
        details = details_of(client)
        change_client(client=client, details=type(details)(**{**ANA, "place": "Bor"}), seen_version=1, by=ours.seat)
    assert tokens_of(ours.ref) == 0


def test_taking_the_consent_back_takes_the_signs_away_at_once(ours, person):
    client = person(ours, **ANA)
    with inside(ours.ref):
        before = Presence.objects.get(client=client).person
        withdraw_consent(consent=Consent.objects.get(client=client), how="spoken", by=ours.seat)
        assert Presence.objects.get(client=client).person == before
    assert tokens_of(ours.ref) == 0


def test_renewing_keeps_on_asking(ours, person, tasks):
    client = person(ours, **ANA)
    with tasks(), inside(ours.ref):
        newer = renew_consent(consent=Consent.objects.get(client=client), new=asking(days=200), by=ours.seat)
    assert {token.expires_on for token in Token.objects.all()} == {newer.expires_on}


def test_a_changed_name_is_asked_about_anew(ours, person, tasks):
    client = person(ours, **ANA)
    before = set(Token.objects.values_list("digest", flat=True))
    with tasks(), inside(ours.ref):
        details = type(details_of(client))(**{**ANA, "family_name": "Ilić"})
        change_client(client=client, details=details, seen_version=1, by=ours.seat)
    after = set(Token.objects.values_list("digest", flat=True))
    assert len(after) == 2
    assert not set(map(bytes, before)) & set(map(bytes, after))
    with tasks(), inside(ours.ref):
        nameless = type(details)(given_name="Ana")
        change_client(client=client, details=nameless, seen_version=2, by=ours.seat)
    assert tokens_of(ours.ref) == 0


def test_erasing_leaves_nothing_behind(ours, person):
    client = person(ours, **ANA)
    with inside(ours.ref):
        erase_client(client=client, reason="asked", by=ours.seat)
        assert not Presence.objects.exists()
    assert tokens_of(ours.ref) == 0


def test_a_merged_record_is_asked_about_no_more_until_it_is_taken_out(ours, person, tasks):
    kept, absorbed = person(ours, **ANA), person(ours, **{**ANA, "given_name": "Anna"})
    with tasks(), inside(ours.ref):
        result = Kept(details=details_of(kept), assigned_to=kept.assigned_to_id)
        merge = merge_clients(keep=kept, absorb=absorbed, result=result, seen_versions=(1, 1), by=ours.seat)
        people = {presence.client_id: presence for presence in Presence.objects.all()}
        assert people[absorbed.pk].signs == ""
    assert set(Token.objects.values_list("person", flat=True)) == {people[kept.pk].person}
    with tasks(), inside(ours.ref):
        assert not place_signs(absorbed.pk)
        unmerge(merge=merge, by=ours.seat)
    assert len(set(Token.objects.values_list("person", flat=True))) == 2


def test_leaving_takes_everything_back(ours, theirs, person, tasks):
    person(ours, **ANA)
    person(theirs, given_name="Somebody", family_name="Else", birth_year=1950)
    with tasks(), inside(ours.ref):
        change_participation(takes_part=False, by=ours.seat)
        change_participation(takes_part=False, by=ours.seat)
        assert Entry.objects.filter(action="elsewhere.left").count() == 1
    assert (tokens_of(ours.ref), tokens_of(theirs.ref)) == (0, 2)
    person(ours, given_name="New", family_name="Comer", birth_year=1980)
    assert tokens_of(ours.ref) == 0
    with tasks(), inside(ours.ref):
        assert str(Participation.objects.get()) == "False"
        change_participation(takes_part=True, by=ours.seat)
    assert tokens_of(ours.ref) == 4  # both


def test_a_consent_that_ends_by_itself_ends_the_asking(ours, person, tasks):
    client = person(ours, **ANA, agrees=asking(days=5))
    with time_machine.travel(timezone.now() + timedelta(days=6)), tasks():
        assert network.sweep_expired() == 2
        with inside(ours.ref):
            assert place_all() == 0
            assert Presence.objects.get(client=client).signs == ""
    assert tokens_of(ours.ref) == 0


def test_the_nightly_round_reaches_every_organisation(ours, theirs, person, tasks):
    person(ours, **ANA)
    Token.objects.all().delete()
    with inside(ours.ref):
        presence = Presence.objects.get()
        presence.delete()
        Presence.objects.create(client_id=presence.client_id, person=presence.person)
    with tasks():
        assert work.refresh_everywhere() >= 2
    assert tokens_of(ours.ref) == 2


def test_a_new_pepper_makes_all_old_signs_worthless(ours, person, tasks):
    person(ours, **ANA)
    before = {bytes(digest) for digest in Token.objects.values_list("digest", flat=True)}
    call_command("rotate_pepper", stdout=StringIO())
    assert not Token.objects.exists()
    with tasks(), inside(ours.ref):
        assert place_all() == 1
    assert not before & {bytes(digest) for digest in Token.objects.values_list("digest", flat=True)}


# --- how many -------------------------------------------------------------------------------------------------
def use_up(ref: Any, people: int = PEOPLE_A_DAY) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchange_tokencount (id, organisation_id, day, people) VALUES (%s, %s, CURRENT_DATE, %s)",
            [str(uuid7()), str(ref.id), people],
        )


def test_nobody_asks_about_more_people_than_a_day_allows(ours, theirs, person, tasks):
    use_up(ours.ref, PEOPLE_A_DAY - 1)
    with inside(ours.ref):
        assert network.left_today() == 1
    person(ours, **ANA)
    late = person(ours, given_name="Late", family_name="Comer", birth_year=1980)
    assert tokens_of(ours.ref) == 2
    with inside(ours.ref):
        assert network.left_today() == 0
        with pytest.raises(EnoughForToday):
            place_signs(late.pk)
        assert place_all() == 0
    person(theirs, **ANA)
    assert tokens_of(theirs.ref) == 2
    TokenCount.objects.all().delete()  # tomorrow
    with tasks(), inside(ours.ref):
        assert place_all() == 1


def test_the_database_counts_whatever_the_role_runs(ours):
    use_up(ours.ref)
    with inside(ours.ref):
        with pytest.raises(EnoughForToday):
            network.add_tokens(person=uuid7(), digests=[(TokenKind.PHONE, b"x" * 32)], expires_on=timezone.localdate())
        for statement in (
            "DELETE FROM exchange_tokencount",
            "UPDATE exchange_tokencount SET people = 0",
            "SELECT digest FROM exchange_token",
            "SELECT count(*) FROM exchange_match",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_other_faults_of_the_database_are_not_hidden(ours):
    with inside(ours.ref), pytest.raises(DatabaseError), transaction.atomic():
        network.add_tokens(person=uuid7(), digests=[(TokenKind.PHONE, b"x" * 32)] * 2, expires_on=timezone.localdate())


def test_the_trigger_knows_the_same_number():
    folder = Path(network.__file__).parent.parent / "migrations"
    (migration,) = folder.glob("*_matches.py")
    assert f"used > {PEOPLE_A_DAY} " in migration.read_text()


def test_words_of_models(ours, person):
    client = person(ours, **ANA)
    assert str(TokenCount.objects.first()).startswith(str(ours.ref.id))
    assert {str(token).split()[1] for token in Token.objects.all()} == {"name_year", "sound_latin"}
    with inside(ours.ref):
        assert str(Presence.objects.get()) == str(client.pk)
        assert Client.objects.filter(presence__isnull=False).count() == 1
        record_consent(client=client, new=asking(), by=SYSTEM)
