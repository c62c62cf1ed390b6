"""Who the person at the page is in this organisation. The first line of every view asks here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from halka.authorization.roles import Permission, Role, Seat
from halka.common.current import OrganisationRef
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import Membership, SupportGrant


def memberships_of(user: Any) -> list[Membership]:
    """The account's memberships with their organisations, in one query. The network's rights are needed."""
    return list(
        Membership.objects.active()
        .filter(user=user.pk)
        .exclude(organisation__state=State.CLOSED)
        .select_related("organisation")
        .defer("organisation__logo")
        .order_by("organisation__schema_name")
    )


def find_seat(
    user: Any, organisation: OrganisationRef, memberships: list[Membership], grants: list[SupportGrant]
) -> Seat | None:
    """The account's place in the organisation: a membership, or support access that runs now."""
    for membership in memberships:
        if membership.organisation_id == organisation.id:
            return Seat(user.pk, membership.pk, Role(membership.role), user.name)
    for grant in grants:
        if grant.organisation_id == organisation.id:
            return Seat(user.pk, None, None, user.name, support_grant_id=grant.pk)
    return None


def support_of(user: Any, memberships: list[Membership]) -> list[SupportGrant]:
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


def require(request: HttpRequest, permission: Permission) -> Seat:
    """The seat of the person at the page, who has the permission.

    Raises Http404 for anybody without a seat here, PermissionDenied for a member whose role does not allow it.
    """
    seat: Seat | None = getattr(request, "seat", None)
    if seat is None:
        raise Http404
    if not seat.can(permission):
        raise PermissionDenied(
            _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
            % {"permission": permission.label}
        )
    return seat
