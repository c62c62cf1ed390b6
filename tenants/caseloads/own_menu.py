"""What other apps put into the menu of a person's own page:

>>> own_menu.register(_("Where I was referred"), "me-referrals", has_referrals)
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise

from tenants.caseloads.models import Client

Shows = Callable[[Client], bool]
_entries: dict[str, tuple[str | Promise, Shows]] = {}


def register(label: str | Promise, url_name: str, shows: Shows) -> None:
    """`shows(client)`: whether there is anything for this person."""
    _entries[url_name] = (label, shows)


def links_for(client: Client) -> list[tuple[str, str | Promise]]:
    """(address, label) of what there is for this person."""
    return [(reverse(url_name), label) for url_name, (label, shows) in _entries.items() if shows(client)]
