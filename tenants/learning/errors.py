"""What the verbs of learning say no with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from halka.common.errors import Refused


class AdoptedAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("Your organisation teaches from this curriculum already."))


class CurriculumEnded(Refused):
    def __init__(self) -> None:
        super().__init__(_("Your organisation no longer teaches from this curriculum."))


class NotOurOwn(Refused):
    """Only what the organisation added itself is removed; what is the standard's is left out."""

    def __init__(self) -> None:
        super().__init__(_("This is a unit of the standard. It can be left out, and put back later."))


class NotEmpty(Refused):
    def __init__(self) -> None:
        super().__init__(_("Move or remove the units of this module first."))


class NothingToSettle(Refused):
    """Somebody else was faster, or the standard has moved on once more."""

    def __init__(self) -> None:
        super().__init__(_("This is decided already, or the standard has changed once more. Look again below."))


class NeedsChoosing(Refused):
    """Both sides changed the same words."""

    def __init__(self) -> None:
        super().__init__(_("You have both changed the same words here. Compare them, and choose."))


class NothingToPlan(Refused):
    def __init__(self) -> None:
        super().__init__(_("No rating asks for a unit that is not in the plan already. You may add units by hand."))


class PlannedAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("This unit is in the plan already."))


class OutOfOrder(Refused):
    """A unit stays behind what it builds on."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            _("“%(second)s” builds on “%(first)s”, which stays before it.") % {"first": first, "second": second}
        )


class GroupEnded(Refused):
    def __init__(self) -> None:
        super().__init__(_("This group has ended. Take it up again first."))


class InGroupAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("This person is in the group already, or on its waiting list."))


class NotYet(Refused):
    """Who came is known on the day."""

    def __init__(self) -> None:
        super().__init__(_("This session is still to come. Write down who came on the day."))


class SessionCancelled(Refused):
    def __init__(self) -> None:
        super().__init__(_("This session is cancelled. Put it back first."))


class HasAttendance(Refused):
    def __init__(self) -> None:
        super().__init__(_("It is written down who came to this session. Clear that first."))


class NotComplete(Refused):
    def __init__(self) -> None:
        super().__init__(_("There is a certificate once the person has completed the group."))
