"""What can go wrong on the way into the network."""

from __future__ import annotations

from halka.common.errors import Refused


class CannotMoveApplication(Refused):
    """Not from this state, or not by this person."""


class NotComplete(Refused):
    """Something that has to be known is missing. `parts` are the parts of the form where."""

    def __init__(self, message: str, parts: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.parts = parts


class NameTaken(Refused):
    """The short name belongs to a member, or to an application that came first."""


class StepsOpen(Refused):
    """Steps of licensing that must be done are not."""


class PaperRefused(Refused):
    """Not a kind of file that is taken, too big, or too many."""


class CannotTryAgain(Refused):
    """The workspace is there, or somebody is at it."""


class CannotChange(Refused):
    """It is so already, was asked already, or is decided. `field` is the form's, where one is to be mended."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class BatchOver(Refused):
    """The sheet was confirmed already, or is gone."""


class CannotMerge(Refused):
    """Not these two, not from this state, not by this person, or something has to be done first."""


class Superseded(RuntimeError):
    """Another worker has taken the merger on, since this one was not heard of."""
