"""The parts of cases on Today and on a client's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Permission
from tenants.caseloads.enums.journal import EntryKind
from tenants.caseloads.models import Client, EmergencyAccess, FollowUp, JournalEntry

SHOWN = 8
NEWS = timedelta(days=14)  # so long somebody who was handed over and not yet opened counts as new


def follow_ups(request: Any) -> dict[str, Any] | None:
    """Whom to ask what held: one's own people, and for supervisors also those whom nobody is responsible for."""
    seat = request.seat
    whose = Q(exit__case__client__assigned_to=seat.membership_id)
    if seat.can(Permission.CASE_SUPERVISE):
        whose |= Q(exit__case__client__assigned_to=None)
    today = timezone.localdate()
    due = FollowUp.objects.filter(whose, done_on=None, due_on__lte=today, exit__case__client__restricted_at=None)
    due = due.select_related("exit__case__client")
    found = list(due.order_by("due_on", "id")[: SHOWN + 1])
    return {"follow_ups": found[:SHOWN], "has_more": len(found) > SHOWN, "today": today} if found else None


def handed_over(request: Any) -> dict[str, Any] | None:
    """People whom others handed over lately, until their record is opened."""
    seat = request.seat
    if seat.membership_id is None:
        return None
    opened = Entry.objects.filter(
        about_id=OuterRef("client_id"),
        actor_user_id=seat.user_id,
        action="client.viewed",
        at__gt=OuterRef("created_at"),
    )
    news = JournalEntry.objects.filter(
        ~Q(author=seat.membership_id),
        ~Exists(opened),
        client__in=Client.objects.present().assigned_to(seat),
        kind=EntryKind.HAND_OVER,
        happened_at__gt=timezone.now() - NEWS,
    )
    found = list(news.select_related("client").order_by("-happened_at", "-id")[:SHOWN])
    return {"entries": found} if found else None


def emergencies(request: Any) -> dict[str, Any] | None:
    """Records that others opened in an emergency, until a supervisor has looked at it."""
    seat = request.seat
    if seat.membership_id is None:
        return None
    may_review = seat.can(Permission.CASE_SUPERVISE)
    unseen = EmergencyAccess.objects.filter(reviewed_at=None, client__held_at=None)
    unseen = unseen.exclude(colleague=seat.membership_id)
    if not seat.can(Permission.RIGHTS_MANAGE):
        unseen = unseen.filter(client__restricted_at=None)
    if not may_review:
        unseen = unseen.filter(client__assigned_to=seat.membership_id)
    found = list(unseen.select_related("client", "colleague").order_by("-at")[:SHOWN])
    return {"accesses": found, "may_review": may_review} if found else None


def of_client(request: Any, client: Client) -> dict[str, Any]:
    """What the person takes part in now."""
    return {
        "cases": client.cases.open().select_related("programme").order_by("-opened_on"),
        "may_edit": request.seat.can(Permission.CLIENT_EDIT),
    }
