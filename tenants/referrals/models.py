"""Each organisation's own copy of a referral. Where it stands is on the envelope; what it is about is only here."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from network_registry.exchange.enums import ANSWERED, DeclineReason, State
from network_registry.exchange.models import Envelope
from tenants.caseloads.models import Client, Consent
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.enums import Direction, Urgency


class ReferralQuerySet(PrivateQuerySet):
    def incoming(self) -> Self:
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> Self:
        return self.filter(direction=Direction.OUT)

    def in_state(self, *states: State) -> Self:
        return self.filter(envelope__state__in=states)

    def unanswered(self) -> Self:
        return self.exclude(envelope__state__in=ANSWERED)

    def for_list(self) -> Self:
        """With all that a row of a list shows, in the same number of queries for any number of rows."""
        return self.select_related("envelope", "other", "client", "owner").defer("other__logo").order_by("-id")


class Referral(PrivateModel):
    """`need`, `urgency` and `area` are all that the other side sees before it accepts.

    `disclosed` is what was told on acceptance, a list of [field, value]: on the sender's side what left, on the
    recipient's what came. `owner` is whose work it is: the sender's author, the recipient's assignee.
    """

    envelope = models.OneToOneField(
        Envelope,
        db_constraint=False,
        related_name="+",
        on_delete=models.DO_NOTHING,  # shared: no constraint reaches it
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    other = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        db_constraint=False,
        related_name="+",
        on_delete=models.DO_NOTHING,  # shared, as above
    )
    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        null=True,
        related_name="referrals",
        on_delete=models.PROTECT,  # erasure removes referrals by their own rule
    )
    consent = models.ForeignKey(
        Consent,
        null=True,
        related_name="referrals",
        on_delete=models.PROTECT,  # the receipt covers what was told
    )
    owner = models.ForeignKey(
        Colleague,
        verbose_name=_("responsible"),
        null=True,
        db_constraint=False,
        related_name="+",
        on_delete=models.DO_NOTHING,  # shared, as above
    )
    need = models.TextField(_("what is needed"))
    urgency = models.CharField(_("how soon"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    area = models.CharField(_("area"), max_length=80, blank=True)
    disclosed = models.JSONField(_("told on acceptance"), default=list)
    disclosed_at = models.DateTimeField(_("told"), null=True)
    answer_note = models.TextField(_("note with the answer"), blank=True)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = ReferralQuerySet.as_manager()

    class Privacy:
        identity: ClassVar = {"client", "disclosed"}
        sensitive: ClassVar = {"need", "answer_note"}
        staff: ClassVar = {"owner"}
        plain: ClassVar = {
            "id", "envelope", "direction", "other", "consent", "urgency", "area", "disclosed_at", "is_open",
            "created_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(client__isnull=False, consent__isnull=False),
                name="referral_sent_with_consent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["direction", "-id"], name="referral_list"),  # both lists, by page
        ]

    def __str__(self) -> str:
        return str(self.envelope_id)


class Step(PrivateModel):
    """Who of ours moved the referral, and when; the other side's people are theirs to know."""

    referral = models.ForeignKey(Referral, related_name="steps", on_delete=models.CASCADE)
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Privacy:
        staff: ClassVar = {"by_name"}
        plain: ClassVar = {"id", "referral", "state", "reason", "at"}

    class Meta:
        verbose_name = _("step of a referral")
        verbose_name_plural = _("steps of a referral")
        base_manager_name = "objects"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.state}"
