"""A network of so many organisations with referrals of their own, eight of which refer people to each other now."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Scope, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from network_registry.exchange.models import Envelope, OutboxItem
from tenants.caseloads.domain.clients import ClientDetails, new_client
from tenants.caseloads.models import Client
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.provisioning import refill_spares as refill_pool
from tenants.organisations.domain.software import add_software, rotate_secret
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Membership, Organisation, Software

AT_WORK = 8  # organisations: each thread keeps so many connections
POOL = 25
SCOPES = (Scope.REFERRALS_WRITE, Scope.CLIENTS_READ, Scope.DISCLOSURES_READ)
MANAGER = Seat(1, None, Role.MANAGER, "Bench")
SYLLABLES = [first + second for first in "bcdfghjklmnprstvz" for second in "aeiou"]
chance = random.SystemRandom()  # people of another run have other names
at_work: list[OrganisationRef] = []

# Referrals of before: each organisation has sent so many and received as many. Four in five are over.
ENVELOPES = """
INSERT INTO exchange_envelope (
    id, reference, sender_id, target_id, service, state, reason, result, remains, created_at, sent_at, opened_at,
    answered_at, started_at, ended_at, closed_at, moved_at, days, waited, passed, due, due_at, version
)
SELECT gen_random_uuid(), 'B-' || upper(to_hex(1000000 + place * %(each)s + turn)), sender, target, 'mentoring',
    CASE WHEN is_over THEN 'closed' ELSE 'opened' END, '', CASE WHEN is_over THEN 'completed' ELSE '' END, '', at, at,
    at, CASE WHEN is_over THEN at END, CASE WHEN is_over THEN at END, CASE WHEN is_over THEN at END,
    CASE WHEN is_over THEN at END, at, '{"expiry": 30}', interval '0', '', CASE WHEN is_over THEN '' ELSE 'expiry' END,
    CASE WHEN is_over THEN NULL ELSE now() + interval '20 days' END, 7
FROM (
    SELECT place, turn, turn %% 5 <> 0 AS is_over, now() - make_interval(days => turn + 1) AS at,
        keys[place] AS sender, keys[1 + (place - 1 + turn) %% cardinality(keys)] AS target
    FROM (SELECT %(keys)s::uuid[] AS keys) AS every,
        generate_series(1, cardinality(keys)) AS place, generate_series(1, %(each)s) AS turn
) AS made
WHERE sender <> target
"""
EVENTS = """
INSERT INTO exchange_envelopeevent (id, envelope_id, type, state, version, organisation_id, reason, at)
SELECT gen_random_uuid(), envelope.id, step.name, step.name, step.number + 1,
    CASE WHEN step.name IN ('sent', 'closed') THEN sender_id ELSE target_id END,
    CASE WHEN step.name = 'completed' THEN 'job' ELSE '' END, moved_at
FROM exchange_envelope AS envelope CROSS JOIN
    unnest(ARRAY['sent', 'opened', 'accepted', 'started', 'completed', 'closed']) WITH ORDINALITY AS step (name, number)
WHERE envelope.state = 'closed' OR step.number < 3
"""
CARRIED = """
INSERT INTO exchange_outboxitem (id, envelope_id, to_id, freight, event_id, created_at, done_at, attempts)
SELECT gen_random_uuid(), envelope.id, CASE WHEN organisation_id = sender_id THEN target_id ELSE sender_id END,
    CASE WHEN event.type = 'sent' THEN 'preview' ELSE 'step' END, event.id, at, at, 1
FROM exchange_envelopeevent AS event JOIN exchange_envelope AS envelope ON envelope.id = event.envelope_id
"""
PERSON = """
INSERT INTO caseloads_client
SELECT (jsonb_populate_record(NULL::caseloads_client, %(person)s::jsonb)).*
"""
COPIES = """
INSERT INTO referrals_referral (
    id, envelope_id, direction, other_id, client_id, need, urgency, area, left_out, disclosed, disclosed_at,
    names_person, made_client, distance, created_at, version
)
SELECT gen_random_uuid(), id, CASE WHEN sender_id = %(here)s THEN 'out' ELSE 'in' END,
    CASE WHEN sender_id = %(here)s THEN target_id ELSE sender_id END, %(person_id)s, '', 'normal', '', '[]', '',
    answered_at, answered_at IS NOT NULL, false, '{}', created_at, 1
FROM exchange_envelope WHERE sender_id = %(here)s OR target_id = %(here)s
"""
STEPS = """
INSERT INTO referrals_step (id, referral_id, event, type, side, reason, note, by_name, at)
SELECT gen_random_uuid(), referral.id, event.id, event.type,
    CASE WHEN event.type IN ('sent', 'closed') THEN 'sender' ELSE 'target' END, event.reason, '', '', event.at
FROM referrals_referral AS referral
JOIN exchange_envelopeevent AS event ON event.envelope_id = referral.envelope_id
"""


# --- filling what is not there yet ------------------------------------------------------------------------------
def found(organisations: int) -> int:
    """Makes what is missing of so many organisations; how many there are."""
    there = Organisation.objects.count()
    while there < organisations:
        count = min(POOL, organisations - there)
        refill_pool(target=count)
        for number in range(there, there + count):
            name = f"refer{number:04}"
            provision(new=NewOrganisation(name, {"en": f"Organisation {number}"}))
        there += count
    return there


def fill(each: int) -> int:
    """Referrals of before; how many."""
    if Envelope.objects.exists():
        return Envelope.objects.count()
    refs = [organisation.ref() for organisation in Organisation.objects.order_by("schema_name")]
    with inside(refs[0]):
        person = new_client(details=somebody(), by=MANAGER)
        person.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(one) FROM caseloads_client AS one WHERE id = %s", [person.pk])
            row = cursor.fetchone()[0]
    row = json.loads(row) if isinstance(row, str) else row
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENVELOPES, {"keys": [ref.id for ref in refs], "each": each})
        cursor.execute(EVENTS)
        cursor.execute(CARRIED)
        cursor.execute("ANALYZE exchange_envelope, exchange_envelopeevent")
        for ref in refs:
            values = {"here": ref.id, "person_id": person.pk, "person": json.dumps(row)}
            cursor.execute(f"SET LOCAL search_path = {connection.ops.quote_name(ref.short_name)}, public")
            for statement in (*([PERSON] if ref is not refs[0] else []), COPIES, STEPS):
                cursor.execute(statement, values)
    return Envelope.objects.count()


def begin() -> list[dict[str, Any]]:
    """Those that refer to each other now: what their software needs, and who takes people on."""
    sides = []
    for organisation in Organisation.objects.order_by("schema_name")[:AT_WORK]:
        ref = organisation.ref()
        at_work.append(ref)
        software = Software.objects.filter(organisation=organisation).first()
        with inside(ref):
            if software is None:
                software, secret = add_software(name="Bench", scopes=SCOPES, by=MANAGER)
            else:
                software, secret = rotate_secret(software=software.pk, hours=0, by=MANAGER)
        member = Membership.objects.filter(organisation=organisation).first()
        if member is None:
            user = User.objects.create_user(f"{ref.short_name}@example.org", name="Somebody")
            member = Membership.objects.create(organisation=organisation, user=user, role=Role.CASEWORKER)
        sides.append(
            {
                "id": str(ref.id),
                "host": workspace_host(ref.short_name),
                "client_id": software.client_id,
                "secret": secret,
                "assignee": str(member.pk),
            }
        )
    return sides


# --- between the measured parts ---------------------------------------------------------------------------------
def people(count: int) -> list[list[str]]:
    """So many new people of each organisation at work, whom nobody has referred yet."""
    found = []
    for ref in at_work:
        with inside(ref):
            new = [new_client(details=somebody(), by=MANAGER) for _number in range(count)]
            Client.objects.bulk_create(new)
            found.append([str(client.pk) for client in new])
    return found


def somebody(*, national_number: bool = False) -> ClientDetails:
    """Like nobody else, so that whoever is told of them need not be asked whether they know them."""
    return ClientDetails(
        given_name=_name(),
        family_name=_name(),
        born_on=date(chance.randrange(1960, 2005), chance.randrange(1, 13), chance.randrange(1, 29)),
        national_number=str(chance.randrange(10**12, 10**13)) if national_number else "",
        phone=f"+381{chance.randrange(10**8, 10**9)}",
        place="Valjevo",
        language="sr",
    )


def _name() -> str:
    return "".join(chance.choice(SYLLABLES) for _part in range(5)).title()


def left() -> dict[str, int]:
    """What did not arrive, and how many referrals of today went the whole way."""
    today = Envelope.objects.filter(created_at__date=timezone.now().date())
    return {
        "undelivered": OutboxItem.objects.undelivered().count(),
        "closed": today.filter(state="closed").count(),
        "others": today.exclude(state="closed").count(),
    }
