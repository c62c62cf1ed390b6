"""Our own copy of a record's move: what either side knows of it beside what both share."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from network_registry.exchange.models import Relocation as SharedRelocation
from tenants.caseloads.models import Client, Consent
from tenants.caseloads.models.references import to_colleague, to_organisation
from tenants.organisations.enums import State
from tenants.referrals.enums import Direction


class RelocationQuerySet(PrivateQuerySet):
    def incoming(self) -> Self:
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> Self:
        return self.filter(direction=Direction.OUT)

    def in_state(self, *states: str) -> Self:
        return self.filter(shared__state__in=states)

    def for_list(self) -> Self:
        return self.select_related("shared", "other", "client", "owner").defer("other__logo").order_by("-id")


class Relocation(PrivateModel):
    """OUT: a record of ours goes; IN: one comes. `shared` says where it stands and whose the record is.

    `need`, `area` and `counts` (label of a model -> number of rows) are all that the target sees before it accepts;
    `note` was written for it, `answer` by it for the sender, `undo_note` by whoever undoes it; none says who it is.
    `owner` is who asked on the sender's side, who takes the person over on the target's. `client` is our record, if it
    is here; of what was moved for good the sender keeps neither that nor what was written. `written` is what arrived
    here: {label: {key: fingerprint}}, so that it is seen what was added since.
    """

    shared = models.OneToOneField(
        SharedRelocation,
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
        related_name="relocations",
        on_delete=models.SET_NULL,  # that somebody was moved stays known
    )
    consent = models.ForeignKey(
        Consent,
        null=True,
        related_name="relocations",
        on_delete=models.SET_NULL,  # likewise
    )
    owner = to_colleague(_("responsible"))
    need = SealedTextField(_("what is needed"), blank=True, max_length=1000)
    area = models.CharField(_("area"), max_length=80, blank=True)
    counts = models.JSONField(_("what goes"), default=dict)
    note = SealedTextField(_("note"), blank=True, max_length=2000)
    answer = SealedTextField(_("answer"), blank=True, max_length=2000)
    undo_note = SealedTextField(_("why it is undone"), blank=True, max_length=2000)
    loses = models.BooleanField(_("what was added goes too"), default=False)
    written = SealedJSONField(default=dict)
    told_version = models.PositiveIntegerField(default=0)  # of the shared one, up to which our people were told
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = RelocationQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"need", "note", "answer", "undo_note", "written"}
        staff: ClassVar = {"owner"}
        plain: ClassVar = {
            "id", "shared", "direction", "other", "consent", "area", "counts", "loses", "told_version", "created_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("move of a record")
        verbose_name_plural = _("moves of records")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT) | Q(consent=None), name="relocation_consent_of_sender"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["direction", "-id"], name="relocation_list"),  # both lists, by page
        ]

    def __str__(self) -> str:
        return str(self.shared_id)

    @property
    def may_be_undone(self) -> bool:
        """In its time, and while the other organisation is there to take part in it."""
        return self.shared.may_be_undone and self.other.state != State.CLOSED
