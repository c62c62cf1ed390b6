"""What plans add to other pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import sections
from tenants.caseloads import tabs
from tenants.caseloads.access import reads_sealed
from tenants.caseloads.domain.queries.plans import next_steps, reviews_due, steps_due
from tenants.caseloads.enums.assessments import GoalState
from tenants.caseloads.forms.plans import AGREED
from tenants.caseloads.models import Client

SOON: Final = timedelta(days=7)
SHOWN: Final = 8
NEXT: Final = 3  # steps on the overview


def register() -> None:
    """Called once, when the app is ready."""
    tabs.register(_("Plan"), "client-plan", Permission.CLIENT_VIEW, 50)
    sections.register("client", "caseloads/_plan_of_client.html", steps_of, Permission.CLIENT_VIEW, 40)
    sections.register("today", "caseloads/_plans_today.html", due, Permission.CLIENT_VIEW, 30)
    actions.register_detail("goal", _("Came out"), dict(GoalState.choices))
    actions.register_detail("agreed", _("How it was agreed"), AGREED)


def steps_of(request: Any, client: Client) -> dict[str, Any] | None:
    """What comes next in the person's plan."""
    if not reads_sealed(request.seat):
        return None
    steps = list(next_steps(client)[:NEXT])
    return {"steps": steps, "may_tick": request.seat.can(Permission.JOURNAL_WRITE)} if steps else None


def due(request: Any) -> dict[str, Any] | None:
    """One's own steps and the reviews of one's own clients, overdue or in a week."""
    if request.seat.membership_id is None:
        return None
    today = timezone.localdate()
    steps = list(steps_due(request.seat, today + SOON)[:SHOWN])
    reviews = list(reviews_due(request.seat, today + SOON)[:SHOWN])
    return {"steps": steps, "reviews": reviews, "today": today} if steps or reviews else None
