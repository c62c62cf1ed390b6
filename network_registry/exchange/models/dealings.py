"""What transfers and requests for access have in common: two sides, a state, and steps. Nothing of a person."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.exchange.enums import Side
from tenants.organisations.models import Organisation


class Dealing(models.Model):
    """`sender` began it, `target` answers. `reason` says why it came into its state. Unanswered, it expires."""

    KIND: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    sender = models.ForeignKey(
        Organisation,
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row
    )
    target = models.ForeignKey(
        Organisation,
        related_name="+",
        on_delete=models.PROTECT,  # as above
    )
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    moved_at = models.DateTimeField(_("moved"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    def side_of(self, organisation_id: UUID) -> Side:
        return Side.SENDER if organisation_id == self.sender_id else Side.TARGET


class DealingEvent(models.Model):
    """A step of a transfer or of a request for access, by which organisation; None for what happened by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dealing = models.UUIDField()
    type = models.CharField(max_length=12)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        related_name="+",
        on_delete=models.PROTECT,  # history stays readable
    )
    reason = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step between organisations")
        verbose_name_plural = _("steps between organisations")
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["dealing", "at"], name="dealing_event_of")]  # all of one

    def __str__(self) -> str:
        return f"{self.dealing} {self.type}"
