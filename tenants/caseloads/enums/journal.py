"""What the journal, tasks and documents choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Dimension as Dimension


class EntryKind(TextChoices):
    """Quick kinds of a contact; the first ones are the buttons beside the box."""

    NOTE = "note", _("Note")
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Home visit")
    MESSAGE = "message", _("Message")
    GROUP = "group", _("Group work")
    EMPLOYER = "employer", _("Talk with an employer")
    INSTITUTION = "institution", _("Talk with an institution")
    NOT_MET = "not_met", _("Did not come or answer")
    SMALL_WIN = "small_win", _("Small win")
    HAND_OVER = "hand_over", _("Hand-over")


ICONS = {
    EntryKind.NOTE: "journal-text",
    EntryKind.CALL: "telephone",
    EntryKind.MEETING: "people",
    EntryKind.VISIT: "house",
    EntryKind.MESSAGE: "chat-dots",
    EntryKind.GROUP: "diagram-3",
    EntryKind.EMPLOYER: "briefcase",
    EntryKind.INSTITUTION: "building",
    EntryKind.NOT_MET: "x-circle",
    EntryKind.SMALL_WIN: "star",
    EntryKind.HAND_OVER: "arrow-left-right",
}
# What is written most, in the order of the buttons; the others are behind a second tap.
QUICK = (
    EntryKind.NOTE, EntryKind.CALL, EntryKind.MEETING, EntryKind.VISIT, EntryKind.MESSAGE, EntryKind.SMALL_WIN
)  # fmt: skip
MORE = (EntryKind.NOT_MET, EntryKind.GROUP, EntryKind.EMPLOYER, EntryKind.INSTITUTION)

# Those that count as having been in touch with the person.
CONTACTS = frozenset({EntryKind.CALL, EntryKind.MEETING, EntryKind.VISIT, EntryKind.MESSAGE, EntryKind.GROUP})


class Audience(TextChoices):
    """Who of those that may open the record reads an entry or a document."""

    TEAM = "team", _("Everybody on the team")
    PROFESSIONALS = "professionals", _("Professionals, not volunteers and partners")
    PROFESSION = "profession", _("Only my own profession")
    AUTHOR = "author", _("Only me")


AUDITED = {
    "entry.written": _("Wrote in a journal"),
    "entry.changed": _("Changed an entry of a journal"),
    "entry.removed": _("Took back an entry of a journal"),
    "entry.asked": _("Asked colleagues to read an entry"),
    "entry.listed": _("Looked at the small wins"),
    "document.added": _("Added a document"),
    "document.opened": _("Opened a document"),
    "document.removed": _("Removed a document"),
    "task.added": _("Added a task"),
    "task.done": _("Did a task"),
    "task.reopened": _("Opened a task again"),
    "task.handed": _("Gave a task to a colleague"),
}
