"""Documents that were sent with a referral."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Consent, Document
from tenants.caseloads.models.references import to_colleague
from tenants.referrals.models.referrals import Referral


class Enclosure(PrivateModel):
    """Has the same key on both sides. `ours`: we sent it; then `consent` is the receipt that covers it.

    `document` is where it lies: among the person's documents, which it came from or was put into. What came lies in
    the sealed `file` until the person is taken on.
    """

    referral = models.ForeignKey(Referral, related_name="enclosures", on_delete=models.CASCADE)
    ours = models.BooleanField()
    by = to_colleague(_("by"))
    by_name = models.CharField(max_length=150, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        null=True,
        related_name="enclosures",
        on_delete=models.SET_NULL,  # that it was sent stays known
    )
    consent = models.ForeignKey(
        Consent,
        verbose_name=_("consent"),
        null=True,
        related_name="enclosures",
        on_delete=models.PROTECT,  # the receipt covers what was sent
    )
    title = SealedTextField(_("title"), max_length=200)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    audience = models.CharField(_("who reads it"), max_length=13, choices=Audience.choices, default=Audience.TEAM)
    file = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(_("sent"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    class Privacy:
        sensitive: ClassVar = {"title", "file"}
        staff: ClassVar = {"by", "by_name"}
        plain: ClassVar = {
            "id", "referral", "ours", "document", "consent", "content_type", "size", "audience", "at", "taken_back_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("document of a referral")
        verbose_name_plural = _("documents of a referral")
        base_manager_name = "objects"
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ours=False, consent=None) | Q(ours=True, consent__isnull=False, file=""),
                name="enclosure_covered",
                violation_error_message=_("A document is sent under a consent that covers it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.size}"
