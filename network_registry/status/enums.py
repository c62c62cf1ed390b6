"""What an incident touches, and how badly."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Part(TextChoices):
    """What people know as one thing."""

    PAGES = "pages", _("Pages: signing in and working")
    BACKGROUND = "background", _("E-mails, imports and other background work")
    WEBHOOKS = "webhooks", _("Webhooks to other software")


class Gravity(TextChoices):
    NOTICE = "notice", _("Announced work")
    SLOW = "slow", _("Slow or in part")
    DOWN = "down", _("Does not work")

    @property
    def tone(self) -> str:
        return {"notice": "go", "slow": "wait", "down": "stop"}[self.value]


AUDITED: Final = {
    "incident.opened": _("Wrote an incident onto the status page"),
    "incident.updated": _("Wrote on about an incident"),
    "incident.ended": _("Ended an incident"),
}
DETAILS: Final[tuple[tuple[str, Any, dict[str, Any]], ...]] = (
    ("part", _("What it touches"), dict(Part.choices)),
    ("gravity", _("How badly"), dict(Gravity.choices)),
)
