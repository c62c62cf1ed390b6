"""From a licence to a workspace that answers: what was done, and what is left to do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.membership.enums import OpeningStepKind, StepState, Trouble
from network_registry.membership.models.applications import Application
from tenants.organisations.models import Organisation


class Opening(models.Model):
    """The work of making one workspace. Whoever does it holds it until `taken_until`; after that it is anybody's again.

    `tried` are the keys that the organisation was to get: one that bears the short name and one of these is ours.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(Application, related_name="opening", on_delete=models.CASCADE)
    tried = ArrayField(models.UUIDField(), default=list, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    taken_until = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(_("what went wrong"), max_length=8, choices=Trouble.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("opening of a workspace")
        verbose_name_plural = _("openings of workspaces")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="opening_due", condition=Q(finished_at=None)),  # what is taken up next
        ]

    def __str__(self) -> str:
        return str(self.application_id)


class OpeningStep(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    opening = models.ForeignKey(Opening, related_name="steps", on_delete=models.CASCADE)
    kind = models.CharField(_("step"), max_length=12, choices=OpeningStepKind.choices)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=8, choices=StepState.choices, default=StepState.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("step of an opening")
        verbose_name_plural = _("steps of openings")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["opening", "kind"], name="opening_step_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def state_now(self) -> StepState:
        return StepState(self.state)


class Batch(models.Model):
    """A sheet of organisations, as it was read. `rows` are gone once it is confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.PROTECT)
    file_name = models.CharField(_("file"), max_length=150)
    by_name = models.CharField(_("who"), max_length=150)
    rows = models.JSONField(default=list)
    created_at = models.DateTimeField(_("brought"), default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sheet of organisations")
        verbose_name_plural = _("sheets of organisations")

    def __str__(self) -> str:
        return self.file_name


class FirstDay(models.Model):
    """The guide that a new organisation's managers see on Today until it is done or put away."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, related_name="first_day", on_delete=models.CASCADE
    )
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("first-day guide")
        verbose_name_plural = _("first-day guides")

    def __str__(self) -> str:
        return str(self.organisation_id)
