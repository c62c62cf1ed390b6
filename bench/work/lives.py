"""Organisations that come on board, from the grant of their licence on."""

from __future__ import annotations

import csv
import time
from datetime import timedelta
from io import StringIO
from typing import Any

from celery.app.task import Task
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from bench import load
from bench.work.creation import refill
from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from network_registry.membership.domain import applying, batches, opening, reviewing
from network_registry.membership.models import Application, Opening
from network_registry.membership.sheet_rows import COLUMNS, NEEDED
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership

__all__ = ["found", "open_each", "open_sheet", "refill"]

Task.apply_async = lambda *_, **__: None  # the work is done here and now
network: dict[str, Any] = {}


def found() -> None:
    """A secretariat with somebody in it, and the application that serves all hosts."""
    values = NewOrganisation("secretariat", {"en": "Secretariat"}, kind=Kind.SECRETARIAT)
    organisation = provision(new=values)
    person = User.objects.create_user("ada@example.org", name="Ada")
    seat = Membership.objects.create(organisation=organisation, user=person, role=Role.SECRETARIAT)
    network["ref"] = organisation.ref()
    network["seat"] = Seat(person.pk, seat.pk, Role.SECRETARIAT, person.name)
    network["served"] = WSGIHandler()
    network["number"] = 0
    load.ask(network["served"], workspace_host("secretariat"), "/")  # whatever is done at the first request only


def open_each(count: int) -> list[float]:
    """Milliseconds from the grant of a licence to an answer of the new workspace, `count` times."""
    taken = []
    for _ in range(count):
        name = _name()
        application, _token = applying.begin(name=name, email=f"{name}@example.org", language="en")
        Application.objects.filter(pk=application.pk).update(
            state="sent",
            sent_at=timezone.now(),
            short_name=name,
            kind=Kind.NGO,
            manager_name="First",
            manager_email=f"{name}@example.org",
        )
        today = timezone.localdate()
        terms = reviewing.LicenceTerms(today, today + timedelta(days=365))
        started = time.perf_counter()
        with inside(_secretariat()):
            reviewing.license_application(application=application.pk, terms=terms, by=network["seat"])
        opening.open_workspace(opening=Opening.objects.get(application=application).pk)
        _answers(name)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def open_sheet(count: int) -> float:
    """Milliseconds from the confirmation of a sheet to the answer of the last of its `count` workspaces."""
    names = [_name() for _ in range(count)]
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow([str(COLUMNS[column]) for column in NEEDED])
    lines.writerows([name, "First", f"{name}@example.org"] for name in names)
    with inside(_secretariat()):
        batch = batches.read_sheet(content=text.getvalue().encode(), file_name="many.csv", by=network["seat"])
    started = time.perf_counter()
    with inside(_secretariat()):
        licensed = batches.confirm(batch=batch.pk, is_provisional=True, by=network["seat"])
    opened = opening.open_batch(batch=batch.pk)
    for name in names:
        _answers(name)
    taken = (time.perf_counter() - started) * 1000
    assert (licensed, opened) == (count, count)
    return taken


def _secretariat() -> OrganisationRef:
    found: OrganisationRef = network["ref"]
    return found


def _name() -> str:
    network["number"] += 1
    return f"come{network['number']:05}"


def _answers(name: str) -> None:
    """Its own sign-in page; a host that nobody has is not found."""
    status, _body = load.ask(network["served"], workspace_host(name), "/")
    assert status in (200, 302), status
