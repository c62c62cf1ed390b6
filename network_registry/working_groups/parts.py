"""Working groups on the Today page and in the navigation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from halka.common import navigation, sections
from network_registry.working_groups.domain.seats import end_left_behind
from network_registry.working_groups.domain.standing import own_groups
from network_registry.working_groups.models import GroupSeat, Meeting
from tenants.organisations.domain.joining import register_left_behind
from tenants.organisations.enums import Kind

SHOWN = 3


def register() -> None:
    navigation.register(_("Working groups"), "wg-list", "people", Permission.TODAY_VIEW, 62)
    navigation.register(
        _("Founding groups"), "wg-founded", "people", Permission.NETWORK_MANAGE, 18, kinds={Kind.SECRETARIAT}
    )
    sections.register("today", "working_groups/_today.html", own_meetings, Permission.TODAY_VIEW, 55)
    register_left_behind(end_left_behind)


def own_meetings(request: Any) -> dict[str, Any] | None:
    """What comes next in the person's groups. One query for those who have no seat."""
    seat = request.seat
    own = GroupSeat.objects.filter(membership=seat.membership_id, ended_at=None)
    if seat.membership_id is None or not own.exists():
        return None
    groups = list(own_groups(seat).filter(closed_at=None).order_by("-founded_at")[:SHOWN])
    if not groups:
        return None
    ahead = Meeting.objects.ahead().filter(group__in=[group.pk for group in groups]).select_related("group__group")
    return {"groups": groups, "ahead": list(ahead.order_by("starts_at", "id")[:SHOWN])}
