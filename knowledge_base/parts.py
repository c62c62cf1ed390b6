"""The knowledge base on the Today page."""

from __future__ import annotations

from typing import Any

from knowledge_base.models import Review

SHOWN = 5


def to_read(request: Any) -> dict[str, Any] | None:
    """What our organisation was asked to read and has not answered yet, the most urgent first."""
    asked = Review.objects.asked().filter(reader=request.organisation.id)
    found = list(asked.select_related("text__signed_by").order_by("due_at", "id")[:SHOWN])
    return {"reviews": found} if found else None
