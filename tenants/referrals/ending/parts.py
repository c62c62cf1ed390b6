"""Consents that have ended, or soon will, on other pages: on Today, and on the referral's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from halka.authorization.roles import Permission
from network_registry.exchange.enums import RETRACTED, Remains, State
from network_registry.exchange.models import Envelope
from tenants.referrals import policies
from tenants.referrals.domain.disclosure import labelled
from tenants.referrals.domain.lapsing import lapsing_soon
from tenants.referrals.ending.forms import SettleForm
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral

SHOWN = 6


def to_settle(request: Any) -> dict[str, Any] | None:
    """Copies that somebody has to decide about: one's own, and all for those who look after people's rights."""
    waiting = Referral.objects.for_list().incoming().in_state(*RETRACTED).filter(envelope__remains=Remains.WAITING)
    if not request.seat.can(Permission.RIGHTS_MANAGE):
        waiting = waiting.filter(Q(owner__isnull=False), owner=request.seat.membership_id)
    found = list(waiting.order_by("envelope__moved_at", "id")[: SHOWN + 1])
    return {"referrals": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def lapsing(request: Any) -> dict[str, Any] | None:
    """Referrals that go on, and whose consent ends soon."""
    if request.seat.membership_id is None:
        return None
    found = list(lapsing_soon(request.seat)[: SHOWN + 1])
    return {"referrals": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def settling(request: Any, referral: Referral) -> dict[str, Any] | None:
    """Who it is about, and what becomes of it: for those who decide. Others learn that it is locked."""
    is_ours = referral.direction == Direction.IN and referral.envelope.remains == Remains.RESTRICTED
    is_kept = is_ours and request.seat.can(Permission.RIGHTS_MANAGE)
    if not (policies.awaits_settling(referral) or (is_kept and referral.purged_at is None)):
        return None
    if not policies.may_settle(referral, request.seat):
        return None
    return {
        "form": SettleForm(is_kept=is_kept),
        "is_kept": is_kept,
        "client": referral.client,
        "told": labelled(policies.read_by(referral.disclosed, referral.client, request.seat)),
        "until": referral.envelope.due_at,
    }


def held(request: Any) -> dict[str, Any] | None:
    """How much waits for the secretariat."""
    count = Envelope.objects.in_state(State.HELD).count()
    return {"count": count} if count else None
