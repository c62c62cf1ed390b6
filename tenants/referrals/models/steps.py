"""What happened to a referral, as one side knows it: the timeline on its page."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from network_registry.exchange.enums import REASON_CHOICES, Side
from network_registry.exchange.models.envelopes import EVENT_TYPES
from tenants.referrals.models.referrals import Referral


class Step(PrivateModel):
    """`event` is the envelope's. `by_name` is said of our own people alone; the other side's are theirs to know.

    `note` was written for the other side by whoever made the step.
    """

    referral = models.ForeignKey(Referral, related_name="steps", on_delete=models.CASCADE)
    event = models.UUIDField(unique=True)
    type = models.CharField(max_length=16, choices=EVENT_TYPES)
    side = models.CharField(max_length=12, choices=Side.choices)
    reason = models.CharField(max_length=20, choices=REASON_CHOICES, blank=True)
    note = SealedTextField(_("note"), blank=True)
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Privacy:
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"by_name"}
        plain: ClassVar = {"id", "referral", "event", "type", "side", "reason", "at"}

    class Meta:
        verbose_name = _("step of a referral")
        verbose_name_plural = _("steps of a referral")
        base_manager_name = "objects"
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.type}"
