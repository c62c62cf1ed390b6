"""Codes of learning, and the words of its audit."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Settled(TextChoices):
    """What became of a change in the standard."""

    TAKEN = "taken", _("Taken over")
    MERGED = "merged", _("Taken over, and our own changes kept")
    CHOSEN = "chosen", _("Chosen field by field")
    KEPT = "kept", _("Our own text kept")
    ADDED = "added", _("New unit taken in")
    PASSED = "passed", _("New unit not taken in")
    LEFT_OUT = "left_out", _("Left out, as in the standard")
    STAYED = "stayed", _("Kept as a unit of our own")


class Change(TextChoices):
    """How a part of the standard differs from the version that we hold."""

    NEW = "new", _("New")
    GONE = "gone", _("No longer in the standard")
    THERE = "there", _("Changed in the standard alone")
    APART = "apart", _("Changed on both sides, in different places")
    BOTH = "both", _("Changed on both sides, in the same place")


class Progress(TextChoices):
    NOT_BEGUN = "not_begun", _("Not begun")
    BEGUN = "begun", _("Begun")
    DONE = "done", _("Done")


class Place(TextChoices):
    """Whether somebody has a place in a group."""

    ENROLLED = "enrolled", _("In the group")
    WAITING = "waiting", _("On the waiting list")
    LEFT = "left", _("Left the group")


class Came(TextChoices):
    """Attendance of one person at one session."""

    CAME = "came", _("Came")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


THERE = frozenset({Came.CAME, Came.LATE})


class Why(TextChoices):
    """Why a unit is in somebody's plan."""

    RATED = "rated", _("Something was rated low")
    START = "start", _("A first step for everybody")
    BEFORE = "before", _("Another unit builds on it")
    HAND = "hand", _("Chosen by hand")


AUDITED = {
    "curriculum.adopted": _("Adopted a curriculum"),
    "curriculum.ended": _("Stopped teaching from a curriculum"),
    "curriculum.moved_on": _("Moved on to a newer version of a curriculum"),
    "learning_module.added": _("Added a module of our own"),
    "learning_module.changed": _("Changed a module"),
    "learning_module.moved": _("Moved a module"),
    "learning_module.removed": _("Removed an empty module"),
    "unit.added": _("Added a unit of our own"),
    "unit.changed": _("Rewrote a unit"),
    "unit.moved": _("Moved a unit"),
    "unit.left_out": _("Left out a unit"),
    "unit.put_back": _("Put a unit back"),
    "unit.removed": _("Removed a unit of our own"),
    "learning_plan.assembled": _("Assembled a learning plan from the ratings"),
    "learning_plan.added": _("Put a unit into a learning plan"),
    "learning_plan.removed": _("Took a unit out of a learning plan"),
    "learning_plan.moved": _("Moved a unit in a learning plan"),
    "learning_plan.noted": _("Wrote a note in a learning plan"),
    "learning_plan.progress": _("Marked progress in a learning plan"),
    "group.made": _("Made a group"),
    "group.changed": _("Changed a group"),
    "group.ended": _("Ended a group"),
    "group.reopened": _("Took a group up again"),
    "group.joined": _("Put somebody into a group"),
    "group.waiting": _("Put somebody on a group's waiting list"),
    "group.moved_up": _("Moved somebody up from a waiting list"),
    "group.left": _("Took somebody out of a group"),
    "session.series_made": _("Put a series of sessions into the calendar"),
    "session.made": _("Put a session into the calendar"),
    "session.changed": _("Changed a session"),
    "session.cancelled": _("Cancelled a session"),
    "session.restored": _("Put a cancelled session back"),
    "attendance.noted": _("Wrote down who came"),
    "certificate.made": _("Made a certificate of participation"),
    "calendar.made": _("Made a secret calendar address"),
    "calendar.ended": _("Ended a secret calendar address"),
    "evidence.renewed": _("Had the figures for the network computed anew"),
    "unit.settled": _("Decided on a change in the standard"),
}
