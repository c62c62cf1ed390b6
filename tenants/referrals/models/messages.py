"""What both sides of a referral write to each other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.models.references import to_colleague
from tenants.referrals.models.referrals import Referral


class Message(PrivateModel):
    """Has the same key on both sides. `by` is ours, where it was ours; `language` is the one it was written in."""

    referral = models.ForeignKey(Referral, related_name="messages", on_delete=models.CASCADE)
    ours = models.BooleanField()
    by = to_colleague(_("by"))
    by_name = models.CharField(max_length=150, blank=True)
    text = SealedTextField(_("message"), max_length=4000)
    language = models.CharField(max_length=5)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)

    class Privacy:
        sensitive: ClassVar = {"text"}
        staff: ClassVar = {"by", "by_name"}
        plain: ClassVar = {"id", "referral", "ours", "language", "at", "read_at"}

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        base_manager_name = "objects"
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [
            # the thread of a referral; what is unread, for Today
            models.Index(fields=["referral", "at"], name="message_thread"),
            models.Index(fields=["referral"], name="message_unread", condition=models.Q(read_at=None, ours=False)),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.at:%Y-%m-%d}"
