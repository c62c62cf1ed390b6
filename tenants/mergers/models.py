"""Which records a merger took along, kept on either side for going on with it and for undoing it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedJSONField
from network_registry.membership.models import Merger
from tenants.caseloads.models import Client
from tenants.referrals.enums import Direction


class MergedRecordQuerySet(PrivateQuerySet):
    def came(self, merger: Merger) -> Self:
        return self.filter(merger=merger.pk, direction=Direction.IN)

    def went(self, merger: Merger) -> Self:
        return self.filter(merger=merger.pk, direction=Direction.OUT)


class MergedRecord(PrivateModel):
    """OUT: a record of ours is held, since it goes. IN: it has come; `came_from` is its key there, `written` what
    arrived here, {label: {key: fingerprint}}, until the time for undoing is over. `client` is ours, if it is here.
    """

    merger = models.ForeignKey(
        Merger,
        db_constraint=False,
        related_name="+",
        on_delete=models.DO_NOTHING,  # shared: no constraint reaches it
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        null=True,
        related_name="merged_records",
        on_delete=models.SET_NULL,  # that a record went or came stays known: the other side's copy goes with it
    )
    came_from = models.UUIDField(_("record there"), null=True)
    written = SealedJSONField(default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = MergedRecordQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {"client", "came_from"}
        sensitive: ClassVar = {"written"}
        plain: ClassVar = {"id", "merger", "direction", "at"}

    class Meta:
        verbose_name = _("record of a merger")
        verbose_name_plural = _("records of mergers")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(direction=Direction.IN, came_from__isnull=False)
                | Q(direction=Direction.OUT, came_from=None),
                name="merged_record_came_from_there",
            ),
            models.UniqueConstraint(
                fields=["merger", "came_from"], name="merged_record_comes_once", condition=Q(direction=Direction.IN)
            ),
            models.UniqueConstraint(
                fields=["merger", "client"], name="merged_record_goes_once", condition=Q(direction=Direction.OUT)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["merger", "direction", "id"], name="merged_record_next"),  # what is left to do
        ]

    def __str__(self) -> str:
        return f"{self.merger_id} {self.direction}"
