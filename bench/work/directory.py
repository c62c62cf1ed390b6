"""A network with so many services, and somebody who looks for a place."""

from __future__ import annotations

import random
import time
from datetime import time as clock
from importlib import import_module
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction

from halka.accounts import idleness
from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from network_registry.directory.domain import entries
from network_registry.directory.domain.search import Point, Wanted, search
from network_registry.directory.gazetteer import towns
from network_registry.directory.models import Hours, Location, Offer, Service
from network_registry.exchange.enums import Service as Need
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership

ORGANISATIONS = 10
SYLLABLES = [first + second for first in "bcčdfghjklmnprsštvzž" for second in "aeiou"]
WORDS = ["".join(random.Random(number).choices(SYLLABLES, k=2 + number % 3)) for number in range(3_000)]
LANGUAGES = ("sq", "sr", "lt", "sl", "fa", "mk", "rom", "en")
here: dict[str, Any] = {}


def furnish(services: int) -> None:
    """Services spread over all towns; each is offered at one place, on working days."""
    chance = random.Random(services)  # invented offers
    refs = [
        provision(new=NewOrganisation(f"dir{number:03}", {"en": f"House {number}"}, values={"province": "North"})).ref()
        for number in range(ORGANISATIONS)
    ]
    every = towns()
    for first in range(0, services, 500):
        with transaction.atomic():
            _some(refs, every, first, min(500, services - first), chance)
    user = User.objects.create_user("looks@example.org", name="Bench")
    Membership.objects.create(organisation_id=refs[0].id, user=user, role=Role.CASEWORKER)
    here.update(ref=refs[0], cookie=_cookie(user), application=WSGIHandler(), chance=chance)


def _some(refs: list[OrganisationRef], every: Any, first: int, count: int, chance: random.Random) -> None:
    made, places, offers, hours = [], [], [], []
    for number in range(first, first + count):
        ref, town = refs[number % ORGANISATIONS], chance.choice(every)
        made.append(
            Service(
                organisation_id=ref.id,
                names={"en": f"{_word(chance)} {_word(chance)} {number}"},
                descriptions={"en": " ".join(_word(chance) for _turn in range(20))},
                need=chance.choice(Need.values),
                languages=chance.sample(LANGUAGES, 2),
            )
        )
        places.append(
            Location(
                organisation_id=ref.id,
                name=f"Centre {number % 40}",
                place=town.name,
                country=town.country,
                latitude=town.latitude + chance.uniform(-0.05, 0.05),
                longitude=town.longitude + chance.uniform(-0.05, 0.05),
            )
        )
        offers.append(
            Offer(
                organisation_id=ref.id,
                service=made[-1],
                location=places[-1],
                free_places=chance.choice((None, 0, 1, 4)),
            )
        )
        hours += [Hours(offer=offers[-1], weekday=day, opens_at=clock(0), closes_at=clock(23)) for day in range(7)]
    for model, rows in ((Service, made), (Location, places), (Offer, offers), (Hours, hours)):
        model.objects.bulk_create(rows)  # type: ignore[attr-defined]
    entries.renew(Offer.objects.filter(pk__in=[offer.pk for offer in offers]))


def _word(chance: random.Random) -> str:
    """As in a language: some words are everywhere, most are rare."""
    return WORDS[min(int(chance.paretovariate(0.6)), len(WORDS)) - 1]


def _cookie(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    idleness.begin(session)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def ask(what: str, count: int) -> list[float]:
    """Milliseconds of so many searches of this kind, each for something else."""
    chance: random.Random = here["chance"]
    taken = []
    for _turn in range(count):
        town = chance.choice(towns())
        if what == "page":
            taken.append(_page({"place": town.name, "need": chance.choice(Need.values)}))
            continue
        near = Point(town.latitude, town.longitude)
        wanted = {
            "near": Wanted(near=near),
            "need": Wanted(near=near, need=chance.choice(Need.values), language=chance.choice(LANGUAGES)),
            "words": Wanted(near=near, text=_word(chance)),
            "mistake": Wanted(near=near, text=_mistaken(_word(chance), chance)),
            "open": Wanted(near=near, open_now=True, has_places=True),
            "name": Wanted(text=_word(chance)),
        }[what]
        with inside(here["ref"]):
            started = time.perf_counter()
            search(wanted)
            taken.append((time.perf_counter() - started) * 1000)
    return taken


def _mistaken(word: str, chance: random.Random) -> str:
    """Two letters that changed places."""
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _page(query: dict[str, str]) -> float:
    ref: OrganisationRef = here["ref"]
    host = workspace_host(ref.short_name)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/services/",
        "QUERY_STRING": urlencode(query),
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_COOKIE": here["cookie"],
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    statuses: list[str] = []
    started = time.perf_counter()
    response = here["application"](environ, lambda status, headers, error=None: statuses.append(status))
    b"".join(response)
    response.close()
    taken = (time.perf_counter() - started) * 1000
    if statuses != ["200 OK"]:
        raise RuntimeError(f"{query} {statuses}")
    return taken
