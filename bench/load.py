"""Requests by several threads while backends are cancelled and terminated, and a look at whose rows they saw.

Every row that an organisation holds here carries its short name, so that a wrong one is recognised. The same code
serves the leak bench and the suite's guards. Import it after Django is set up.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any
from wsgiref.types import WSGIApplication

import psycopg2
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from halka.accounts.models import User
from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Permission, Role
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from tenants.organisations.access import require
from tenants.organisations.isolation import after_commit, inside
from tenants.organisations.models import Membership
from tenants.organisations.walls import connections as walls

ROWS = 5
PAGES = ("/rows/", "/rows/", "/rows/", "/rows/", "/rows/", "/rows/", "/streamed/", "/written/", "/midway/")
STAYS = 0.8  # how often a thread's next request is for the same organisation: a browser rarely asks for one page only


class Midway(Exception):
    """A view broke in the middle of its transaction."""


def _marks() -> list[str]:
    """Past the models, which have guards of their own: whatever the connection at hand shows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT action FROM audit_entry ORDER BY at DESC LIMIT {ROWS}")
        entries = cursor.fetchall()
        cursor.execute("SELECT name FROM organisations_colleague")
        return [mark for (mark,) in entries + cursor.fetchall()]


def rows(request: HttpRequest) -> HttpResponse:
    require(request, Permission.CLIENT_VIEW)
    return HttpResponse("\n".join(_marks()))


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    require(request, Permission.CLIENT_VIEW)
    return StreamingHttpResponse(f"{entry.action}\n" for entry in Entry.objects.all()[:ROWS])


def written(request: HttpRequest) -> HttpResponse:
    """One row in eight is kept, so that lists stay short and a row in the wrong place stays to be seen."""
    seat = require(request, Permission.CLIENT_VIEW)
    seen: list[str] = []
    with transaction.atomic():
        record(action=seat.name, by=seat)
        seen += _marks()
        after_commit(lambda: seen.extend(_marks()))
        transaction.set_rollback(random.random() > 1 / 8)
    return HttpResponse("\n".join(seen))


def midway(request: HttpRequest) -> HttpResponse:
    seat = require(request, Permission.CLIENT_VIEW)
    with transaction.atomic():
        record(action=seat.name, by=seat)
        raise Midway


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse("broken", status=500)


urlpatterns = [path("rows/", rows), path("streamed/", streamed), path("written/", written), path("midway/", midway)]
handler500 = broken

people: dict[Any, User] = {}


def signed_in(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Stands for session and account: everybody is the member whose name is the organisation's."""

    def middleware(request: Any) -> Any:
        request.user = people[request.organisation.id]
        request.urlconf = __name__
        return get_response(request)

    return middleware


MIDDLEWARE = [
    "tenants.organisations.middleware.find_organisation",
    f"{__name__}.signed_in",
    "tenants.organisations.middleware.enter_organisation",
]


@dataclass
class Outcome:
    """`failed` counts answers of 500 that the page itself did not make; `examples` tell of wrong rows."""

    requests: int = 0
    wrong: int = 0
    failed: int = 0
    faults: int = 0
    seconds: float = 0.0
    examples: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def furnish(organisations: Sequence[OrganisationRef]) -> None:
    """Gives each organisation a member and entries that carry its short name."""
    for organisation in organisations:
        name = organisation.short_name
        person = User.objects.create_user(f"{name}@example.org", name=name)
        Membership.objects.create(organisation_id=organisation.id, user=person, role=Role.CASEWORKER)
        people[organisation.id] = person
        with inside(organisation):
            for _ in range(ROWS):
                Entry.objects.create(action=name)


def unfurnish() -> None:
    """Removes the members again; entries stay with their organisation."""
    Membership.objects.filter(user__in=people.values()).delete()
    for person in people.values():
        person.delete()
    people.clear()


@contextmanager
def application() -> Iterator[WSGIApplication]:
    """The pages behind the walls' own middleware, answering 500 to an exception as in production."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with override_settings(MIDDLEWARE=MIDDLEWARE, DEBUG=False):
            yield WSGIHandler()
    finally:
        logger.setLevel(level)


def ask(served: WSGIApplication, host: str, page: str) -> tuple[int, str]:
    """One request as a server makes it; (status, body)."""
    statuses: list[str] = []
    environ: Mapping[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": page,
        "QUERY_STRING": "",
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    handler: Any = served
    response = handler(dict(environ), lambda status, headers, error=None: statuses.append(status))
    try:
        body = b"".join(response).decode()
    except Exception as error:  # a server closes the connection when a streamed body breaks
        return 500, repr(error)
    finally:
        response.close()
    return int(statuses[0].split()[0]), body


def run(
    organisations: Sequence[OrganisationRef],
    *,
    requests: int,
    threads: int = 8,
    superuser_url: str = "",
    fault_every: float = 0.05,
    seed: int = 1,
) -> Outcome:
    """`requests` in all by `threads`. With `superuser_url` one backend meets a fault every `fault_every` seconds."""
    outcome, lock, done = Outcome(), threading.Lock(), threading.Event()
    started = time.perf_counter()
    with application() as served:
        share = -(-requests // threads)
        workers = [
            threading.Thread(
                target=partial(_work, served, organisations, share, random.Random(seed + n), outcome, lock)
            )
            for n in range(threads)
        ]
        troubles = threading.Thread(target=partial(_trouble, superuser_url, fault_every, done, outcome))
        for worker in workers:
            worker.start()
        if superuser_url:
            troubles.start()
        for worker in workers:
            worker.join()
        done.set()
        if superuser_url:
            troubles.join()
            connections.close_all()  # this thread's own may have met a fault too
    outcome.seconds = time.perf_counter() - started
    return outcome


def _work(
    served: WSGIApplication,
    organisations: Sequence[OrganisationRef],
    share: int,
    chance: random.Random,
    outcome: Outcome,
    lock: threading.Lock,
) -> None:
    organisation = chance.choice(organisations)
    try:
        for _ in range(share):
            if chance.random() > STAYS:
                organisation = chance.choice(organisations)
            page = chance.choice(PAGES)
            status, body = ask(served, workspace_host(organisation.short_name), page)
            strangers = set(body.split()) - {organisation.short_name} if status == 200 else set()
            with lock:
                outcome.requests += 1
                if strangers or (status == 200 and not body):
                    outcome.wrong += 1
                    outcome.examples.append(f"{page} of {organisation.short_name}: {sorted(strangers)}")
                elif status != (500 if page == "/midway/" else 200):
                    outcome.failed += 1
                    outcome.errors.append(f"{status} {page}: {body[:200]}")
    except BaseException as error:
        outcome.examples.append(f"a thread ended: {error!r}")
        outcome.wrong += 1
        raise
    finally:
        walls.close_all()
        connections.close_all()


VICTIM = """
SELECT pid FROM pg_stat_activity
WHERE datname = %s AND backend_type = 'client backend' AND usename LIKE %s
ORDER BY (state = 'active')::int * %s DESC, random() LIMIT 1
"""


def _trouble(superuser_url: str, every: float, done: threading.Event, outcome: Outcome) -> None:
    """Cancels and terminates in turn, now a backend at work, now any."""
    database = settings.DATABASES["default"]["NAME"]
    own = psycopg2.connect(superuser_url)
    own.autocommit = True
    number = 0
    try:
        with own.cursor() as cursor:
            while not done.wait(every):
                number += 1
                cursor.execute(VICTIM, [database, database.replace("_", r"\_") + r"\_%", number // 2 % 2])
                victim = cursor.fetchone()
                if victim:
                    verb = "pg_cancel_backend" if number % 2 else "pg_terminate_backend"
                    cursor.execute(f"SELECT {verb}(%s)", victim)
                    outcome.faults += sum(hit for (hit,) in cursor.fetchall())
    finally:
        own.close()
