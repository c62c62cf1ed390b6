"""Words that several apps choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """Languages that clients of the network speak, and services are given in; codes of ISO 639."""

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


class Dimension(TextChoices):
    PSYCHOLOGICAL = "psychological", _("Psychological")
    SOCIAL = "social", _("Social")
    ECONOMIC = "economic", _("Economic")
