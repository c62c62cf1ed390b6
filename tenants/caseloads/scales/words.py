"""Texts of scales for their reader: those of the network in the reader's language, others as they were written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext

from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Scale
from tenants.caseloads.scales.items import Item, as_item
from tenants.caseloads.scales.network import ITEMS, is_networks


@dataclass(frozen=True)
class Part:
    """The items of one dimension."""

    dimension: Dimension
    items: list[Item]


def items_of(scale: Scale) -> list[Item]:
    """What is kept of the network's items is English, and a key of the catalogues."""
    items = [as_item(item) for item in scale.items]
    if not is_networks(scale):
        return items
    return [replace(item, text=_said(item.text), low=_said(item.low), high=_said(item.high)) for item in items]


def parts_of(scale: Scale) -> list[Part]:
    items = items_of(scale)
    parts = [Part(dimension, [item for item in items if item.dimension == dimension]) for dimension in Dimension]
    return [part for part in parts if part.items]


def name_of(scale: Scale) -> str:
    return _said(scale.name) if is_networks(scale) else scale.name


def description_of(scale: Scale) -> str:
    return _said(scale.description) if is_networks(scale) else scale.description


def network_text(key: str) -> str:
    """What the network asks with this item; nothing for an item that the code does not know."""
    return str(ITEMS[key].text) if key in ITEMS else ""


def _said(text: str) -> str:
    return gettext(text) if text else ""
