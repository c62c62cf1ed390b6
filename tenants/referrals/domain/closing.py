"""The end of a referral: acknowledged by the sender, opened again by either side, or taken back with the consent."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from django.db import transaction

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import settle_envelope
from network_registry.exchange.enums import TRANSITIONS, ConsentEnd, Remains, Side, State
from network_registry.exchange.errors import ReferralMoved
from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.enums.consents import ConsentScope, WithdrawnBy
from tenants.caseloads.models import Consent
from tenants.referrals import notice_words, policies
from tenants.referrals.domain.disclosure import fields_in
from tenants.referrals.domain.moving import move, note_own
from tenants.referrals.domain.notices import tell_owner
from tenants.referrals.domain.openness import refuse_second
from tenants.referrals.domain.retracting import purge, restrict, take_off, was_told_nothing
from tenants.referrals.models import Enclosure, Referral, ReferralQuerySet

# Where the sender's consent may end with what rests on it: taken back, and by itself.
WITHDRAWABLE: Final = frozenset(
    state for state, edges in TRANSITIONS.items() if Side.SENDER in edges.get(State.WITHDRAWN, ())
)
LAPSING: Final = WITHDRAWABLE - {State.DECLINED, State.EXPIRED, State.REDIRECTED}


def close_referral(*, referral: Referral, note: str = "", by: Seat) -> None:
    """The sender has read the result. Raises ReferralMoved."""
    with transaction.atomic():
        move(referral=referral, to=State.CLOSED, note=note, by=by)


def reopen_referral(*, referral: Referral, reason: str, note: str = "", by: Seat) -> None:
    """Either side goes on after the end. Raises ReferralMoved, ReasonMissing, ReferralOpenAlready."""
    with transaction.atomic():
        if referral.client is not None:
            refuse_second(referral, referral.client)
        move(referral=referral, to=State.REOPENED, reason=reason, note=note, by=by)


def withdraw_referral(*, referral: Referral, how: str, by: Seat) -> None:
    """The person takes the consent back, told to either side. Nothing more is told; the recipient restricts or erases.

    On the sender's side the receipt ends with it, and every referral that rests on it. `how` is one of WithdrawnBy.
    Raises ReferralMoved.
    """
    policies.require_move(referral, State.WITHDRAWN, by)
    if policies.side_of(referral) not in TRANSITIONS[State(referral.envelope.state)].get(State.WITHDRAWN, ()):
        raise ReferralMoved
    with transaction.atomic():
        if referral.consent is not None and referral.consent.withdrawn_at is None:
            withdraw_consent(consent=referral.consent, how=how, by=by)
        else:  # the recipient has no receipt
            move(referral=referral, to=State.WITHDRAWN, by=by)
            _lock(referral, by)


def _lock(referral: Referral, by: Seat) -> None:
    """Our own copy, once the person has told us; there is nothing to decide where nobody was named."""
    if was_told_nothing(referral):
        take_off(referral, by=by)
    else:
        restrict(referral, by=by)


def end_receipt(referral: Referral) -> None:
    """The person took the consent back where they were referred to: our receipt ends with it, and what rests on it."""
    if referral.consent is not None and referral.consent.withdrawn_at is None:
        withdraw_consent(consent=referral.consent, how=WithdrawnBy.THERE, by=SYSTEM)


def consent_renewed(older: Consent, newer: Consent) -> None:
    """What rests on a receipt rests on the one in its place; where more was told than that covers, it ends."""
    for referral in _resting_on(older, WITHDRAWABLE):
        if _covers(newer, referral):
            Referral.objects.filter(pk=referral.pk).update(consent=newer)
        else:
            _withdraw(referral, by=SYSTEM)


def _covers(consent: Consent, referral: Referral) -> bool:
    """Whether the receipt covers all that was told and sent."""
    covered = {name for scope in consent.scopes for name in fields_in(ConsentScope(scope))}
    sent = Enclosure.objects.filter(referral=referral, ours=True, taken_back_at=None)
    is_told = {name for name, _value in referral.disclosed} <= covered
    return is_told and (ConsentScope.DOCUMENTS in consent.scopes or not sent.exists())


def consent_withdrawn(consent: Consent, by: Seat) -> None:
    """Every referral that rests on the receipt, in the transaction that ends it."""
    for referral in _resting_on(consent, WITHDRAWABLE):
        _withdraw(referral, by=by)


def consent_lapsed(consent: Consent) -> int:
    """Every referral that rests on a receipt whose last day is over, but those that came to nothing: there was nobody
    named, and they may still be redirected with another consent. How many there were."""
    referrals = list(_resting_on(consent, LAPSING))
    for referral in referrals:
        _withdraw(referral, reason=ConsentEnd.LAPSED, by=SYSTEM)
    return len(referrals)


def _resting_on(consent: Consent, states: Collection[State]) -> ReferralQuerySet:
    found = Referral.objects.outgoing().in_state(*states).filter(consent=consent)
    return found.select_related("envelope", "other")


def _withdraw(referral: Referral, *, reason: str = "", by: Seat) -> None:
    with suppress(ReferralMoved):  # taken back at the other end in this moment
        move(referral=referral, to=State.WITHDRAWN, reason=reason, by=by)
        if reason:
            tell_owner(referral, notice_words.LAPSED_OURS)


def settle_referral(*, referral: Referral, remains: Remains, note: str = "", by: Seat) -> None:
    """The recipient erases its copy, or keeps it restricted because a law asks for it; the sender and the person see
    which, and read the note. Raises PermissionDenied, ReferralMoved, NotErased."""
    policies.require_settling(referral, by)
    with transaction.atomic():
        sent = settle_envelope(envelope=referral.envelope, as_=remains)
        if remains == Remains.ERASED:
            purge(referral, by=by)
        else:
            restrict(referral, by=by)
        record(action="referral.settled", on=referral, detail={"remains": remains}, by=by)
        note_own(referral, sent, note=note, by=by)
