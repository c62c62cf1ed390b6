"""What the side that acted lets cross: read inside of it, as frozen values."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.current import required_organisation
from halka.common.models import one_or_none
from network_registry.exchange.enums import TAKEN_ON, Side
from network_registry.exchange.models import Envelope, EnvelopeEvent
from tenants.referrals import crossing
from tenants.referrals.domain.disclosure import disclosure_of
from tenants.referrals.models import Referral, Step


def step_by_itself(event: EnvelopeEvent, envelope: Envelope) -> crossing.Step:
    """A step that no side wrote down: the network's clock or the secretariat made it."""
    side = Side.SYSTEM if event.organisation_id is None else Side.SECRETARIAT
    return crossing.Step(envelope.pk, event.pk, event.type, side, event.reason, event.at)


def tell_step(event: EnvelopeEvent, envelope: Envelope) -> crossing.Step:
    """Our own step with what we wrote for the other side; without it, where the person was erased here meanwhile.

    What happened, and who did it, is read off the envelope's own event.
    """
    side = envelope.side_of(required_organisation().id)
    told = crossing.Step(envelope.pk, event.pk, event.type, side, event.reason, event.at)
    steps = Step.objects.select_related("referral").only("note", "referral__distance")
    step = one_or_none(steps.filter(event=event.pk))
    if step is None:
        return told
    distance = {name: (first, last) for name, (first, last) in step.referral.distance.items()}
    return replace(told, note=step.note, distance=distance)


def tell_preview(envelope: Envelope) -> crossing.Preview:
    copies = Referral.objects.only("need", "urgency", "area")
    sent = one_or_none(copies.filter(envelope=envelope.pk)) or Referral()  # erased with the person meanwhile
    return crossing.Preview(envelope.pk, envelope.sender_id, sent.need, sent.urgency, sent.area)


def disclose(envelope: Envelope) -> crossing.Disclosure | None:
    """What the sender tells now, noted on its own copy; None unless the recipient works on it."""
    with transaction.atomic():
        copies = Referral.objects.select_for_update(of=("self",)).select_related("client", "consent", "envelope")
        referral = one_or_none(copies.filter(envelope=envelope.pk))
        if referral is None or referral.envelope.state not in TAKEN_ON:
            return None
        disclosure = disclosure_of(referral)
        if referral.disclosed_at is None:
            referral.disclosed = [list(pair) for pair in disclosure.values]
            referral.disclosed_at, referral.names_person = timezone.now(), bool(disclosure.values)
            referral.save(update_fields=["disclosed", "disclosed_at", "names_person"])
            fields = [name for name, _value in disclosure.values]
            record(action="referral.disclosed", on=referral, detail={"fields": fields}, by=SYSTEM)
    return disclosure
