"""The pages of one client's record, as data: each part of the caseload registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from halka.authorization.roles import Permission, Seat
from tenants.caseloads.models import Client


@dataclass(frozen=True)
class Tab:
    """`url_name` takes the client's key."""

    label: str | Promise
    url_name: str
    permission: Permission
    order: int
    for_support: bool
    shown: Callable[[Seat, Client], bool] | None = None


@dataclass(frozen=True)
class Link:
    """A tab as one reader sees it."""

    label: str | Promise
    url: str
    is_current: bool


_tabs: dict[str, Tab] = {}


def register(
    label: str | Promise,
    url_name: str,
    permission: Permission,
    order: int,
    *,
    for_support: bool = False,
    shown: Callable[[Seat, Client], bool] | None = None,
) -> None:
    """Adds a page; the same URL name replaces the earlier one.

    `for_support`: it shows nothing that is sealed. `shown` says for whom of those with the permission it is.
    """
    _tabs[url_name] = Tab(label, url_name, permission, order, for_support, shown)


def is_for_support(url_name: str) -> bool:
    """Whether the page says that network support may read it; pages that are not registered say nothing."""
    tab = _tabs.get(url_name)
    return tab is not None and tab.for_support


def links_for(seat: Seat, client: Client, current: str) -> list[Link]:
    """What the reader may open of this client, in order; `current` is a URL name."""
    return [
        Link(tab.label, reverse(tab.url_name, args=[client.pk]), tab.url_name == current)
        for tab in sorted(_tabs.values(), key=lambda tab: tab.order)
        if seat.can(tab.permission)
        and (tab.for_support or not seat.is_support)
        and (tab.shown is None or tab.shown(seat, client))
    ]


def labels() -> dict[str, str | Promise]:
    """URL name -> what the page is called, for the words of the audit."""
    return {name: tab.label for name, tab in _tabs.items()}
