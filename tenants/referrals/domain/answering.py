"""The recipient's verbs: read, ask, put on the waiting list, say yes or no, work, say what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import send_disclosure
from network_registry.exchange.enums import State
from tenants.organisations.models import Colleague
from tenants.referrals.domain.moving import move
from tenants.referrals.domain.results import distance_since
from tenants.referrals.errors import NotTakenOn
from tenants.referrals.models import Referral


def open_referral(*, referral: Referral, by: Seat) -> None:
    """The recipient reads what is needed. Raises ReferralMoved when it was opened already."""
    with transaction.atomic():
        move(referral=referral, to=State.OPENED, by=by)


def request_info(*, referral: Referral, question: str, by: Seat) -> None:
    """Asks the sender something before answering; the clock stands meanwhile. Raises ReferralMoved."""
    with transaction.atomic():
        move(referral=referral, to=State.INFO_REQUESTED, note=question, by=by)


def waitlist_referral(*, referral: Referral, note: str = "", by: Seat) -> None:
    """There is a place later. Raises ReferralMoved."""
    with transaction.atomic():
        move(referral=referral, to=State.WAITLISTED, note=note, by=by)


def accept_referral(*, referral: Referral, assignee: Colleague | None, note: str = "", by: Seat) -> None:
    """The recipient takes the person on; the sender's disclosure follows. Raises ReferralMoved.

    `assignee` is None where the recipient has no accounts and answered by a link.
    """
    with transaction.atomic():
        move(referral=referral, to=State.ACCEPTED, note=note, by=by)
        Referral.objects.filter(pk=referral.pk).update(owner=assignee)
        referral.owner = assignee
        send_disclosure(referral.envelope)  # carried with the step itself, once this is committed


def decline_referral(*, referral: Referral, reason: str, note: str = "", by: Seat) -> None:
    """The recipient says no, and why. Raises ReferralMoved, ReasonMissing."""
    with transaction.atomic():
        move(referral=referral, to=State.DECLINED, reason=reason, note=note, by=by)


def start_referral(*, referral: Referral, note: str = "", by: Seat) -> None:
    """Work with the person has begun. Raises ReferralMoved, NotTakenOn."""
    with transaction.atomic():
        move(referral=referral, to=State.STARTED, note=note, by=by)
        if referral.client_id is None:
            raise NotTakenOn(_("Say first whether the person is a client of yours already."))


def not_start_referral(*, referral: Referral, reason: str, note: str = "", by: Seat) -> None:
    """It came to nothing. Raises ReferralMoved, ReasonMissing."""
    with transaction.atomic():
        move(referral=referral, to=State.NOT_STARTED, reason=reason, note=note, by=by)


def complete_referral(*, referral: Referral, outcome: str, note: str = "", by: Seat) -> None:
    """The work is done: what came of it, and how far the person travelled since it began.

    Raises ReferralMoved, ReasonMissing.
    """
    _end(referral, State.COMPLETED, outcome, note, by)


def disengage_referral(*, referral: Referral, reason: str, note: str = "", by: Seat) -> None:
    """The work broke off. Raises ReferralMoved, ReasonMissing."""
    _end(referral, State.DISENGAGED, reason, note, by)


def _end(referral: Referral, to: State, reason: str, note: str, by: Seat) -> None:
    with transaction.atomic():
        referral.distance = distance_since(referral)
        Referral.objects.filter(pk=referral.pk).update(distance=referral.distance)
        move(referral=referral, to=to, reason=reason, note=note, by=by)
