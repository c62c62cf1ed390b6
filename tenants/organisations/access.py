"""Who the person at the page is in this organisation. The first line of every view asks here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from halka.authorization.roles import SCOPES, Permission, Role, Seat
from halka.common.current import OrganisationRef
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import SupportGrant


@dataclass(frozen=True)
class Belonging:
    """One membership of an account, with its organisation."""

    membership_id: UUID
    role: Role
    organisation: OrganisationRef


# What OrganisationRef takes, and where it stands in the organisation's row.
REF_COLUMNS = {
    "id": "id",
    "short_name": "schema_name",
    "db_role": "db_role",
    "schema_version": "schema_version",
    "kind": "kind",
    "state": "state",
    "language": "language",
    "calendar": "calendar",
    "colour": "colour",
    "time_zone": "time_zone",
    "demands_mfa": "demands_mfa",
    "has_logo": "logo_type <> ''",
    "subdomain": "subdomain",
    "earlier_states": "earlier_states",
    "names": "names",
}
# Asked on every request, where Django would take longer to write the query than PostgreSQL takes to answer it.
BELONGINGS = f"""
SELECT membership.id, membership.role, {", ".join(f"organisation.{column}" for column in REF_COLUMNS.values())}
FROM organisations_membership AS membership
JOIN organisations_organisation AS organisation ON organisation.id = membership.organisation_id
JOIN accounts_user AS account ON account.id = membership.user_id
WHERE membership.user_id = %s AND membership.ended_at IS NULL AND account.is_active AND organisation.state <> %s
ORDER BY organisation.schema_name
"""


def memberships_of(user: Any) -> list[Belonging]:
    """The account's memberships that run, in open organisations, in one query. The network's rights are needed."""
    with connection.cursor() as cursor:
        cursor.execute(BELONGINGS, [user.pk, State.CLOSED])
        return [
            Belonging(membership_id, Role(role), ref_of(columns)) for membership_id, role, *columns in cursor.fetchall()
        ]


def ref_of(columns: list[Any]) -> OrganisationRef:
    """Out of a row's columns in the order of REF_COLUMNS."""
    values = dict(zip(REF_COLUMNS, columns, strict=True))
    values["names"], values["earlier_states"] = json.loads(values["names"]), tuple(values["earlier_states"])
    return OrganisationRef(**values)


def find_seat(
    user: Any, organisation: OrganisationRef, memberships: list[Belonging], grants: list[SupportGrant]
) -> Seat | None:
    """The account's place in the organisation: a membership, or support access that runs now."""
    for membership in memberships:
        if membership.organisation.id == organisation.id:
            return Seat(user.pk, membership.membership_id, membership.role, user.name)
    for grant in grants:
        if grant.organisation_id == organisation.id:
            return Seat(user.pk, None, None, user.name, support_grant_id=grant.pk)
    return None


def organisation_of(
    seat: Seat, known: OrganisationRef, memberships: list[Belonging], grants: list[SupportGrant]
) -> OrganisationRef:
    """The seat's organisation as the database had it when the seat was found; `known` may be older."""
    if seat.is_support:
        return next(grant.organisation.ref() for grant in grants if grant.pk == seat.support_grant_id)
    return next(membership.organisation for membership in memberships if membership.organisation.id == known.id)


def support_of(user: Any, memberships: list[Belonging]) -> list[SupportGrant]:
    """Support accesses that run now, with their organisations. None for anybody outside of the secretariat."""
    is_supporter = any(
        membership.role == Role.SECRETARIAT and membership.organisation.kind == Kind.SECRETARIAT
        for membership in memberships
    )
    if not is_supporter:
        return []
    return list(
        SupportGrant.objects.active()
        .filter(user=user.pk)
        .exclude(organisation__state=State.CLOSED)
        .select_related("organisation")
        .defer("organisation__logo")
        .order_by("organisation__schema_name")
    )


class ScopeMissing(PermissionDenied):
    """Software asked for what none of its scopes allows. `scopes` are those that would."""

    def __init__(self, permission: Permission) -> None:
        self.scopes = [scope for scope, permissions in SCOPES.items() if permission in permissions]
        told = _("This software may not: “%(permission)s”.") % {"permission": permission.label}
        super().__init__(told)


def require(request: HttpRequest, permission: Permission) -> Seat:
    """The seat of the person at the page, or of software at the API, who has the permission.

    Raises Http404 for anybody without a seat here, PermissionDenied for a member whose role does not allow it,
    ScopeMissing for software.
    """
    seat: Seat | None = getattr(request, "seat", None)
    if seat is None:
        raise Http404
    if seat.is_software and not seat.can(permission):
        raise ScopeMissing(permission)
    if not seat.can(permission):
        raise PermissionDenied(
            _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
            % {"permission": permission.label}
        )
    return seat
