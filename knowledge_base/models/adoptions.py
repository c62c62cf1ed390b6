"""Which organisations teach from which curriculum: enough to count them, and nothing of how they teach."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from knowledge_base.models.curricula import Curriculum, CurriculumVersion
from tenants.organisations.models import Organisation


class Adoption(models.Model):
    """An organisation's own row, which no other one reads. `version` is the one that it follows now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    curriculum = models.ForeignKey(Curriculum, related_name="adoptions", on_delete=models.CASCADE)
    version = models.ForeignKey(CurriculumVersion, related_name="+", on_delete=models.CASCADE)
    adopted_at = models.DateTimeField(_("adopted"), default=timezone.now)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        constraints: ClassVar = [
            # also counts the organisations of a curriculum
            models.UniqueConstraint(fields=["curriculum", "organisation"], name="adoption_once"),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum_id} {self.adopted_at:%Y-%m-%d}"
