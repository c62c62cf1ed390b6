"""States of what happens in a working group, and the words of its audit."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PointState(TextChoices):
    """Of a point of an agenda: a member's proposal waits until a convener takes it on or leaves it out."""

    PROPOSED = "proposed", _("Proposed")
    ON = "on", _("On the agenda")
    LEFT = "left", _("Left out")


POINT_TRANSITIONS: Final[dict[PointState, frozenset[PointState]]] = {
    PointState.PROPOSED: frozenset({PointState.ON, PointState.LEFT}),
    PointState.LEFT: frozenset({PointState.ON}),
    PointState.ON: frozenset(),
}


class Reply(TextChoices):
    YES = "yes", _("Yes")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("No")


class Presence(TextChoices):
    PRESENT = "present", _("Present")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class DecisionState(TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DECISION_TRANSITIONS: Final[dict[DecisionState, frozenset[DecisionState]]] = {
    DecisionState.OPEN: frozenset({DecisionState.DONE, DecisionState.WITHDRAWN}),
    DecisionState.DONE: frozenset({DecisionState.OPEN}),
    DecisionState.WITHDRAWN: frozenset({DecisionState.OPEN}),
}

AUDITED: Final = {
    "working_group.founded": _("Founded a working group"),
    "working_group.changed": _("Changed a working group"),
    "working_group.closed": _("Closed a working group"),
    "working_group.reopened": _("Opened a working group again"),
    "group_seat.given": _("Named somebody to a working group"),
    "group_seat.ended": _("Took somebody out of a working group"),
    "group_seat.convenes": _("Let somebody convene a working group"),
    "group_seat.convenes_no_more": _("Let somebody convene a working group no more"),
    "group_meeting.called": _("Called a meeting of a working group"),
    "group_meeting.changed": _("Changed a meeting of a working group"),
    "group_meeting.invited": _("Invited to a meeting of a working group"),
    "group_meeting.cancelled": _("Cancelled a meeting of a working group"),
    "group_meeting.answered": _("Answered an invitation to a meeting"),
    "group_meeting.attended": _("Noted who came to a meeting"),
    "group_meeting.approved": _("Approved the minutes of a meeting"),
    "group_meeting.noted": _("Added a correction to approved minutes"),
    "agenda_point.added": _("Put a point on an agenda"),
    "agenda_point.proposed": _("Proposed a point of an agenda"),
    "agenda_point.changed": _("Changed a point of an agenda"),
    "agenda_point.moved": _("Moved a point of an agenda"),
    "agenda_point.taken": _("Took on a proposed point"),
    "agenda_point.left": _("Left out a proposed point"),
    "agenda_point.removed": _("Took a point off an agenda"),
    "agenda_point.minuted": _("Wrote minutes"),
    "decision.made": _("Wrote down a decision of a working group"),
    "decision.changed": _("Changed a decision of a working group"),
    "decision.removed": _("Removed a decision that was not approved yet"),
    "group_document.added": _("Added a document to a working group"),
    "group_document.renewed": _("Added a version of a working group's document"),
    "group_document.read": _("Opened a working group's document"),
    "group_document.removed": _("Removed a document from a working group"),
    "group_calendar.made": _("Made a calendar address of meetings"),
    "group_calendar.ended": _("Ended a calendar address of meetings"),
}
DETAILS: Final[tuple[tuple[str, Any, dict[str, Any]], ...]] = (
    ("group", _("Working group"), {}),
    ("number", _("Number"), {}),
    ("reply", _("Answer"), dict(Reply.choices)),
    ("to", _("To"), dict(DecisionState.choices)),
)
