"""What arrives from the other side. Each of these may run twice with the same effect."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.models import one_or_none
from network_registry.exchange.domain.envelopes import settle_envelope
from network_registry.exchange.enums import RETRACTED, TAKEN_ON, EventType, Remains, Side, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope
from tenants.referrals import crossing, policies
from tenants.referrals.domain import links
from tenants.referrals.domain.arrival import alike, take_on
from tenants.referrals.domain.closing import end_receipt
from tenants.referrals.domain.disclosure import names_somebody
from tenants.referrals.domain.moving import deliver_soon, tell_feed
from tenants.referrals.domain.notices import tell_of_step
from tenants.referrals.domain.retracting import restrict, take_off, was_told_nothing
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, Step


def receive_preview(preview: crossing.Preview, step: crossing.Step) -> None:
    """A referral arrives."""
    with transaction.atomic():
        referral = Referral(
            envelope_id=preview.envelope_id,
            direction=Direction.IN,
            other_id=preview.sender_id,
            need=preview.need,
            urgency=preview.urgency,
            area=preview.area,
        )
        if referral.insert(once="envelope_id"):
            record(action="referral.received", on=referral, by=SYSTEM)
            note_theirs(referral, step)


def receive_step(step: crossing.Step) -> None:
    """Something happened on the other side, or by itself."""
    with transaction.atomic():
        copies = Referral.objects.select_for_update(of=("self",)).select_related("envelope")
        referral = one_or_none(copies.filter(envelope=step.envelope_id))
        if referral is None:  # erased here with the person
            _confirm_erased(step)
            return
        if not note_theirs(referral, step):
            return
        if step.distance:
            referral.distance = {name: list(pair) for name, pair in step.distance.items()}
            referral.save(update_fields=["distance"])
        if policies.side_of(referral) == Side.TARGET:
            _retract(referral, step.type)
        elif step.type == State.WITHDRAWN:
            end_receipt(referral)


def _confirm_erased(step: crossing.Step) -> None:
    """What is taken back now lies here no more: whoever referred the person learns that."""
    if step.type in RETRACTED:
        with suppress(ReferralMoved):  # we are the sender, or it was confirmed
            settle_envelope(envelope=Envelope.objects.get(pk=step.envelope_id), as_=Remains.ERASED)
            deliver_soon(step.envelope_id)


def note_theirs(referral: Referral, step: crossing.Step, *, quietly: bool = False) -> bool:
    """On our timeline, in our feed and, unless quietly, to our people; False when it was there already."""
    theirs = Step(
        referral=referral,
        event=step.event_id,
        type=step.type,
        side=step.side,
        reason=step.reason,
        note=step.note,
        at=step.at,
    )
    if not theirs.insert(once="event"):
        return False
    tell_feed(referral, event_id=step.event_id, type=step.type, side=step.side, reason=step.reason)
    if not quietly:
        tell_of_step(referral, step.type, step.side)
    return True


def _retract(referral: Referral, type: str) -> None:
    """What is recalled goes at once, and what the consent ended of, where nobody has anything to decide."""
    if type == State.RECALLED:
        take_off(referral)
    elif type == State.WITHDRAWN:
        if was_told_nothing(referral) or not links.somebody_answers():
            take_off(referral)
        else:
            restrict(referral, by=SYSTEM)


def receive_disclosure(disclosure: crossing.Disclosure) -> None:
    """Notes what came, and makes the client unless somebody much alike is here: then a person decides, where there
    is one."""
    with transaction.atomic():
        copies = Referral.objects.select_for_update(of=("self",)).select_related("envelope")
        referral = one_or_none(copies.filter(envelope=disclosure.envelope_id))
        if referral is None or referral.disclosed_at is not None or referral.restricted_at or referral.purged_at:
            return
        if referral.envelope.state not in TAKEN_ON:  # taken back while it was on its way
            return
        referral.disclosed = [list(pair) for pair in disclosure.values]
        referral.disclosed_at, referral.names_person = timezone.now(), bool(disclosure.values)
        referral.save(update_fields=["disclosed", "disclosed_at", "names_person"])
        fields = [name for name, _value in disclosure.values]
        record(action="referral.disclosure_received", on=referral, detail={"fields": fields}, by=SYSTEM)
        tell_feed(referral, event_id=referral.pk, type=EventType.DISCLOSED, side=Side.SENDER)
        if names_somebody(disclosure.values) and (not links.somebody_answers() or not alike(referral)):
            take_on(referral=referral, by=SYSTEM)
        links.announce(referral, EventType.DISCLOSED)
