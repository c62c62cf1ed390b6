"""Pages that a client reads: in a language that we write and they understand, in the calendar of that language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.utils import translation

from halka.common.calendars import Calendar, calendar_in_use
from halka.common.current import required_organisation
from tenants.caseloads.models import Client

NEAREST: Final = {"bs": "sr", "hr": "sr"}  # languages that we do not write, and one that their speakers read
WRITTEN: Final = frozenset(code for code, _name in settings.LANGUAGES)


def language_for(client: Client, wanted: str = "") -> str:
    """The one that was asked for, else the client's, else the organisation's."""
    own = NEAREST.get(client.language, client.language)
    return next(code for code in (wanted, own, required_organisation().language, "en") if code in WRITTEN)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts and days of the block are written for somebody who reads this language."""
    calendar = Calendar.JALALI if language == "fa" else Calendar(required_organisation().calendar)
    with translation.override(language), calendar_in_use(calendar):
        yield
