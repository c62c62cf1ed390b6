"""An organisation's own computer systems: what may call the API in its name."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from allauth.idp.oidc.models import Client
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Scope, Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from halka.common.identifiers import uuid7
from halka.common.keys import Kept, hash_of, kept, new_secret
from tenants.organisations.models import Software

MOST_HOURS: Final = 72  # that the secret before counts beside the new one
MOST: Final = 50  # of an organisation, at a time


class SoftwareRefused(Refused):
    """Taken away already, nothing ticked, or one too many."""


@dataclass(frozen=True)
class Credentials:
    """What software shows when it asks for a token."""

    client_id: str
    secret: str


def new_credentials() -> Credentials:
    return Credentials(secrets.token_hex(12), new_secret())


def has_room() -> bool:
    return Software.objects.active().filter(organisation_id=required_organisation().id).count() < MOST


def add_software(
    *, name: str, scopes: Iterable[Scope], credentials: Credentials | None = None, by: Seat
) -> tuple[Software, str]:
    """The software, and its secret, which is kept as a hash alone. Raises SoftwareRefused."""
    here, words = required_organisation(), _words(scopes)
    credentials = credentials or new_credentials()
    with transaction.atomic():
        if not has_room():
            raise SoftwareRefused(_("There are too many already. Take away what is no longer used."))
        client = Client(
            id=credentials.client_id,
            name=name,
            secret=Kept(hash_of(credentials.secret)).encoded,
            scopes=words,
            default_scopes=words,
            grant_types=Client.GrantType.CLIENT_CREDENTIALS,
            response_types="",
        )
        # Whose it is stands there first: the database lets nobody add a client that is not theirs.
        software = Software(id=uuid7(), organisation_id=here.id, client=client, created_by_name=by.name)
        Software.objects.bulk_create([software])
        client.save(force_insert=True)
        record(action="software.added", on=software, detail={"name": name, "scopes": words.split()}, by=by)
    return software, credentials.secret


def change_software(*, software: UUID, name: str, scopes: Iterable[Scope], by: Seat) -> Software:
    """What is taken away ends at once; what is added counts from the next token on. Raises SoftwareRefused."""
    words = _words(scopes)
    with transaction.atomic():
        found = _running(software)
        client = found.client
        if (client.name, client.scopes) != (name, words):
            client.name, client.scopes, client.default_scopes = name, words, words
            client.save(update_fields=["name", "scopes", "default_scopes"])
            record(action="software.changed", on=found, detail={"name": name, "scopes": words.split()}, by=by)
    return found


def rotate_secret(*, software: UUID, hours: int, by: Seat) -> tuple[Software, str]:
    """A new secret; the one before counts beside it for so many hours. Raises SoftwareRefused."""
    if not 0 <= hours <= MOST_HOURS:
        raise SoftwareRefused(_("The old secret can go on working for 0 to 72 hours."))
    now, secret = timezone.now(), new_secret()
    with transaction.atomic():
        found = _running(software)
        found.secret_since = now
        found.save(update_fields=["secret_since"])
        found.client.secret = kept(found.client.secret).followed_by(secret, until=now + timedelta(hours=hours)).encoded
        found.client.save(update_fields=["secret"])
        record(action="software.rotated", on=found, detail={"hours": hours}, by=by)
    return found, secret


def revoke_software(*, software: UUID, by: Seat) -> Software:
    """Its tokens end with it, at once. Raises SoftwareRefused."""
    with transaction.atomic():
        found = _running(software)
        found.revoked_at, found.revoked_by_name = timezone.now(), by.name
        found.save(update_fields=["revoked_at", "revoked_by_name"])
        record(action="software.revoked", on=found, by=by)
    return found


def _running(software: UUID) -> Software:
    found = (
        Software.objects.active()
        .select_for_update(of=("self",))
        .select_related("client")
        .filter(pk=software, organisation_id=required_organisation().id)
        .first()
    )
    if found is None:
        raise SoftwareRefused(_("This access was taken away already."))
    return found


def _words(scopes: Iterable[Scope]) -> str:
    """As the provider keeps them, in the order of the table."""
    chosen = set(scopes)
    if not chosen:
        raise SoftwareRefused(_("Tick at least one thing that it may do."))
    return "\n".join(scope for scope in Scope if scope in chosen)
