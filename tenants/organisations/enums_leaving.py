"""States of what an organisation takes along, and of its end."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TakeoutState(TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    REMOVED = "removed", _("Removed")


class ClosingState(TextChoices):
    WAITING = "waiting", _("Announced")
    CALLED_OFF = "called_off", _("Called off")
    ERASING = "erasing", _("Being erased")
    DONE = "done", _("Erased")


# Who may become what. Nobody calls off what has begun: the key is gone by then.
TAKEOUT_TRANSITIONS: dict[TakeoutState, set[TakeoutState]] = {
    TakeoutState.WAITING: {TakeoutState.WORKING, TakeoutState.REMOVED},
    TakeoutState.WORKING: {TakeoutState.READY, TakeoutState.FAILED, TakeoutState.REMOVED},
    TakeoutState.READY: {TakeoutState.REMOVED},
    TakeoutState.FAILED: {TakeoutState.REMOVED},
    TakeoutState.REMOVED: set(),
}
CLOSING_TRANSITIONS: dict[ClosingState, set[ClosingState]] = {
    ClosingState.WAITING: {ClosingState.CALLED_OFF, ClosingState.ERASING},
    ClosingState.CALLED_OFF: set(),
    ClosingState.ERASING: {ClosingState.DONE},
    ClosingState.DONE: set(),
}

# What leaving writes into the audit, in words.
AUDITED_LEAVING = {
    "takeout.asked": _("Asked for everything of the organisation to take along"),
    "takeout.made": _("Put together everything of the organisation to take along"),
    "takeout.downloaded": _("Downloaded everything of the organisation"),
    "takeout.gone_on": _("Went on with a download of everything of the organisation"),
    "takeout.removed": _("Removed what was put together to take along"),
    "closing.announced": _("Announced the end of an organisation"),
    "closing.called_off": _("Called off the end of an organisation"),
    "closing.begun": _("Began to erase an organisation"),
    "closing.done": _("Erased an organisation"),
    "organisation.restored": _("Brought everything back from a backup"),
}
