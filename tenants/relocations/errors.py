"""What can go wrong with the move of a record."""

from halka.common.errors import Refused


class NotMovable(Refused):
    """Something has to be ended first; the message says what."""


class TargetUnavailable(Refused):
    """The organisation takes no records: it is oneself, new, suspended or leaving."""


class TooLate(Refused):
    """The time for undoing is over, or it has been undone."""


class WouldLose(Refused):
    """Work was done on the record since it came, and nobody has confirmed that it goes too."""
