"""Incidents as the status page tells them: by the secretariat, to everybody. They name no organisation and nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.status.enums import Gravity, Part

KEPT: Final = timedelta(days=90)  # on the page, once it has ended


def said(texts: dict[str, str]) -> str:
    """In the reader's language, else in the network's, else in any."""
    own = texts.get(get_language() or ""), texts.get(settings.LANGUAGE_CODE)
    return next((text for text in (*own, *texts.values()) if text), "")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def recent(self) -> Self:
        """Those that have ended, and are told of still."""
        return self.filter(ended_at__gt=timezone.now() - KEPT)


class Incident(models.Model):
    """`titles` maps a language code to what it is called there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    part = models.CharField(_("what it touches"), max_length=10, choices=Part.choices)
    gravity = models.CharField(_("how badly"), max_length=6, choices=Gravity.choices)
    titles = models.JSONField(_("title"), default=dict)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # of its page, against lost updates

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="incident_ends_after_start",
                violation_error_message=_("It cannot end before it begins."),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-started_at", "-id"], name="incident_latest"),  # the secretariat's list
        ]

    def __str__(self) -> str:
        return said(self.titles)

    @property
    def gravity_now(self) -> Gravity:
        return Gravity(self.gravity)


class IncidentUpdate(models.Model):
    """What was written about it, and when. `texts` maps a language code to the text in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, related_name="updates", on_delete=models.CASCADE)
    texts = models.JSONField(_("text"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("update of an incident")
        verbose_name_plural = _("updates of incidents")
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return said(self.texts)
