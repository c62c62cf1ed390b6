"""What the journal, tasks and documents choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


# Those that count as having been in touch with the person.
CONTACTS = frozenset({EntryKind.CALL, EntryKind.MEETING, EntryKind.VISIT, EntryKind.MESSAGE, EntryKind.GROUP})


class Audience(TextChoices):
    """Who of those that may open the record reads an entry or a document."""

    TEAM = "team", _("Everybody on the team")
    PROFESSIONALS = "professionals", _("Professionals, not volunteers and partners")
    PROFESSION = "profession", _("Only my own profession")
    AUTHOR = "author", _("Only me")


class Dimension(TextChoices):
    PSYCHOLOGICAL = "psychological", _("Psychological")
    SOCIAL = "social", _("Social")
    ECONOMIC = "economic", _("Economic")


AUDITED: dict[str, object] = {}
