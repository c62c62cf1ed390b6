"""Which rows of shared tables are an organisation's own.

An app with shared tables that name organisations has a module `own_rows` with OWN_ROWS, a tuple of OwnRows, and
NOT_OWN, which says of each other table why its rows are nobody's to take along. ERASED maps those of them that go with
an organisation all the same to the condition on their rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps

SHARED: Final = ("tenants.", "network_registry.", "knowledge_base")


@dataclass(frozen=True)
class OwnRows:
    """`rows` is a condition in SQL on the table (called `own`), with %(organisation)s for whose rows are meant.

    `columns` are taken along (all, where there are none); `loads` says whether they can be put into another network.
    `page` is how many are read at a time, where a row may be large.
    `gone` is what becomes of them when the organisation is erased: "kept" as a tombstone, or "removed".
    """

    table: str
    rows: str
    columns: tuple[str, ...] = ()
    loads: bool = True
    gone: str = "kept"
    page: int = 0


def _modules() -> Iterator[object]:
    for config in apps.get_app_configs():
        if config.name.startswith(SHARED) and find_spec(f"{config.name}.own_rows"):
            yield import_module(f"{config.name}.own_rows")


def own_rows() -> list[OwnRows]:
    """In an order in which what is referred to comes before what refers to it."""
    return [rows for module in _modules() for rows in getattr(module, "OWN_ROWS", ())]


def not_own() -> dict[str, str]:
    """Tables that name organisations and are not taken along, each with the reason."""
    return {table: why for module in _modules() for table, why in getattr(module, "NOT_OWN", {}).items()}


def erased() -> list[tuple[str, str]]:
    """Tables and conditions of all shared rows that go when an organisation is erased: what refers comes first."""
    own = [(rows.table, rows.rows) for rows in own_rows() if rows.gone == "removed"]
    more = [pair for module in _modules() for pair in getattr(module, "ERASED", {}).items()]
    return [*more, *reversed(own)]
