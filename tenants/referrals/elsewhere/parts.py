"""What matches, transfers and access add to other pages and to the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from network_registry.exchange.match_enums import Likeness
from tenants.caseloads import tabs
from tenants.caseloads.domain import reactions
from tenants.referrals.domain.elsewhere import presence
from tenants.referrals.elsewhere import sections as parts
from tenants.referrals.elsewhere import tasks as tasks  # Celery finds them by being imported

AUDITED = {
    "elsewhere.joined": _("Began to ask the network about people who agreed to it"),
    "elsewhere.left": _("Stopped asking the network about people"),
    "elsewhere.asked": _("Asked the network whether somebody else helps too, without the name"),
    "elsewhere.stopped": _("Took back what was asked of the network"),
    "elsewhere.found": _("Learned that somebody else may help too"),
    "elsewhere.agreed": _("Agreed to know of the other organisation"),
    "elsewhere.refused": _("Did not agree to know of the other organisation"),
    "elsewhere.revealed": _("Learned which organisation helps too, and told ours"),
    "elsewhere.forgotten": _("Forgot that somebody else may help too"),
}


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Other organisations"), "elsewhere", "people", Permission.CLIENT_VIEW, order=32)
    tabs.register(_("Elsewhere"), "client-elsewhere", Permission.CLIENT_VIEW, 85)
    sections.register("today", "referrals/elsewhere/_today_found.html", parts.found, Permission.CLIENT_EDIT, 28)
    sections.register(
        "client", "referrals/elsewhere/_of_client.html", parts.of_client, Permission.CLIENT_VIEW, 25, aside=True
    )
    reactions.register(presence.client_changed)
    actions.register(AUDITED)
    actions.register_detail("likeness", _("How likely"), dict(Likeness.choices))
