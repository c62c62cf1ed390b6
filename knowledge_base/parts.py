"""The knowledge base on the Today page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from halka.common.addresses import network_url
from knowledge_base.models import GroupsText, Review

SHOWN = 5


def to_read(request: Any) -> dict[str, Any] | None:
    """What our organisation was asked to read and has not answered yet, the most urgent first."""
    asked = Review.objects.asked().filter(reader=request.organisation.id)
    found = list(asked.select_related("text__signed_by").order_by("due_at", "id")[:SHOWN])
    return {"reviews": found} if found else None


def of_group(request: Any, group_id: UUID, **about: Any) -> dict[str, Any]:
    """What is published for a working group alone, the last first, each with its address on the network's host."""
    found = GroupsText.objects.filter(group_id=group_id).order_by("-published_at", "-id")[:SHOWN]
    return {"texts": [(text, network_url("knowledge-page", text.language, text.path)) for text in found]}
