"""Who reads what is for members, and who edits. Asked on the network's host, with the network's rights."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from halka.authorization.roles import ROLES, Permission
from tenants.organisations.access import Belonging, memberships_of
from tenants.organisations.enums import Kind


def memberships(request: Any) -> list[Belonging]:
    """The account's memberships, asked once a request."""
    if not hasattr(request, "memberships"):
        request.memberships = memberships_of(request.user) if request.user.is_authenticated else []
    found: list[Belonging] = request.memberships
    return found


def is_member(request: Any) -> bool:
    return bool(memberships(request))


def editing_membership(request: Any) -> Belonging | None:
    """The membership of the secretariat that lets the account edit the knowledge base."""
    for membership in memberships(request):
        may_edit = Permission.KNOWLEDGE_EDIT in ROLES[membership.role].permissions
        if may_edit and membership.organisation.kind == Kind.SECRETARIAT:
            return membership
    return None


def require_editor(request: Any) -> None:
    """Raises Http404 for whoever does not edit the knowledge base; the middleware asks for the second factor."""
    if editing_membership(request) is None:
        raise Http404
