"""What is on its way between organisations beside referrals: of matches, transfers and requests for access."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.match_enums import Load
from network_registry.exchange.models.carriage import Carriage


class Parcel(Carriage):
    """`dealing` is the key of what it belongs to: the side of a match, a transfer, a request for access. `about` is the
    step that it tells of, or the document that it brings."""

    LANE = "dealing"

    dealing = models.UUIDField()
    load = models.CharField(max_length=16, choices=Load.choices)
    about = models.UUIDField(null=True)

    class Meta(Carriage.Meta):
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        indexes: ClassVar = [
            # the delivering task: all that waits, and what of a dealing goes before
            models.Index(fields=["dealing", "to", "created_at"], name="parcel_in_order", condition=Q(done_at=None)),
            models.Index(fields=["created_at"], name="parcel_waiting", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.dealing} {self.load}"
