"""Documents of a working group, each with its versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.working_groups.models.rooms import Charter, GroupSeat
from tenants.organisations.models import Organisation


class Document(models.Model):
    """Whoever added it may remove it; any member adds a version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(
        Charter, verbose_name=_("working group"), related_name="documents", on_delete=models.CASCADE
    )
    title = models.CharField(_("title"), max_length=120)
    by = models.ForeignKey(
        GroupSeat,
        verbose_name=_("added by"),
        related_name="+",
        on_delete=models.PROTECT,  # seats end, and stay
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("document of a working group")
        verbose_name_plural = _("documents of working groups")
        indexes: ClassVar = [
            # the list of a group's documents, the last first
            models.Index(fields=["group", "-added_at", "-id"], name="group_document_list")
        ]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["DocumentVersion"]):
    def without_content(self) -> VersionQuerySet:
        return self.defer("content")


class DocumentVersion(models.Model):
    """A file as it was checked (`halka.common.uploads`), with what is new in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(
        Document, verbose_name=_("document of a working group"), related_name="versions", on_delete=models.CASCADE
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size"))  # bytes
    content = models.BinaryField(_("content"))
    note = models.CharField(_("what is new"), max_length=200, blank=True)
    by = models.ForeignKey(
        GroupSeat,
        verbose_name=_("added by"),
        related_name="+",
        on_delete=models.PROTECT,  # seats end, and stay
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="group_document_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"
