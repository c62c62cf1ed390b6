"""What Wagtail tells of pages reaches the search in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from knowledge_base.domain.indexing import forget, renew


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def renew_page(sender: Any, instance: Page, **kwargs: Any) -> None:
    renew(instance)


@receiver(post_delete)
def forget_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        forget(instance)
