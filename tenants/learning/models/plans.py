"""What one person learns: units in their own order, and how far they have come with each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Dimension
from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.models import Client
from tenants.caseloads.models.references import to_colleague
from tenants.learning.enums import Progress
from tenants.learning.models.curricula import AdoptedUnit


class PlannedUnit(PrivateModel):
    """A unit in a person's learning plan, which is all of theirs in order. `why` holds codes (domain/reasons.py)."""

    client = models.ForeignKey(Client, related_name="planned_units", on_delete=models.CASCADE)
    unit = models.ForeignKey(
        AdoptedUnit,
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # what somebody has learned stays when it is no longer taught
    )
    title = models.CharField(_("title"), max_length=150)
    language = models.CharField(_("language"), max_length=5)
    dimension = models.CharField(_("dimension"), max_length=16, choices=Dimension.choices)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(_("progress"), max_length=9, choices=Progress.choices, default=Progress.NOT_BEGUN)
    why = models.JSONField(_("why it is in the plan"), default=dict)
    note = SealedTextField(_("note"), blank=True, max_length=1000)
    begun_on = models.DateField(_("begun"), null=True, editable=False)
    done_on = models.DateField(_("done"), null=True, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"why", "note"}
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {
            "id", "unit", "title", "language", "dimension", "position", "state", "begun_on", "done_on", "added_at",
            "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("unit of a learning plan")
        verbose_name_plural = _("units of a learning plan")
        base_manager_name = "objects"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="learning_done_on_a_day",
                violation_error_message=_("What is done has a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.position}"

    @property
    def direction(self) -> str:
        return "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"
