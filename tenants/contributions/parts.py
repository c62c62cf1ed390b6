"""Texts of ours on the Today page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from knowledge_base.enums import SubmissionState
from knowledge_base.models import Submission
from tenants.contributions.access import readable
from tenants.contributions.enums import State
from tenants.contributions.models import Contribution

SHOWN = 5


def to_release(request: Any) -> dict[str, Any] | None:
    """What waits for the manager's word, the longest waiting first."""
    waiting = Contribution.objects.filter(state=State.OFFERED).select_related("author")
    found = list(waiting.order_by("offered_at")[:SHOWN])
    return {"texts": found} if found else None


def came_back(request: Any) -> dict[str, Any] | None:
    """One's own that should be changed: sent back by the manager, or by readers and the editor."""
    own = list(Contribution.objects.filter(author=request.seat.membership_id).order_by("-id")[:50])
    keys = [text.submission for text in own if text.state == State.RELEASED and text.submission]
    returned: Any = Submission.objects.filter(state=SubmissionState.RETURNED, pk__in=keys)
    back = set(returned.values_list("pk", "round")) if keys else set()
    found = [
        text for text in own if (text.state == State.WRITING and text.said) or (text.submission, text.round) in back
    ]
    return {"texts": found[:SHOWN]} if found else None


def for_group(request: Any, group_id: UUID, may_write: bool) -> dict[str, Any] | None:
    """What is written here for a working group and has not been published yet, and the way to begin."""
    own = readable(request.seat).filter(group=group_id).exclude(state=State.WITHDRAWN)
    texts = list(own.order_by("-id")[:SHOWN])
    may_begin = may_write and request.seat.membership_id is not None
    return {"texts": texts, "may_begin": may_begin} if texts or may_begin else None
