"""How long an organisation lets a referral wait, where that is shorter than the network's own deadlines."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import DAYS, Deadline
from tenants.organisations.models import Organisation


def _days(deadline: Deadline) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(deadline.label, default=DAYS[deadline], validators=[MinValueValidator(1)])


class Deadlines(models.Model):
    """Days, of one organisation; without a row the network's own."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, related_name="deadlines", on_delete=models.CASCADE
    )
    first_reminder = _days(Deadline.FIRST_REMINDER)
    second_reminder = _days(Deadline.SECOND_REMINDER)
    escalation = _days(Deadline.ESCALATION)
    expiry = _days(Deadline.EXPIRY)
    closing = _days(Deadline.CLOSING)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("deadlines of an organisation")
        verbose_name_plural = _("deadlines of organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(**{f"{deadline.value}__gte": 1 for deadline in DAYS})
                & Q(**{f"{deadline.value}__lte": days for deadline, days in DAYS.items()}),
                name="deadlines_shorter",
                violation_error_message=_("Deadlines can be shortened, to a day at least, not lengthened."),
            ),
            models.CheckConstraint(
                condition=Q(
                    first_reminder__lt=F("second_reminder"),
                    second_reminder__lt=F("escalation"),
                    escalation__lt=F("expiry"),
                ),
                name="deadlines_in_order",
                violation_error_message=_("The deadlines follow one another: reminders, managers, expiry."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)
