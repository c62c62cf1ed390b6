"""What both sides of a referral and the network may know: that it exists and where it stands. Nothing of a person."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.exchange.enums import (
    MAY_SAY,
    REASON_CHOICES,
    REASONS,
    UNSENT,
    Deadline,
    EventType,
    Remains,
    Service,
    Side,
    State,
)
from tenants.organisations.models import Organisation

EVENT_TYPES = State.choices + EventType.choices


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    def in_state(self, *states: State) -> Self:
        return self.filter(state__in=states)


class Envelope(models.Model):
    """One referral between two organisations. `reference` is what people say on the telephone.

    `reason` says why it came into its state, `result` which of RESULTS it ended with. The recipient learns of it at
    `sent_at`. `waited` is the clock's time before `clock_since`, which is None while it stands; `due` happens by
    itself at `due_at`, `passed` happened last; `days` are the deadlines as they were when it was sent. `remains` says
    what became of the recipient's copy after a recall or a withdrawn consent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    sender = models.ForeignKey(
        Organisation,
        verbose_name=_("sender"),
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row, so the other side's history stays readable
    )
    target = models.ForeignKey(
        Organisation,
        verbose_name=_("recipient"),
        related_name="+",
        on_delete=models.PROTECT,  # as above
    )
    service = models.CharField(_("service"), max_length=20, choices=Service.choices)
    offer = models.UUIDField(_("place of the service"), null=True)  # of the directory, which may have dropped it since
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("reason"), max_length=20, choices=REASON_CHOICES, blank=True)
    result = models.CharField(_("result"), max_length=16, choices=State.choices, blank=True)
    remains = models.CharField(_("the recipient's copy"), max_length=12, choices=Remains.choices, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    held_at = models.DateTimeField(_("held"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    opened_at = models.DateTimeField(_("opened"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    moved_at = models.DateTimeField(_("moved"), default=timezone.now)
    days = models.JSONField(_("deadlines"), default=dict)  # Deadline -> days
    waited = models.DurationField(_("waited"), default=timedelta)
    clock_since = models.DateTimeField(null=True)
    passed = models.CharField(max_length=16, choices=Deadline.choices, blank=True)
    due = models.CharField(max_length=16, choices=Deadline.choices, blank=True)
    due_at = models.DateTimeField(_("next deadline"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral envelope")
        verbose_name_plural = _("referral envelopes")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sender=F("target")), name="envelope_between_two"),
            models.CheckConstraint(
                condition=reduce(or_, (Q(state=state, reason__in=words.values) for state, words in REASONS.items()))
                | reduce(or_, (Q(state=state, reason__in=words.values) for state, words in MAY_SAY.items()))
                | (~Q(state__in=list(REASONS)) & Q(reason="")),
                name="envelope_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DRAFT) | Q(sent_at=None, held_at=None), name="envelope_draft_unsent"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted({*UNSENT, State.RECALLED, State.WITHDRAWN})) | Q(sent_at__isnull=False),
                name="envelope_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(due="", due_at=None) | (~Q(due="") & Q(due_at__isnull=False)), name="envelope_due"
            ),
        ]
        indexes: ClassVar = [
            # what is due now
            models.Index(fields=["due_at"], name="envelope_due", condition=Q(due_at__isnull=False)),
            # the secretariat's list of what waits for it
            models.Index(fields=["id"], name="envelope_held", condition=Q(state="held")),
            # an organisation's own, under the row policy
            models.Index(fields=["target", "state"], name="envelope_of_target"),
        ]

    def __str__(self) -> str:
        return self.reference

    def side_of(self, organisation_id: UUID) -> Side:
        if organisation_id == self.sender_id:
            return Side.SENDER
        return Side.TARGET if organisation_id == self.target_id else Side.SECRETARIAT


class EnvelopeEvent(models.Model):
    """A step of an envelope, by which organisation; who it was stays in that organisation's own copy.

    `organisation` is None for what happened by itself. `version` is the envelope's after it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    envelope = models.ForeignKey(Envelope, related_name="events", on_delete=models.CASCADE)
    type = models.CharField(max_length=16, choices=EVENT_TYPES)
    state = models.CharField(max_length=16, choices=State.choices)  # after it
    version = models.PositiveIntegerField(default=1)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        related_name="+",
        on_delete=models.PROTECT,  # history stays readable
    )
    reason = models.CharField(max_length=20, choices=REASON_CHOICES, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("referral event")
        verbose_name_plural = _("referral events")
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.envelope_id} {self.type}"
