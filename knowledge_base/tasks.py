"""Background work of the knowledge base."""

from __future__ import annotations

from celery import shared_task

from knowledge_base.domain import indexing


@shared_task(name="knowledge.renew")
def renew_search() -> int:
    return indexing.renew_all()
