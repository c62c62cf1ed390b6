"""How organisations came to their states. A shared table: it says nothing of a person served."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from tenants.organisations.enums import State, Why


class StateChange(models.Model):
    """One step in the life of an organisation. Nothing changes it, and it outlives the organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "Organisation",
        related_name="state_changes",
        on_delete=models.CASCADE,  # the row of the organisation stays as its tombstone, and its life with it
    )
    before = models.CharField(_("before"), max_length=12, choices=State.choices)
    after = models.CharField(_("after"), max_length=12, choices=State.choices)
    why = models.CharField(_("why"), max_length=12, choices=Why.choices)
    reason = models.TextField(_("reason"), blank=True)
    by_name = models.CharField(_("who"), max_length=150)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")),
                name="state_change_changes",
                violation_error_message=_("It is so already."),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"], name="state_change_latest")]  # its life

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.before} {self.after}"
