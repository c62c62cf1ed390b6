"""What members say of a page by pressing once. Nobody is shown who pressed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.identifiers import uuid7
from tenants.organisations.models import Organisation


class Useful(models.Model):
    """That a page was useful to somebody. It goes with the account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, related_name="+", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("“useful”")
        verbose_name_plural = _("“useful”")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "user"], name="useful_once"),  # also counts those of a page
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Used(models.Model):
    """That an organisation has used what a page tells. Its own word, whoever of it pressed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, related_name="+", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("“we used it”")
        verbose_name_plural = _("“we used it”")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "organisation"], name="used_once"),  # also counts those of a page
        ]

    def __str__(self) -> str:
        return str(self.pk)
