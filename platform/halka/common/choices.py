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


class Service(TextChoices):
    """What is asked for, in the network's own words."""

    MENTORING = "mentoring", _("Mentoring")
    JOB_SEARCH = "job_search", _("Finding a job")
    PRACTICE = "practice", _("Work practice")
    TRAINING = "training", _("Vocational training")
    MOTIVATION = "motivation", _("Motivation and self-confidence")
    COUNSELLING = "counselling", _("Counselling")
    SELF_EMPLOYMENT = "self_employment", _("Self-employment")
    SOCIAL_SUPPORT = "social_support", _("Social support")
    OTHER = "other", _("Something else")
