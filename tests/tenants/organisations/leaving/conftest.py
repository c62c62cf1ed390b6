"""An organisation with rows of every kind, which leaves and comes back. All of it is committed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection

from halka.accounts.models import User
from halka.audit.domain import record
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.models import PrivateModel
from halka.common.sealing.fields import BlindIndexField
from network_registry.directory.models import Location, Offer, Service
from network_registry.exchange.models import (
    Access,
    Deadlines,
    DealingEvent,
    Envelope,
    EnvelopeEvent,
    Relocation,
    Transfer,
)
from network_registry.membership.models import Merger
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.models import Client
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import AuditAnchor, Closing, Domain, Membership, Organisation, Takeout
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl
from tenants.referrals.enums import Direction
from tests.factories.caseloads import ClientFactory
from tests.guards.records import make_exchanged, make_rows

NAME = "leaver"
PEOPLE = ("owner@leaver.example", "reader@leaver.example")
SHARED: dict[type, str] = {
    Membership: "organisation_id",
    Domain: "tenant_id",
    Service: "organisation_id",
    Location: "organisation_id",
    Offer: "organisation_id",
    Deadlines: "organisation_id",
    Envelope: "sender_id",
    Transfer: "sender_id",
    Access: "sender_id",
    Relocation: "sender_id",
}


def forget_everything(*, accounts: bool = True) -> None:
    """As if this installation had never heard of the organisation."""
    walls.close_all()
    caches["network"].clear()
    for organisation in Organisation.objects.filter(schema_name=NAME):
        for model, column in SHARED.items():
            if model is Envelope:
                EnvelopeEvent.objects.filter(envelope__sender_id=organisation.pk).delete()
            model.objects.filter(**{column: organisation.pk}).delete()
        DealingEvent.objects.all().delete()
        Merger.objects.filter(absorbed=organisation).delete()  # of this network: it is not loaded into another
        with as_owner():
            AuditAnchor.objects.filter(organisation_id=organisation.pk).delete()
            Closing.objects.filter(organisation_id=organisation.pk).delete()
            Takeout.objects.filter(organisation_id=organisation.pk).delete()
            ddl.drop_organisation(organisation.db_role, organisation.schema_name)
        for left in Path(settings.KEYRING_ROOT).glob(f"{organisation.pk}.*"):
            left.unlink()
        organisation.delete()
    if accounts:
        User.objects.filter(email__in=PEOPLE).delete()


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def leaver(login_walls: None, media: Path, epsilon: OrganisationRef) -> Iterator[OrganisationRef]:
    """With people, clients, a document, services, and what it exchanged with epsilon."""
    forget_everything()
    ref = provision(
        new=NewOrganisation(NAME, {"en": "Leaver", "fa": "رونده"}, language="fa", values={"province": "East"})
    ).ref()
    try:
        seats = [_seat(ref, email) for email in PEOPLE]
        exchanged = make_exchanged(ref, epsilon, Direction.OUT)
        _furnish_shared(ref)
        with inside(ref):
            make_rows(owner=seats[0], reader=seats[1], exchanged=exchanged)
            client = ClientFactory(known=True)
            add_document(
                client=client, title="Letter", source=[b"Dear all, " * 20_000], content_type="text/plain", by=seats[0]
            )
            for number in range(3):
                record(action="first", detail={"number": number, "share": 1.5, "words": "ق\n"}, by=seats[0])
        yield ref
    finally:
        forget_everything()


@pytest.fixture
def manager(leaver: OrganisationRef) -> Seat:
    membership = Membership.objects.get(organisation_id=leaver.id, user__email=PEOPLE[0])
    return Seat(membership.user_id, membership.pk, Role.MANAGER, membership.user.name)


def _seat(ref: OrganisationRef, email: str) -> Seat:
    user = User.objects.create(email=email, name=email.partition("@")[0].title(), language="fa")
    membership = Membership.objects.create(organisation_id=ref.id, user=user, role=Role.MANAGER)
    return Seat(user.pk, membership.pk, Role.MANAGER, user.name)


def _furnish_shared(ref: OrganisationRef) -> None:
    location = Location.objects.create(organisation_id=ref.id, name="House", place="Tetovo", country="MK")
    service = Service.objects.create(organisation_id=ref.id, names={"en": "Mentoring"}, need="mentoring")
    Offer.objects.create(organisation_id=ref.id, service=service, location=location)
    Deadlines.objects.create(organisation_id=ref.id)
    envelope = Envelope.objects.get(sender_id=ref.id)
    EnvelopeEvent.objects.create(envelope=envelope, state="sent", organisation_id=ref.id)


def forget_clients(ref: OrganisationRef) -> None:
    """Clients of an organisation of the suite, and what history keeps of them."""
    with inside(ref):
        Client.objects.all().delete()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ref.short_name}.caseloads_clientevent")


Rows = dict[str, list[dict[str, Any]]]


def private_rows(ref: OrganisationRef) -> Rows:
    """Every row of every private table, opened; but not what only a key makes."""
    found: Rows = {}
    with inside(ref):
        for model in apps.get_models(include_auto_created=True):
            if issubclass(model, PrivateModel) and model._meta.managed:
                fields = [f for f in model._meta.concrete_fields if not isinstance(f, BlindIndexField)]
                found[model._meta.db_table] = [
                    {field.column: getattr(row, field.attname) for field in fields}
                    for row in model.objects.order_by("pk")
                ]
    return found


def shared_rows(ref: OrganisationRef) -> Rows:
    found = {
        model._meta.db_table: list(model.objects.filter(**{column: ref.id}).order_by("pk").values())
        for model, column in SHARED.items()
    }
    found["exchange_envelopeevent"] = list(
        EnvelopeEvent.objects.filter(envelope__sender_id=ref.id).order_by("pk").values()
    )
    organisation = Organisation.objects.defer(None).filter(pk=ref.id).values().get()
    del organisation["db_role"]
    return {**found, "organisations_organisation": [organisation]}


def packed(content: Iterator[bytes]) -> io.BytesIO:
    return io.BytesIO(b"".join(content))


@pytest.fixture
def owner_runs() -> Callable[[str], None]:
    def run(statement: str) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(statement)

    return run
