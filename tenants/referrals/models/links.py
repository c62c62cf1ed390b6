"""Links by which an organisation without accounts answers a referral."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedTextField
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.models.referrals import Referral


class AnswerLinkQuerySet(PrivateQuerySet):
    def live(self) -> Self:
        """Those that open something now."""
        return self.filter(used_at=None, ended_at=None, expires_at__gt=timezone.now())


class AnswerLink(PrivateModel):
    """Has the same key on both sides; the recipient's row opens, the sender's tells its people of it.

    The token is kept as its SHA-256 alone, and only where it opens. `code` is what the sender's people say on the
    telephone, for links that show who the person is; `tries` counts wrong ones. `used_at`: the answer was given;
    `ended_at`: a newer link took its place, or too many codes were wrong. `by_name` was typed by whoever answered.
    """

    referral = models.ForeignKey(Referral, related_name="links", on_delete=models.CASCADE)
    purpose = models.CharField(_("purpose"), max_length=8, choices=LinkPurpose.choices)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    code = SealedTextField(_("code"), blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    by_name = models.CharField(_("name"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = AnswerLinkQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        staff: ClassVar = {"by_name"}
        plain: ClassVar = {
            "id", "referral", "purpose", "token_hash", "code", "tries", "created_at", "expires_at", "used_at",
            "ended_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("link to answer a referral")
        verbose_name_plural = _("links to answer referrals")
        base_manager_name = "objects"
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_hash"], name="answer_link_token", condition=~Q(token_hash="")),
            models.CheckConstraint(condition=Q(purpose=LinkPurpose.TOLD) | Q(code=""), name="answer_link_code"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.expires_at:%Y-%m-%d}"
