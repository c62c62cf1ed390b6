"""What an organisation has learned, as long as it is its own: nothing here is in the network."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from knowledge_base.models.submissions import KINDS
from tenants.caseloads.models.references import to_colleague
from tenants.contributions.enums import State


class Contribution(PrivateModel):
    """A lesson or practice in the making. `values` by the name of the page's field; `decisions` by the key of a
    finding: why it is not about a person, and who says so. `said` is the word it was sent back with.

    `round` counts releases; `submission` is the key of what left, in the shared schema, `group` that
    of the working group that it is for alone.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    author = to_colleague(_("written by"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WRITING)
    values = SealedJSONField(_("text"), default=dict)
    decisions = SealedJSONField(_("not about a person"), default=dict)
    as_member = models.BooleanField(_("as “a member organisation”"), default=False)
    said = SealedTextField(_("sent back with"), blank=True)
    round = models.PositiveSmallIntegerField(_("time"), default=0)
    submission = models.UUIDField(null=True, editable=False)
    group = models.UUIDField(_("for a working group"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    offered_at = models.DateTimeField(_("waits since"), null=True, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    released_by = to_colleague(_("released by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Privacy:
        sensitive: ClassVar = {"values", "decisions", "said"}
        staff: ClassVar = {"author", "released_by"}
        plain: ClassVar = {
            "id", "kind", "language", "state", "as_member", "round", "submission", "group", "created_at", "changed_at",
            "offered_at", "released_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("text of ours")
        verbose_name_plural = _("texts of ours")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(submission=None, released_at=None, round=0)
                | Q(submission__isnull=False, released_at__isnull=False, round__gt=0),
                name="contribution_released",
                violation_error_message=_("What was released has left, and what has left was released."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RELEASED, State.WITHDRAWN]) | Q(submission__isnull=False),
                name="contribution_left",
                violation_error_message=_("Only what has left can be released or taken back."),
            ),
        ]
        indexes: ClassVar = [
            # what waits for release, on Today
            models.Index(fields=["offered_at"], name="contribution_waiting", condition=Q(state="offered")),
            # one's own, on Today
            models.Index(fields=["author", "-id"], name="contribution_of_author"),
        ]

    def __str__(self) -> str:
        return str(self.values.get("title") or _("Without a title"))

    @property
    def is_rtl(self) -> bool:
        return bool(get_language_info(self.language)["bidi"])

    def value(self, name: str) -> Any:
        return self.values.get(name, "")
