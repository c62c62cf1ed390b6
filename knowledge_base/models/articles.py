"""An index for each language, and articles below it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from knowledge_base.blocks import Body
from knowledge_base.models.base import InLanguage, KnowledgePage


class KnowledgeIndex(InLanguage):
    """The knowledge of one language. Made by a migration; editors write the introduction."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "knowledge_base.Lesson",
        "knowledge_base.Practice",
        "knowledge_base.Curriculum",
        "knowledge_base.Article",
        "knowledge_base.Advocacy",
    ]
    template = "knowledge_base/index.html"

    class Meta:
        verbose_name = _("knowledge of a language")
        verbose_name_plural = _("knowledge by language")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge_base.reading import list_for

        return super().get_context(request, *args, **kwargs) | list_for(request)


class Article(KnowledgePage):
    """Something worth knowing."""

    introduction = models.TextField(_("introduction"), help_text=_("Two or three sentences: what one will learn."))
    body = StreamField(Body(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("audience"),
        FieldPanel("group"),
    ]
    search_fields: ClassVar = [
        *KnowledgePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    template = "knowledge_base/article.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def summary(self) -> str:
        return self.introduction
