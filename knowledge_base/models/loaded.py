"""What came from the files of the repository, so that loading again changes only what nobody has changed since."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge_base.models.curricula import CurriculumVersion


class Loaded(models.Model):
    """One file, or the folder of one curriculum, as it was loaded last."""

    language = models.CharField(_("language"), max_length=5)
    kind = models.CharField(_("kind"), max_length=12)
    key = models.SlugField(_("key"), max_length=100)
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # an editor removed it: it does not come back
    )
    digest = models.CharField(_("digest"), max_length=64)
    revision_id = models.PositiveBigIntegerField(_("revision"), help_text=_("A later one is an editor’s."))
    version = models.ForeignKey(
        CurriculumVersion,
        verbose_name=_("version"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,  # published, so it stays anyhow
    )
    version_digest = models.CharField(_("digest of modules and units"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("loaded piece")
        verbose_name_plural = _("loaded pieces")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "kind", "key"], name="loaded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.kind}/{self.key}"
