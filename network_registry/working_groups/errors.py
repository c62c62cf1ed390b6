"""What a working group's verbs refuse."""

from __future__ import annotations

from django.utils.translation import gettext as _

from halka.common.errors import Refused


class NoSeat(Refused):
    """Whoever asks has no seat in the group, or not the one that this takes."""

    def __init__(self) -> None:
        super().__init__(_("You have no seat in this working group."))


class NotConvener(Refused):
    def __init__(self) -> None:
        super().__init__(_("Only those who convene the group do this."))


class GroupClosed(Refused):
    def __init__(self) -> None:
        super().__init__(_("This working group is closed: everything can be read, nothing changed."))


class CannotFound(Refused):
    """The name is taken, or the group cannot be like this. `field` is where to say so."""

    def __init__(self, message: str, field: str = "name") -> None:
        super().__init__(message)
        self.field = field


class CannotName(Refused):
    """Somebody who is in the group already, or whose membership has ended."""


class Frozen(Refused):
    """The minutes were approved, and nothing in them changes any more."""

    def __init__(self) -> None:
        super().__init__(_("The minutes are approved. What was wrong in them is put right by a note."))


class NotNow(Refused):
    """The meeting, point or decision is not in a state for this."""
