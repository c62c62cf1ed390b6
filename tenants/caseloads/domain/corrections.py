"""What a person asks to be put right, and the answer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import Refused
from tenants.caseloads.enums.consents import CorrectionState
from tenants.caseloads.models import Client, Correction

AT_ONCE = 5  # so many may wait for an answer


class TooManyAsked(Refused):
    """Several wait for an answer already."""


class CorrectionAnswered(Refused):
    """A colleague has answered it already."""


def ask_correction(*, client: Client, text: str, by: Seat) -> Correction:
    """Shows up in Today of the one responsible. Raises TooManyAsked."""
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=client.pk)
        if Correction.objects.filter(client=client, state=CorrectionState.ASKED).count() >= AT_ONCE:
            raise TooManyAsked(_("What you have asked for before is still being looked at."))
        correction = Correction.objects.create(client=client, text=text)
        record(action="correction.asked", on=correction, by=by)
    return correction


def answer_correction(*, correction: Correction, state: str, answer: str = "", by: Seat) -> Correction:
    """The person reads the answer on their own page. Raises CorrectionAnswered, Refused for a no without a reason."""
    if state == CorrectionState.REFUSED and not answer.strip():
        raise Refused(_("Give a reason: the person reads it."))
    with transaction.atomic():
        locked = Correction.objects.select_for_update().get(pk=correction.pk)
        if locked.state != CorrectionState.ASKED:
            raise CorrectionAnswered(_("A colleague has answered this already."))
        locked.state, locked.answer = CorrectionState(state), answer
        locked.answered_at, locked.answered_by_id = timezone.now(), by.membership_id
        locked.save(update_fields=["state", "answer", "answered_at", "answered_by"])
        record(action="correction.answered", on=locked, detail={"state": state}, by=by)
    return locked
