"""What is on its way from one side of a referral to the other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import Freight
from network_registry.exchange.models.carriage import Carriage
from network_registry.exchange.models.envelopes import Envelope, EnvelopeEvent


class OutboxItem(Carriage):
    """`event` is the step that it tells of, `source` the message or document that goes with it in the copy of the side
    that acted.
    """

    LANE = "envelope"

    envelope = models.ForeignKey(Envelope, related_name="outbox", on_delete=models.CASCADE)
    freight = models.CharField(max_length=12, choices=Freight.choices)
    event = models.ForeignKey(EnvelopeEvent, null=True, related_name="+", on_delete=models.CASCADE)
    source = models.UUIDField(null=True)

    class Meta(Carriage.Meta):
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox items")
        indexes: ClassVar = [
            # the delivering task: all that waits, and what of an envelope goes before
            models.Index(fields=["envelope", "to", "created_at"], name="outbox_in_order", condition=Q(done_at=None)),
            models.Index(fields=["created_at"], name="outbox_waiting", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id} {self.freight}"
