"""Who looks after a published text, and when somebody reads it again to see whether it is still true."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Upkeep(models.Model):
    """Beside the text and not in it: looking after a text is no change of it. Without one, its author looks after it,
    and a year after it was published it is read again.
    """

    page = models.OneToOneField(Page, primary_key=True, related_name="upkeep", on_delete=models.CASCADE)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looks after it"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # somebody else takes it on
    )
    review_on = models.DateField(_("to be read again on"))
    looked_at = models.DateTimeField(_("read again last"))

    class Meta:
        verbose_name = _("upkeep of a text")
        verbose_name_plural = _("upkeep of texts")
        indexes: ClassVar = [
            # what is to be read again
            models.Index(fields=["review_on"], name="upkeep_due"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.review_on}"
