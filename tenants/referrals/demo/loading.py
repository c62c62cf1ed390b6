"""Loading the demo network, and removing it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.sealing import keyring
from knowledge_base import demo as knowledge
from knowledge_base import demo_readers as readers
from network_registry.exchange.enums import State
from network_registry.exchange.models import DealingEvent, Envelope, OutboxItem, Relocation
from network_registry.membership import demo as membership
from network_registry.working_groups import demo as working_groups
from tenants.caseloads.domain.clients import new_client
from tenants.caseloads.models import Client
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import State as OrganisationState
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Colleague, Domain, Membership, Organisation, WorkingGroup
from tenants.organisations.walls import connections, ddl
from tenants.referrals.demo import (
    cases,
    ending,
    groups,
    journal,
    kaimai,
    later,
    learned,
    learning,
    mentors,
    network,
    operating,
    peyvand,
    pogum,
    progress,
    prvikorak,
    record,
    rights,
    services,
    software,
    talking,
    walking,
    webhooks,
)
from tenants.referrals.demo.exchange import REFERRALS
from tenants.referrals.demo.shapes import DemoClient, DemoOrganisation, DemoPerson
from tenants.referrals.domain import delivery

PASSWORD = "halka-demo"  # noqa: S105  # printed for everybody; production settings refuse the demo
MAIL_DOMAIN = "example"  # of the top-level domain that nobody owns
MEMBERS = (network.BRANCH, mentors.ORGANISATION, prvikorak.ORGANISATION, kaimai.ORGANISATION, pogum.ORGANISATION,
           peyvand.ORGANISATION, network.NEWCOMER, network.PARTNER, network.WORKSHOP)  # fmt: skip
LAST = network.SECRETARIAT  # so that a load that was cut short can be told from a finished one
ORGANISATIONS = (*MEMBERS, LAST)
# What people of an organisation do with its clients; each may rely on those before it.
FILLERS = (record.fill, cases.fill, progress.fill, journal.fill, rights.fill, services.fill, webhooks.fill,
           software.fill)  # fmt: skip
PATIENCE = 20.0  # seconds for an outbox item that a worker has taken


def is_loaded() -> bool:
    return Organisation.objects.filter(schema_name=LAST.short_name).exists()


def load() -> None:
    """Makes the whole network: what an earlier load left unfinished is removed first."""
    remove()
    password = make_password(PASSWORD)
    for organisation in MEMBERS:
        _organise(organisation)
    for organisation in MEMBERS:
        add_people(organisation, password)
        _add_clients(organisation)
        _fill(organisation)
    for organisation in MEMBERS:
        _ask_for_places(organisation)
    for referral in REFERRALS:
        walking.walk(referral, _deliver)
    talking.load(_deliver)
    ending.load(_deliver)
    knowledge.load()
    _teach()
    _organise(LAST)
    add_people(LAST, password)
    _let_apply()
    later.load()
    learned.load(_seats, LAST.short_name)
    readers.load(MAIL_DOMAIN, LAST.short_name)
    working_groups.load(WorkingGroup.objects.get(name=readers.GROUP), _person, founder=f"ada@{LAST.short_name}")
    for referral in REFERRALS:
        if referral.state == State.REJECTED:
            walking.reject(referral, LAST.short_name, _deliver)


def remove() -> None:
    """Removes the demo's organisations with all they hold, and its accounts; nothing else."""
    ours = Q(schema_name__in=[organisation.short_name for organisation in ORGANISATIONS]) | Q(
        schema_name__regex=r"^big\d{4,}$"
    )
    found = list(Organisation.objects.filter(ours))
    for organisation in found:
        forget_hosts(organisation.pk)
        connections.forget(organisation.db_role)
    learned.remove(found)
    working_groups.remove(found)
    readers.remove(found)
    with as_owner():
        services.remove(found)
        software.remove(found)
        membership.remove(found)
        operating.remove()
        between = Q(sender__in=found) | Q(target__in=found)
        Envelope.objects.filter(between).delete()
        DealingEvent.objects.filter(dealing__in=Relocation.objects.filter(between).values("pk")).delete()
        Relocation.objects.filter(between).delete()
        Organisation.objects.filter(parent__in=found).update(parent=None)
        Membership.objects.filter(organisation__in=found).delete()
        Domain.objects.filter(tenant__in=found).delete()
        for organisation in found:
            ddl.drop_organisation(organisation.db_role, organisation.schema_name)
            keyring.destroy(organisation.pk)
        Organisation.objects.filter(pk__in=[organisation.pk for organisation in found]).delete()
        User.objects.filter(email__endswith=f".{MAIL_DOMAIN}", memberships=None).delete()


def email_of(person: DemoPerson, organisation: DemoOrganisation) -> str:
    return f"{person.handle}@{organisation.short_name}.{MAIL_DOMAIN}"


def _organise(demo: DemoOrganisation) -> None:
    values: dict[str, object] = {"province": demo.province, "colour": demo.colour, "time_zone": demo.time_zone}
    if demo.is_provisional:
        values["state"] = OrganisationState.PROVISIONAL
    if demo.contact_email:
        values["contact_email"] = demo.contact_email
    if demo.parent:
        values["parent"] = Organisation.objects.get(schema_name=demo.parent)
    provision(new=NewOrganisation(demo.short_name, demo.names, demo.kind, demo.language, demo.calendar, values=values))


def add_people(demo: DemoOrganisation, password: str) -> None:
    """Accounts and memberships. `password` is hashed already."""
    users = User.objects.bulk_create(
        User(
            email=email_of(person, demo),
            name=person.name,
            password=password,
            language=demo.texts,
            calendar=demo.calendar,
        )
        for person in demo.people
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    ids = dict(Organisation.objects.values_list("schema_name", "pk"))
    Membership.objects.bulk_create(
        Membership(organisation_id=ids[short_name], user=user, role=role)
        for user, person in zip(users, demo.people, strict=True)
        for short_name, role in ((demo.short_name, person.role), *person.elsewhere)
    )


def _seats() -> dict[str, Seat]:
    """By handle. Asked inside of the organisation."""
    return {colleague.email.split("@")[0]: seat_of(colleague) for colleague in Colleague.objects.all()}


def _person(address: str) -> tuple[OrganisationRef, Seat]:
    """Of `handle@organisation`."""
    handle, _at, short_name = address.partition("@")
    ref = Organisation.objects.get(schema_name=short_name).ref()
    with inside(ref):
        return ref, _seats()[handle]


def seat_of(colleague: Colleague) -> Seat:
    return Seat(colleague.user_id, colleague.pk, Role(colleague.role), colleague.name)


def _add_clients(demo: DemoOrganisation) -> None:
    with inside(Organisation.objects.get(schema_name=demo.short_name).ref()):
        seats = _seats()
        add_clients([(client, seats[client.colleague]) for client in demo.clients])


def _fill(demo: DemoOrganisation) -> None:
    with inside(Organisation.objects.get(schema_name=demo.short_name).ref()):
        seats = _seats()
        for fill in FILLERS:
            fill(demo.short_name, seats)


def _let_apply() -> None:
    """Two organisations that want to join, one of them with a question to answer."""
    secretariat = Organisation.objects.get(schema_name=LAST.short_name)
    with inside(secretariat.ref()):
        seats = _seats()
    membership.load(secretariat, seats)
    operating.load(secretariat, _seats)


def _teach() -> None:
    """What some of them teach from, before and after the standard moved on."""
    for short_name in learning.ADOPTERS:
        with inside(Organisation.objects.get(schema_name=short_name).ref()):
            learning.fill(short_name, _seats())
            groups.fill(short_name, _seats())
    learning.move_on()


def _ask_for_places(demo: DemoOrganisation) -> None:
    """What its people ask of others, and what those answer."""
    with inside(Organisation.objects.get(schema_name=demo.short_name).ref()):
        asked = services.ask(demo.short_name, _seats())
    for target in asked:
        with inside(Organisation.objects.get(schema_name=target).ref()):
            services.answer(demo.short_name, _seats())


def add_clients(rows: Sequence[tuple[DemoClient, Seat]], batch_size: int = 2000) -> None:
    """Clients with the colleague who added each, and the audit of it, in bulk."""
    now = timezone.now()
    clients, entries = [], []
    for row, seat in rows:
        client = new_client(details=row.details, assigned_to=seat.membership_id, by=seat)
        client.created_at, client.changed_at = (
            now - timedelta(days=row.days),
            now - timedelta(days=row.changed, hours=1),
        )
        client.version = 1 if row.days == row.changed else 2
        if client.version == 1:
            client.changed_at = client.created_at
        clients.append(client)
        entries.append(
            Entry(
                at=client.created_at, actor_user_id=seat.user_id, actor_name=seat.name, action="client.added",
                target_model=Client._meta.label_lower, target_id=str(client.pk),
            )
        )  # fmt: skip
    Client.objects.bulk_create(clients, batch_size=batch_size)
    Entry.objects.bulk_create(entries, batch_size=batch_size)


def _deliver(envelope_id: UUID) -> None:
    """Carries what waits, or waits for the worker that was faster."""
    until = time.monotonic() + PATIENCE
    while OutboxItem.objects.undelivered().filter(envelope=envelope_id).exists():
        delivery.carry_all(envelope_id)
        if time.monotonic() > until:
            raise TimeoutError("A referral of the demo was not delivered.")
