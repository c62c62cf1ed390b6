"""Adding and changing clients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads import keys
from tenants.caseloads.domain.reactions import client_changed
from tenants.caseloads.domain.sharing import may_assign
from tenants.caseloads.errors import NotYoursToGive
from tenants.caseloads.models import Client


@dataclass(frozen=True)
class ClientDetails:
    """What people write down of a client. `birth_year` is Gregorian; at most one of it and `born_on` is given.

    Lists are kept sorted and without doubles, so that equal ones are equal.
    """

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

    def __post_init__(self) -> None:
        for name in ("languages", "vulnerabilities"):
            object.__setattr__(self, name, sorted(set(getattr(self, name))))


DETAILS = tuple(detail.name for detail in fields(ClientDetails))


class ReferenceTaken(Refused):
    """Another client has the file number."""


def details_of(client: Client) -> ClientDetails:
    return ClientDetails(**{name: getattr(client, name) for name in DETAILS})


def new_client(*, details: ClientDetails, assigned_to: UUID | None = None, by: Seat) -> Client:
    """A client with all its keys, not yet saved."""
    client = Client(assigned_to_id=assigned_to, created_by_id=by.membership_id, changed_by_id=by.membership_id)
    client.changed_at = client.created_at
    write_details(client, details)
    return client


def add_client(*, details: ClientDetails, assigned_to: UUID | None = None, by: Seat) -> Client:
    """Adds a client. `assigned_to` is the membership of whoever is responsible. Raises ReferenceTaken."""
    client = new_client(details=details, assigned_to=assigned_to, by=by)
    with reference_alone(), transaction.atomic():
        client.save(force_insert=True)
        record(action="client.added", on=client, by=by)
    return client


def change_client(*, client: Client, details: ClientDetails, seen_version: int, by: Seat) -> Client:
    """Writes the details, if they differ from what is saved; returns the client as it is now.

    Raises EditedMeanwhile when the client is no longer the version that `by` has seen, ReferenceTaken.
    """
    with reference_alone(), transaction.atomic():
        saved = _locked(client, seen_version)
        before = details_of(saved)
        changed = [name for name in DETAILS if getattr(before, name) != getattr(details, name)]
        if changed:
            write_details(saved, details)
            save_changed(saved, by=by)
            record(action="client.changed", on=saved, detail={"fields": changed}, by=by)
            client_changed(saved.pk, by=by)
    return saved


def assign_client(*, client: Client, to: UUID | None, by: Seat) -> Client:
    """Makes the colleague with this membership responsible, or nobody.

    Raises NotYoursToGive where the person is in somebody else's care, even since a moment ago.
    """
    with transaction.atomic():
        saved = Client.objects.select_for_update().get(pk=client.pk)
        if saved.assigned_to_id != to:
            if not may_assign(saved, to, by):
                raise NotYoursToGive(_("Only the person responsible, or a supervisor, can hand this record over."))
            before, saved.assigned_to_id = saved.assigned_to_id, to
            save_changed(saved, by=by)
            detail = {"from": str(before) if before else None, "to": str(to) if to else None}
            record(action="client.assigned", on=saved, detail=detail, by=by)
    return saved


@contextmanager
def reference_alone() -> Iterator[None]:
    """The database alone can tell whether two who save at once give the same file number."""
    try:
        yield
    except IntegrityError as error:
        if "client_reference_once" not in str(error):
            raise
        raise ReferenceTaken(_("Another client has this file number.")) from error


def _locked(client: Client, seen_version: int) -> Client:
    saved = Client.objects.select_for_update().get(pk=client.pk)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this record since you opened it."))
    return saved


def write_details(client: Client, details: ClientDetails) -> None:
    """Details and the keys made of them, not yet saved."""
    for name, value in asdict(details).items():
        setattr(client, name, value)
    client.search_key = keys.search_key(client.given_name, client.family_name, client.other_names, client.phone)
    client.sort_key = keys.sort_key(client.given_name, client.family_name)


def save_changed(client: Client, *, by: Seat) -> None:
    """As the next version, changed now."""
    client.changed_at = timezone.now()
    client.changed_by_id = by.membership_id
    client.version += 1
    client.save(force_update=True)
