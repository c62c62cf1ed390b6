"""What access carries between organisations: nothing is lost or doubled, and nobody forges a step."""

from __future__ import annotations

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from halka.common.errors import Refused
from halka.common.identifiers import uuid7
from network_registry.exchange.dealing_enums import ACCESS_EDGES, AccessState
from network_registry.exchange.enums import Remains
from network_registry.exchange.models import DealingEvent, Parcel
from tenants.caseloads.enums import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere import access as verbs
from tenants.referrals.domain.elsewhere import reading
from tenants.referrals.elsewhere import tasks as work
from tenants.referrals.models import Access, AccessStep

from .asked import agreed, copy_of, erased_on_both_sides, grant, shared_of

# --- carrying -------------------------------------------------------------------------------------------------
STAGES = ("tell_request", "note_of", "receive_request", "receive_step", "tell_values", "receive_values")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("after", [False, True])
def test_dying_at_any_stage_loses_and_doubles_nothing(ask, ours, theirs, owned, tasks, monkeypatch, stage, after):
    whole, died = getattr(reading, stage), []

    def dies(*args):
        if not died:
            died.append(stage)
            if after:
                whole(*args)
            raise ConnectionError("the connection is gone")
        return whole(*args)

    monkeypatch.setattr(reading, stage, dies)
    monkeypatch.setattr(work.carry, "delay", lambda *_: None)
    made = ask()

    def carry() -> None:
        for _round in range(6):
            Parcel.objects.filter(done_at=None).update(claimed_until=None)
            with tasks():
                work.carry_outstanding()

    carry()
    grant(theirs, ours, owned, made.shared, tasks)
    carry()
    assert died == [stage]
    with inside(ours.ref):
        assert dict(copy_of(made.shared).values)["phone"]
        verbs.end_access(access=copy_of(made.shared), by=ours.seat)
    carry()
    assert erased_on_both_sides(made, ours, theirs)
    kept = []
    for side in (ours, theirs):
        with inside(side.ref):
            kept.append(sorted((step.event, step.type) for step in AccessStep.objects.all()))
    assert kept[0] == kept[1] == sorted(DealingEvent.objects.values_list("pk", "type"))


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_acts_leaves_both_copies_agreeing(ask, ours, theirs, owned, tasks, seed):
    chance = random.Random(seed)
    made = ask()

    def grants(access, by):
        if access.client is None:
            verbs.name_client(access=access, client=owned, by=by)
        verbs.grant_access(access=access, new_consent=agreed(ConsentPurpose.ACCESS, ours), by=by)

    acts = [
        (theirs, grants, 3),
        (theirs, lambda access, by: verbs.refuse_access(access=access, reason="not_needed", by=by), 1),
        (theirs, lambda access, by: verbs.end_access(access=access, by=by), 1),
        (ours, lambda access, by: verbs.end_access(access=access, by=by), 1),
        (ours, lambda access, by: verbs.cancel_access(access=access, by=by), 1),
        (ours, lambda access, by: verbs.read_again(access=access, by=by), 2),
        (ours, grants, 1),
        (theirs, lambda access, by: verbs.cancel_access(access=access, by=by), 1),
        (theirs, lambda access, by: verbs.read_again(access=access, by=by), 1),
    ]
    for side, verb, _weight in chance.choices(acts, weights=[weight for *_rest, weight in acts], k=6):
        try:
            with tasks(), inside(side.ref), transaction.atomic():
                verb(copy_of(made.shared), side.seat)
        except (Refused, PermissionDenied, Client.DoesNotExist, Consent.DoesNotExist):
            continue
    kept = []
    for side in (ours, theirs):
        with inside(side.ref):
            kept.append([(step.event, step.type) for step in AccessStep.objects.all()])
    assert kept[0] == kept[1] == list(DealingEvent.objects.values_list("pk", "type"))
    state = shared_of(made).state
    with inside(ours.ref):
        assert bool(copy_of(made.shared).values) == (state == AccessState.GRANTED)
    assert (shared_of(made).remains == Remains.ERASED) == (state == AccessState.ENDED)


# --- the database ---------------------------------------------------------------------------------------------
def test_the_trigger_knows_the_same_edges(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after, side FROM dealing_edges() WHERE kind = 'access'")
        written = set(cursor.fetchall())
    assert written == {
        (before.value, after.value, side.value)
        for before, edges in ACCESS_EDGES.items()
        for after, sides in edges.items()
        for side in sides
    }


def touched(side, statement, *values) -> int:
    with inside(side.ref):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [str(value) for value in values])
                return cursor.rowcount
        except DatabaseError:
            return 0


def test_raw_sql_of_one_side_forges_no_step_of_the_other(ask, ours, theirs, owned, tasks):
    made = ask()
    move = "UPDATE exchange_access SET state = %s, until = CURRENT_DATE + 9 WHERE id = %s"
    assert touched(ours, move, "granted", made.shared) == 0
    assert touched(theirs, "UPDATE exchange_access SET state = 'cancelled' WHERE id = %s", made.shared) == 0
    assert touched(ours, "UPDATE exchange_access SET until = CURRENT_DATE WHERE id = %s", made.shared) == 0
    assert touched(theirs, "UPDATE exchange_access SET remains = 'erased' WHERE id = %s", made.shared) == 0
    grant(theirs, ours, owned, made.shared, tasks)
    longer = "UPDATE exchange_access SET until = until + 99 WHERE id = %s"
    assert touched(ours, longer, made.shared) == touched(theirs, longer, made.shared) == 0
    end = "UPDATE exchange_access SET state = 'ended', reason = 'owner', remains = %s WHERE id = %s"
    assert touched(theirs, end, "erased", made.shared) == 0
    assert touched(theirs, end, "waiting", made.shared) == 1
    settle = "UPDATE exchange_access SET remains = 'erased' WHERE id = %s"
    event = "INSERT INTO exchange_dealingevent (id, dealing, type, organisation_id, reason, at) "
    settled = event + "VALUES (%s, %s, 'settled', %s, '', now())"
    assert touched(theirs, settle, made.shared) == 0
    assert touched(theirs, settled, uuid7(), made.shared, theirs.ref.id) == 0
    assert touched(ours, settled, uuid7(), made.shared, ours.ref.id) == 0
    assert touched(ours, settle, made.shared) == 1
    assert touched(ours, settled, uuid7(), made.shared, ours.ref.id) == 1


def test_words_of_models(granted, ours):
    assert str(shared_of(granted)).startswith("A-")
    with inside(ours.ref):
        access = Access.objects.get()
        assert str(access) == str(granted.shared)
        assert str(access.steps.first()) == f"{access.pk} asked"
