"""Our own copy of access: what we ask another organisation for, and what another asks of us."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from network_registry.exchange.enums import Side
from network_registry.exchange.models import Access as SharedAccess
from tenants.caseloads.models import Client, Consent
from tenants.caseloads.models.references import to_colleague, to_organisation
from tenants.referrals.enums import Direction
from tenants.referrals.models.matches import Match
from tenants.referrals.models.referrals import Referral


class AccessQuerySet(PrivateQuerySet):
    def incoming(self) -> Self:
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> Self:
        return self.filter(direction=Direction.OUT)

    def in_state(self, *states: str) -> Self:
        return self.filter(shared__state__in=states)

    def for_list(self) -> Self:
        rows = self.filter(client__held_at=None)  # what has moved to another organisation is not shown here
        return rows.select_related("shared", "other", "client", "owner").defer("other__logo").order_by("-id")


class Access(PrivateModel):
    """OUT: we asked about our `client`; `consent` lets us name them; `values` is what we were told, read again at
    `read_at` and erased when it ends. IN: another asks about a client of ours, as soon as we know who it is; `consent`
    lets us tell.

    The person is named by a referral or a match that both sides know, else by `named`: name and year of birth.
    """

    shared = models.OneToOneField(
        SharedAccess,
        db_constraint=False,
        related_name="+",
        on_delete=models.DO_NOTHING,  # shared: no constraint reaches it
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    other = to_organisation(_("organisation"))
    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        null=True,
        related_name="accesses",
        on_delete=models.PROTECT,  # erasure removes access by its own rule
    )
    referral = models.ForeignKey(
        Referral,
        null=True,
        related_name="accesses",
        on_delete=models.SET_NULL,  # how the person was named matters only until it is answered
    )
    match = models.ForeignKey(
        Match,
        null=True,
        related_name="accesses",
        on_delete=models.SET_NULL,  # as above
    )
    consent = models.ForeignKey(
        Consent,
        null=True,
        related_name="accesses",
        on_delete=models.PROTECT,  # the receipt covers what is read
    )
    owner = to_colleague(_("responsible"))
    named = SealedJSONField(_("who it is about"), default=dict)
    note = SealedTextField(_("note"), blank=True)
    asked = models.JSONField(_("asked for"), default=list)  # values of ConsentScope
    granted = models.JSONField(_("granted"), default=list)  # likewise
    values = SealedJSONField(_("what was told"), default=list)
    read_at = models.DateTimeField(_("read"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = AccessQuerySet.as_manager()

    class Privacy:
        identity: ClassVar = {"client", "named", "values"}
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"owner"}
        plain: ClassVar = {
            "id", "shared", "direction", "other", "referral", "match", "consent", "asked", "granted", "read_at",
            "erased_at", "created_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(client__isnull=False), name="access_about_client"
            ),
        ]

    def __str__(self) -> str:
        return str(self.shared_id)


class AccessStep(PrivateModel):
    """A step of access as one side knows it. `note` was written for the other side."""

    access = models.ForeignKey(Access, related_name="steps", on_delete=models.CASCADE)
    event = models.UUIDField(unique=True)
    type = models.CharField(max_length=12)
    side = models.CharField(max_length=12, choices=Side.choices)
    reason = models.CharField(max_length=20, blank=True)
    note = SealedTextField(_("note"), blank=True)
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Privacy:
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"by_name"}
        plain: ClassVar = {"id", "access", "event", "type", "side", "reason", "at"}

    class Meta:
        verbose_name = _("step of access")
        verbose_name_plural = _("steps of access")
        base_manager_name = "objects"
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.access_id} {self.type}"
