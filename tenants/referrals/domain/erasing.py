"""What of referrals stands against erasing a person, and what is told to the other side when it is done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.authorization.roles import Seat
from network_registry.exchange.domain.envelopes import settle_envelope
from network_registry.exchange.enums import RESULTS, RETRACTED, TAKEN_ON, TRANSITIONS, Remains, Side, State
from tenants.referrals import policies
from tenants.referrals.domain.moving import move, note_own
from tenants.referrals.domain.retracting import forget_preview
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral


def under_way(clients: Collection[UUID]) -> str:
    """In words, when one of these people is in a referral that waits: for an answer, or to be told after one."""
    of_them = Referral.objects.filter(client__in=clients)
    untold = Q(envelope__state=State.ACCEPTED, disclosed_at=None, direction="out")
    if of_them.unanswered().exists() or of_them.filter(untold).exists():
        return _("A referral of this person is under way. Recall it, or wait for the answer first.")
    return ""


def person_goes(client_id: UUID, is_going: bool, by: Seat) -> None:
    """Before a person is erased: whoever they were referred to learns that the consent has ended and erases too;
    whoever referred them learns that nothing of them is left here. The envelopes stay."""
    if not is_going:
        return
    referrals = Referral.objects.filter(client=client_id).select_related("envelope", "consent")
    for referral in referrals.select_for_update(of=("self",)):
        envelope = referral.envelope
        if _ends_with_the_person(referral):
            move(referral=referral, to=State.WITHDRAWN, by=by)
        if referral.direction == Direction.IN and envelope.state in RETRACTED and envelope.remains != Remains.ERASED:
            note_own(referral, settle_envelope(envelope=envelope, as_=Remains.ERASED), by=by)


def _ends_with_the_person(referral: Referral) -> bool:
    """What goes on, and on the sender's side also what is over and named the person."""
    state, side = State(referral.envelope.state), policies.side_of(referral)
    if side not in TRANSITIONS[state].get(State.WITHDRAWN, ()):
        return False
    return state in TAKEN_ON | RESULTS or (side == Side.SENDER and referral.names_person)


def discard_previews(kept_days: int) -> int:
    """Erases what was asked for in referrals that came to nothing here, and what was told of somebody who was never
    taken on, so many days after; how many there were."""
    over = timezone.now() - timedelta(days=kept_days)
    old = Referral.objects.incoming().in_state(State.DECLINED, State.EXPIRED, State.REDIRECTED, State.CLOSED)
    old = old.filter(purged_at=None, client=None, envelope__moved_at__lt=over)
    count = 0
    for referral in old.order_by("id"):
        referral.disclosed, referral.names_person = [], False
        forget_preview(referral)
        count += 1
    return count
