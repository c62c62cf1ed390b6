"""Articles for everybody and for members, and people who read and edit them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from knowledge_base.enums import Audience
from knowledge_base.models import Article, KnowledgeIndex


@pytest.fixture
def article(db: None) -> Callable[..., Article]:
    """`article("Title", audience=…, language=…)`: published, unless `live=False`."""

    def make(title: str, *, language: str = "en", live: bool = True, **fields: Any) -> Article:
        index = KnowledgeIndex.objects.get(locale__language_code=language)
        values = {"introduction": f"Introduction of {title}", "audience": Audience.PUBLIC, **fields}
        made = Article(title=title, locale=index.locale, live=False, **values)
        index.add_child(instance=made)
        if live:
            made.save_revision().publish()
        return Article.objects.get(pk=made.pk)

    return make
