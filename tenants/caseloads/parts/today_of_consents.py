"""What consents and people's own pages add to Today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from halka.authorization.roles import Permission, Seat
from tenants.caseloads.domain.retention import cutoff_of, people_past
from tenants.caseloads.enums.consents import NAMING, CorrectionState, RetentionScope
from tenants.caseloads.models import Case, Consent, Correction, RetentionRule

SHOWN = 6
SOON = timedelta(days=30)
WEEK = 7


def _of_mine(seat: Seat) -> Q:
    """Clients that the reader is responsible for; supervisors also see those of nobody. No restricted records."""
    mine = Q(client__assigned_to=seat.membership_id)
    mine = mine | Q(client__assigned_to=None) if seat.can(Permission.CASE_SUPERVISE) else mine
    return mine & Q(client__restricted_at=None)


def lapsing(request: Any) -> dict[str, Any] | None:
    """Consents that end within thirty days and that no newer one of the same kind outlives."""
    if request.seat.membership_id is None:
        return None
    today = timezone.localdate()
    newer = Consent.objects.filter(
        client=OuterRef("client"),
        purpose=OuterRef("purpose"),
        withdrawn_at=None,
        expires_on__gt=OuterRef("expires_on"),
    )
    ending = Consent.objects.valid().filter(expires_on__lte=today + SOON, client__merged_into=None)
    ending = ending.exclude(purpose__in=NAMING).filter(_of_mine(request.seat)).exclude(Exists(newer))
    found = list(ending.select_related("client").order_by("expires_on", "id")[: SHOWN + 1])
    return {"consents": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def asked(request: Any) -> dict[str, Any] | None:
    """What people ask to be put right, and cases whose consent they took back."""
    if request.seat.membership_id is None:
        return None
    mine = _of_mine(request.seat)
    corrections = Correction.objects.filter(mine, state=CorrectionState.ASKED, client__merged_into=None)
    corrections = list(corrections.select_related("client").order_by("asked_at")[:SHOWN])
    cases = Case.objects.open().filter(mine, consent__withdrawn_at__isnull=False)
    cases = list(cases.select_related("client", "programme", "consent").order_by("consent__withdrawn_at")[:SHOWN])
    return {"corrections": corrections, "cases": cases} if corrections or cases else None


def kept_long_enough(request: Any) -> dict[str, Any] | None:
    """In the first week of a month: periods that would remove something. Nobody removes anything without looking."""
    if timezone.localdate().day > WEEK:
        return None
    due = [
        RetentionScope(rule.scope)
        for rule in RetentionRule.objects.order_by("scope")
        if people_past(rule.scope, cutoff_of(rule)).exists()
    ]
    return {"scopes": due} if due else None
