"""Under the walls of production: a login for each organisation, every step committed, and people at work meanwhile."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from halka.authorization.roles import Role
from halka.celery import app
from halka.common.current import OrganisationRef
from network_registry.exchange.models import Relocation as Shared
from tenants.caseloads.models import Client, JournalEntry
from tenants.organisations.isolation import in_thread, inside
from tenants.organisations.models import Colleague
from tenants.relocations.carrying import waiting
from tenants.relocations.domain import advancing, undoing
from tenants.relocations.domain.answering import accept_relocation
from tenants.relocations.domain.asking import ask_relocation
from tests.tenants.mergers.test_for_real import _seat

from .conftest import FAMILY, NAME, agreed, at, entry, own, request, state, whole_record


def test_moved_and_undone_while_people_write(
    as_new_afterwards: None,
    login_walls: None,
    delta: OrganisationRef,
    epsilon: OrganisationRef,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "send_task", lambda *_arguments, **_options: None)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    here, there = (SimpleNamespace(ref=ref, seat=_seat(ref, Role.MANAGER)) for ref in (delta, epsilon))
    with inside(delta):
        person = whole_record(here.seat)
        ask_relocation(client=person, request=request(there), new_consent=agreed(there), by=here.seat)
    key = Shared.objects.get().pk
    assert advancing.advance(key) == "asked"
    with inside(epsilon):
        accept_relocation(relocation=own(there), assignee=Colleague.objects.get(), by=there.seat)

    written, may_commit = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            entry(person, here.seat, "Said at the last moment")
            written.set()
            may_commit.wait(10)

    with inside(delta):
        writer = in_thread(write)
    assert written.wait(10)
    with monkeypatch.context() as impatient:
        impatient.setattr(waiting, "PATIENCE", 0)
        with pytest.raises(waiting.StillWriting):
            advancing.advance(key)
    assert (state(), at(here), at(there)) == ("carrying", [], [])
    Shared.objects.update(due_at=timezone.now())
    threading.Timer(0.2, may_commit.set).start()
    assert advancing.advance(key) == "carried"
    writer.join()
    with inside(epsilon):
        assert "Said at the last moment" in [each.text for each in JournalEntry.objects.all()]
    assert (at(here), at(there)) == ([], [f"{NAME} {FAMILY}"])

    with inside(delta):
        undoing.ask_undo(relocation=own(here), reason="moved_wrong", by=here.seat)
    assert advancing.advance(key) == "undone"
    assert (at(here), at(there)) == ([f"{NAME} {FAMILY}"], [])
    with inside(epsilon):
        assert not Client.every.exists()
