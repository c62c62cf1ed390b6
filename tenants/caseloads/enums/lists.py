"""What a list of clients is narrowed down and sorted by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """Whose clients a list shows."""

    MINE = "mine", _("Mine")
    POOL = "pool", _("Nobody's yet")
    ALL = "all", _("All")


class CaseState(TextChoices):
    OPEN = "open", _("Takes part now")
    CLOSED = "closed", _("Has left")
    NONE = "none", _("Never joined")


class Sort(TextChoices):
    """Each has its own index; a minus turns it round."""

    NAME = "name", _("Name")
    NAME_BACK = "-name", _("Name, from the end")
    CONTACT = "contact", _("Last contact, the longest ago first")
    CONTACT_BACK = "-contact", _("Last contact, the latest first")
    CHANGED = "-changed", _("Changed last")
    CHANGED_BACK = "changed", _("Not changed for the longest")
    ADDED = "-added", _("Added last")
    ADDED_BACK = "added", _("Added first")
