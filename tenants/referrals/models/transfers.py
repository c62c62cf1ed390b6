"""Our own copy of a case that is handed over for good, and what happened to it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from network_registry.exchange.enums import Side
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.models import Case, Client, Consent
from tenants.caseloads.models.references import to_colleague, to_organisation
from tenants.referrals.enums import Direction


class TransferQuerySet(PrivateQuerySet):
    def incoming(self) -> Self:
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> Self:
        return self.filter(direction=Direction.OUT)

    def in_state(self, *states: str) -> Self:
        return self.filter(shared__state__in=states)

    def for_list(self) -> Self:
        rows = self.filter(client__held_at=None)  # what has moved to another organisation is not shown here
        return rows.select_related("shared", "other", "client", "owner").defer("other__logo").order_by("-id")


class Transfer(PrivateModel):
    """`note` is read before it is accepted and says nothing of who it is. `parts` says what of the case goes along:
    {"plan", "progress": whether, "journal", "documents": keys}; on the recipient's side how many of each.

    `record` is what was handed over: {"values": [[field, value]], "plan", "progress", "journal"}, on the sender's side
    what left, on the recipient's what came.
    """

    shared = models.OneToOneField(
        SharedTransfer,
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
        related_name="transfers",
        on_delete=models.PROTECT,  # erasure removes transfers by their own rule
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        null=True,
        related_name="transfers",
        on_delete=models.SET_NULL,  # that it was handed over stays known
    )
    consent = models.ForeignKey(
        Consent,
        null=True,
        related_name="transfers",
        on_delete=models.PROTECT,  # the receipt covers what was handed over
    )
    owner = to_colleague(_("responsible"))
    note = SealedTextField(_("note"), blank=True)
    scopes = models.JSONField(_("what it covers"), default=list)  # values of ConsentScope
    parts = models.JSONField(_("parts of the case"), default=dict)
    record = SealedJSONField(_("what was handed over"), default=dict)
    handed_at = models.DateTimeField(_("handed over"), null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = TransferQuerySet.as_manager()

    class Privacy:
        identity: ClassVar = {"client", "record"}
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"owner"}
        plain: ClassVar = {
            "id", "shared", "direction", "other", "case", "consent", "scopes", "parts", "handed_at", "created_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(client__isnull=False), name="transfer_of_client"
            ),
        ]

    def __str__(self) -> str:
        return str(self.shared_id)


class TransferStep(PrivateModel):
    """A step of a transfer as one side knows it. `note` was written for the other side."""

    transfer = models.ForeignKey(Transfer, related_name="steps", on_delete=models.CASCADE)
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
        plain: ClassVar = {"id", "transfer", "event", "type", "side", "reason", "at"}

    class Meta:
        verbose_name = _("step of a transfer")
        verbose_name_plural = _("steps of a transfer")
        base_manager_name = "objects"
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.type}"
