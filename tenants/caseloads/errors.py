"""What the caseload's verbs raise when they say no. The messages are meant for people."""

from __future__ import annotations

from halka.common.errors import Refused


class ConsentNotValid(Refused):
    """Joining rests on a consent of this person to take part, neither withdrawn nor past its last day."""


class EnrolledAlready(Refused):
    """The person takes part in this programme now."""


class ProgrammeNotRunning(Refused):
    """Nobody joins a programme that is in preparation or has ended."""


class CaseClosed(Refused):
    """The case has ended; or it has not, and only an ended one can be opened again."""


class NotYoursToGive(Refused):
    """Only supervisors share out people who are in somebody else's care."""


class NotOnTheTeam(Refused):
    """The colleague cannot be on the team, or is on it already."""


class NoEmergency(Refused):
    """There is no reason given, or the record is open to the person anyway."""
