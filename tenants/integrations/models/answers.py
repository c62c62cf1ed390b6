"""What was answered to software that asks again because it heard nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedJSONField


class IdempotentAnswer(PrivateModel):
    """The answer to one request with an Idempotency-Key. `key_hash` is of caller and key, `fingerprint` of what was
    asked; `answer` is empty while the request runs, in its own transaction.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64)
    answer = SealedJSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        sensitive: ClassVar = {"answer"}
        plain: ClassVar = {"id", "key_hash", "fingerprint", "created_at"}

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="answer_oldest"),  # what is swept
        ]

    def __str__(self) -> str:
        return str(self.pk)
