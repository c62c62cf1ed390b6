"""What both sides of a referral and the network may know: that it exists and where it stands. Nothing of a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.exchange.enums import DeclineReason, Freight, Service, Side, State
from tenants.organisations.models import Organisation


class Envelope(models.Model):
    """One referral between two organisations. `reference` is what people say on the telephone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    sender = models.ForeignKey(
        Organisation,
        verbose_name=_("sender"),
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row, so the other side's history stays readable
    )
    target = models.ForeignKey(
        Organisation,
        verbose_name=_("recipient"),
        related_name="+",
        on_delete=models.PROTECT,  # as above
    )
    service = models.CharField(_("service"), max_length=20, choices=Service.choices)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.SENT)
    decline_reason = models.CharField(_("reason"), max_length=20, choices=DeclineReason.choices, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    opened_at = models.DateTimeField(_("opened"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("referral envelope")
        verbose_name_plural = _("referral envelopes")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sender=F("target")), name="envelope_between_two"),
            models.CheckConstraint(
                condition=Q(state=State.DECLINED, decline_reason__gt="")
                | (~Q(state=State.DECLINED) & Q(decline_reason="")),
                name="envelope_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.ACCEPTED, State.DECLINED], answered_at__isnull=False)
                | Q(state__in=[State.SENT, State.OPENED], answered_at__isnull=True),
                name="envelope_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def side_of(self, organisation_id: UUID) -> Side:
        return Side.SENDER if organisation_id == self.sender_id else Side.TARGET


class EnvelopeEvent(models.Model):
    """A step of an envelope, by which organisation; who it was stays in that organisation's own copy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    envelope = models.ForeignKey(Envelope, related_name="events", on_delete=models.CASCADE)
    state = models.CharField(max_length=12, choices=State.choices)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.PROTECT)  # history stays readable
    reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("referral event")
        verbose_name_plural = _("referral events")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.envelope_id} {self.state}"


class OutboxQuerySet(models.QuerySet["OutboxItem"]):
    def waiting(self, *, now: datetime) -> Self:
        """Not delivered, and in nobody's hands, in the order in which they were written."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=now), done_at=None).order_by("id")


class OutboxItem(models.Model):
    """Something to carry to the other side, written in the transaction of the act itself; carried at least once."""

    LEASE = timedelta(minutes=2)
    LONGEST_PAUSE = timedelta(hours=6)  # between two attempts, after many failures

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    envelope = models.ForeignKey(Envelope, related_name="outbox", on_delete=models.CASCADE)
    freight = models.CharField(max_length=12, choices=Freight.choices)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox items")
        indexes: ClassVar = [
            models.Index(fields=["id"], name="outbox_waiting", condition=Q(done_at=None))  # the delivering task
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id} {self.freight}"
