"""What becomes of the recipient's copy when a referral is recalled or the consent is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils import timezone

from halka.audit import history
from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import settle_envelope
from network_registry.exchange.enums import RETRACTED, Remains
from tenants.caseloads.domain.clients import DETAILS, ClientDetails, change_client, details_of
from tenants.caseloads.domain.erasure import NotErased, erase_client
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.enums.consents import ErasureReason
from tenants.caseloads.models import Case, Client, Consent, Merge
from tenants.integrations.domain import answers
from tenants.referrals.domain import filing
from tenants.referrals.domain.disclosure import details_in
from tenants.referrals.domain.moving import note_own
from tenants.referrals.models import Message, Referral, ReferralQuerySet, Step

OWN: Final = frozenset({"caseloads.case.client", "caseloads.consent.client"})  # what a record of ours rests on


def restrict(referral: Referral, *, by: Seat) -> None:
    """Nothing of it is used any more, nor the record that is here for nothing else: they are shown to nobody but those
    who run people's rights."""
    if referral.restricted_at is None:
        referral.restricted_at = timezone.now()
        referral.save(update_fields=["restricted_at"])
        record(action="referral.restricted", on=referral, by=by)
    answers.forget(referral.pk)
    if client := only_by(referral):
        restrict_client(client=client, by=by)
        answers.forget(client.pk)
    else:
        filing.take_back(referral)
        if absorbed := _merged_away(referral):
            restrict_client(client=absorbed, by=by)
        _hand_on(referral, by=by)


def purge(referral: Referral, *, by: Seat) -> None:
    """Erases what came: what was needed, told and written, and the record that is here for nothing else.

    Raises NotErased where something is under way with the person.
    """
    with transaction.atomic():
        client = only_by(referral) or _merged_away(referral)
        _hand_on(referral, by=by)
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
    answers.forget(referral.pk)
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
    if client is None or not referral.made_client or _is_ours(client):
        return None
    sent = Referral.objects.filter(client=client).outgoing().open()
    return None if sent.exists() or _arrived_too(referral).exists() else client


def _merged_away(referral: Referral) -> Client | None:
    """The record that was made of this referral, where it has become part of one that was here: it stays as it was,
    and comes back when they are taken apart. None where it held anything else."""
    if not referral.made_client or referral.client_id is None:
        return None
    for merge in Merge.objects.filter(kept=referral.client_id, undone_at=None).select_related("absorbed"):
        is_of_it = merge.moved.get("referrals.referral.client") == [str(referral.pk)]
        if is_of_it and OWN.isdisjoint(merge.moved) and not Merge.objects.filter(kept=merge.absorbed_id).exists():
            return merge.absorbed
    return None


def _is_ours(client: Client) -> bool:
    """The record rests on something that the person agreed to or does here."""
    rests_on = (
        Case.objects.filter(client=client),
        Consent.objects.valid().filter(client=client),
        Merge.objects.filter(kept=client, undone_at=None),
    )
    return any(rows.exists() for rows in rests_on)


def _arrived_too(referral: Referral) -> ReferralQuerySet:
    """Other referrals that came about the same person, and that still count."""
    arrived = Referral.objects.incoming().filter(client=referral.client_id, restricted_at=None, purged_at=None)
    return arrived.exclude(pk=referral.pk).exclude(envelope__state__in=RETRACTED).order_by("id")


def _hand_on(referral: Referral, *, by: Seat) -> None:
    """The record that was made of it goes on as that of the next referral; what none of those told goes out of it, as
    far as nobody here has written something else since."""
    heirs = list(_arrived_too(referral)) if referral.made_client else []
    if not heirs or referral.client_id is None:
        return
    client = Client.objects.select_for_update().get(pk=referral.client_id)
    if _is_ours(client):
        return
    Referral.objects.filter(pk=referral.pk).update(made_client=False)
    Referral.objects.filter(pk=heirs[0].pk).update(made_client=True)
    named = {name for heir in heirs for name, _value in heir.disclosed}
    told, now, nothing = details_in(referral.disclosed), details_of(client), ClientDetails()
    left = {name: getattr(nothing, name) for name in DETAILS if name not in named and _is_told(name, told, now)}
    if left:
        change_client(client=client, details=replace(now, **left), seen_version=client.version, by=by)
        history.forget(Client, [client.pk], about=client.pk, by=by)


def _is_told(name: str, told: ClientDetails, now: ClientDetails) -> bool:
    """What stands in the record is what was told."""
    return bool(getattr(told, name)) and getattr(now, name) == getattr(told, name)
