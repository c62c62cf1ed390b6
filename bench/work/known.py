"""Signs of so many people in the network, and somebody new who may be one of them."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery.app.task import Task
from django.db import connection, transaction
from django.utils import timezone

from bench.work.referrals import MANAGER, fill, found, somebody
from halka.common.current import OrganisationRef
from network_registry.exchange.domain import matches
from network_registry.exchange.models import MatchSide, Token, TokenCount
from tenants.caseloads.domain.clients import new_client
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain.elsewhere.presence import change_participation, place_signs, takes_part
from tenants.referrals.models import Presence

__all__ = ["begin", "check", "confirm", "fill", "found", "lay"]
SIGNS = ("number", "phone", "name_day", "name_year")  # of one person
Task.delay = lambda self, *arguments: None  # what is measured is called here, one after the other
asking: list[OrganisationRef] = []
matched: list[UUID] = []
ASIDE = """
SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes WHERE tablename = 'exchange_token'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
UNION ALL
SELECT format('ALTER TABLE exchange_token DROP CONSTRAINT %I', conname),
    format('ALTER TABLE exchange_token ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = 'exchange_token'::regclass AND contype = 'f'
"""
LAID = """
INSERT INTO exchange_token (id, organisation_id, person, kind, digest, expires_on, added_at, compared_at)
SELECT gen_random_uuid(), organisation, person, kind, sha256(convert_to(person::text || kind, 'UTF8')),
    current_date + 300, now(), now()
FROM (
    SELECT organisation, gen_random_uuid() AS person
    FROM unnest(%(keys)s::uuid[]) AS organisation, generate_series(1, %(each)s)
) AS people, unnest(%(signs)s::text[]) AS kind
"""


def lay(organisations: int, each: int, anew: bool) -> int:
    """Signs of the people of so many organisations, none of whom will ask; for how many people they lie there."""
    others = Organisation.objects.order_by("-schema_name")[: min(organisations, Organisation.objects.count() - 2)]
    keys = [organisation.pk for organisation in others]
    laid, wanted = Token.objects.count() // len(SIGNS), len(keys) * each
    if not laid or (anew and laid < wanted):
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE exchange_token DISABLE TRIGGER USER")
            cursor.execute("TRUNCATE exchange_token")
            cursor.execute(ASIDE)
            parts = cursor.fetchall()
            for aside, _again in parts:  # made anew at the end, which is faster
                cursor.execute(aside)
            cursor.execute(LAID, {"keys": keys, "each": each, "signs": list(SIGNS)})
            for _aside, again in parts:
                cursor.execute(again)
            cursor.execute("ALTER TABLE exchange_token ENABLE TRIGGER USER")
    return Token.objects.count() // len(SIGNS)


def begin() -> None:
    """Two organisations that take part, and asked nothing yet today."""
    with as_owner():
        TokenCount.objects.all().delete()
    for organisation in Organisation.objects.order_by("schema_name")[:2]:
        ref = organisation.ref()
        with inside(ref):
            if not takes_part():
                change_participation(takes_part=True, by=MANAGER)
        asking.append(ref)


def check(count: int) -> list[float]:
    """Milliseconds for each of `count` people. Every second one is known to the other organisation already."""
    taken = []
    for number in range(count):
        details = somebody(national_number=True)
        if number % 2:
            _ask(asking[1], _add(asking[1], details))
        client = _add(asking[0], details)
        started = time.perf_counter()
        told = _ask(asking[0], client)
        taken.append((time.perf_counter() - started) * 1000)
        assert len(told) == (2 if number % 2 else 0), told
        matched.extend(told)
    return taken


def _add(ref: OrganisationRef, details: Any) -> UUID:
    with inside(ref), transaction.atomic():
        client = new_client(details=details, by=MANAGER)
        client.save(force_insert=True)
        scopes = [ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.OFFICIAL]
        ends = timezone.localdate() + timedelta(days=300)
        agreed = NewConsent(scopes, "signed", ends, purpose=ConsentPurpose.NETWORK_CHECK)
        record_consent(client=client, new=agreed, by=MANAGER)
        return client.pk


def _ask(ref: OrganisationRef, client: UUID) -> list[UUID]:
    """The organisation places the signs, the network compares them; the sides that are told of a match."""
    with inside(ref):
        assert place_signs(client)
        person = Presence.objects.values_list("person", flat=True).get(client=client)
    return matches.compare(person)


def confirm() -> None:
    """Every match has its two sides."""
    assert MatchSide.objects.filter(pk__in=matched).count() == len(matched) > 0
