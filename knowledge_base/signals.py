"""What Wagtail tells of pages reaches the search and the list of changes in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move, workflow_rejected

from knowledge_base.domain import taking_in, translating
from knowledge_base.domain.harvest import note_deleted
from knowledge_base.domain.indexing import forget, renew
from knowledge_base.domain.moving import came_back, was_published
from knowledge_base.domain.versions import version_published
from knowledge_base.models import Curriculum
from knowledge_base.segments import WORDS


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def renew_page(sender: Any, instance: Page, **kwargs: Any) -> None:
    renew(instance)


@receiver(post_delete)
def forget_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        note_deleted(instance)
        forget(instance)


@receiver(page_published)
def follow_original(sender: Any, instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    if type(page) in WORDS:
        translating.original_changed(page)
        translating.translation_changed(page)
    if isinstance(page, Curriculum):
        taking_in.link(page)


@receiver(version_published)
def follow_version(sender: Any, curriculum: Curriculum, **kwargs: Any) -> None:
    taking_in.version_published(curriculum)


@receiver(page_unpublished)
@receiver(pre_delete)
def leave_with_original(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        translating.original_left(instance)


@receiver(page_published)
def tell_member(sender: Any, instance: Page, **kwargs: Any) -> None:
    was_published(instance)


@receiver(workflow_rejected)
def send_back_to_member(sender: Any, instance: Any, **kwargs: Any) -> None:
    came_back(instance)
