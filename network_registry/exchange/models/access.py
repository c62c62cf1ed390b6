"""Asking another organisation for what it knows of somebody, as far as both sides and the network may know of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.dealing_enums import AccessState
from network_registry.exchange.enums import Remains
from network_registry.exchange.models.dealings import Dealing


class Access(Dealing):
    """`sender` asks, `target` is whose client it is. `until` is the last day; `remains` what became of the copy."""

    KIND = "access"

    state = models.CharField(_("state"), max_length=10, choices=AccessState.choices, default=AccessState.ASKED)
    until = models.DateField(_("until"), null=True)
    remains = models.CharField(_("the copy"), max_length=12, choices=Remains.choices, blank=True)

    class Meta:
        verbose_name = _("access between organisations")
        verbose_name_plural = _("accesses between organisations")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sender=F("target")), name="access_between_two"),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "ended"], until__isnull=False)
                | (~Q(state__in=["granted", "ended"]) & Q(until=None)),
                name="access_until",
            ),
        ]
        indexes: ClassVar = [
            # what expires, and what ends next
            models.Index(fields=["expires_at"], name="access_expiring", condition=Q(state="asked")),
            models.Index(fields=["until"], name="access_ending", condition=Q(state="granted")),
            models.Index(fields=["sender"], name="access_of_sender"),  # the row policy
            models.Index(fields=["target"], name="access_of_target"),
        ]
