"""Light or dark, and the accent colour of an organisation: both are names, never styles from outside."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    AUTO = "auto", _("Automatic")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Accent(TextChoices):
    """Each has its colours in css/tokens.css and css/dark.css, with enough contrast in both."""

    TEAL = "teal", _("Teal")
    PINE = "pine", _("Pine green")
    BLUE = "blue", _("Blue")
    INDIGO = "indigo", _("Indigo")
    PLUM = "plum", _("Plum")
    ROSE = "rose", _("Rose")
    CLAY = "clay", _("Clay")
    OCHRE = "ochre", _("Ochre")


THEME_COOKIE: Final = "halka_theme"


def theme_of(request: HttpRequest) -> Theme:
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return Theme(chosen) if chosen in Theme.values else Theme.AUTO


def accent_named(name: str | None) -> Accent:
    return Accent(name) if name in Accent.values else Accent.TEAL
