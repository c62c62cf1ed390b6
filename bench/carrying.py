"""Referrals on their way between two organisations while everything that carries them is killed.

People of both sides, and those who carry between them, are processes of their own. At each step they draw lots, as in
bench.faults: they kill themselves, have the database connection ended that is in use just then (the network's or a
side's), or sleep until somebody else has taken over, and then go on. Import it after Django is set up.
"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg2
from celery.app.task import Task
from django.db import close_old_connections, transaction

from bench import faults
from halka.audit.models import Entry
from halka.authorization.roles import Scope, Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.exchange.domain import outbox
from network_registry.exchange.enums import Service, State
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.models import Client
from tenants.integrations.models import Event
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.organisations.walls import connections as walls
from tenants.referrals.domain import answering, arrival, closing, delivery, moving, receiving, sending, telling
from tenants.referrals.models import Referral, Step

LEASE = 0.3  # seconds
CARRIERS, WALKERS = 3, 2
MOST_WAITING = 40  # envelopes: walkers wait for carriers
SEAT = Seat(0, None, None, "Bench", software_id=uuid7(), scopes=frozenset({Scope.REFERRALS_WRITE, Scope.CLIENTS_WRITE}))
REACHED = frozenset({State.ACCEPTED, State.STARTED, State.COMPLETED, State.CLOSED})


@dataclass
class Report:
    """What came of it. All but `referrals`, `steps`, `seconds` and `faults` are to be zero."""

    referrals: int = 0
    steps: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    untold: int = 0
    left: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        return not any((self.lost, self.doubled, self.disordered, self.untold, self.left))


class Trouble(faults.Trouble):
    """Whatever connection is in use: carriers change it with each side."""

    def end_connection(self) -> None:
        wrapper = walls.current_wrapper()
        connection = wrapper.connection
        if connection is None:
            return
        wanted = wrapper.get_connection_params()
        names = {name: wanted[name] for name in ("host", "port", "dbname", "user", "password") if name in wanted}
        with suppress(psycopg2.Error):
            second = psycopg2.connect(**names)
            second.autocommit = True
            with second.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
            second.close()


def run(sender: OrganisationRef, target: OrganisationRef, *, seed: int, goal: int, folder: Path) -> Report:
    """People refer and answer until there were `goal` faults; then everything that is on its way arrives."""
    begun = time.monotonic()
    (folder / "faults").touch()
    faults.hang_up()
    stage = faults.Stage(sender, seed, folder)

    def trouble(lots: random.Random) -> Trouble:
        return Trouble(lots, folder / "faults", sender)

    for number in range(CARRIERS):
        stage.start(f"carrier {number}", lambda lots: _carry(trouble(lots)))
    for number in range(WALKERS):
        stage.start(f"walker {number}", lambda lots: _walk(sender, target, trouble(lots)))
    try:
        stage.keep_up(lambda: faults.lines_in(folder / "faults") >= goal)
        stage.stop("walker")
        stage.keep_up(lambda: not OutboxItem.objects.undelivered().exists())
    finally:
        stage.stop("")
    report = _look(sender, target)
    report.faults.update((folder / "faults").read_text().splitlines())
    report.seconds = time.monotonic() - begun
    return report


# --- those who carry ------------------------------------------------------------------------------------------------
def _carry(trouble: Trouble) -> None:
    """As tasks and the scheduler do, with trouble at every step, inside of transactions too."""
    OutboxItem.LEASE, OutboxItem.LONGEST_PAUSE = timedelta(seconds=LEASE), timedelta(seconds=2 * LEASE)
    _alone()
    trouble.around(outbox, "claim", before="claim.before", after="claim.after")
    for name in ("tell_step", "tell_preview", "disclose"):
        trouble.around(telling, name, before="read.before", after="read.after")
    for name in ("receive_preview", "receive_step", "receive_disclosure"):
        trouble.around(receiving, name, before="write.before", after="write.after")
    for module, name in ((receiving, "tell_feed"), (receiving, "record"), (telling, "record"), (arrival, "record")):
        trouble.around(module, name, before="write.inside", after="write.inside")
    trouble.around(outbox, "finish", before="finish.before", after="finish.after")
    while True:
        close_old_connections()  # as before each task
        with suppress(Exception):  # as a task fails, and the worker goes on
            waiting = delivery.waiting_envelopes()
            trouble.lots.shuffle(waiting)
            for envelope_id in waiting[:5]:
                with suppress(Exception):
                    delivery.carry_all(envelope_id)
        time.sleep(0.01)


def _alone() -> None:
    """Tasks are not sent: carriers look by themselves, and mails are not what is tried here."""
    Task.delay = lambda self, *arguments: None  # type: ignore[method-assign]


# --- people of both sides -------------------------------------------------------------------------------------------
def _walk(sender: OrganisationRef, target: OrganisationRef, trouble: Trouble) -> None:
    _alone()
    trouble.around(moving, "record", before="act.inside", after="act.inside")
    trouble.around(moving, "note_event", after="act.inside")
    while True:
        time.sleep(0.01)
        close_old_connections()  # as before each request
        with suppress(Exception):
            if len(delivery.waiting_envelopes()) < MOST_WAITING and trouble.lots.random() < 0.4:
                _refer(sender, target, trouble)
        for state, (here, act) in ROAD.items():
            with suppress(Exception), inside(sender if here == "sender" else target):
                found = Referral.objects.in_state(state).select_related("envelope", "client", "consent")
                for referral in found.order_by("?")[:1]:
                    trouble.at("act.before")
                    act(referral)
                    trouble.at("act.after")


def _refer(sender: OrganisationRef, target: OrganisationRef, trouble: Trouble) -> None:
    to = Organisation.objects.get(pk=target.id)
    agreed = NewConsent(["identity", "contact"], "signed", date.today() + timedelta(days=300), recipient=to)
    with inside(sender), transaction.atomic():
        details = ClientDetails(given_name=f"Nobody {uuid7().hex}", family_name="Invented", birth_year=1990)
        client = add_client(details=details, by=SEAT)
        asked = sending.Request(target=to, service=Service.MENTORING, need="Somebody patient")
        sending.send_with_consent(client=client, request=asked, new_consent=agreed, by=SEAT)
        trouble.at("act.inside")


ROAD: dict[State, tuple[str, Callable[[Referral], Any]]] = {
    State.SENT: ("target", lambda referral: answering.open_referral(referral=referral, by=SEAT)),
    State.OPENED: ("target", lambda referral: answering.accept_referral(referral=referral, assignee=None, by=SEAT)),
    State.ACCEPTED: ("target", lambda referral: answering.start_referral(referral=referral, note="Now", by=SEAT)),
    State.STARTED: (
        "target",
        lambda referral: answering.complete_referral(referral=referral, outcome="job", by=SEAT),
    ),
    State.COMPLETED: ("sender", lambda referral: closing.close_referral(referral=referral, by=SEAT)),
}


# --- the look at the end --------------------------------------------------------------------------------------------
def _look(sender: OrganisationRef, target: OrganisationRef) -> Report:
    """Either side has each step once, on the timeline, in the feed and in the audit, in the order in which it was made;
    whoever was accepted is told once, and is one client more."""
    report = Report(left=OutboxItem.objects.undelivered().count())
    between = {"sender": sender.id, "target": target.id}
    envelopes = {envelope.pk: envelope for envelope in Envelope.objects.filter(**between)}
    made = EnvelopeEvent.objects.filter(envelope__in=envelopes).order_by("version", "id")
    order = {event.pk: (event.envelope_id, event.version, event.organisation_id) for event in made}
    accepted = sum(envelope.state in REACHED for envelope in envelopes.values())
    report.referrals, report.steps = len(envelopes), len(order)
    for ref in (sender, target):
        with inside(ref):
            steps = Counter(Step.objects.values_list("event", flat=True))
            noted = Event.objects.exclude(type="referral.disclosed").order_by("number")
            feed = list(noted.values_list("source_id", flat=True))
            copies = Counter(Referral.objects.values_list("envelope", flat=True))
            told = Referral.objects.filter(disclosed_at__isnull=False).count()
            disclosed = Event.objects.filter(type="referral.disclosed").count()
            words = Counter(Entry.objects.values_list("action", flat=True))
            people = Client.objects.count()
        for found, wanted in ((steps, order), (Counter(feed), order), (copies, envelopes)):
            report.lost += len(wanted.keys() - found.keys())
            report.doubled += found.total() - len(found) + len(found.keys() - wanted.keys())
        report.untold += abs(told - accepted)
        report.doubled += abs(words["client.added"] - people)
        if ref is target:
            report.untold += abs(people - accepted) + abs(disclosed - accepted)
            report.doubled += abs(words["referral.received"] - len(envelopes))
            report.doubled += abs(words["referral.disclosure_received"] - accepted)
        else:
            report.doubled += abs(words["referral.disclosed"] - accepted)
        arrived: dict[Any, list[int]] = defaultdict(list)
        for key in feed:
            if key in order and order[key][2] != ref.id:
                arrived[order[key][0]].append(order[key][1])
        report.disordered += sum(versions != sorted(versions) for versions in arrived.values())
    return report
