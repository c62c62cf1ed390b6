"""Who reads what is for members, and who edits. Asked on the network's host, with the network's rights."""

from __future__ import annotations

from typing import Any

from halka.authorization.roles import ROLES, Permission, Role
from tenants.organisations.access import memberships_of
from tenants.organisations.enums import Kind
from tenants.organisations.models import Membership


def memberships(request: Any) -> list[Membership]:
    """The account's memberships, asked once a request."""
    if not hasattr(request, "memberships"):
        request.memberships = memberships_of(request.user) if request.user.is_authenticated else []
    found: list[Membership] = request.memberships
    return found


def is_member(request: Any) -> bool:
    return bool(memberships(request))


def editing_membership(request: Any) -> Membership | None:
    """The membership of the secretariat that lets the account edit the knowledge base."""
    for membership in memberships(request):
        may_edit = Permission.KNOWLEDGE_EDIT in ROLES[Role(membership.role)].permissions
        if may_edit and membership.organisation.kind == Kind.SECRETARIAT:
            return membership
    return None
