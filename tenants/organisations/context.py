"""What every page's frame shows: the organisation, the person's seat, and where else they work."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.common.addresses import origin
from halka.common.calendars import format_moment
from halka.common.current import OrganisationRef
from tenants.organisations.access import memberships_of, support_of
from tenants.organisations.domain.support import support_inside
from tenants.organisations.enums import Kind


def workspace(request: Any) -> dict[str, Any]:
    """`organisation`, its name, `seat`, and the person's `organisations` for the switcher."""
    organisation = getattr(request, "organisation", None)
    language = get_language() or "en"
    return {
        "organisation": organisation,
        "organisation_name": organisation.name(language) if organisation else "",
        "seat": getattr(request, "seat", None),
        "organisations": SimpleLazyObject(lambda: own_organisations(request, language)),
        "notices": SimpleLazyObject(lambda: support_notices(request)),
    }


def support_notices(request: Any) -> list[dict[str, str]]:
    """Tells the organisation's people while network support may read here. Kept for a minute."""
    seat = getattr(request, "seat", None)
    if seat is None or seat.is_support:
        return []
    return [
        {
            "tone": "go",
            "text": _("%(name)s of the network's support may read here until %(moment)s.")
            % {"name": name, "moment": format_moment(until)},
        }
        for name, until in support_inside()
    ]


def own_organisations(request: Any, language: str) -> list[dict[str, Any]]:
    """Name, role and address of each organisation that the person works in; the one at hand is `current`."""
    if not hasattr(request, "memberships"):
        signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
        request.memberships = memberships_of(request.user) if signed_in else []
    if not hasattr(request, "support_grants"):
        request.support_grants = support_of(request.user, request.memberships) if request.memberships else []
    at_hand = getattr(request, "organisation", None)
    at_hand_id = at_hand.id if at_hand else None
    own = [
        _row(membership.organisation, membership.role.label, language, at_hand_id) for membership in request.memberships
    ]
    lent = [
        _row(grant.organisation.ref(), _("Network support"), language, at_hand_id) for grant in request.support_grants
    ]
    return own + lent


def _row(organisation: OrganisationRef, role: Any, language: str, at_hand: Any) -> dict[str, Any]:
    return {
        "short_name": organisation.short_name,
        "name": organisation.name(language),
        "role": role,
        "kind": Kind(organisation.kind).label,
        "colour": organisation.colour,
        "url": origin(organisation.host) + "/",
        "current": organisation.id == at_hand,
    }
