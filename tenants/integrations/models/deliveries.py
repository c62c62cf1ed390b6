"""What is to be told to an endpoint, and each attempt to: the outbox of the organisation's own software."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from tenants.integrations.enums import DeliveryState, Failure
from tenants.integrations.models.endpoints import Endpoint
from tenants.integrations.models.events import Event


class DeliveryQuerySet(PrivateQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=DeliveryState.WAITING)

    def dead(self) -> Self:
        return self.filter(state=DeliveryState.DEAD)

    def free(self, *, now: datetime) -> Self:
        """In nobody's hands: never taken, or taken by a worker that did not come back."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now))


class Delivery(PrivateModel):
    """One event for one endpoint, written in the transaction of the event itself.

    Deliveries of one `lane`, a referral, go out one after the other in the order of their events, whose `number` each
    gets when somebody first looks for what to send. Whoever holds the `lease` until `leased_until` is sending it.
    """

    endpoint = models.ForeignKey(Endpoint, related_name="deliveries", on_delete=models.CASCADE)
    event = models.ForeignKey(Event, related_name="deliveries", on_delete=models.CASCADE)
    lane = models.UUIDField()
    number = models.BigIntegerField(null=True)
    state = models.CharField(_("state"), max_length=9, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    gives_up_at = models.DateTimeField(_("given up"))
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("done"), null=True)

    LEASE = timedelta(minutes=2)
    PATIENCE = timedelta(days=3)

    objects = DeliveryQuerySet.as_manager()

    class Privacy:
        plain: ClassVar = {
            "id", "endpoint", "event", "lane", "number", "state", "attempts", "due_at", "gives_up_at", "lease",
            "leased_until", "done_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "endpoint"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, done_at=None)
                | (~Q(state=DeliveryState.WAITING) & Q(done_at__isnull=False, lease=None)),
                name="delivery_done_at",
            ),
            models.CheckConstraint(
                condition=Q(lease=None, leased_until=None) | Q(lease__isnull=False, leased_until__isnull=False),
                name="delivery_leased_until",
            ),
        ]
        indexes: ClassVar = [
            models.Index(  # what is to go next
                fields=["endpoint", "number"], name="delivery_next", condition=Q(state=DeliveryState.WAITING)
            ),
            models.Index(  # what waits longer than it need when a receiver is there again
                fields=["endpoint", "due_at"], name="delivery_due", condition=Q(state=DeliveryState.WAITING)
            ),
            models.Index(fields=["endpoint"], name="delivery_leased", condition=Q(lease__isnull=False)),  # under way
            models.Index(fields=["event"], name="delivery_new", condition=Q(number=None)),  # not looked for yet
            models.Index(  # the page of what was given up
                fields=["endpoint", "-id"], name="delivery_dead", condition=Q(state=DeliveryState.DEAD)
            ),
            models.Index(fields=["done_at"], name="delivery_done", condition=Q(done_at__isnull=False)),  # the sweep
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.endpoint_id}"


class Attempt(PrivateModel):
    """That something was sent, and what came of it: no addresses, no contents."""

    endpoint = models.ForeignKey(Endpoint, related_name="attempts", on_delete=models.CASCADE)
    delivery = models.ForeignKey(Delivery, related_name="log", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField(_("attempt"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    milliseconds = models.PositiveIntegerField(_("duration"), null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    failure = models.CharField(_("what went wrong"), max_length=11, choices=Failure.choices, blank=True)

    class Privacy:
        plain: ClassVar = {"id", "endpoint", "delivery", "number", "at", "milliseconds", "status", "failure"}

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        base_manager_name = "objects"
        indexes: ClassVar = [
            models.Index(fields=["endpoint", "-id"], name="attempt_newest"),  # the log's page
            models.Index(fields=["at"], name="attempt_oldest"),  # the sweep
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.number}"
