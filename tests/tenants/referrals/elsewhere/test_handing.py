"""A case is handed over for good: nothing is lost or doubled, whoever dies, and nobody forges a step."""

from __future__ import annotations

import itertools
import random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from halka.common.errors import Refused
from halka.common.identifiers import uuid7
from network_registry.exchange.dealing_enums import TRANSFER_EDGES, TransferState
from network_registry.exchange.models import DealingEvent, Parcel
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.models import (
    Case,
    Client,
    Document,
    Exit,
)
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere import handing
from tenants.referrals.domain.elsewhere import transfers as verbs
from tenants.referrals.elsewhere import tasks as work
from tenants.referrals.models import Transfer, TransferStep

from .handover import copy_of, me, state_of

pytestmark = pytest.mark.usefixtures("own_files")


# --- carrying -------------------------------------------------------------------------------------------------
STAGES = ("tell_offer", "note_of", "receive_offer", "receive_step", "hand_over", "receive_record", "tell_file",
          "receive_file", "receive_done")  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("after", [False, True])
def test_dying_at_any_stage_loses_and_doubles_nothing(offer, ours, theirs, tasks, life, monkeypatch, stage, after):
    """The carrier dies before, or just after the stage's own commit; the next one goes on."""
    whole, died = getattr(handing, stage), []

    def dies(*args):
        if not died:
            died.append(stage)
            if after:
                whole(*args)
            raise ConnectionError("the connection is gone")
        return whole(*args)

    monkeypatch.setattr(handing, stage, dies)
    monkeypatch.setattr(work.carry, "delay", lambda *_: None)
    made = offer()

    def carry() -> None:
        for _round in range(8):
            Parcel.objects.filter(done_at=None).update(claimed_until=None)
            with tasks():
                work.carry_outstanding()

    carry()
    with inside(theirs.ref):
        verbs.open_transfer(transfer=copy_of(theirs, made.shared), by=theirs.seat)
        verbs.accept_transfer(transfer=copy_of(theirs, made.shared), assignee=me(theirs), by=theirs.seat)
    carry()
    assert died == [stage]
    assert state_of(made.shared) == TransferState.ARRIVED
    assert not Parcel.objects.filter(done_at=None).exists()
    with inside(theirs.ref):
        assert (Client.objects.count(), Document.objects.count(), Transfer.objects.count()) == (1, 1, 1)
        there = sorted((step.event, step.type) for step in TransferStep.objects.all())
    with inside(ours.ref):
        assert Exit.objects.get().kind == "transferred"
        assert sorted((step.event, step.type) for step in TransferStep.objects.all()) == there
    assert sorted(DealingEvent.objects.values_list("pk", "type")) == there


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_acts_leaves_both_copies_agreeing(offer, ours, theirs, tasks, life, seed):
    chance = random.Random(seed)
    made = offer()
    acts = [
        (theirs, verbs.open_transfer, {}),
        (theirs, verbs.decline_transfer, {"reason": "no_place"}),
        (theirs, verbs.accept_transfer, {"assignee": None}),
        (ours, verbs.withdraw_transfer, {"reason": "changed"}),
        (ours, verbs.open_transfer, {}),
        (ours, verbs.accept_transfer, {"assignee": None}),
        (theirs, verbs.withdraw_transfer, {"reason": "changed"}),
    ]
    for side, verb, values in chance.choices(acts, weights=[6, 1, 3, 1, 1, 1, 1], k=6):
        try:
            with tasks(), inside(side.ref):
                given = {**values, "assignee": me(side)} if "assignee" in values else values
                verb(transfer=copy_of(side, made.shared), **given, by=side.seat)
        except (Refused, PermissionDenied):
            continue
    work.carry_outstanding()
    kept = {}
    for side in (ours, theirs):
        with inside(side.ref):
            kept[side.ref.short_name] = [(step.event, step.type, step.reason) for step in TransferStep.objects.all()]
            feed = set(Event.objects.filter(type__startswith="transfer.").values_list("source_id", flat=True))
            assert feed == {event for event, _type, _reason in kept[side.ref.short_name]}
    events = list(DealingEvent.objects.values_list("pk", "type", "reason"))
    assert kept["alpha"] == kept["beta"] == events
    for (_a, before, _b), (_c, later, _d) in itertools.pairwise(events):
        assert later in TRANSFER_EDGES[TransferState(before)]
    with inside(theirs.ref):
        arrived = state_of(made.shared) == TransferState.ARRIVED
        assert Client.objects.exists() == arrived
        assert bool(copy_of(theirs, made.shared).record) == arrived
    with inside(ours.ref):
        assert Case.objects.get(pk=life.case.pk).is_open != arrived


# --- the database ---------------------------------------------------------------------------------------------
def test_the_trigger_knows_the_same_edges(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after, side FROM dealing_edges() WHERE kind = 'transfer'")
        written = set(cursor.fetchall())
    assert written == {
        (before.value, after.value, side.value)
        for before, edges in TRANSFER_EDGES.items()
        for after, sides in edges.items()
        for side in sides
    }


def test_raw_sql_of_one_side_forges_no_step_of_the_other(offer, ours, theirs, alpha, beta):
    made = offer()

    def refused(side, statement, *values) -> None:
        with inside(side.ref):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, [str(value) for value in values])
                    assert cursor.rowcount == 0, statement
            except DatabaseError:
                return

    move = "UPDATE exchange_transfer SET state = %s WHERE id = %s"
    for side, states in (
        (ours, ("opened", "accepted", "arrived", "expired")),
        (theirs, ("withdrawn", "expired", "arrived")),
    ):
        for state in states:
            refused(side, move, state, made.shared)
    refused(theirs, move, "offered", made.shared)
    refused(theirs, "UPDATE exchange_transfer SET sender_id = %s WHERE id = %s", beta.id, made.shared)
    refused(theirs, "DELETE FROM exchange_transfer WHERE id = %s", made.shared)
    event = "INSERT INTO exchange_dealingevent (id, dealing, type, organisation_id, reason, at) "
    refused(ours, event + "VALUES (%s, %s, 'offered', %s, '', now())", uuid7(), made.shared, beta.id)
    refused(ours, event + "VALUES (%s, %s, 'accepted', %s, '', now())", uuid7(), made.shared, alpha.id)
    refused(ours, event + "VALUES (%s, %s, 'offered', %s, '', now())", uuid7(), uuid7(), alpha.id)
    parcel = "INSERT INTO exchange_parcel (id, dealing, to_id, load, attempts, done_at) "
    refused(ours, parcel + "VALUES (%s, %s, %s, 'transfer_step', 0, now())", uuid7(), made.shared, beta.id)
    refused(ours, "UPDATE exchange_parcel SET done_at = now() WHERE dealing = %s", made.shared)
    assert state_of(made.shared) == TransferState.OFFERED


def test_a_stranger_sees_nothing_of_it(offer, secretariat):
    offer()
    with inside(secretariat):
        assert not SharedTransfer.objects.exists()
        assert not Parcel.objects.exists()
        assert not DealingEvent.objects.exists()


def test_words_of_models(offer, ours):
    made = offer()
    shared = SharedTransfer.objects.get(pk=made.shared)
    assert str(shared) == shared.reference
    assert shared.reference.startswith("T-")
    assert str(DealingEvent.objects.get()) == f"{shared.pk} offered"
    with inside(ours.ref):
        transfer = Transfer.objects.get()
        assert str(transfer) == str(shared.pk)
        assert str(transfer.steps.get()) == f"{transfer.pk} offered"
