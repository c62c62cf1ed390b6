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
    "unit.settled": _("Decided on a change in the standard"),
}
