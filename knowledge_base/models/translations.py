"""Texts in further languages: who says what in which words, and which words of the original that was made from."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.identifiers import uuid7


class TranslationQuerySet(models.QuerySet["Translation"]):
    def out_of_date(self) -> TranslationQuerySet:
        """Readers have them, and their original says something else by now."""
        return self.filter(is_behind=True, page__live=True)


class Translation(models.Model):
    """A text on its way into another language, and its page once it is published.

    The counts are kept with every change of either side, so that lists need not compare texts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Page, verbose_name=_("original"), related_name="translated_as", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=5)
    page = models.OneToOneField(
        Page,
        verbose_name=_("page"),
        null=True,
        related_name="translation",
        on_delete=models.SET_NULL,  # what was written stays, and can be published again
    )
    missing = models.PositiveSmallIntegerField(_("parts that are missing"), default=0)
    changed = models.PositiveSmallIntegerField(_("parts whose original has changed"), default=0)
    published_at = models.DateTimeField(_("published last"), null=True)
    is_behind = models.BooleanField(_("older than the original"), default=False)
    touched_at = models.DateTimeField(_("worked on last"), null=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "language"], name="translation_once"),
            models.CheckConstraint(
                condition=Q(page=None) | Q(published_at__isnull=False),
                name="translation_page_was_published",
                violation_error_message=_("A translation has a page once it is published."),
            ),
        ]
        indexes: ClassVar = [
            # what is out of date in a language
            models.Index(fields=["language"], condition=Q(is_behind=True), name="translation_behind"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.language}"

    @property
    def language_info(self) -> dict[str, Any]:
        """Code, name in itself and direction."""
        info: dict[str, Any] = get_language_info(self.language)
        return info

    @property
    def has_news(self) -> bool:
        """Whether something was written that readers do not have yet."""
        return self.touched_at is not None and (self.published_at is None or self.touched_at > self.published_at)


class TranslatedPart(models.Model):
    """One part in the other language. `made_from` are the words of the original that it says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    translation = models.ForeignKey(
        Translation, verbose_name=_("translation"), related_name="parts", on_delete=models.CASCADE
    )
    key = models.CharField(_("part"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    made_from = models.TextField(_("made from"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    edited_at = models.DateTimeField(_("changed"))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # the text stays
    )

    class Meta:
        verbose_name = _("translated part")
        verbose_name_plural = _("translated parts")
        constraints: ClassVar = [
            # also finds the parts of a translation
            models.UniqueConstraint(fields=["translation", "key"], name="translated_part_once"),
        ]

    def __str__(self) -> str:
        return self.key
