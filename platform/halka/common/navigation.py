"""The workspace's and the network site's navigation, as data.

An app registers its entries in AppConfig.ready():

    navigation.register(_("Clients"), "clients", "people", Permission.CLIENT_VIEW, order=20)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from halka.authorization.roles import Permission, Seat


class Site(StrEnum):
    WORKSPACE = "workspace"
    NETWORK = "network"


@dataclass(frozen=True)
class Entry:
    """One link. `permission` None: everybody on the site sees it. `kinds` empty: any organisation."""

    label: str | Promise
    url_name: str
    icon: str
    permission: str | None
    order: int
    site: Site
    kinds: frozenset[str]


@dataclass(frozen=True)
class Link:
    """An entry as this request sees it."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


_entries: list[Entry] = []


def register(
    label: str | Promise,
    url_name: str,
    icon: str,
    permission: str | None = None,
    order: int = 100,
    *,
    site: Site = Site.WORKSPACE,
    kinds: frozenset[str] | set[str] = frozenset(),
) -> None:
    """Add an entry; the same URL name on the same site replaces the earlier one."""
    _entries[:] = [entry for entry in _entries if (entry.site, entry.url_name) != (site, url_name)]
    _entries.append(Entry(label, url_name, icon, permission, order, site, frozenset(kinds)))
    _entries.sort(key=lambda entry: entry.order)


def links_for(request: HttpRequest, site: Site) -> list[Link]:
    """What the person of this request may open, in order, with the page they are on marked."""
    allowed = [(entry, reverse(entry.url_name)) for entry in _entries if _shows(entry, request, site)]
    current = _current_url(request.path, [url for _, url in allowed])
    return [Link(entry.label, url, entry.icon, url == current) for entry, url in allowed]


def _shows(entry: Entry, request: HttpRequest, site: Site) -> bool:
    if entry.site is not site:
        return False
    organisation = getattr(request, "organisation", None)
    if entry.kinds and (organisation is None or organisation.kind not in entry.kinds):
        return False
    if entry.permission is None:
        return True
    seat: Seat | None = getattr(request, "seat", None)
    return seat is not None and seat.can(Permission(entry.permission))


def _current_url(path: str, urls: list[str]) -> str | None:
    """The longest entry the path lies under; the start page counts for itself only."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default=None)
