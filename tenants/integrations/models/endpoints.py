"""Where an organisation's own software wants to be told, and the secrets that sign what it is told."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedTextField
from tenants.integrations.enums import EndpointState


class EndpointQuerySet(PrivateQuerySet):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def active(self) -> Self:
        return self.kept().filter(state=EndpointState.ACTIVE)


class Endpoint(PrivateModel):
    """`types` are names of events, or `group.*`; none means every event, also of kinds that are added later.

    `failures` counts failed attempts since the last good one, `failing_since` is the first of them, and nothing is
    sent before `quiet_until`. A removed endpoint stays, without its address, as long as its deliveries do.
    """

    url = SealedTextField(_("address"), max_length=500)  # sealed: many services put a secret in it
    host = models.CharField(_("host"), max_length=260, editable=False)
    description = models.CharField(_("what it is for"), max_length=120, blank=True)
    types = models.JSONField(_("events"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=EndpointState.choices, default=EndpointState.ACTIVE, editable=False
    )
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    quiet_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Privacy:
        plain: ClassVar = {
            "id", "url", "host", "description", "types", "state", "failures", "failing_since", "quiet_until",
            "created_at", "removed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="endpoint_failing_since",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(state=EndpointState.ACTIVE), name="endpoint_removed_is_not_active"
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.host

    def wants(self, type_: str) -> bool:
        return not self.types or type_ in self.types or f"{type_.partition('.')[0]}.*" in self.types


class SecretQuerySet(PrivateQuerySet):
    def valid(self, *, now: datetime) -> Self:
        """The current one first, then those it replaced not long ago."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now)).order_by("-created_at", "-id")


class EndpointSecret(PrivateModel):
    """Signs what is sent. A replaced one signs beside the new one until `ends_at`."""

    endpoint = models.ForeignKey(Endpoint, related_name="secrets", on_delete=models.CASCADE)
    secret = SealedTextField(_("secret"), max_length=100)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"), null=True)

    objects = SecretQuerySet.as_manager()

    class Privacy:
        plain: ClassVar = {"id", "endpoint", "secret", "created_at", "ends_at"}

    class Meta:
        verbose_name = _("secret of a webhook")
        verbose_name_plural = _("secrets of webhooks")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint"], condition=Q(ends_at=None), name="endpoint_one_current_secret"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
