"""The machine of a merger: by its table and nothing else; what workers find to do; who it can be."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.membership.domain import mergers
from network_registry.membership.enums import (
    MERGER_HOLDS,
    MERGER_OPEN,
    MERGER_TONES,
    MERGER_TRANSITIONS,
    MERGER_WORKED_ON,
    Actor,
    MergerState,
)
from network_registry.membership.errors import CannotMerge, Superseded
from network_registry.membership.models import Merger, MergerAnswer
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation


def merger_of(alpha: OrganisationRef, beta: OrganisationRef, **values: Any) -> Merger:
    given = {"reason": "x", "proposed_by_name": "x", "merged_at": timezone.now()}
    return Merger.objects.create(absorbed_id=alpha.id, remaining_id=beta.id, **{**given, **values})


def test_the_table_is_whole() -> None:
    assert set(MERGER_TRANSITIONS) == set(MergerState) == {MergerState(code) for code in MERGER_TONES}
    ends = {state for state, targets in MERGER_TRANSITIONS.items() if not targets}
    assert ends == {MergerState.DECLINED, MergerState.WITHDRAWN, MergerState.FAILED, MergerState.UNDONE}
    assert not ends & (MERGER_OPEN | MERGER_HOLDS)
    assert MERGER_WORKED_ON <= MERGER_HOLDS


def test_it_moves_by_the_table_alone(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    merger = merger_of(alpha, beta)
    for before, after, actor in product(MergerState, MergerState, Actor):
        Merger.objects.update(state=before, version=1)
        if actor in MERGER_TRANSITIONS[before].get(after, ()):
            mergers.move(merger, after, actor=actor)
            found = Merger.objects.get()
            assert (found.state, found.version, merger.state_now) == (after, 2, after)
        elif not any(actor in targets.get(after, ()) for targets in MERGER_TRANSITIONS.values()):
            with pytest.raises(CannotMerge):
                mergers.move(merger, after, actor=actor)
    Merger.objects.update(state=MergerState.UNDONE)
    with pytest.raises(CannotMerge, match="faster"):
        mergers.move(merger, MergerState.UNDOING, actor=Actor.SECRETARIAT)
    assert str(merger)


def test_workers_take_turns(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    merger = merger_of(alpha, beta)
    assert mergers.take(merger.pk) is None
    now = timezone.now()
    Merger.objects.update(state=MergerState.MERGING, due_at=now)
    assert mergers.due(9) == [merger.pk]
    first = mergers.take(merger.pk)
    assert first is not None
    assert mergers.take(merger.pk) is None
    assert mergers.due(9) == []
    mergers.go_on(first, done=1)
    mergers.check_turn(first)
    Merger.objects.update(due_at=now)
    with pytest.raises(Superseded):
        mergers.check_turn(first)
    second = mergers.take(merger.pk)
    assert second is not None
    assert second.tries == 2
    with pytest.raises(Superseded):
        mergers.go_on(first)
    mergers.give_back(first)
    mergers.check_turn(second)
    mergers.give_back(second)
    found = Merger.objects.get()
    assert found.turn is None
    assert found.due_at is not None
    assert found.due_at > now + timedelta(seconds=30)


def test_answers_are_drawn_together(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    merger = merger_of(alpha, beta)

    def says(organisation: UUID, **values: Any) -> MergerAnswer:
        given = {"agrees": True, "by_name": "x", **values}
        return MergerAnswer.objects.create(merger=merger, organisation_id=organisation, **given)

    assert mergers.settle_answers(merger.pk) == ""
    said = says(alpha.id)
    assert mergers.due(9) == []
    assert mergers.settle_answers(merger.pk) == ""
    says(beta.id)
    assert mergers.due(9) == [merger.pk]
    for values in ({"organisation": beta.id}, {"organisation": beta.id, "about": "undo", "agrees": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            says(**values)
    assert mergers.settle_answers(merger.pk) == "agreed"
    assert mergers.settle_answers(merger.pk) == ""
    assert str(said)
    assert mergers.confirmed(merger) is None
    given_up = says(beta.id, about="undo")
    assert mergers.confirmed(merger) == given_up


def test_what_is_said_of_a_merger(alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef) -> None:
    merger = merger_of(
        alpha, beta, merged_at=None, moved={"services": ["1"], "programmes": {str(alpha.id): str(beta.id)}}
    )
    assert (merger.undo_until, merger.may_be_undone) == (None, False)
    assert [merger.side_of(ref.id) for ref in (alpha, beta, secretariat)] == ["absorbed", "remaining", ""]
    assert (merger.keys("services"), merger.keys("places")) == (["1"], [])
    assert merger.mapping("programmes") == {alpha.id: beta.id}
    assert list(Merger.objects.of(secretariat.id)) == []
    merger.state, merger.merged_at = MergerState.MERGED, timezone.now() - timedelta(days=29)
    assert merger.may_be_undone
    merger.merged_at -= timedelta(days=2)
    assert not merger.may_be_undone
    assert {state.tone for state in MergerState} == {"wait", "go", "stop", "quiet", "good"}


def test_who_may_be_merged_again(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    mergers.check_sides(alpha.id, beta.id)
    merger = merger_of(alpha, beta)
    for state in MergerState:
        Merger.objects.update(state=state)
        can = not mergers.mergeable().filter(pk=beta.id).exists()
        assert can == (state in MERGER_OPEN | {MergerState.MERGED}), state
    Merger.objects.update(state=MergerState.MERGED, settled_at=timezone.now())
    mergers.check_sides(alpha.id, beta.id)
    with pytest.raises(CannotMerge, match="different"):
        mergers.check_sides(alpha.id, alpha.id)
    Organisation.objects.filter(pk=alpha.id).update(state=State.LEAVING)
    with pytest.raises(CannotMerge, match="leaving"):
        mergers.check_sides(alpha.id, beta.id)
    assert mergers.take(uuid7()) is None
    assert merger.pk


def test_what_can_be_undone_no_longer(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    merger = merger_of(alpha, beta, state=MergerState.MERGED)
    absorbed = Organisation.objects.get(pk=alpha.id)
    assert mergers.merged_lately() == [merger]
    assert mergers.past_undoing() == []
    assert mergers.hold(absorbed)
    assert mergers.obstacle(absorbed)
    assert not mergers.hold(Organisation.objects.get(pk=beta.id))
    Merger.objects.update(merged_at=timezone.now() - timedelta(days=31))
    assert mergers.past_undoing() == [merger.pk]
    Merger.objects.update(state=MergerState.UNDONE)
    assert not mergers.hold(absorbed)
    assert not mergers.obstacle(absorbed)
