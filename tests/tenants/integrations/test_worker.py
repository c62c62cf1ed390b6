"""A real worker at a real broker, killed while the receiver has the message and has not answered."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from uuid import uuid4

import psutil
import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from bench.receiver import Receiver
from halka.audit.domain import SYSTEM
from halka.celery import app
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.integrations.domain import outbox
from tenants.integrations.domain.endpoints import EndpointSettings, add_endpoint
from tenants.integrations.domain.events import note_event
from tenants.integrations.models import Attempt, Delivery
from tenants.organisations.isolation import inside
from tenants.organisations.models import DueWork

QUEUE = f"webhooks-{uuid4()}"
PATIENCE = 120.0


@pytest.fixture
def worker(hooked: OrganisationRef) -> Iterator[psutil.Process]:
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "halka.celery",
        "worker",
        "--pool",
        "prefork",
        "--concurrency",
        "1",
    ]
    running = subprocess.Popen(
        [*command, "--queues", QUEUE, "--loglevel", "ERROR", "--without-gossip", "--without-mingle"],
        cwd=django_settings.ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.tenants.integrations.settings_worker",
            "WORKER_QUEUE": QUEUE,
            "DATABASE_WALLS": "login",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield psutil.Process(running.pid)
    running.terminate()
    running.wait(60)
    with app.connection_or_acquire() as connection:
        connection.default_channel.queue_delete(QUEUE)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(
    hooked: OrganisationRef, worker: psutil.Process, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = threading.Event()

    def kill(handler: BaseHTTPRequestHandler) -> None:
        for child in worker.children():
            child.kill()
        killed.set()

    receiver.answers = [kill]
    monkeypatch.setattr(outbox, "start_soon", lambda: None)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    with inside(hooked):
        add_endpoint(new=EndpointSettings(receiver.url), by=SYSTEM)
        event = note_event(type="referral.sent", referral_id=None, envelope_id=None, source_id=uuid7(), data={})
    app.send_task("integrations.deliver", ["hooked"], queue=QUEUE)
    assert killed.wait(PATIENCE)
    with inside(hooked):
        assert Delivery.objects.get().lease is not None
    wait_for(lambda: is_delivered_when_looked_at(hooked))
    assert {message.id for message in receiver.messages} == {str(event.pk)}
    assert len(receiver.messages) >= 2
    with inside(hooked):
        log = set(Attempt.objects.values_list("number", "failure"))
    assert (1, "interrupted") in log
    assert max(log)[1] == ""


def is_delivered_when_looked_at(organisation: OrganisationRef) -> bool:
    """Two minutes later, as far as leases go; the scheduler has whoever is due looked at."""
    with inside(organisation):
        if not Delivery.objects.waiting().exists():
            return True
        Delivery.objects.filter(lease__isnull=False).update(leased_until=timezone.now())
    DueWork.objects.filter(organisation=organisation.id).update(due_at=timezone.now())
    app.send_task("integrations.deliver_outstanding", queue=QUEUE)
    time.sleep(1)
    return False
