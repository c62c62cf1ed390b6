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


class AccessState(TextChoices):
    """The sender asks the target, whose client it is, to let it read."""

    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Not granted")
    CANCELLED = "cancelled", _("Taken back")
    EXPIRED = "expired", _("Expired")
    ENDED = "ended", _("Ended")


_BOTH = _SENDER | _TARGET
ACCESS_EDGES: dict[AccessState, dict[AccessState, frozenset[Side]]] = {
    AccessState.ASKED: {
        AccessState.GRANTED: _TARGET,
        AccessState.REFUSED: _TARGET,
        AccessState.CANCELLED: _SENDER,
        AccessState.EXPIRED: _SYSTEM,
    },
    AccessState.GRANTED: {AccessState.ENDED: _BOTH | _SYSTEM},
    AccessState.REFUSED: {},
    AccessState.CANCELLED: {},
    AccessState.EXPIRED: {},
    AccessState.ENDED: {},
}
SETTLED = "settled"  # the step that says that the copy was erased
LONGEST_ACCESS = 366  # days


class AccessPurpose(TextChoices):
    """What it is needed for."""

    TOGETHER = "together", _("We work with the person at the same time and want to fit together")
    PLACEMENT = "placement", _("We look for work or practice for the person")
    PLAN = "plan", _("We make a plan with the person and want to build on what is there")
    NOT_TWICE = "not_twice", _("So that the person need not tell everything twice")


class AccessRefusal(TextChoices):
    NOT_KNOWN = "not_known", _("We do not know this person")
    PERSON_DECLINED = "person_declined", _("The person does not want it")
    UNREACHABLE = "unreachable", _("The person could not be reached")
    NOT_NEEDED = "not_needed", _("It is not needed for this purpose")


class AccessEnd(TextChoices):
    OVER = "over", _("Its last day is over")
    CONSENT = "consent", _("The person took the consent back")
    OWNER = "owner", _("The organisation that granted it ended it")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    ERASED = "erased", _("The record was erased")


ACCESS_REASONS: dict[AccessState, type[TextChoices]] = {
    AccessState.ASKED: AccessPurpose,
    AccessState.REFUSED: AccessRefusal,
    AccessState.ENDED: AccessEnd,
}
