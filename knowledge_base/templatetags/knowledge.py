"""Published knowledge on pages that are not its own."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from knowledge_base.models import Article
from knowledge_base.reading import newest_for_everybody

register = template.Library()


@register.simple_tag
def newest_articles(count: int) -> list[Article]:
    """`{% newest_articles 3 as articles %}`: for everybody, those in the reader's language first."""
    return newest_for_everybody(count, language=get_language() or "en")
