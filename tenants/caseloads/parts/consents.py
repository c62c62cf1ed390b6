"""What consents, own pages and people's rights add to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from tenants.caseloads import tabs
from tenants.caseloads.domain import retention, takeouts
from tenants.caseloads.enums.consents import (
    ConsentPurpose,
    CorrectionState,
    ErasureReason,
    LinkHours,
    RetentionScope,
    WithdrawnBy,
)
from tenants.caseloads.parts import today_of_consents as today


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Retention"), "retention", "hourglass-split", Permission.RIGHTS_MANAGE, order=85)
    tabs.register(_("Consent"), "client-consents", Permission.CLIENT_VIEW, 80)
    sections.register("today", "caseloads/_asked.html", today.asked, Permission.CLIENT_EDIT, 15)
    sections.register("today", "caseloads/_lapsing.html", today.lapsing, Permission.CLIENT_EDIT, 45)
    sections.register("today", "caseloads/_kept_long_enough.html", today.kept_long_enough, Permission.RIGHTS_MANAGE, 70)
    takeouts.register()
    retention.register()
    actions.register_detail("purpose", _("Purpose"), dict(ConsentPurpose.choices))
    actions.register_detail("how", _("How"), dict(WithdrawnBy.choices))
    actions.register_detail("agreed", _("Agreed"), {"True": _("Yes"), "False": _("No")})
    actions.register_detail("hours", _("Works for"), {str(value): label for value, label in LinkHours.choices})
    actions.register_detail("state", _("State"), dict(CorrectionState.choices))
    actions.register_detail("scope", _("What"), dict(RetentionScope.choices))
    actions.register_detail("why", _("Reason"), dict(ErasureReason.choices))
