"""What every page's frame shows: the organisation, the person's seat, and where else they work."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from halka.common.addresses import origin, workspace_host
from tenants.organisations.access import memberships_of
from tenants.organisations.models import Membership


def workspace(request: Any) -> dict[str, Any]:
    """`organisation`, its name, `seat`, and the person's `organisations` for the switcher."""
    organisation = getattr(request, "organisation", None)
    language = get_language() or "en"
    return {
        "organisation": organisation,
        "organisation_name": organisation.name(language) if organisation else "",
        "seat": getattr(request, "seat", None),
        "organisations": SimpleLazyObject(lambda: own_organisations(request, language)),
    }


def own_organisations(request: Any, language: str) -> list[dict[str, Any]]:
    """Name, role and address of each organisation that the person works in; the one at hand is `current`."""
    if not hasattr(request, "memberships"):
        signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
        request.memberships = memberships_of(request.user) if signed_in else []
    at_hand = getattr(request, "organisation", None)
    return [_row(membership, language, at_hand.id if at_hand else None) for membership in request.memberships]


def _row(membership: Membership, language: str, at_hand: Any) -> dict[str, Any]:
    organisation = membership.organisation
    return {
        "short_name": organisation.schema_name,
        "name": organisation.ref().name(language),
        "role": membership.get_role_display(),
        "kind": organisation.get_kind_display(),
        "colour": organisation.colour,
        "url": origin(workspace_host(organisation.schema_name)) + "/",
        "current": organisation.id == at_hand,
    }
