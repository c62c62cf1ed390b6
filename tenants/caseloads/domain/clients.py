"""Adding and changing clients."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from tenants.caseloads import keys
from tenants.caseloads.models import Client


@dataclass(frozen=True)
class ClientDetails:
    """What people write down of a client. `birth_year` is Gregorian; at most one of it and `born_on` is given."""

    given_name: str = ""
    family_name: str = ""
    other_names: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    sex: str = ""
    reference: str = ""
    national_number: str = ""
    phone: str = ""
    email: str = ""
    place: str = ""
    language: str = ""
    languages: list[str] = field(default_factory=list)
    education: str = ""
    strengths: str = ""
    interests: str = ""
    vulnerabilities: list[str] = field(default_factory=list)
    health: str = ""
    note: str = ""


DETAILS = tuple(detail.name for detail in fields(ClientDetails))


def details_of(client: Client) -> ClientDetails:
    return ClientDetails(**{name: getattr(client, name) for name in DETAILS})


def new_client(*, details: ClientDetails, assigned_to: UUID | None = None, by: Seat) -> Client:
    """A client with all its keys, not yet saved."""
    client = Client(assigned_to_id=assigned_to, created_by_id=by.membership_id, changed_by_id=by.membership_id)
    client.changed_at = client.created_at
    _write(client, details)
    return client


def add_client(*, details: ClientDetails, assigned_to: UUID | None = None, by: Seat) -> Client:
    """Adds a client. `assigned_to` is the membership of whoever is responsible."""
    client = new_client(details=details, assigned_to=assigned_to, by=by)
    with transaction.atomic():
        client.save(force_insert=True)
        record(action="client.added", on=client, by=by)
    return client


def change_client(*, client: Client, details: ClientDetails, seen_version: int, by: Seat) -> Client:
    """Writes the details, if they differ from what is saved; returns the client as it is now.

    Raises EditedMeanwhile when the client is no longer the version that `by` has seen.
    """
    with transaction.atomic():
        saved = _locked(client, seen_version)
        changed = [name for name in DETAILS if getattr(saved, name) != getattr(details, name)]
        if changed:
            _write(saved, details)
            _save(saved, by=by)
            record(action="client.changed", on=saved, detail={"fields": changed}, by=by)
    return saved


def assign_client(*, client: Client, to: UUID | None, by: Seat) -> Client:
    """Makes the colleague with this membership responsible, or nobody. The last one to assign wins."""
    with transaction.atomic():
        saved = Client.objects.select_for_update().get(pk=client.pk)
        if saved.assigned_to_id != to:
            before, saved.assigned_to_id = saved.assigned_to_id, to
            _save(saved, by=by)
            detail = {"from": str(before) if before else None, "to": str(to) if to else None}
            record(action="client.assigned", on=saved, detail=detail, by=by)
    return saved


def _locked(client: Client, seen_version: int) -> Client:
    saved = Client.objects.select_for_update().get(pk=client.pk)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this record since you opened it."))
    return saved


def _write(client: Client, details: ClientDetails) -> None:
    for name, value in asdict(details).items():
        setattr(client, name, value)
    client.search_key = keys.search_key(client.given_name, client.family_name, client.other_names, client.phone)
    client.sort_key = keys.sort_key(client.given_name, client.family_name)


def _save(client: Client, *, by: Seat) -> None:
    client.changed_at = timezone.now()
    client.changed_by_id = by.membership_id
    client.version += 1
    client.save(force_update=True)
