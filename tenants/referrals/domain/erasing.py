"""What of referrals stands against erasing a person."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from network_registry.exchange.enums import State
from tenants.referrals.models import Referral


def under_way(clients: Collection[UUID]) -> str:
    """In words, when one of these people is in a referral that waits: for an answer, or to be told after one."""
    of_them = Referral.objects.filter(client__in=clients)
    untold = Q(envelope__state=State.ACCEPTED, disclosed_at=None, direction="out")
    if of_them.unanswered().exists() or of_them.filter(untold).exists():
        return _("A referral of this person is under way. Recall it, or wait for the answer first.")
    return ""
