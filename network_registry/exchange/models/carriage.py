"""What waits to be carried from one organisation to another: at least once, and in order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from halka.common.identifiers import uuid7
from tenants.organisations.models import Organisation


class CarriageQuerySet(models.QuerySet[Any]):
    def undelivered(self) -> Self:
        return self.filter(done_at=None)

    def waiting(self, *, now: datetime) -> Self:
        """Not delivered, in nobody's hands, and first in its row: nothing older of the same lane goes to the same
        organisation. In the order in which they were written."""
        lane = self.model.LANE
        older = self.model._default_manager.undelivered().filter(
            Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), id__lt=OuterRef("id")),
            to=OuterRef("to"),
            **{lane: OuterRef(lane)},
        )
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        return self.undelivered().filter(free).exclude(Exists(older)).order_by("created_at", "id")


class Carriage(models.Model):
    """Something to carry to one organisation, written in the transaction of the act itself.

    LANE is the field of what goes in order.
    """

    LANE: ClassVar[str]
    LEASE = timedelta(minutes=2)
    LONGEST_PAUSE = timedelta(hours=6)  # between two attempts, after many failures

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.ForeignKey(
        Organisation,
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row
    )
    created_at = models.DateTimeField(db_default=Now())  # the statement's, to the microsecond: their order
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = CarriageQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
