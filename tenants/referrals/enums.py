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


class LinkPurpose(TextChoices):
    """What one link lets whoever has it do, and nothing else."""

    ANSWER = "answer", _("Answer the referral")
    TOLD = "told", _("Read who the person is")
    RESULT = "result", _("Tell what became of it")


AUDITED = {
    "referral.drafted": _("Wrote a draft of a referral"),
    "referral.draft_changed": _("Changed a draft of a referral"),
    "referral.discarded": _("Discarded a draft of a referral"),
    "referral.held": _("Sent a referral, which waits for the secretariat"),
    "referral.rejected": _("Rejected a referral"),
    "referral.sent": _("Sent a referral"),
    "referral.received": _("A referral arrived"),
    "referral.opened": _("Opened a referral, or answered a question about it"),
    "referral.viewed": _("Read a referral that names a person"),
    "referral.info_requested": _("Asked something about a referral"),
    "referral.waitlisted": _("Put a referral on the waiting list"),
    "referral.accepted": _("Accepted a referral"),
    "referral.declined": _("Declined a referral"),
    "referral.redirected": _("Redirected a referral"),
    "referral.recalled": _("Recalled a referral"),
    "referral.started": _("Began to work on a referral"),
    "referral.not_started": _("A referral came to nothing"),
    "referral.completed": _("Completed a referral"),
    "referral.disengaged": _("Broke a referral off"),
    "referral.closed": _("Closed a referral"),
    "referral.reopened": _("Reopened a referral"),
    "referral.withdrawn": _("Took back what was agreed for a referral"),
    "referral.restricted": _("Restricted what came with a referral"),
    "referral.purged": _("Erased what came with a referral"),
    "referral.settled": _("Confirmed what became of a referral's copy"),
    "referral.disclosed": _("Told the recipient what the consent covers"),
    "referral.disclosure_received": _("Was told what the consent covers"),
    "referral.client_added": _("Added a client from a referral"),
    "referral.client_linked": _("Linked a referral to a client"),
    "message.written": _("Wrote to the other side of a referral"),
    "message.received": _("A message about a referral arrived"),
    "enclosure.sent": _("Sent a document with a referral"),
    "enclosure.received": _("A document came with a referral"),
    "enclosure.opened": _("Opened a document that came with a referral"),
    "enclosure.taken_back": _("Took back a document that was sent with a referral"),
    "link.sent": _("A link to answer a referral was sent"),
    "link.asked": _("Asked that the link to answer a referral is sent again"),
    "link.opened": _("Read by a link who was referred"),
    "link.locked": _("A link was locked after wrong codes"),
}
