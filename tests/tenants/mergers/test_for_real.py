"""Under the walls of production: a login for each organisation, and every step committed."""

from __future__ import annotations

import pytest

from halka.authorization.roles import Role, Seat
from halka.celery import app
from halka.common.current import OrganisationRef
from network_registry.membership.models import Merger
from tenants.caseloads.models import Client
from tenants.mergers.domain import advancing, answering, proposing
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tests import database
from tests.conftest import _membership
from tests.tenants.relocations.conftest import whole_record

from .conftest import seats_of, state
from .test_merging import _dies, _due, killed, living


def test_merged_and_parted_again(
    as_new_afterwards: None,
    login_walls: None,
    delta: OrganisationRef,
    epsilon: OrganisationRef,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed between the two commits of the end, and when it has gone back by half."""
    monkeypatch.setattr(app, "send_task", lambda *_arguments, **_options: None)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    desk_ref = database.organisation("secretariat")
    ours, theirs, desk = _seat(delta, Role.MANAGER), _seat(epsilon, Role.MANAGER), _seat(desk_ref, Role.SECRETARIAT)
    with inside(delta):
        person = whole_record(ours)
    with inside(desk_ref):
        merger = proposing.propose(absorbed=delta.id, remaining=epsilon.id, reason="One house", by=desk)
    for ref, seat in ((delta, ours), (epsilon, theirs)):
        with inside(ref):
            answering.answer(merger=Merger.objects.get(), agrees=True, by=seat)
    assert advancing.advance(merger.pk) == ""
    with inside(desk_ref):
        proposing.begin(merger=merger.pk, by=desk)
    killed(monkeypatch, merger, advancing, "_merged", _dies)
    assert (living(delta), living(epsilon)) == (0, 1)
    _due(merger)
    assert advancing.advance(merger.pk) == "merged"
    assert (state(delta), seats_of(ours.user_id)["epsilon"]) == ("leaving", "manager")

    advancing.look(Merger.objects.with_sides().get())
    with inside(desk_ref):
        proposing.ask_undo(merger=merger.pk, reason="x", by=desk)
    killed(monkeypatch, merger, advancing.belongings, "give_back", _dies)
    assert (living(delta), living(epsilon)) == (1, 0)
    _due(merger)
    assert advancing.advance(merger.pk) == "undone"
    assert (state(delta), seats_of(ours.user_id)) == ("active", {"delta": "manager"})
    with inside(delta):
        assert Client.objects.get().pk == person.pk
    assert Membership.objects.filter(organisation=epsilon.id).active().count() == 1


def _seat(ref: OrganisationRef, role: Role) -> Seat:
    membership = _membership(ref, role)
    return Seat(membership.user_id, membership.pk, role, membership.user.name)
