"""States of a transfer and of a request for access, and who may move them, as data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import Side

_SENDER, _TARGET, _SYSTEM = frozenset({Side.SENDER}), frozenset({Side.TARGET}), frozenset({Side.SYSTEM})
ANSWER_DAYS = 30  # to answer an offer or a request


class TransferState(TextChoices):
    """The sender hands a case over to the target for good."""

    OFFERED = "offered", _("Offered")
    OPENED = "opened", _("Opened")
    ACCEPTED = "accepted", _("Accepted, on its way")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    ARRIVED = "arrived", _("Handed over")


_UNANSWERED = {TransferState.WITHDRAWN: _SENDER, TransferState.EXPIRED: _SYSTEM}
TRANSFER_EDGES: dict[TransferState, dict[TransferState, frozenset[Side]]] = {
    TransferState.OFFERED: {TransferState.OPENED: _TARGET, **_UNANSWERED},
    TransferState.OPENED: {TransferState.ACCEPTED: _TARGET, TransferState.DECLINED: _TARGET, **_UNANSWERED},
    TransferState.ACCEPTED: {TransferState.ARRIVED: _TARGET, TransferState.WITHDRAWN: _SENDER},
    TransferState.DECLINED: {},
    TransferState.WITHDRAWN: {},
    TransferState.EXPIRED: {},
    TransferState.ARRIVED: {},
}
TRANSFER_UNANSWERED = frozenset({TransferState.OFFERED, TransferState.OPENED})
TRANSFER_UNDER_WAY = TRANSFER_UNANSWERED | {TransferState.ACCEPTED}


class TransferReason(TextChoices):
    """Why a case is handed over."""

    MOVED = "moved", _("The person moves there")
    PROGRAMME_ENDS = "programme_ends", _("Our programme ends")
    BETTER_PLACED = "better_placed", _("You can help better")
    PERSON_ASKS = "person_asks", _("The person asks for it")
    CAPACITY = "capacity", _("We have no means to go on")


class TransferRefusal(TextChoices):
    NO_PLACE = "no_place", _("No free place now")
    NOT_OUR_SERVICE = "not_our_service", _("Not a service we offer")
    OUTSIDE_AREA = "outside_area", _("Outside of our area")
    NOT_ELIGIBLE = "not_eligible", _("Does not meet the conditions of the programme")


class TransferWithdrawal(TextChoices):
    CHANGED = "changed", _("The person decided otherwise")
    CONSENT = "consent", _("The person took the consent back")
    MISTAKE = "mistake", _("It was offered by mistake")


TRANSFER_REASONS: dict[TransferState, type[TextChoices]] = {
    TransferState.OFFERED: TransferReason,
    TransferState.DECLINED: TransferRefusal,
    TransferState.WITHDRAWN: TransferWithdrawal,
}
