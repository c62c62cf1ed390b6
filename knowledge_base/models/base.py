"""What every page of the knowledge base has: an address that tells its language, and an audience."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse, set_urlconf
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from halka.common.addresses import NETWORK_URLS, origin
from knowledge_base.access import editing_membership, is_member
from knowledge_base.enums import Audience


class InLanguage(Page):
    """A page whose address tells its language: /knowledge/fa/…, whatever the reader's own is."""

    private_page_options: ClassVar[list[str]] = []  # the audience is a field; Wagtail's passwords are not offered

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        for site_id, root_path, _root_url, language in self._get_relevant_site_root_paths(request):
            path = self.url_path[len(root_path) :]
            address = reverse("knowledge-page", urlconf=NETWORK_URLS, kwargs={"language": language, "path": path})
            return site_id, origin(), address
        return None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Wagtail renders a preview without resolving its address, so the host's table of addresses is set here."""
        set_urlconf(NETWORK_URLS)
        response: HttpResponseBase = super().serve_preview(request, mode_name)
        return response

    @property
    def language(self) -> dict[str, Any]:
        """Code, name in itself and direction."""
        info: dict[str, Any] = get_language_info(self.locale.language_code)
        return info


class KnowledgeQuerySet(PageQuerySet):
    def readable(self, *, by_member: bool) -> Self:
        """Published, and for this reader."""
        published = self.live()
        return published if by_member else published.filter(audience=Audience.PUBLIC)


class KnowledgePage(InLanguage):
    """A page for readers. `audience` says who may read it once it is published."""

    audience = models.CharField(_("who may read it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS)

    objects = PageManager.from_queryset(KnowledgeQuerySet)()

    search_fields: ClassVar = [*Page.search_fields, index.FilterField("audience")]
    parent_page_types: ClassVar = ["knowledge_base.KnowledgeIndex"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def may_read(self, request: Any) -> bool:
        return self.audience == Audience.PUBLIC or is_member(request)

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404 for whoever may not read it: it might as well not exist."""
        if not self.may_read(request):
            raise Http404
        response: TemplateResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"may_edit": editing_membership(request) is not None}
