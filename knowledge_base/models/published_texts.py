"""Published texts as other systems take them along: each as it reads now, and a mark where one is gone.

One row for each text and kind of reader. What was never for these readers has no row; what is not for them any more
keeps its number and loses its words.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halka.common.addresses import network_url
from halka.common.identifiers import uuid7
from knowledge_base.enums import Audience, Change, Kind

KINDS = [(kind.value, kind.label) for kind in (Kind.LESSON, Kind.PRACTICE, Kind.CURRICULUM)]

READERS = [(one.value, one.label) for one in (Audience.PUBLIC, Audience.MEMBERS)]


class TextQuerySet(models.QuerySet[Any]):
    def there(self) -> TextQuerySet:
        """Without the marks of those that are gone."""
        return self.filter(removed_at=None)


class TextFields(models.Model):
    """`number` grows with each change of any text, so that whoever knows the last one asks for what came after. Each
    kind of reader has numbers of its own: a gap would tell of what one may not read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page_id = models.PositiveIntegerField(_("page"))  # no reference: the mark stays when the page is deleted
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    language = models.CharField(_("language"), max_length=5)
    number = models.PositiveBigIntegerField(_("number of the change"))
    created_at = models.DateTimeField(_("first published"))
    changed_at = models.DateTimeField(_("changed"))
    removed_at = models.DateTimeField(_("taken off"), null=True)
    document: Any = models.JSONField(_("text"), null=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.page_id}"

    @property
    def change(self) -> Change:
        if self.removed_at is not None:
            return Change.REMOVED
        return Change.CREATED if self.created_at == self.changed_at else Change.CHANGED

    @property
    def url(self) -> str:
        """Of its page on the network site, while it is there."""
        return network_url("knowledge-page", self.language, self.document["path"])


class PublishedText(TextFields):
    """The network's own table, for both kinds of readers."""

    readers = models.CharField(_("who may read it"), max_length=8, choices=READERS)
    digest = models.CharField(_("digest"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("published text")
        verbose_name_plural = _("published texts")
        constraints: ClassVar = [
            # also finds the rows of a page
            models.UniqueConstraint(fields=["page_id", "readers"], name="published_text_once"),
            # also finds the last number, and what changed after one
            models.UniqueConstraint(fields=["readers", "number"], name="published_text_number_once"),
            models.CheckConstraint(
                condition=Q(removed_at=None, document__isnull=False)
                | Q(removed_at__isnull=False, document__isnull=True),
                name="published_text_gone_without_words",
                violation_error_message=_("What was taken off has no words any more."),
            ),
        ]
        indexes: ClassVar = [
            # the list of a kind, what changed last first
            models.Index(
                fields=["readers", "kind", "-number"], condition=Q(removed_at=None), name="published_text_of_kind"
            ),
        ]


class MembersText(TextFields):
    """A view of what is for people of member organisations: all that organisations reach of these texts."""

    class Meta:
        managed = False
        db_table = "knowledge_base_memberstext"
        verbose_name = _("published text")
        verbose_name_plural = _("published texts")
