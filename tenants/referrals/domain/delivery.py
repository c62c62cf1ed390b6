"""Carrying an outbox item from one side to the other: read here, step out, step in, write there.

Each receiving step may run twice with the same effect, so a carrier that dies half way is no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from network_registry.exchange.domain import outbox
from network_registry.exchange.enums import ANSWERED, Freight, State
from network_registry.exchange.models import Envelope, OutboxItem
from tenants.organisations.isolation import inside
from tenants.referrals.crossing import Answer, Disclosure, Preview
from tenants.referrals.domain.arrival import alike, take_on
from tenants.referrals.domain.disclosure import disclosure_of
from tenants.referrals.domain.notices import tell_owner, tell_those_who_answer
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral


def carry(item_id: UUID) -> bool:
    """Delivers one item, outside of any organisation. False when it was delivered or is in other hands."""
    item = outbox.claim(item_id)
    if item is None:
        return False
    try:
        _ROUTES[Freight(item.freight)](item.envelope)
    except BaseException:
        outbox.give_back(item)
        raise
    outbox.finish(item)
    return True


def waiting_items(limit: int = 500) -> list[UUID]:
    """What should have been delivered and was not, oldest first."""
    return list(OutboxItem.objects.waiting(now=timezone.now()).values_list("pk", flat=True)[:limit])


def _carry_preview(envelope: Envelope) -> None:
    with inside(envelope.sender.ref()):
        sent = Referral.objects.get(envelope=envelope.pk)
        preview = Preview(envelope.pk, envelope.sender_id, sent.need, sent.urgency, sent.area)
    with inside(envelope.target.ref()):
        receive_preview(preview)


def _carry_disclosure(envelope: Envelope) -> None:
    with inside(envelope.sender.ref()):
        disclosure = disclose(envelope.pk)
    if disclosure is not None:
        with inside(envelope.target.ref()):
            receive_disclosure(disclosure)


def _carry_answer(envelope: Envelope) -> None:
    if envelope.state not in ANSWERED:
        return
    with inside(envelope.target.ref()):
        answer = Answer(envelope.pk, Referral.objects.get(envelope=envelope.pk).answer_note)
    with inside(envelope.sender.ref()):
        receive_answer(answer)


_ROUTES: dict[Freight, Callable[[Envelope], None]] = {
    Freight.PREVIEW: _carry_preview,
    Freight.DISCLOSURE: _carry_disclosure,
    Freight.ANSWER: _carry_answer,
}


def receive_preview(preview: Preview) -> None:
    with transaction.atomic():
        referral, is_new = Referral.objects.get_or_create(
            envelope_id=preview.envelope_id,
            defaults={
                "direction": Direction.IN,
                "other_id": preview.sender_id,
                "need": preview.need,
                "urgency": preview.urgency,
                "area": preview.area,
            },
        )
        if is_new:
            record(action="referral.received", on=referral, by=SYSTEM)
            tell_those_who_answer(referral)


def disclose(envelope_id: UUID) -> Disclosure | None:
    """What the sender tells now, noted on its own copy; None unless the recipient has accepted."""
    with transaction.atomic():
        referral = Referral.objects.select_related("client", "consent", "envelope").get(envelope=envelope_id)
        if referral.envelope.state != State.ACCEPTED:
            return None
        disclosure = disclosure_of(referral)
        if referral.disclosed_at is None:
            referral.disclosed = [list(pair) for pair in disclosure.values]
            referral.disclosed_at = timezone.now()
            referral.save(update_fields=["disclosed", "disclosed_at"])
            fields = [name for name, _value in disclosure.values]
            record(action="referral.disclosed", on=referral, detail={"fields": fields}, by=SYSTEM)
    return disclosure


def receive_disclosure(disclosure: Disclosure) -> None:
    """Notes what came, and makes the client unless somebody much alike is here: then a person decides."""
    with transaction.atomic():
        referral = Referral.objects.select_for_update().get(envelope=disclosure.envelope_id)
        if referral.disclosed_at is not None:
            return
        referral.disclosed = [list(pair) for pair in disclosure.values]
        referral.disclosed_at = timezone.now()
        referral.save(update_fields=["disclosed", "disclosed_at"])
        fields = [name for name, _value in disclosure.values]
        record(action="referral.disclosure_received", on=referral, detail={"fields": fields}, by=SYSTEM)
        if referral.disclosed and not alike(referral):
            take_on(referral=referral, by=SYSTEM)


def receive_answer(answer: Answer) -> None:
    with transaction.atomic():
        referral = Referral.objects.select_for_update().get(envelope=answer.envelope_id)
        if not referral.is_open:
            return
        referral.is_open = False
        referral.answer_note = answer.note
        referral.save(update_fields=["is_open", "answer_note"])
        record(action="referral.answered", on=referral, by=SYSTEM)
        tell_owner(referral)
