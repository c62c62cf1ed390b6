"""Calendar addresses of people's meetings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from tenants.organisations.models import Membership, Organisation


class MeetingFeed(models.Model):
    """A secret address that a program on somebody's phone reads; the token is kept as its SHA-256 alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, verbose_name=_("person"), related_name="+", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), related_name="+", on_delete=models.CASCADE
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    revoked_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address of meetings")
        verbose_name_plural = _("calendar addresses of meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership"], name="meeting_feed_once", condition=Q(revoked_at=None))
        ]

    def __str__(self) -> str:
        return str(self.pk)
