"""Parts of a page that other apps put there, so that the page need not know them.

An app registers its parts in AppConfig.ready(); the page renders what its reader may see, in order:

    sections.register("client", "referrals/_of_client.html", referrals_of, Permission.REFERRAL_VIEW, order=20)

Places: "today" is the workspace's first page; "client" is a client's page, and passes `client` on; "case" is a case's
page, and passes `case` on; "referral" is a referral's page and "referral-now" the card on it that says where it stands
and what can be done now, and both pass `referral` on; "working-group" is a group's page, and passes `group_id` and
`may_write` on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Context = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """`context(request, **about)` gives the template's values, or None when there is nothing to show."""

    place: str
    template: str
    context: Context
    permission: str | None
    order: int
    kinds: frozenset[str]
    aside: bool


@dataclass(frozen=True)
class Rendered:
    """A section as HTML; `aside` ones stand beside the page's main column where there is room."""

    html: SafeString
    aside: bool


_sections: dict[tuple[str, str], Section] = {}


def register(
    place: str,
    template: str,
    context: Context,
    permission: str | None = None,
    order: int = 100,
    *,
    kinds: Collection[str] = (),
    aside: bool = False,
) -> None:
    """Adds a part; the same template at the same place replaces the earlier one. No `kinds`: any organisation."""
    _sections[place, template] = Section(place, template, context, permission, order, frozenset(kinds), aside)


def rendered(place: str, request: HttpRequest, **about: Any) -> list[Rendered]:
    """What the reader of this page may see and what has something to show, in order."""
    found = []
    for section in sorted(_sections.values(), key=lambda section: section.order):
        if section.place != place or not _shows(section, request):
            continue
        values = section.context(request, **about)
        if values is not None:
            html = render_to_string(section.template, {**values, **about}, request=request)
            found.append(Rendered(html, section.aside))
    return found


def _shows(section: Section, request: Any) -> bool:
    if section.kinds and request.organisation.kind not in section.kinds:
        return False
    return section.permission is None or section.permission in request.seat.permissions
