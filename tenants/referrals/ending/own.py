"""Where a person was referred, as they read it on their own page: who was told what, under which consent, and what
became of it once they took that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import RETRACTED, TRANSITIONS, ConsentEnd, EventType, Remains, Side, State
from tenants.caseloads.models import Client, Consent
from tenants.referrals.domain.disclosure import labelled
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, ReferralQuerySet, Step

SHOWN = 50
STANDS: dict[State, Promise] = {
    State.HELD: _("It has not gone out yet."),
    State.REJECTED: _("It was not sent."),
    State.SENT: _("They have not answered yet."),
    State.OPENED: _("They have not answered yet."),
    State.INFO_REQUESTED: _("They asked us something before they answer."),
    State.WAITLISTED: _("You are on their waiting list."),
    State.ACCEPTED: _("They said yes."),
    State.DECLINED: _("They said no."),
    State.REDIRECTED: _("We asked somebody else instead."),
    State.RECALLED: _("We took it back."),
    State.EXPIRED: _("They did not answer in time."),
    State.STARTED: _("They work with you."),
    State.NOT_STARTED: _("It came to nothing."),
    State.COMPLETED: _("The work is done."),
    State.DISENGAGED: _("The work was broken off."),
    State.CLOSED: _("It is over."),
    State.REOPENED: _("They work with you again."),
    State.WITHDRAWN: _("You took your consent back."),
}
LAPSED = _("Your consent ran out.")
ENDED: dict[Remains, Promise] = {
    Remains.WAITING: _("They have to erase what they know of you, or to lock it, and to confirm that. We wait for it."),
    Remains.RESTRICTED: _("They have locked what a law makes them keep, and use it for nothing."),
    Remains.ERASED: _("They have confirmed that they erased what they knew of you."),
}


@dataclass(frozen=True)
class Line:
    """`consent` can be taken back here, or the referral `withdrawable`; `note` says why something is kept."""

    organisation: str
    is_from_us: bool
    service: str
    sent_at: datetime
    stands: str | Promise
    told: list[tuple[str, str]]
    consent: Consent | None
    withdrawable: UUID | None
    ended: str | Promise
    settled_at: datetime | None
    note: str


def has_referrals(client: Client) -> bool:
    return _of(client).exists()


def lines(client: Client) -> list[Line]:
    referrals = list(_of(client).select_related("consent")[:SHOWN])
    settled = _settled(referrals)
    return [_line(referral, settled.get(referral.pk)) for referral in referrals]


def withdrawable(client: Client) -> ReferralQuerySet:
    """What others referred to us, and can be taken back with us."""
    movable = [state for state, edges in TRANSITIONS.items() if Side.TARGET in edges.get(State.WITHDRAWN, ())]
    return _of(client).incoming().in_state(*movable)


def _of(client: Client) -> ReferralQuerySet:
    found: ReferralQuerySet = Referral.objects.for_list().filter(client=client)
    return found.exclude(envelope__state=State.DRAFT)


def _settled(referrals: list[Referral]) -> dict[UUID, Step]:
    """What the recipient said last of its copy, by referral."""
    steps = Step.objects.filter(referral__in=referrals, type=EventType.SETTLED).order_by("at", "id")
    return {step.referral_id: step for step in steps}


def _line(referral: Referral, settled: Step | None) -> Line:
    envelope, is_from_us = referral.envelope, referral.direction == Direction.OUT
    state, consent = State(envelope.state), referral.consent
    may_here = not is_from_us and Side.TARGET in TRANSITIONS[state].get(State.WITHDRAWN, ())
    has_ended = is_from_us and state in RETRACTED and envelope.remains
    return Line(
        organisation=str(referral.other),
        is_from_us=is_from_us,
        service=str(envelope.get_service_display()),
        sent_at=envelope.sent_at or referral.created_at,
        stands=LAPSED if envelope.reason == ConsentEnd.LAPSED else STANDS[state],
        told=labelled(referral.disclosed),
        consent=consent if consent is not None and consent.is_valid and state not in RETRACTED else None,
        withdrawable=referral.pk if may_here else None,
        ended=ENDED[Remains(envelope.remains)] if has_ended else "",
        settled_at=settled.at if settled and has_ended else None,
        note=settled.note if settled and has_ended else "",
    )
