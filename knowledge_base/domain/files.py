"""Who may have a file: whoever may read a published page that refers to it; if none does, editors alone."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from knowledge_base.access import Reader
from knowledge_base.models import Entry


def may_read_file(pk: int, *, by: Reader) -> bool:
    """One query. Pages as they are published: what a draft refers to is not before readers yet."""
    if by.is_editor:
        return True
    kinds = ContentType.objects.get_for_models(Page, get_document_model())
    referring = ReferenceIndex.objects.filter(
        base_content_type=kinds[Page], to_content_type=kinds[get_document_model()], to_object_id=str(pk)
    )
    pages = referring.annotate(page=Cast("object_id", BigIntegerField())).values("page")
    return Entry.objects.readable(by=by).filter(unit=None, page__in=pages).exists()
