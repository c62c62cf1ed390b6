"""What a member asks of the network: another province, another branch, another address."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.membership.enums import ChangeKind, ChangeState
from tenants.organisations.models import Organisation


class ChangeRequest(models.Model):
    """Asked by the organisation, decided by the secretariat. `province`, `branch`, `subdomain`: what is wished for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="change_requests", on_delete=models.CASCADE)
    kind = models.CharField(_("what"), max_length=8, choices=ChangeKind.choices)
    province = models.CharField(_("province"), max_length=80, blank=True)
    branch = models.ForeignKey(
        Organisation, verbose_name=_("branch"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    subdomain = models.CharField(_("name in the address"), max_length=31, blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_by_name = models.CharField(_("asked by"), max_length=150)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("request of a member")
        verbose_name_plural = _("requests of members")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                name="change_asked_once",
                condition=Q(state=ChangeState.WAITING),
                violation_error_message=_("This was asked already, and waits for the secretariat."),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at", "id"], name="change_waiting")
        ]  # whose turn it is

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def wished(self) -> str:
        """What is wished for, in words."""
        return self.subdomain or self.province or str(self.branch or "")

    @property
    def state_now(self) -> ChangeState:
        return ChangeState(self.state)
