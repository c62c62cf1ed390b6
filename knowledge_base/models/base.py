"""What every page of the knowledge base has: an address that tells its language, and an audience."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
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
from knowledge_base.access import Reader, editing_membership, may_read, readable_by, reader_of
from knowledge_base.enums import Audience
from tenants.organisations.models import WorkingGroup


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
    def readable(self, *, by: Reader) -> Self:
        """Published, and for this reader."""
        return self.live().filter(readable_by(by))


class KnowledgePage(InLanguage):
    """A page for readers. `audience` says who may read it once it is published."""

    audience = models.CharField(_("who may read it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS)
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("which working group"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where a working group alone may read it."),
        on_delete=models.PROTECT,  # its pages would be read by nobody
    )

    objects = PageManager.from_queryset(KnowledgeQuerySet)()

    search_fields: ClassVar = [*Page.search_fields, index.FilterField("audience")]
    parent_page_types: ClassVar = ["knowledge_base.KnowledgeIndex"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.audience == Audience.GROUP and self.group is None:
            raise ValidationError({"group": _("Say which working group.")})
        if self.audience != Audience.GROUP:
            self.group = None

    def may_read(self, request: Any) -> bool:
        return may_read(reader_of(request), audience=self.audience, group_id=self.group_id)

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404 for whoever may not read it: it might as well not exist."""
        from knowledge_base.beneath import beneath

        if not self.may_read(request):
            raise Http404
        response: TemplateResponse = super().serve(request, *args, **kwargs)
        response.context_data |= {"beneath": beneath(self, request)}  # type: ignore[operator]
        return response

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge_base.domain.languages import in_languages

        languages = in_languages(self, by=reader_of(request))
        more = {"may_edit": editing_membership(request) is not None, "elsewhere": languages}
        return super().get_context(request, *args, **kwargs) | more
