"""What an organisation takes along, and its end. Shared tables: no row says anything of a person served."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from tenants.organisations.enums_leaving import ClosingState, TakeoutState


class TakeoutQuerySet(models.QuerySet["Takeout"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[TakeoutState.WAITING, TakeoutState.WORKING])

    def downloadable(self, *, now: datetime | None = None) -> Self:
        return self.filter(state=TakeoutState.READY, expires_at__gt=now or timezone.now())


class Takeout(models.Model):
    """Everything of one organisation in an open format, made in the background, some rows at a time.

    `parts` are what is done: table, range of keys, fingerprint of the rows, sealed file, size and checksum of each.
    `turn` and `beat_at` say which process is at it: what has not been heard of for a while is taken over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("Organisation", related_name="+", on_delete=models.CASCADE)
    state = models.CharField(_("state"), max_length=8, choices=TakeoutState.choices, default=TakeoutState.WAITING)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    asked_by_name = models.CharField(_("asked for by"), max_length=150)
    turn = models.UUIDField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    total = models.PositiveBigIntegerField(_("rows"), default=0)
    done = models.PositiveBigIntegerField(_("rows so far"), default=0)
    parts = models.JSONField(default=list)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    objects = TakeoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("takeout")
        verbose_name_plural = _("takeouts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                name="takeout_one_at_a_time",
                condition=Q(state__in=[TakeoutState.WAITING, TakeoutState.WORKING]),
                violation_error_message=_("A takeout is being made already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=TakeoutState.READY) | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="takeout_ready_until",
                violation_error_message=_("What is ready is kept until some time."),
            ),
        ]
        indexes: ClassVar = [
            # who has stopped in the middle; what has expired
            models.Index(fields=["state", "beat_at"], name="takeout_stopped"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"

    @property
    def percent(self) -> int:
        return min(99, self.done * 100 // self.total) if self.total else 0


class ClosingQuerySet(models.QuerySet["Closing"]):
    def waiting(self) -> Self:
        return self.filter(state=ClosingState.WAITING)

    def outstanding(self, *, now: datetime | None = None) -> Self:
        """Whose time to object has passed, and those that were begun and stopped."""
        passed = Q(state=ClosingState.WAITING, due_at__lte=now or timezone.now())
        return self.filter(passed | Q(state=ClosingState.ERASING))


class Closing(models.Model):
    """The end of an organisation: announced, waited for, done; and the proof that nothing of it is left.

    `proof` says what there was (rows of each table, files, the end of its audit, which key) and when each of it went;
    `proof_hash` is the SHA-256 of it in canonical JSON, and stands in the secretariat's audit too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "Organisation",
        related_name="+",
        on_delete=models.PROTECT,  # the row of the organisation stays as its tombstone
    )
    state = models.CharField(_("state"), max_length=10, choices=ClosingState.choices, default=ClosingState.WAITING)
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(_("announced"), default=timezone.now)
    asked_by_name = models.CharField(_("announced by"), max_length=150)
    due_at = models.DateTimeField(_("on"))
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    called_off_by_name = models.CharField(_("called off by"), max_length=150, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    proof = models.JSONField(_("proof"), default=dict)
    proof_hash = models.CharField(_("checksum of the proof"), max_length=64, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                name="closing_once",
                condition=~Q(state=ClosingState.CALLED_OFF),
                violation_error_message=_("The end of this organisation is announced already."),
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("asked_at")),
                name="closing_due_after_asked",
                violation_error_message=_("The end comes after it was announced."),
            ),
            models.CheckConstraint(
                condition=Q(state=ClosingState.CALLED_OFF, called_off_at__isnull=False) & ~Q(called_off_by_name="")
                | ~Q(state=ClosingState.CALLED_OFF) & Q(called_off_at=None, called_off_by_name=""),
                name="closing_called_off_by_somebody",
                violation_error_message=_("Whoever calls it off is named with it."),
            ),
            models.CheckConstraint(
                condition=Q(state=ClosingState.DONE, done_at__isnull=False) & ~Q(proof_hash="")
                | ~Q(state=ClosingState.DONE) & Q(done_at=None),
                name="closing_done_with_proof",
                violation_error_message=_("What is done has its proof."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="closing_due"),  # whose time has come
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"
