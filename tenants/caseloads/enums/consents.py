"""What consents, clients' own pages and their rights choose from."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentScope(TextChoices):
    """What a consent lets us tell or keep; each value but DOCUMENTS is a set of Client.Privacy."""

    IDENTITY = "identity", _("Name, age and sex")
    CONTACT = "contact", _("Phone, e-mail, place and language")
    BACKGROUND = "background", _("Education, work, languages, strengths and interests")
    SENSITIVE = "sensitive", _("The note about the person's situation and what makes it hard")
    HEALTH = "health", _("Health")
    OFFICIAL = "official", _("National number")
    DOCUMENTS = "documents", _("Documents, such as certificates and reports")


class ConsentGiven(TextChoices):
    SIGNED = "signed", _("Signed on paper")
    SPOKEN = "spoken", _("Spoken, with a witness")
    OWN_PAGE = "own_page", _("On the person's own page")


class ConsentPurpose(TextChoices):
    ENROLMENT = "enrolment", _("Taking part in a programme")
    REFERRAL = "referral", _("Referral to another organisation")
    CONTACT = "contact", _("Being contacted after leaving")
    EVALUATION = "evaluation", _("Evaluation without names")
    STORY = "story", _("Telling the story or showing pictures")
    TRANSFER = "transfer", _("Handing the case over to another organisation")
    ACCESS = "access", _("Letting another organisation read")
    ASKING = "asking", _("Asking another organisation what it knows")
    RELOCATION = "relocation", _("Moving the whole record to another organisation")
    NETWORK_CHECK = "elsewhere", _("Asking the network whether somebody else helps too")


# Purposes that name another organisation.
NAMING = frozenset(
    {
        ConsentPurpose.REFERRAL,
        ConsentPurpose.TRANSFER,
        ConsentPurpose.ACCESS,
        ConsentPurpose.ASKING,
        ConsentPurpose.RELOCATION,
    }
)


class WithdrawnBy(TextChoices):
    """How a person took a consent back."""

    SPOKEN = "spoken", _("Told us")
    WRITTEN = "written", _("Wrote to us")
    OWN_PAGE = "own_page", _("On the person's own page")
    THERE = "there", _("Told the organisation that they were referred to")
    REPLACED = "replaced", _("Replaced by a newer one")
    MOVED = "moved", _("The record moved to another organisation")


class CorrectionState(TextChoices):
    ASKED = "asked", _("Asked")
    DONE = "done", _("Corrected")
    REFUSED = "refused", _("Not corrected")


class RetentionScope(TextChoices):
    """What a retention period is about, and which day it counts from."""

    CLOSED = "closed", _("People whose last case is closed")
    NEVER_ENROLLED = "never_enrolled", _("People who never joined a programme")
    DOCUMENTS = "documents", _("Documents of closed cases")
    JOURNAL = "journal", _("Journal of closed cases")


class ErasureReason(TextChoices):
    ASKED = "asked", _("The person asked for it")
    RETENTION = "retention", _("Kept long enough")
    MISTAKE = "mistake", _("The record was made by mistake")
    MOVED = "moved", _("The record moved to another organisation")


class LinkHours(IntegerChoices):
    """How long a link to a person's own page lives."""

    DAY = 24, _("One day")
    THREE_DAYS = 72, _("Three days")
    TWO_WEEKS = 336, _("Two weeks")


AUDITED = {
    "consent.recorded": _("Recorded a consent"),
    "consent.withdrawn": _("Recorded that a consent was taken back"),
    "consent.renewed": _("Renewed a consent"),
    "consent.offered": _("Prepared a consent for the person's own page"),
    "consent.offer_taken_away": _("Took a prepared consent away"),
    "consent.answered": _("Answered a prepared consent"),
    "own_page.link_made": _("Made a link to the person's own page"),
    "own_page.link_stopped": _("Stopped a link to the person's own page"),
    "own_page.opened": _("Opened their own page"),
    "own_page.locked": _("A link to an own page was locked after wrong codes"),
    "own_page.language_chosen": _("Chose the language of their own page"),
    "correction.asked": _("Asked for a correction"),
    "correction.answered": _("Answered what was asked to be corrected"),
    "client.taken_out": _("Handed out everything about a person"),
    "client.erased": _("Erased a person's record"),
    "erasure.looked_up": _("Looked up an erasure"),
    "retention.changed": _("Changed how long records are kept"),
    "retention.previewed": _("Looked at what a retention period would remove"),
    "retention.started": _("Had removed what was kept long enough"),
    "retention.removed": _("Removed what was kept long enough"),
}
