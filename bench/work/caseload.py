"""Eight people at work in a big organisation and in a small one."""

from __future__ import annotations

import random
import threading
import time
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from halka.accounts import idleness
from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.sealing.fields import seal_value
from tenants.caseloads.domain.clients import new_client
from tenants.caseloads.models import Client, JournalEntry
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tenants.organisations.walls import connections as walls
from tenants.referrals.demo.big import people

EACH = 250  # clients of one person
HERE = 40  # colleagues in either organisation; those who had the other clients have left
AT_WORK = 8
PAUSE = 0.4  # seconds between two pages, on average: quicker than people are
AT_ONCE = 5_000
COLUMNS = (
    "id", "client_id", "kind", "dimension", "text", "happened_at", "audience", "profession", "author_id", "author_name",
    "created_at", "version",
)  # fmt: skip
TEXTS = ("Called her about the course.", "He came in time, and smiled.", "Wrote to the employer; they will answer.") * 3
FRAGMENTS = ("ana", "mar", "kos", "žni", "beqiri", "ana kos", "ilić", "ar", "xyz", "novak dra")
application: Any = None
organisations: dict[str, OrganisationRef] = {}
browsers: dict[str, list[dict[str, str]]] = {}
own: dict[str, list[list[str]]] = {}


def furnish(many: int, few: int, entries: int) -> None:
    """Fills what is not there yet."""
    global application
    application = WSGIHandler()
    for name, count in (("many", many), ("few", few)):
        short_name = f"caseload{name}"
        found = Organisation.objects.filter(schema_name=short_name).first()
        if found is None:
            found = provision(new=NewOrganisation(short_name, {"en": name}))
            _fill(found.ref(), count, entries)
        organisations[name] = found.ref()
        _sign_in(name)


def _fill(ref: OrganisationRef, count: int, entries: int) -> None:
    number = max(HERE, count // EACH)
    users = User.objects.bulk_create(
        User(email=f"{ref.short_name}{n:04}@example.org", name=f"Person {n}", password="!") for n in range(number)
    )
    members = Membership.objects.bulk_create(
        Membership(
            organisation_id=ref.id,
            user=user,
            role=Role.SUPERVISOR if n < 2 else Role.CASEWORKER,
            ended_at=None if n < HERE else timezone.now(),
        )
        for n, user in enumerate(users)
    )
    seats = [Seat(m.user_id, m.pk, Role(m.role), m.user.name) for m in members]
    fill_clients(ref, seats, count, entries)


def fill_clients(ref: OrganisationRef, seats: list[Seat], count: int, entries: int) -> None:
    """`count` clients of these people, with so many entries in the journal of each."""
    chance = random.Random(count)  # invented names, not secrets
    number = len(seats)
    with inside(ref):
        for made in range(0, count, AT_ONCE):
            clients = []
            for n, row in enumerate(people(min(AT_ONCE, count - made), chance), made):
                seat = seats[n % number]
                client = new_client(
                    details=row.details, assigned_to=seat.membership_id if n // number % 50 else None, by=seat
                )
                client.last_contact_on = None if n % 7 == 0 else timezone.localdate()
                clients.append(client)
            Client.objects.bulk_create(clients, batch_size=1_000)
            _journal(ref, clients, entries, chance)


def _journal(ref: OrganisationRef, clients: list[Client], entries: int, chance: random.Random) -> None:
    """Sealed as the field seals, and copied in, since a million instances take an hour."""
    table = JournalEntry._meta.db_table
    now = timezone.now()
    lines = StringIO()
    for client in clients:
        for n in range(entries):
            pk = uuid7()
            text = seal_value(ref.id, table, "text", pk, chance.choice(TEXTS) + f" {n}")
            at = now - timezone.timedelta(days=n * 3, minutes=chance.randrange(600))
            author = client.created_by_id
            lines.write(
                f"{pk}\t{client.pk}\tnote\t\t\\\\x{text.hex()}\t{at}\tteam\tmentor\t{author}\tPerson\t{at}\t1\n"
            )
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN", lines)


def _sign_in(name: str) -> None:
    ref = organisations[name]
    members = list(Membership.objects.filter(organisation_id=ref.id).select_related("user").order_by("user__email"))
    browsers[name], own[name] = [], []
    for member in members[:AT_WORK]:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(member.user_id)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
        idleness.begin(session)
        session.save()
        browsers[name].append({"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"})
        with inside(ref):
            keys = Client.objects.filter(assigned_to=member.pk).values_list("pk", flat=True)
            own[name].append([str(key) for key in keys])


def _ask(name: str, person: int, page: str, chance: random.Random) -> float:
    """Milliseconds of one page, as one person asks for it."""
    path, query = _address(name, person, page, chance)
    host = workspace_host(organisations[name].short_name)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "HTTP_ACCEPT_LANGUAGE": "en",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **browsers[name][person],
    }
    statuses: list[str] = []
    started = time.perf_counter()
    response = application(environ, lambda status, headers, error=None: statuses.append(status))
    body = b"".join(response)
    response.close()
    taken = (time.perf_counter() - started) * 1000
    if statuses != ["200 OK"]:
        raise RuntimeError(f"{path} {query} {statuses} {body[:300]!r}")
    return taken


def _address(name: str, person: int, page: str, chance: random.Random) -> tuple[str, str]:
    """Supervisors, the first two, look at everybody; the others at their own, and search among all."""
    if page == "list":
        return "/clients/", ""
    if page == "search":
        return "/clients/", urlencode({"scope": "all", "q": chance.choice(FRAGMENTS)})
    key = chance.choice(own[name][person])
    return (f"/clients/{key}/" if page == "client" else f"/clients/{key}/journal/"), ""


def work(name: str, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each page while eight people work for so long."""
    taken: dict[str, list[float]] = {page: [] for page in ("list", "search", "client", "journal")}
    errors: list[BaseException] = []
    until = time.monotonic() + seconds

    def at_work(person: int) -> None:
        chance = random.Random(f"{person} {until}")  # which page comes next
        try:
            while time.monotonic() < until:
                time.sleep(chance.random() * 2 * PAUSE)
                page = chance.choice(list(taken))
                taken[page].append(_ask(name, person, page, chance))
        except BaseException as error:
            errors.append(error)
        finally:
            walls.close_all()
            connections.close_all()

    threads = [threading.Thread(target=at_work, args=(person,)) for person in range(AT_WORK)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return taken


def queries(name: str) -> dict[str, list[int]]:
    """How many each page makes: as a supervisor and as a caseworker, the second time it is asked for."""
    found: dict[str, list[int]] = {}
    for page in ("list", "search", "client", "journal"):
        found[page] = []
        for person in (0, 7):
            for _ in range(2):
                seen: list[str] = []
                right = CursorWrapper.execute

                def execute(
                    self: CursorWrapper, sql: Any, params: Any = None, *, seen: list[str] = seen, right: Any = right
                ) -> Any:
                    seen.append(str(sql))
                    return right(self, sql, params)

                with patch.object(CursorWrapper, "execute", execute), patch(f"{__name__}.FRAGMENTS", ("ana",)):
                    _ask(name, person, page, random.Random(3))
            found[page].append(len(seen))
    return found
