"""What stands beneath a page: what members say of it, and ask."""

from __future__ import annotations

from typing import Any, Final

from knowledge_base.access import reader_of
from knowledge_base.domain.remarks import is_author_of, newest
from knowledge_base.domain.votes import standing_of

MOST_QUESTIONS: Final = 5


def beneath(page: Any, request: Any) -> dict[str, Any]:
    reader = reader_of(request)
    found: dict[str, Any] = {"reader": reader, "standing": standing_of(page.pk, by=reader)}
    if not reader.is_member:
        return found
    is_author = getattr(page, "is_from_member", False) and is_author_of(page.pk, by=reader)
    questions, has_more = newest(page.pk, count=MOST_QUESTIONS, is_author=is_author, by=reader)
    return found | {"questions": questions, "has_more_questions": has_more}
