"""What somebody follows, and the e-mail of the week about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.identifiers import uuid7
from knowledge_base.enums import TopicKind


class Follow(models.Model):
    """A page, or a topic: a programme by its name, a target group or a dimension by its code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=10, choices=TopicKind.choices)
    value = models.CharField(max_length=120, blank=True)
    page = models.ForeignKey(Page, null=True, related_name="+", on_delete=models.CASCADE)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints: ClassVar = [
            # also lists what somebody follows
            models.UniqueConstraint(fields=["user", "kind", "value", "page"], name="follow_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=models.Q(kind=TopicKind.PAGE, value="", page__isnull=False)
                | (~models.Q(kind=TopicKind.PAGE) & ~models.Q(value="") & models.Q(page=None)),
                name="follow_a_page_or_a_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Digest(models.Model):
    """Whether somebody wants the weekly e-mail, and how far the last one told.

    Who sends it claims it first (`claimed_at`), and notes `week` and `told_until` once it is out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    is_on = models.BooleanField(_("weekly e-mail"), default=True)
    week = models.CharField(max_length=8, blank=True)
    claimed_at = models.DateTimeField(_("being sent since"), null=True)
    told_until = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("last e-mail"), null=True)

    class Meta:
        verbose_name = _("weekly e-mail")
        verbose_name_plural = _("weekly e-mails")
        indexes: ClassVar = [
            models.Index(fields=["id"], name="digest_wanted", condition=models.Q(is_on=True)),  # whose turn it is
        ]

    def __str__(self) -> str:
        return str(self.pk)
