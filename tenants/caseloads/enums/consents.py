"""What consents, clients' own pages and their rights choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentScope(TextChoices):
    """What a consent lets us tell or keep; each value is a set of Client.Privacy."""

    IDENTITY = "identity", _("Name, age and sex")
    CONTACT = "contact", _("Phone, e-mail, place and language")
    BACKGROUND = "background", _("Education, work, languages, strengths and interests")
    SENSITIVE = "sensitive", _("The note about the person's situation and what makes it hard")
    HEALTH = "health", _("Health")
    OFFICIAL = "official", _("National number")


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


class WithdrawnBy(TextChoices):
    """How a person took a consent back."""

    SPOKEN = "spoken", _("Told us")
    WRITTEN = "written", _("Wrote to us")
    OWN_PAGE = "own_page", _("On the person's own page")
    REPLACED = "replaced", _("Replaced by a newer one")


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


AUDITED = {
    "consent.recorded": _("Recorded a consent"),
    "consent.withdrawn": _("Recorded that a consent was taken back"),
}
