"""A workspace with pages that fail while they hold somebody's data. For test_redaction.py."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from halka.urls_workspace import handler400, handler403, handler404, handler500, urlpatterns
from tenants.caseloads.domain.clients import ClientDetails
from tenants.caseloads.models import Client

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def fail(request: HttpRequest, how: str) -> HttpResponse:
    typed = request.POST.dict()
    details = ClientDetails(given_name=typed["given_name"], phone=typed["phone"])
    client = Client(given_name=details.given_name, phone=typed["phone"], note=typed["note"])
    logging.getLogger("halka.test").warning("saving %s for %s with %s", client, request, typed)
    HOW[how](client, typed)
    return HttpResponse()


def _by_the_database(client: Client, typed: dict[str, Any]) -> None:
    client.save()
    client.given_name = ""
    client.place = typed["note"]
    client.save()  # no name: PostgreSQL quotes the whole row


def _by_a_value(client: Client, typed: dict[str, Any]) -> None:
    int(typed["phone"])


def _by_a_lookup(client: Client, typed: dict[str, Any]) -> None:
    {}[client.given_name]


def _by_words(client: Client, typed: dict[str, Any]) -> None:
    part = client.note
    raise RuntimeError(f"cannot send {part} to {typed['given_name']}")


def _by_a_template(client: Client, typed: dict[str, Any]) -> None:
    engines["django"].from_string("{% include client.given_name %}").render({"client": client, "typed": typed})


def _twice(client: Client, typed: dict[str, Any]) -> None:
    try:
        _by_a_value(client, typed)
    except ValueError:
        _by_words(client, typed)


HOW = {
    "database": _by_the_database,
    "value": _by_a_value,
    "lookup": _by_a_lookup,
    "words": _by_words,
    "template": _by_a_template,
    "twice": _twice,
}
urlpatterns = [*urlpatterns, path("fail/<slug:how>/", fail)]
