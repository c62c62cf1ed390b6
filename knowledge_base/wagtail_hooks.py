"""What the CMS leaves out here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail import hooks

from knowledge_base.models import KnowledgeIndex


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_indexes(request: Any, page: Any, *args: Any) -> None:
    """An index is the root of its language: articles come and go, it stays."""
    if isinstance(page.specific, KnowledgeIndex):
        raise PermissionDenied


@hooks.register("construct_help_menu")
def no_help_from_outside(request: Any, items: list[Any]) -> None:
    items.clear()
