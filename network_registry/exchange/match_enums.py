"""Words of finding out whether a person is known elsewhere."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PEOPLE_A_DAY = 200  # that one organisation may look for; the trigger of migration 0007 counts
WAIT_DAYS = 30  # for both to agree
MOST_ALIKE = 10  # a sign that more people have says nothing


class TokenKind(TextChoices):
    """What a sign was made of."""

    NUMBER = "number", _("National number")
    NAME_DAY = "name_day", _("Name and date of birth")
    NAME_YEAR = "name_year", _("Name and year of birth")
    PHONE = "phone", _("Phone")
    SOUND_LATIN = "sound_latin", _("Sound of a name in Latin or Cyrillic letters, and year of birth")
    SOUND_PERSIAN = "sound_persian", _("Sound of a name in Persian letters, and year of birth")


class Likeness(TextChoices):
    STRONG = "strong", _("Very likely the same person")
    POSSIBLE = "possible", _("Perhaps the same person")


class MatchState(TextChoices):
    OPEN = "open", _("Waits for both")
    REVEALED = "revealed", _("Both agreed")
    ENDED = "ended", _("Forgotten")


class Load(TextChoices):
    """What parcels carry."""

    MATCH_FOUND = "match_found", _("A person may be known elsewhere")
    MATCH_REVEALED = "match_revealed", _("Both agreed")
    MATCH_ENDED = "match_ended", _("Forgotten")
    TRANSFER_OFFER = "transfer_offer", _("An offer")
    TRANSFER_STEP = "transfer_step", _("A step of a transfer")
    TRANSFER_RECORD = "transfer_record", _("What is handed over")
    TRANSFER_FILE = "transfer_file", _("A document that is handed over")
    TRANSFER_DONE = "transfer_done", _("All of it is there")
    ACCESS_REQUEST = "access_request", _("A request for access")
    ACCESS_STEP = "access_step", _("A step of access")
    ACCESS_VALUES = "access_values", _("What may be read")
