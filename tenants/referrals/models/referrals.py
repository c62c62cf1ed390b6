"""Each organisation's own copy of a referral. Where it stands is on the envelope; what it is about is only here."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from network_registry.exchange.enums import OPEN, UNANSWERED, UNSENT, State
from network_registry.exchange.models import Envelope
from tenants.caseloads.models import Case, Client, Consent
from tenants.caseloads.models.references import to_colleague, to_organisation
from tenants.referrals.enums import Direction, Urgency


class ReferralQuerySet(PrivateQuerySet):
    def incoming(self) -> Self:
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> Self:
        return self.filter(direction=Direction.OUT)

    def in_state(self, *states: State) -> Self:
        return self.filter(envelope__state__in=states)

    def unanswered(self) -> Self:
        return self.filter(envelope__state__in=UNANSWERED)

    def open(self) -> Self:
        """Sent and under way, or held: one such a person, service and recipient."""
        return self.filter(envelope__state__in=OPEN)

    def for_list(self) -> Self:
        """With all that a row of a list shows, in the same number of queries for any number of rows."""
        rows = self.filter(client__held_at=None)  # what has moved to another organisation is not shown here
        return rows.select_related("envelope", "other", "client", "owner").defer("other__logo").order_by("-id")


class Referral(PrivateModel):
    """`need`, `urgency` and `area` are all that the other side sees before it accepts.

    `disclosed` is what was told on acceptance, a list of [field, value]: on the sender's side what left, on the
    recipient's what came; `left_out` are fields that the consent covers and the sender keeps back. `owner` is whose
    work it is: the sender's author, the recipient's assignee. `parent` is the declined or expired referral that this
    one was redirected from. `made_client`: the record was made of this referral, or of an earlier one that is over, and
    goes on as this one's. `distance` maps a dimension to [first, last], as told with the result. After a recall or a
    withdrawal the recipient's copy is `restricted_at`, then perhaps `purged_at`.
    """

    envelope = models.OneToOneField(
        Envelope,
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
        related_name="referrals",
        on_delete=models.PROTECT,  # erasure removes referrals by their own rule
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        null=True,
        related_name="referrals",
        on_delete=models.SET_NULL,  # the referral was the person's
    )
    consent = models.ForeignKey(
        Consent,
        null=True,
        related_name="referrals",
        on_delete=models.PROTECT,  # the receipt covers what was told
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("redirected from"),
        null=True,
        related_name="redirections",
        on_delete=models.SET_NULL,  # each goes its own way
    )
    owner = to_colleague(_("responsible"))
    need = SealedTextField(_("what is needed"), blank=True)
    urgency = models.CharField(_("how soon"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    area = models.CharField(_("area"), max_length=80, blank=True)
    left_out = models.JSONField(_("kept back"), default=list)
    disclosed = SealedJSONField(_("told on acceptance"), default=list)
    disclosed_at = models.DateTimeField(_("told"), null=True)
    names_person = models.BooleanField(default=False)  # something was told
    made_client = models.BooleanField(default=False)
    distance = models.JSONField(_("distance travelled"), default=dict)
    restricted_at = models.DateTimeField(_("restricted"), null=True)
    purged_at = models.DateTimeField(_("erased"), null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    version = models.PositiveIntegerField(default=1)  # of a draft, against lost updates

    objects = ReferralQuerySet.as_manager()

    class Privacy:
        identity: ClassVar = {"client", "disclosed"}
        sensitive: ClassVar = {"need", "distance"}
        staff: ClassVar = {"owner"}
        plain: ClassVar = {
            "id", "envelope", "direction", "other", "case", "consent", "parent", "urgency", "area", "left_out",
            "disclosed_at", "names_person", "made_client", "restricted_at", "purged_at", "created_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(client__isnull=False), name="referral_sent_for_client"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["direction", "-id"], name="referral_list"),  # both lists, by page
        ]

    def __str__(self) -> str:
        return str(self.envelope_id)

    @property
    def is_restricted(self) -> bool:
        """Our copy of what came is locked, or erased already."""
        return self.direction == Direction.IN and self.restricted_at is not None

    @property
    def is_unsent(self) -> bool:
        return self.envelope.state in UNSENT
