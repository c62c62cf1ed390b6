"""States of a record's move to another organisation, and who may move it on, as data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.dealing_enums import TransferReason, TransferRefusal, TransferWithdrawal
from network_registry.exchange.enums import Side

_SENDER, _TARGET, _SYSTEM = frozenset({Side.SENDER}), frozenset({Side.TARGET}), frozenset({Side.SYSTEM})
UNDO_DAYS = 30  # so long the sender keeps its copy, out of everybody's sight


class RelocationState(TextChoices):
    """Whose the record is: up to CARRYING the sender's, from CARRIED to UNDOING the target's, in RETURNING the sender's
    again. In between, what one move says decides for both."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back before it moved")
    EXPIRED = "expired", _("Not answered in time")
    CARRYING = "carrying", _("On its way")
    FAILED = "failed", _("Could not be moved")
    CARRIED = "carried", _("Moved")
    UNDOING = "undoing", _("The move is being undone")
    RETURNING = "returning", _("On its way back")
    UNDONE = "undone", _("Undone")
    SETTLING = "settling", _("Moved for good, the old copy is being erased")
    SETTLED = "settled", _("Moved for good")


_S = RelocationState
RELOCATION_EDGES: dict[RelocationState, dict[RelocationState, frozenset[Side]]] = {
    _S.ASKED: {_S.ACCEPTED: _TARGET, _S.DECLINED: _TARGET, _S.WITHDRAWN: _SENDER, _S.EXPIRED: _SYSTEM},
    _S.ACCEPTED: {_S.CARRYING: _SENDER, _S.WITHDRAWN: _SENDER, _S.FAILED: _SENDER},
    _S.CARRYING: {_S.CARRIED: _TARGET, _S.FAILED: _SENDER},
    _S.CARRIED: {_S.UNDOING: _SENDER | _TARGET, _S.SETTLING: _TARGET | _SYSTEM},
    _S.UNDOING: {_S.CARRIED: _TARGET, _S.RETURNING: _TARGET},
    _S.RETURNING: {_S.UNDONE: _SENDER},
    _S.SETTLING: {_S.SETTLED: _SENDER},
    _S.DECLINED: {},
    _S.WITHDRAWN: {},
    _S.EXPIRED: {},
    _S.FAILED: {},
    _S.UNDONE: {},
    _S.SETTLED: {},
}
# Nothing has moved yet, and the sender may still take it back.
STOPPABLE = frozenset({_S.ASKED, _S.ACCEPTED})
# A worker takes it on from here, as often as it has to.
WORKED_ON = frozenset({_S.ACCEPTED, _S.CARRYING, _S.UNDOING, _S.RETURNING, _S.SETTLING})
UNDER_WAY = STOPPABLE | WORKED_ON
# The sender's copy is held.
HELD_THERE = frozenset({_S.CARRYING, _S.CARRIED, _S.UNDOING, _S.RETURNING, _S.SETTLING})
# The record is the target's, or just about to leave it again.
AT_TARGET = frozenset({_S.CARRIED, _S.UNDOING, _S.SETTLING, _S.SETTLED})


class RelocationFailure(TextChoices):
    BLOCKED = "blocked", _("Something has to be ended first")
    CONSENT = "consent_over", _("The consent has ended")
    CLOSED = "closed", _("One of the organisations cannot be reached any more")
    BROKEN = "broken", _("Something could not be read or written")


class RelocationUndo(TextChoices):
    PERSON_ASKS = "asks_back", _("The person asks for it back")
    MISTAKE = "moved_wrong", _("It was moved by mistake")
    NOT_WORKING = "not_working", _("The person cannot be helped there")


class RelocationStay(TextChoices):
    """Why a record stays where it was moved to, though its move was to be undone."""

    ADDED = "added", _("Work has been done on it since")
    BLOCKED = "blocked", _("Something has to be ended first")


class RelocationEnd(TextChoices):
    """Why the old copy is erased before its time."""

    ERASED = "erased_there", _("The record was erased where it had moved to")


# State -> in which words it says why; what is in MAY_SAY may say nothing too.
RELOCATION_REASONS: dict[RelocationState, type[TextChoices]] = {
    _S.ASKED: TransferReason,
    _S.DECLINED: TransferRefusal,
    _S.WITHDRAWN: TransferWithdrawal,
    _S.FAILED: RelocationFailure,
    _S.UNDOING: RelocationUndo,
    _S.CARRIED: RelocationStay,
    _S.SETTLING: RelocationEnd,
}
MAY_SAY_NOTHING = frozenset({_S.CARRIED, _S.SETTLING})
