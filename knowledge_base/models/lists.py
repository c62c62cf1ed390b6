"""Reading lists: what somebody keeps to read, in their own order and with notes of their own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.identifiers import uuid7
from tenants.organisations.models import Organisation


class ReadingList(models.Model):
    """Its owner's alone; where `shared_with` is given, people of that organisation read it too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=100)
    shared_with = models.ForeignKey(
        Organisation,
        verbose_name=_("shared with"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # the list stays its owner's
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="reading_list_once",
                violation_error_message=_("You have a list of this name already."),
            ),
        ]
        indexes: ClassVar = [
            # one's own lists, and those that colleagues share
            models.Index(fields=["user", "-id"], name="reading_list_of_user"),
            models.Index(
                fields=["shared_with", "-id"], name="reading_list_shared", condition=~models.Q(shared_with=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListItem(models.Model):
    """A page on a list, or one unit of a curriculum (`unit_key`): whichever version is the newest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(ReadingList, related_name="items", on_delete=models.CASCADE)
    page = models.ForeignKey(Page, related_name="+", on_delete=models.CASCADE)
    unit_key = models.CharField(max_length=60, blank=True)
    note = models.TextField(_("your note"), blank=True, max_length=500)
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("page on a list")
        verbose_name_plural = _("pages on lists")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "page", "unit_key"], name="list_item_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["list", "position", "id"], name="list_item_in_order"),  # reading a list
        ]

    def __str__(self) -> str:
        return str(self.pk)
