"""Views are for signed-in members unless they say why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public_view(reason: str) -> Callable[[View], View]:
    """Marks a view as open to everybody; the reason is read by people and by the walk over all routes."""

    def mark(view: View) -> View:
        view.public_reason = reason  # type: ignore[attr-defined]
        return view

    return mark


def works_read_only(reason: str) -> Callable[[View], View]:
    """Marks a view that works where an organisation may change nothing else; the reason is read by people."""

    def mark(view: View) -> View:
        view.read_only_reason = reason  # type: ignore[attr-defined]
        return view

    return mark


def works_always(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "read_only_reason", ""))


def is_public(view: Callable[..., Any]) -> bool:
    """Only our own mark counts: DRF sets `login_required = False`, Django's mark, on every view of its own."""
    return bool(getattr(view, "public_reason", ""))
