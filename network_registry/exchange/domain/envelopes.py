"""Making and moving envelopes, inside of the organisation that acts. The caller holds the transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.common.current import current_organisation, required_organisation
from halka.common.models import one_or_none
from network_registry.exchange.domain import clock
from network_registry.exchange.domain.clock import Clock
from network_registry.exchange.domain.deadlines import days_between
from network_registry.exchange.enums import (
    MAY_SAY,
    MOMENTS,
    REASONS,
    RESULTS,
    RETRACTED,
    TRANSITIONS,
    EventType,
    Freight,
    Remains,
    Service,
    Side,
    State,
)
from network_registry.exchange.errors import ReasonMissing, ReferralMoved
from network_registry.exchange.models import Envelope, EnvelopeEvent, OutboxItem

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letters or digits that sound or look like another


@dataclass(frozen=True)
class Sent:
    """An event, and what of it was put into the outbox."""

    event: EnvelopeEvent
    items: list[OutboxItem] = field(default_factory=list)


def new_reference() -> str:
    """Eight random signs in two groups, 30**8 of them: H-7K2M-QX4T."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(8))
    return f"H-{signs[:4]}-{signs[4:]}"


def draft_envelope(*, target_id: UUID, service: Service, offer_id: UUID | None = None) -> Envelope:
    """A new envelope from the organisation we are inside of, which nobody else sees yet."""
    return Envelope.objects.create(
        reference=new_reference(),
        sender_id=required_organisation().id,
        target_id=target_id,
        service=service,
        offer=offer_id,
    )


def acting_side(envelope: Envelope) -> Side:
    """Whose rights the running code has: those of a side, of the secretariat, or of the network's own clock."""
    here = current_organisation()
    return Side.SYSTEM if here is None else envelope.side_of(here.id)


def move_envelope(*, envelope: Envelope, to: State, reason: str = "") -> Sent:
    """Moves the envelope on, notes the event and puts it into the outbox for the others.

    Raises ReferralMoved unless its state in the database and our side allow it; ReasonMissing without one of the
    words of REASONS, where the state asks for one. Where it does not, a word that is none of MAY_SAY is left out.
    """
    side = acting_side(envelope)
    sources = [state for state, edges in TRANSITIONS.items() if side in edges.get(to, ())]
    movable = Envelope.objects.filter(pk=envelope.pk, state__in=sources)
    locked = one_or_none(movable.select_for_update(no_key=True))
    if locked is None:
        raise ReferralMoved
    if to in REASONS and reason not in REASONS[to].values:
        raise ReasonMissing(_("Say why, in one of the words that stand there."))
    is_said = to in REASONS or (to in MAY_SAY and reason in MAY_SAY[to].values)
    changes = _changes(locked, to, reason if is_said else "")
    Envelope.objects.filter(pk=locked.pk).update(**changes, version=F("version") + 1)
    for name, value in {**changes, "version": locked.version + 1}.items():
        setattr(envelope, name, value)
    event = _event(envelope, to, reason=envelope.reason)
    return Sent(event, _put(envelope, event))


def tell_of(
    *, envelope: Envelope, type: EventType, source: UUID | None = None, freight: Freight = Freight.STEP
) -> Sent:
    """Notes something else than a move, and puts it into the outbox for the others.

    The caller holds the envelope, so that what is told of it is carried in the order in which it happened.
    """
    event = _event(envelope, type)
    return Sent(event, _put(envelope, event, freight, source))


def _changes(envelope: Envelope, to: State, reason: str) -> dict[str, object]:
    now = max(timezone.now(), envelope.moved_at)  # clocks of two servers differ: what came later says so
    days = envelope.days
    changes: dict[str, object] = {"state": to, "reason": reason, "moved_at": now}
    if to == State.SENT:
        changes["days"] = days = days_between(envelope.sender_id, envelope.target_id)
    changes |= {name: now for name, states in MOMENTS.items() if to in states and getattr(envelope, name) is None}
    if to in RESULTS:
        changes["result"] = to
    if to in RETRACTED and envelope.sent_at is not None:
        changes["remains"] = Remains.WAITING
    ticking = Clock(envelope.waited, envelope.clock_since, envelope.passed, envelope.due, envelope.due_at)
    ticking = clock.moved(ticking, to=to, days=days, now=now)
    return changes | {
        "waited": ticking.waited,
        "clock_since": ticking.since,
        "due": ticking.due,
        "due_at": ticking.due_at,
    }


def _event(envelope: Envelope, type: str, *, reason: str = "") -> EnvelopeEvent:
    here = current_organisation()
    moment = {"at": envelope.moved_at} if type == envelope.state else {}
    return EnvelopeEvent.objects.create(
        envelope=envelope,
        type=type,
        state=envelope.state,
        version=envelope.version,
        organisation_id=here.id if here else None,
        reason=reason,
        **moment,
    )


def _put(
    envelope: Envelope, event: EnvelopeEvent, freight: Freight = Freight.STEP, source: UUID | None = None
) -> list[OutboxItem]:
    """One item for each side that did not act itself; the recipient gets none before it was sent anything."""
    here = current_organisation()
    to = [envelope.sender_id]
    if envelope.sent_at is not None:
        to.append(envelope.target_id)
    items = [
        OutboxItem(
            envelope=envelope,
            to_id=side,
            freight=Freight.PREVIEW if event.type == State.SENT and side == envelope.target_id else freight,
            event=event,
            source=source,
        )
        for side in to
        if here is None or side != here.id
    ]
    return OutboxItem.objects.bulk_create(items)


def send_disclosure(envelope: Envelope) -> OutboxItem:
    """Lets what the consent covers follow to the recipient."""
    return OutboxItem.objects.create(envelope=envelope, to_id=envelope.target_id, freight=Freight.DISCLOSURE)


def settle_envelope(*, envelope: Envelope, as_: Remains) -> Sent:
    """The recipient says what became of its copy after a recall or a withdrawn consent. Raises ReferralMoved."""
    done = Envelope.objects.filter(
        pk=envelope.pk, target=required_organisation().id, state__in=RETRACTED, remains__in=_before(as_)
    ).update(remains=as_, version=F("version") + 1)
    if not done:
        raise ReferralMoved
    envelope.refresh_from_db()
    return tell_of(envelope=envelope, type=EventType.SETTLED)


def _before(remains: Remains) -> list[Remains]:
    """What is restricted may be erased later; what is erased stays so."""
    return [Remains.WAITING] if remains == Remains.RESTRICTED else [Remains.WAITING, Remains.RESTRICTED]


def discard_envelope(envelope: Envelope) -> None:
    """Removes a draft. Raises ReferralMoved when it is none any more."""
    if not Envelope.objects.filter(pk=envelope.pk, state=State.DRAFT, sender=required_organisation().id).delete()[0]:
        raise ReferralMoved
