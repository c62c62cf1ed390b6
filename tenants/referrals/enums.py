"""Words of a private referral."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    OUT = "out", _("Sent by us")
    IN = "in", _("Sent to us")


class Urgency(TextChoices):
    LOW = "low", _("Within some months")
    NORMAL = "normal", _("Within some weeks")
    HIGH = "high", _("Within days")
