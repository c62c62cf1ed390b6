"""What is on its way from one side of a referral to the other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.exchange.enums import Freight
from network_registry.exchange.models.envelopes import Envelope, EnvelopeEvent
from tenants.organisations.models import Organisation


class OutboxQuerySet(models.QuerySet["OutboxItem"]):
    def undelivered(self) -> Self:
        return self.filter(done_at=None)

    def waiting(self, *, now: datetime) -> Self:
        """Not delivered, in nobody's hands, and first in its row: nothing older of the envelope goes to the same
        organisation. In the order in which they were written."""
        older = OutboxItem.objects.undelivered().filter(
            Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), id__lt=OuterRef("id")),
            envelope=OuterRef("envelope"),
            to=OuterRef("to"),
        )
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        return self.undelivered().filter(free).exclude(Exists(older)).order_by("created_at", "id")


class OutboxItem(models.Model):
    """Something to carry to one side, written in the transaction of the act itself; carried at least once, in order.

    `event` is the step that it tells of, `source` the message or document that goes with it in the copy of the side
    that acted.
    """

    LEASE = timedelta(minutes=2)
    LONGEST_PAUSE = timedelta(hours=6)  # between two attempts, after many failures

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    envelope = models.ForeignKey(Envelope, related_name="outbox", on_delete=models.CASCADE)
    to = models.ForeignKey(
        Organisation,
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row
    )
    freight = models.CharField(max_length=12, choices=Freight.choices)
    event = models.ForeignKey(EnvelopeEvent, null=True, related_name="+", on_delete=models.CASCADE)
    source = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())  # the statement's, to the microsecond: their order
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox items")
        base_manager_name = "objects"
        indexes: ClassVar = [
            # the delivering task: all that waits, and what of an envelope goes before
            models.Index(fields=["envelope", "to", "created_at"], name="outbox_in_order", condition=Q(done_at=None)),
            models.Index(fields=["created_at"], name="outbox_waiting", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id} {self.freight}"
