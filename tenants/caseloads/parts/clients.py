"""What clients' records add to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from tenants.caseloads import tabs
from tenants.caseloads.enums import AUDITED, ConsentScope
from tenants.caseloads.models import Client
from tenants.caseloads.parts import today_of_clients as today


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Clients"), "clients", "people", Permission.CLIENT_VIEW, order=20)
    navigation.register(_("Lists"), "vulnerabilities", "clipboard", Permission.PROGRAMME_MANAGE, order=84)
    sections.register("today", "caseloads/_first_steps.html", today.first_steps, Permission.CLIENT_EDIT, 10)
    sections.register("today", "caseloads/_of_mine.html", today.own_clients, Permission.CLIENT_VIEW, 50)
    sections.register("today", "caseloads/_seen.html", today.last_seen, Permission.CLIENT_VIEW, 60, aside=True)
    tabs.register(_("Overview"), "client", Permission.CLIENT_VIEW, 10, for_support=True)
    actions.register(AUDITED)
    actions.register_detail("scopes", _("What may be told"), dict(ConsentScope.choices))
    actions.register_detail("absorbed", _("Merged record"))
    actions.register_detail("kept", _("Kept record"))
    actions.register_fields(Client)
