"""Views are for signed-in members unless they say why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public_view(reason: str) -> Callable[[View], View]:
    """Marks a view as open to everybody; the reason is read by people and by the walk over all routes."""

    def mark(view: View) -> View:
        view.login_required = False  # type: ignore[attr-defined]  # the attribute of Django's own middleware
        view.public_reason = reason  # type: ignore[attr-defined]
        return view

    return mark


def is_public(view: Callable[..., Any]) -> bool:
    return not getattr(view, "login_required", True)
