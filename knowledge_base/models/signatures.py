"""Which organisations stand behind what the network asks of others."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from knowledge_base.models.lessons import Advocacy
from tenants.organisations.models import Organisation


class Signature(models.Model):
    """An organisation's name beneath an advocacy text, put there by somebody who may speak for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(
        Advocacy, verbose_name=_("advocacy text"), related_name="signatures", on_delete=models.CASCADE
    )
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed by"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # the organisation's word stays
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "organisation"], name="signed_once"),  # also finds those of a page
        ]

    def __str__(self) -> str:
        return str(self.pk)
