"""Drafts and the consents that they wait for."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from halka.authorization.roles import Seat
from tenants.caseloads.domain.consents import NewConsent, offer_consent, record_consent
from tenants.caseloads.models import Client, Consent
from tenants.referrals.domain.sending import Request, draft_referral, send_draft
from tenants.referrals.models import Referral


def keep_draft(*, client: Client, request: Request, ask: NewConsent | None = None, by: Seat) -> Referral:
    """Writes a draft, and asks the person on their own page for the consent that it needs.

    Raises RecipientUnavailable, SaysWho.
    """
    with transaction.atomic():
        referral = draft_referral(client=client, request=request, by=by)
        if ask is not None:
            offer_consent(client=client, new=ask, by=by)
    return referral


def send_kept(*, referral: Referral, consent: Consent | NewConsent, left_out: Sequence[str] = (), by: Seat) -> Referral:
    """Sends a draft under a receipt that is there or one that is written now, without what is kept back.

    Raises as `send_draft` does.
    """
    assert referral.client is not None
    with transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(left_out=list(left_out))
        referral.left_out = list(left_out)
        if isinstance(consent, NewConsent):
            consent = record_consent(client=referral.client, new=consent, by=by)
        return send_draft(referral=referral, consent=consent, by=by)


def send_at_once(*, client: Client, request: Request, consent: Consent | NewConsent, by: Seat) -> Referral:
    """Writes and sends in one. Raises as `send_draft` does."""
    with transaction.atomic():
        referral = draft_referral(client=client, request=request, by=by)
        return send_kept(referral=referral, consent=consent, left_out=request.left_out, by=by)
