"""What assessments add to other pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from tenants.caseloads import tabs
from tenants.caseloads.access import reads_sealed
from tenants.caseloads.domain.distance import assessments_of, distance_of
from tenants.caseloads.enums.assessments import AUDITED, FindingKind, Rater
from tenants.caseloads.models import Client
from tenants.caseloads.progress import glances_of


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Scales"), "scales", "graph-up", Permission.PROGRAMME_MANAGE, order=45)
    tabs.register(_("Progress"), "client-progress", Permission.CLIENT_VIEW, 40)
    sections.register("client", "caseloads/_progress_of_client.html", progress_of, Permission.CLIENT_VIEW, 30)
    actions.register(AUDITED)
    actions.register_detail("rater", _("Who rated"), dict(Rater.choices))
    actions.register_detail("finding", _("Kind"), dict(FindingKind.choices))


def progress_of(request: Any, client: Client) -> dict[str, Any] | None:
    """A small picture for the overview; nothing before the first rating, and nothing for network support."""
    if not reads_sealed(request.seat):
        return None
    distance = distance_of(assessments_of(client))
    if not distance.sides:
        return None
    return {"sides": glances_of(distance), "since": distance.since, "until": distance.until}
