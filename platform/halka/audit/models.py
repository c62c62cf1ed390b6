"""Who did and who looked at what, in one organisation. The organisation's role may add rows, never change them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel


class Entry(PrivateModel):
    """One act of one person. `detail` names fields and codes, never their contents.

    `about_id` is the client whom the act is about, whatever record it was done to.
    """

    RIGHTS = ("INSERT",)

    at = models.DateTimeField(_("when"), default=timezone.now)
    actor_user_id = models.BigIntegerField(_("account"), null=True)  # shared tables are not referenced by constraint
    actor_name = models.CharField(_("who"), max_length=150)
    is_support = models.BooleanField(_("network support"), default=False)
    action = models.CharField(_("what"), max_length=60)
    target_model = models.CharField(_("kind of record"), max_length=60, blank=True)
    target_id = models.CharField(_("record"), max_length=40, blank=True)
    about_id = models.UUIDField(_("about"), null=True, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Privacy:
        staff: ClassVar = {"actor_user_id", "actor_name"}
        plain: ClassVar = {"id", "at", "is_support", "action", "target_model", "target_id", "about_id", "detail"}

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="entry_newest"),  # the manager's page
            models.Index(fields=["target_model", "target_id", "-at"], name="entry_of_record"),  # a record's history
            models.Index(fields=["actor_user_id", "-at"], name="entry_of_actor"),  # one person's acts; Today: seen last
            models.Index(fields=["action", "-at"], name="entry_of_action"),  # the page by action, also by a rare one
            models.Index(fields=["about_id", "-at"], name="entry_about"),  # a client's history; the page by client
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_model} {self.target_id}".strip()


class Link(PrivateModel):
    """Ties an entry to all entries before it. The database writes it when the entry is committed (ADR 8).

    `hash` is the SHA-256 of the hash before it and the entry's text; `chain` computes it anew.
    """

    RIGHTS = ()

    id = None  # type: ignore[assignment]  # the number is enough
    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry,
        related_name="link",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # a link outlives its entry: that is how a removed one is noticed
    )
    hash = models.BinaryField(max_length=32)

    class Privacy:
        plain: ClassVar = {"number", "entry", "hash"}

    class Meta:
        verbose_name = _("link of the audit")
        verbose_name_plural = _("links of the audit")

    def __str__(self) -> str:
        return str(self.number)
