"""What becomes of the recipient's copy when a referral is recalled or the consent is taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import settle_envelope
from network_registry.exchange.enums import RETRACTED, Remains
from tenants.caseloads.domain.erasure import NotErased, erase_client
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.enums.consents import ErasureReason
from tenants.caseloads.models import Case, Client, Consent, Merge
from tenants.referrals.domain import filing
from tenants.referrals.domain.moving import note_own
from tenants.referrals.enums import Direction
from tenants.referrals.models import Message, Referral, Step


def restrict(referral: Referral, *, by: Seat) -> None:
    """Nothing of it is used any more, nor the record that is here for nothing else: they are shown to nobody but those
    who run people's rights."""
    if referral.restricted_at is None:
        referral.restricted_at = timezone.now()
        referral.save(update_fields=["restricted_at"])
        record(action="referral.restricted", on=referral, by=by)
    if client := only_by(referral):
        restrict_client(client=client, by=by)
    else:
        filing.take_back(referral)


def purge(referral: Referral, *, by: Seat) -> None:
    """Erases what came: what was needed, told and written, and the record that is here for nothing else.

    Raises NotErased where something is under way with the person.
    """
    with transaction.atomic():
        client = only_by(referral)
        record(action="referral.purged", on=referral, by=by)
        referral.disclosed, referral.names_person, referral.client = [], False, None
        forget_preview(referral)
        if client is not None:
            erase_client(client=client, reason=ErasureReason.ASKED, by=by)


def forget_preview(referral: Referral) -> None:
    """Erases what was needed and written; that there was a referral, and what became of it, stays."""
    referral.need, referral.area, referral.distance, referral.purged_at = "", "", {}, timezone.now()
    referral.save()
    Message.objects.filter(referral=referral).delete()
    filing.remove_all(referral)
    for step in Step.objects.filter(referral=referral):
        step.note = ""
        step.save(update_fields=["note"])


def take_off(referral: Referral, *, by: Seat = SYSTEM) -> None:
    """Erases the recipient's copy at once and confirms that, unless somebody was faster; where it cannot be erased now,
    somebody has to decide."""
    if referral.envelope.remains == Remains.ERASED:
        return
    try:
        purge(referral, by=by)
    except NotErased:
        referral.refresh_from_db()
        restrict(referral, by=by)
        return
    sent = settle_envelope(envelope=referral.envelope, as_=Remains.ERASED)
    note_own(referral, sent, by=by)


def was_told_nothing(referral: Referral) -> bool:
    """Nobody was named to us, so that there is nothing to decide about."""
    return referral.client_id is None and not referral.names_person


def only_by(referral: Referral) -> Client | None:
    """The record that was made of this referral, and that nothing else rests on: no case, no consent given here, no
    other referral, no other record that it stands for."""
    client = referral.client
    if client is None or not referral.made_client:
        return None
    others = Referral.objects.filter(client=client).exclude(pk=referral.pk)
    arrived = others.filter(direction=Direction.IN, restricted_at=None, purged_at=None)
    rests_on = (
        Case.objects.filter(client=client),
        Consent.objects.valid().filter(client=client),
        Merge.objects.filter(kept=client, undone_at=None),
        arrived.exclude(envelope__state__in=RETRACTED),
        others.outgoing().open(),
    )
    return None if any(rows.exists() for rows in rests_on) else client
