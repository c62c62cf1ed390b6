"""Handing a case over for good, as far as both sides and the network may know of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.dealing_enums import TransferState
from network_registry.exchange.models.dealings import Dealing


class Transfer(Dealing):
    KIND = "transfer"

    state = models.CharField(
        _("state"), max_length=10, choices=TransferState.choices, default=TransferState.OFFERED
    )  # fmt: skip

    class Meta:
        verbose_name = _("transfer between organisations")
        verbose_name_plural = _("transfers between organisations")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sender=F("target")), name="transfer_between_two"),
        ]
        indexes: ClassVar = [
            # what expires next
            models.Index(fields=["expires_at"], name="transfer_expiring", condition=Q(state__in=["offered", "opened"])),
            models.Index(fields=["sender"], name="transfer_of_sender"),  # the row policy
            models.Index(fields=["target"], name="transfer_of_target"),
        ]
