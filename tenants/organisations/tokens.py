"""Whose a token is. Asked with the network's rights on every request of software, before an organisation is entered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from allauth.idp.oidc.models import Token
from django.db import connection
from django.utils import timezone

from halka.authorization.roles import Scope, Seat
from halka.common.current import OrganisationRef
from halka.common.keys import hash_of
from tenants.organisations.access import REF_COLUMNS, ref_of
from tenants.organisations.enums import State
from tenants.organisations.models import Software

USED_AGAIN: Final = timedelta(minutes=1)  # how exact "last used" is
# One query whatever is wrong: a token of another organisation is as unknown here as one that was never made.
SOFTWARE = f"""
SELECT software.id, software.last_used_at, client.name, client.scopes, token.scopes,
    {", ".join(f"organisation.{column}" for column in REF_COLUMNS.values())}
FROM allauth_idp_oidc_token AS token
JOIN allauth_idp_oidc_client AS client ON client.id = token.client_id
JOIN organisations_software AS software ON software.client_id = client.id
JOIN organisations_organisation AS organisation ON organisation.id = software.organisation_id
WHERE token.hash = %s AND token.type = %s AND token.expires_at > %s AND organisation.id = %s
    AND software.revoked_at IS NULL AND organisation.state <> %s
"""


def find_software(token: str, organisation: OrganisationRef) -> tuple[Seat, OrganisationRef] | None:
    """The seat of this organisation's software whose token runs now, and the organisation as the database has it.

    Its scopes are those that the token was given, and that the manager has not taken back since.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(SOFTWARE, [hash_of(token), Token.Type.ACCESS_TOKEN, now, organisation.id, State.CLOSED])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, last_used_at, name, allowed, given, *columns = row
    organisation = ref_of(columns)
    if organisation.reads_only:
        return None
    _note_use(pk, last_used_at, now)
    scopes = frozenset(Scope(scope) for scope in {*allowed.split()} & {*given.split()} & {*Scope.values})
    seat = Seat(user_id=0, membership_id=None, role=None, name=name, software_id=pk, scopes=scopes)
    return seat, organisation


def _note_use(pk: UUID, last_used_at: datetime | None, now: datetime) -> None:
    if last_used_at is None or now - last_used_at >= USED_AGAIN:
        Software.objects.filter(pk=pk).update(last_used_at=now)


def remove_old_tokens() -> int:
    """Those that have expired; how many."""
    return Token.objects.expired().delete()[0]
