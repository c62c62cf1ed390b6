"""What a client's record chooses from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Another")


class Language(TextChoices):
    """Languages that clients of the network speak; codes of ISO 639."""

    SQ = "sq", _("Albanian")
    AR = "ar", _("Arabic")
    AZ = "az", _("Azerbaijani")
    BS = "bs", _("Bosnian")
    HR = "hr", _("Croatian")
    EN = "en", _("English")
    KU = "ku", _("Kurdish")
    LT = "lt", _("Lithuanian")
    MK = "mk", _("Macedonian")
    FA = "fa", _("Persian")
    PL = "pl", _("Polish")
    ROM = "rom", _("Romani")
    RU = "ru", _("Russian")
    SR = "sr", _("Serbian")
    SL = "sl", _("Slovenian")
    TR = "tr", _("Turkish")
    UK = "uk", _("Ukrainian")
    OTHER = "other", _("Another language")


class ConsentScope(TextChoices):
    """What a consent lets us tell; each value is a set of Client.Privacy."""

    IDENTITY = "identity", _("Name, age and sex")
    CONTACT = "contact", _("Phone, e-mail, place and language")
    SENSITIVE = "sensitive", _("The note about the person's situation")


class ConsentGiven(TextChoices):
    SIGNED = "signed", _("Signed on paper")
    SPOKEN = "spoken", _("Spoken, with a witness")


class ConsentPurpose(TextChoices):
    REFERRAL = "referral", _("Referral to another organisation")


AUDITED = {
    "client.added": _("Added a client"),
    "client.viewed": _("Opened a client's page"),
    "client.changed": _("Changed a client"),
    "client.assigned": _("Made somebody responsible for a client"),
    "consent.recorded": _("Recorded a consent"),
}
