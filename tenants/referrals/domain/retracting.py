"""What becomes of the recipient's copy when a referral is recalled or the consent is taken back."""

from __future__ import annotations

from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.enums.consents import ErasureReason
from tenants.caseloads.models import Case
from tenants.referrals.domain import filing
from tenants.referrals.models import Message, Referral, Step


def restrict(referral: Referral, *, by: Seat) -> None:
    """Nothing of it is used any more: what was told is shown to nobody but those who run people's rights."""
    if referral.restricted_at is None:
        referral.restricted_at = timezone.now()
        referral.save(update_fields=["restricted_at"])
        record(action="referral.restricted", on=referral, by=by)


def purge(referral: Referral, *, by: Seat) -> None:
    """Erases what came: what was needed, told and written, and the record that was made of it, unless the person has
    joined a programme here meanwhile, with a consent of their own."""
    client = referral.client
    made_here = referral.made_client and client is not None and not Case.objects.filter(client=client).exists()
    referral.need, referral.area, referral.disclosed, referral.distance = "", "", [], {}
    referral.names_person, referral.client, referral.purged_at = False, None, timezone.now()
    referral.save()
    Message.objects.filter(referral=referral).delete()
    filing.remove_all(referral)
    for step in Step.objects.filter(referral=referral):
        step.note = ""
        step.save(update_fields=["note"])
    if made_here and client is not None:
        erase_client(client=client, reason=ErasureReason.ASKED, by=by)
    record(action="referral.purged", on=referral, by=by)
