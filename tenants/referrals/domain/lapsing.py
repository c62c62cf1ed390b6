"""Consents that run out by themselves: what rests on them ends as if they were taken back, and says that nobody did."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from halka.audit.domain import SYSTEM
from halka.authorization.roles import Seat
from network_registry.exchange.enums import OPEN, RESULTS
from tenants.caseloads.models import Client, Consent
from tenants.referrals.domain import enclosing
from tenants.referrals.domain.closing import LAPSING, consent_lapsed
from tenants.referrals.enums import Direction
from tenants.referrals.models import Enclosure, Referral, ReferralQuerySet

SOON: Final = timedelta(days=14)


def end_lapsed() -> int:
    """Ends what rests on consents whose last day is over; how many referrals there were."""
    lapsed = Consent.objects.filter(withdrawn_at=None, expires_on__lt=timezone.localdate())
    held = Referral.objects.outgoing().in_state(*LAPSING).filter(consent__in=lapsed)
    sent = Enclosure.objects.filter(ours=True, taken_back_at=None, referral__direction=Direction.IN, consent__in=lapsed)
    ended = 0
    for key in {*held.values_list("consent", flat=True), *sent.values_list("consent", flat=True)}:
        with transaction.atomic():
            consent = lapsed.select_for_update().filter(pk=key).first()
            if consent is not None:  # None: renewed or taken back in this moment
                ended += consent_lapsed(consent)
                enclosing.consent_withdrawn(consent, SYSTEM)
    return ended


def lapsing_soon(seat: Seat) -> ReferralQuerySet:
    """Referrals that go on, and whose consent ends within two weeks: the reader's own, and of the reader's clients."""
    today = timezone.localdate()
    mine = Q(owner=seat.membership_id) | Q(client__assigned_to=seat.membership_id)
    found = Referral.objects.for_list().outgoing().in_state(*OPEN, *RESULTS).filter(mine, consent__withdrawn_at=None)
    found = found.filter(consent__expires_on__range=(today, today + SOON), client__in=Client.objects.present())
    return found.select_related("consent", "client", "other", "envelope").order_by("consent__expires_on", "id")
