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


AUDITED = {
    "referral.sent": _("Sent a referral"),
    "referral.received": _("A referral arrived"),
    "referral.opened": _("Opened a referral"),
    "referral.viewed": _("Read a referral that names a person"),
    "referral.accepted": _("Accepted a referral"),
    "referral.declined": _("Declined a referral"),
    "referral.answered": _("An answer to a referral arrived"),
    "referral.disclosed": _("Told the recipient what the consent covers"),
    "referral.disclosure_received": _("Was told what the consent covers"),
    "referral.client_added": _("Added a client from a referral"),
    "referral.client_linked": _("Linked a referral to a client"),
}
