"""The list of clients, asked for as a browser does; the same code on both sides, Halka's and the plain project's."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from bench.work import plain
from halka import urls_workspace
from halka.accounts import idleness
from halka.accounts.models import User
from halka.authorization.roles import Permission, Role
from halka.common.addresses import workspace_host
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tenants.organisations.walls.scripts import PLACEHOLDER, PRIVATE

CLIENTS = 200
SCHEMA: str = getattr(settings, "SCHEMA", "")  # of the plain project alone
SMALL = engines["django"].from_string(
    "<table>{% for client in clients %}<tr><td>{{ client }}</td></tr>{% endfor %}</table>"
)
asked: dict[str, Any] = {}
application: Any = None


def small(request: HttpRequest) -> HttpResponse:
    """One query and hardly a template: nothing that what the walls cost could hide behind."""
    require(request, Permission.CLIENT_VIEW)
    found = Client.objects.filter(search_key__contains=request.GET.get("q", "").lower()).order_by("sort_key", "id")
    return HttpResponse(SMALL.render({"clients": found[:25]}))


urls_workspace.urlpatterns.append(path("small/", small))


def furnish() -> None:
    """A member who is signed in, and clients for whom somebody is responsible."""
    person = User.objects.create_user("bench@example.org", name="Bench")
    if SCHEMA:
        _plain_tables()
        plain.undress()
        short_name, responsible = "one", plain.MEMBERSHIP
        _clients(responsible)
    else:
        organisation = provision(new=NewOrganisation("benchpages", {"en": "One"})).ref()
        short_name = organisation.short_name
        role = Role.CASEWORKER
        member = Membership.objects.create(organisation_id=organisation.id, user=person, role=role)
        with inside(organisation):
            _clients(member.pk)
    _prepare(person, workspace_host(short_name))


def _plain_tables() -> None:
    """The private tables once, and colleagues who are simply the accounts."""
    with connection.cursor() as cursor:
        cursor.execute("SET check_function_bodies = off;" + PRIVATE.read_text().replace(PLACEHOLDER, SCHEMA))
        plain.colleague(cursor)


def _clients(responsible: Any) -> None:
    Client.objects.bulk_create(
        Client(
            given_name=f"Person{number}",
            family_name="Bench",
            place="Town",
            birth_year=1980,
            assigned_to_id=responsible,
            search_key=f"person{number} bench",
            sort_key=f"{number:05}",
        )
        for number in range(CLIENTS)
    )


def _prepare(person: User, host: str) -> None:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    idleness.begin(session)
    session.save()
    asked.update(
        {
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host,
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "wsgi.url_scheme": "http",
        }
    )
    global application
    application = WSGIHandler()


def _ask(query: str, page: str) -> bytes:
    """`page` is whole, fragment (what htmx asks for) or small."""
    statuses: list[str] = []
    environ = {**asked, "QUERY_STRING": query, "wsgi.input": BytesIO()}
    environ["PATH_INFO"] = "/small/" if page == "small" else "/clients/"
    if page == "fragment":
        environ["HTTP_HX_REQUEST"] = "true"
    response = application(environ, lambda status, headers, error=None: statuses.append(status))
    body = b"".join(response)
    response.close()
    if statuses != ["200 OK"]:
        raise RuntimeError(f"{statuses} {body[:500]!r}")
    return body


def serve(count: int, page: str) -> list[float]:
    """Milliseconds of each of `count` requests."""
    taken = []
    for _ in range(count):
        started = time.perf_counter()
        _ask("", page)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def seen(page: str) -> dict[str, Any]:
    """How many queries a page of one row and one of many make, and how many rows the page of many shows."""
    counts = []
    for query in ("q=Person7%20Bench", ""):
        with _counted() as queries:
            body = _ask(query, page)
        counts.append(len(queries))
    return {"queries": counts, "rows": len(re.findall(rb"Person\d+ Bench", body))}


@contextmanager
def _counted() -> Iterator[list[str]]:
    queries: list[str] = []
    right = CursorWrapper.execute

    def execute(self: CursorWrapper, sql: Any, params: Any = None) -> Any:
        queries.append(str(sql))
        return right(self, sql, params)

    with patch.object(CursorWrapper, "execute", execute):
        yield queries
