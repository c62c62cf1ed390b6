"""Many organisations with many clients, for measuring. Names are drawn at random, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from django.contrib.auth.hashers import make_password

from halka.authorization.roles import Role
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.demo.loading import ORGANISATIONS, PASSWORD, add_clients, add_people, seat_of
from tenants.referrals.demo.shapes import DemoClient, DemoOrganisation, DemoPerson, client

AT_ONCE = 5000  # clients in memory
ENDINGS = [""] * 4 + [f"-{name}" for name in ("Kos", "Beqiri", "Ilić", "Novak", "Dema", "Mitić", "Vaitė", "Rama")]
HANDLES = ("manager", "first", "second", "third")


def load(organisations: int, clients: int, *, say: Callable[[str], None] = lambda _: None) -> None:
    """Adds what is missing of so many organisations; each new one gets so many clients."""
    password = make_password(PASSWORD)
    for number in range(1, organisations + 1):
        short_name = f"big{number:04}"
        if Organisation.objects.filter(schema_name=short_name).exists():
            continue
        demo = _organisation(short_name, number)
        organisation = provision(new=NewOrganisation(short_name, demo.names, language=demo.language))
        add_people(demo, password)
        with inside(organisation.ref()):
            _fill(clients, random.Random(number))  # noqa: S311  # invented names, not secrets
        say(f"{short_name}: {clients} clients")


def _organisation(short_name: str, number: int) -> DemoOrganisation:
    people = [DemoPerson(handle, f"{handle.title()} {number}", Role.CASEWORKER) for handle in HANDLES]
    people[0] = DemoPerson(HANDLES[0], f"Manager {number}", Role.MANAGER)
    return DemoOrganisation(short_name, {"en": f"Organisation {number}"}, "en", tuple(people))


def _fill(clients: int, chance: random.Random) -> None:
    seats = [seat_of(colleague) for colleague in Colleague.objects.order_by("email")]
    for made in range(0, clients, AT_ONCE):
        rows = people(min(AT_ONCE, clients - made), chance)
        add_clients([(row, chance.choice(seats)) for row in rows])


def people(size: int, chance: random.Random) -> Iterator[DemoClient]:
    known = [row.details for organisation in ORGANISATIONS for row in organisation.clients]
    for _number in range(size):
        given, family, rest = chance.choice(known), chance.choice(known), chance.choice(known)
        days = chance.randrange(700)
        yield client(
            given.given_name,
            family.family_name + chance.choice(ENDINGS),
            rest.note,
            by="",
            days=days,
            changed=chance.randrange(days + 1),
            born=chance.randrange(1950, 2008),
            sex=given.sex,
            phone=f"+389 70 {chance.randrange(1000000):06}",
            place=rest.place,
            language=given.language,
        )
