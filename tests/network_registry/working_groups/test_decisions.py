"""Decisions: numbered by the year, followed by whoever is responsible."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.domain import decisions, minutes, writing
from network_registry.working_groups.domain.decisions import DecisionDetails
from network_registry.working_groups.errors import Frozen, NoSeat, NotConvener, NotNow
from network_registry.working_groups.models import AgendaPoint, Decision, Meeting
from tenants.organisations.isolation import inside
from tests.network_registry.working_groups.conftest import Somebody

PLAIN = DecisionDetails("Two per cent")


def change(decision: Decision, by: Any, state: str = "open", text: str = "", **values: Any) -> Decision:
    """With what is saved, but for what is named."""
    saved = Decision.objects.get(pk=decision.pk)
    details = DecisionDetails(text or saved.text, values.get("responsible", saved.responsible_id), saved.due_on)
    seen = values.get("seen_version", saved.version)
    return decisions.change_decision(
        decision=decision.pk, details=details, state=state, note="", seen_version=seen, by=by
    )


def test_numbers_begin_anew_with_the_year(past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody) -> None:
    with inside(ben.ref):
        made = [decisions.decide(point=point.pk, details=PLAIN, by=ben.by) for _ in range(2)]
    year = past.day.year
    assert [str(one) for one in made] == [f"{year}/1", f"{year}/2"]
    Meeting.objects.update(starts_at=past.starts_at - timedelta(days=366))
    with inside(ann.ref):
        earlier = decisions.decide(point=point.pk, details=PLAIN, by=ann.by)
    assert str(earlier) == f"{(past.starts_at - timedelta(days=366)).year}/1"


def test_whoever_is_responsible_is_told_and_follows_it(
    point: AgendaPoint, ann: Somebody, ben: Somebody, tasks: Any
) -> None:
    due = timezone.localdate() - timedelta(days=1)
    with tasks(), inside(ann.ref):
        made = decisions.decide(point=point.pk, details=DecisionDetails("Ask the bank", ben.seat, due), by=ann.by)
    assert made.is_late
    assert [message.to for message in mail.outbox] == [[ben.user.email]]
    assert "Ask the bank" in mail.outbox[0].body
    with tasks(), inside(ben.ref):
        done = change(made, ben.by, "done")
        assert not done.is_late
        with pytest.raises(NotNow):
            change(made, ben.by, "withdrawn")
        with pytest.raises(EditedMeanwhile):
            change(made, ben.by, "open", seen_version=1)
        change(made, ben.by, "open")
        handed = change(made, ben.by, responsible=None)
        assert handed.responsible_id is None
        with pytest.raises(NotConvener):
            change(made, ben.by, "done")
    assert len(mail.outbox) == 1
    with inside(ann.ref), pytest.raises(NoSeat):
        change(made, ann.by, responsible=uuid4())


def test_a_task_finds_what_was_handed_on_or_is_gone(point: AgendaPoint, ann: Somebody) -> None:
    with inside(ann.ref):
        made = decisions.decide(point=point.pk, details=PLAIN, by=ann.by)
    assert writing.tell("responsible", made.pk) == 0
    assert writing.tell("responsible", uuid4()) == 0
    assert writing.tell("proposed", uuid4()) == 0
    assert writing.tell("named", uuid4()) == 0
    assert writing.invite_late(uuid4()) == 0


def test_the_words_are_frozen_with_the_minutes(
    past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody, tasks: Any
) -> None:
    with inside(ann.ref):
        made = decisions.decide(point=point.pk, details=PLAIN, by=ann.by)
        assert change(made, ann.by, text="Three per cent").text == "Three per cent"
        minutes.write_minutes(point=point.pk, text="x", seen_version=0, by=ann.by)
    with tasks(), inside(ann.ref):
        minutes.approve(meeting=past.pk, by=ann.by)
    with inside(ann.ref):
        with pytest.raises(Frozen):
            change(made, ann.by, text="Four per cent")
        with pytest.raises(Frozen):
            decisions.remove_decision(decision=made.pk, by=ann.by)
        assert change(made, ann.by, "withdrawn", responsible=ben.seat).state == "withdrawn"
    told = {message.to[0] for message in mail.outbox if "Minutes approved" in message.subject}
    assert told == {ann.user.email, ben.user.email}


def test_one_that_was_written_down_by_mistake_goes(point: AgendaPoint, ann: Somebody, ben: Somebody) -> None:
    with inside(ben.ref):
        made = decisions.decide(point=point.pk, details=PLAIN, by=ben.by)
        with pytest.raises(NotConvener):
            decisions.remove_decision(decision=made.pk, by=ben.by)
    with inside(ann.ref):
        decisions.remove_decision(decision=made.pk, by=ann.by)
    assert not Decision.objects.exists()
    assert not decisions.may_follow(made, None)
