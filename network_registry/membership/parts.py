"""Joining on the Today page and in the navigation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from halka.common import navigation, sections
from network_registry.membership import guide
from network_registry.membership.domain import agreeing
from network_registry.membership.enums import JOINED, REVIEWING, ApplicationState, ChangeState
from network_registry.membership.models import Application, ChangeRequest, Licence
from tenants.organisations.enums import Kind

SHOWN = 5
SOON = timedelta(days=90)  # an end of a licence


def register() -> None:
    navigation.register(
        _("Applications"), "application-list", "inbox", Permission.MEMBERSHIP_REVIEW, 16, kinds=REVIEWING
    )
    navigation.register(_("Licences"), "licences", "award", Permission.MEMBERSHIP_REVIEW, 17, kinds=REVIEWING)
    sections.register(
        "today",
        "membership/_today_applications.html",
        waiting_applications,
        Permission.MEMBERSHIP_REVIEW,
        10,
        kinds=REVIEWING,
    )
    navigation.register(
        _("Our membership"), "own-membership", "award", Permission.ORGANISATION_MANAGE, 88, kinds=JOINED
    )
    sections.register(
        "today",
        "membership/_today_changes.html",
        waiting_changes,
        Permission.NETWORK_MANAGE,
        11,
        kinds={Kind.SECRETARIAT},
    )
    sections.register("today", "membership/_today_guide.html", guide.on_today, Permission.ORGANISATION_MANAGE, 1)
    sections.register(
        "today", "membership/_today_membership.html", own_matters, Permission.ORGANISATION_MANAGE, 2, kinds=JOINED
    )
    guide.register(
        "framework",
        _("Agree to the network's framework"),
        _("What members promise each other, and the people they work for."),
        "own-framework",
        Permission.ORGANISATION_MANAGE,
        agreeing.is_signed,
        5,
        kinds=JOINED,
    )
    guide.register(
        "people",
        _("Invite your people"),
        _("Each gets an e-mail, and a role that says what they may do."),
        "member-invite",
        Permission.MEMBER_MANAGE,
        guide.somebody_is_invited,
        10,
    )
    guide.register(
        "languages",
        _("Choose languages, calendar and look"),
        _("Your name in other languages, your logo, how days are written."),
        "settings",
        Permission.ORGANISATION_MANAGE,
        guide.settings_were_saved,
        20,
    )


def waiting_changes(request: Any) -> dict[str, Any] | None:
    """How many requests of members wait for the secretariat."""
    count = ChangeRequest.objects.filter(state=ChangeState.WAITING).count()
    return {"count": count} if count else None


def waiting_applications(request: Any) -> dict[str, Any] | None:
    """Those that wait for us, the longest waiting first, and how many wait for the applicant."""
    found = Application.objects.open()
    waiting = found.exclude(state=ApplicationState.ASKED).order_by("sent_at", "id")
    counts = found.aggregate(all=Count("pk"), asked=Count("pk", filter=Q(state=ApplicationState.ASKED)))
    if not counts["all"]:
        return None
    return {"applications": list(waiting[:SHOWN]), "waiting": counts["all"] - counts["asked"], "asked": counts["asked"]}


def own_matters(request: Any) -> dict[str, Any] | None:
    """A licence that ends soon, and a framework to be read: for managers."""
    own = Licence.objects.filter(organisation=request.organisation.id).aggregate(last=Max("valid_until"))["last"]
    today = timezone.localdate()
    ends = own if own is not None and own - today <= SOON else None
    unsigned = agreeing.left_to_sign()
    if ends is None and unsigned is None:
        return None
    return {"ends": ends, "is_over": ends is not None and ends < today, "unsigned": unsigned}
