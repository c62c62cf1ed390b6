"""One open referral a person, service and other side."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.caseloads.models import Client
from tenants.referrals.errors import ReferralOpenAlready
from tenants.referrals.models import Referral


def refuse_second(referral: Referral, client: Client) -> Client:
    """Locks the person's record, so that of two at once one comes after the other, and gives it as it is now.

    Raises ReferralOpenAlready. The caller holds the transaction.
    """
    locked = Client.objects.select_for_update().get(pk=client.pk)
    alike = Referral.objects.open().exclude(pk=referral.pk).filter(
        client=locked,
        direction=referral.direction,
        other=referral.other_id,
        envelope__service=referral.envelope.service,
    )  # fmt: skip
    if alike.exists():
        raise ReferralOpenAlready(_("This person has an open referral for the same service there already."))
    return locked
