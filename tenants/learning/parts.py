"""What learning adds to other pages."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from network_registry.membership import guide
from tenants.caseloads import own_menu, tabs
from tenants.caseloads.access import reads_sealed
from tenants.caseloads.models import Client
from tenants.learning.domain.attendance import can_be_noted
from tenants.learning.domain.calendar import todays
from tenants.learning.domain.feeds import end_left_behind
from tenants.learning.domain.planning import plan_of
from tenants.learning.domain.reasons import worded
from tenants.learning.enums import AUDITED, Progress, Settled
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit, Group
from tenants.organisations.domain.joining import register_left_behind

NEXT: Final = 3  # units on the overview


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Learning"), "learning", "mortarboard", Permission.LEARNING_VIEW, order=28)
    tabs.register(_("Learning"), "client-learning", Permission.CLIENT_VIEW, 55)
    sections.register("client", "learning/_plan_of_client.html", of_client, Permission.CLIENT_VIEW, 45)
    sections.register("today", "learning/_today.html", todays_sessions, Permission.JOURNAL_WRITE, 16)
    own_menu.register(_("What I learn"), "me-learning", has_plan)
    register_left_behind(end_left_behind)
    actions.register(AUDITED)
    actions.register_detail("progress", _("Progress"), dict(Progress.choices))
    actions.register_detail("settled", _("What was decided"), dict(Settled.choices))
    actions.register_detail("number", _("Version"))
    actions.register_fields(AdoptedModule)
    actions.register_fields(AdoptedUnit)
    actions.register_fields(Group)
    guide.register(
        "curriculum",
        _("Adopt a curriculum"),
        _("What the network teaches, made your own."),
        "learning",
        Permission.LEARNING_ADAPT,
        AdoptedCurriculum.objects.exists,
        40,
    )


def of_client(request: Any, client: Client) -> dict[str, Any] | None:
    """What comes next in the person's learning plan, and how far they are."""
    if not reads_sealed(request.seat):
        return None
    plan = plan_of(client)
    if not plan:
        return None
    ahead = [row for row in plan if row.state != Progress.DONE]
    for row in ahead[:NEXT]:
        row.reason = worded(row.why)  # type: ignore[attr-defined]
    return {"ahead": ahead[:NEXT], "done": len(plan) - len(ahead), "all": len(plan)}


def todays_sessions(request: Any) -> dict[str, Any] | None:
    """What the reader leads today, with the way to write down who came."""
    if request.seat.membership_id is None:
        return None
    sessions = todays(request.seat)
    for session in sessions:
        session.can_be_noted = can_be_noted(session)  # type: ignore[attr-defined]
    return {"sessions": sessions} if sessions else None


def has_plan(client: Client) -> bool:
    return client.planned_units.exists() or client.learning_groups.enrolled().exists()
