"""What the CMS leaves out here, and what it has besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from knowledge_base import cms
from knowledge_base.domain.upkeep import LOOKED_AFTER
from knowledge_base.domain.versions import BEGUN, DISCARDED, PUBLISHED
from knowledge_base.models import Curriculum, KnowledgeIndex


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_indexes(request: Any, page: Any, *args: Any) -> None:
    """An index is the root of its language: articles come and go, it stays."""
    if isinstance(page.specific, KnowledgeIndex):
        raise PermissionDenied


@hooks.register("before_delete_page")
def keep_what_is_taught(request: Any, page: Any, *args: Any) -> None:
    """A curriculum with a published version may be taken off the site; organisations that teach from it keep it."""
    specific = page.specific
    if isinstance(specific, Curriculum) and specific.versions.exists():
        raise PermissionDenied


@hooks.register("construct_help_menu")
def no_help_from_outside(request: Any, items: list[Any]) -> None:
    items.clear()


@hooks.register("register_admin_viewset")
def parts_of_curricula() -> list[Any]:
    return [cms.ModuleViewSet("knowledge_modules"), cms.UnitViewSet("knowledge_units")]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("curricula/<int:pk>/versions/", cms.versions, name="knowledge-versions")]


@hooks.register("register_page_header_buttons")
def to_versions(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, Curriculum) and page.pk:
        url = reverse("knowledge-versions", args=[page.pk])
        yield Button(_("Modules, units and versions"), url=url, icon_name="list-ul", priority=5)
        url = reverse("evidence", args=[page.pk])
        yield Button(_("What it did"), url=url, icon_name="doc-full", priority=6)


@hooks.register("register_log_actions")
def name_acts(actions: Any) -> None:
    for act, name, told in (
        (BEGUN, _("Begin a version"), _("Version %(number)s begun")),
        (PUBLISHED, _("Publish a version"), _("Version %(number)s published")),
        (LOOKED_AFTER, _("Read a text again"), _("Read again; the next time on %(until)s")),
        (DISCARDED, _("Throw a draft away"), _("Draft of version %(number)s thrown away")),
    ):
        actions.register_action(act)(type("Told", (_Told,), {"label": name, "words": told}))


class _Told(LogFormatter):
    """An act on a version, or on a text, in the history of its page."""

    words: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.words % log_entry.data)
