"""What cases add to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from tenants.caseloads import tabs
from tenants.caseloads.enums.cases import ExitKind, Held, Profession
from tenants.caseloads.models import Programme
from tenants.caseloads.parts import today_of_cases as today


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Programmes"), "programmes", "diagram-3", Permission.CLIENT_VIEW, order=24)
    navigation.register(_("Caseload"), "caseload", "list-check", Permission.CASE_SUPERVISE, order=26)
    sections.register("today", "caseloads/_cases_today_emergencies.html", today.emergencies, Permission.CLIENT_VIEW, 12)
    sections.register("today", "caseloads/_cases_today_handed_over.html", today.handed_over, Permission.CLIENT_VIEW, 14)
    sections.register("today", "caseloads/_cases_today_follow_ups.html", today.follow_ups, Permission.CLIENT_EDIT, 40)
    sections.register(
        "client", "caseloads/_cases_of_client.html", today.of_client, Permission.CLIENT_VIEW, 10, aside=True
    )
    tabs.register(_("Programmes"), "client-cases", Permission.CLIENT_VIEW, 20)
    actions.register_detail("exit", _("How it ended"), dict(ExitKind.choices))
    actions.register_detail("held", _("What held"), dict(Held.choices))
    actions.register_detail("months", _("Months after"))
    actions.register_detail("profession", _("As"), dict(Profession.choices))
    actions.register_fields(Programme)
    actions.register_detail("fields", _("Fields"), {"targets": _("Targets")})
