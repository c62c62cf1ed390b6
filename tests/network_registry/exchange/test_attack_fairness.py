"""Few referrals found out by subtracting from the sum of all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from network_registry.exchange.domain.fairness import Cell, hide_few
from network_registry.exchange.enums import FEWEST, FairnessKind


def cell(kind: FairnessKind, received: int, *, service: str = "", month: int = 0, province: str = "") -> Cell:
    day = date(2026, month, 1) if month else None
    return Cell(kind, None, province, service, day, "", received, 0, None, 0, 0, 0, 0, None)


@pytest.mark.parametrize("kind", [FairnessKind.MONTH, FairnessKind.PROVINCE])
def test_the_sum_of_all_tells_nothing_of_the_few(kind: FairnessKind) -> None:
    def part(received: int, number: int) -> Cell:
        by_month: dict[str, Any] = {"month": number} if kind == FairnessKind.MONTH else {"province": str(number)}
        return cell(kind, received, **by_month)

    whole = cell(FairnessKind.NETWORK, 19)
    parts = [part(9, 1), part(8, 2), part(2, 3)]
    hide_few([whole, *parts])
    found = whole.received - sum(one.received for one in parts if not one.is_hidden)
    assert whole.is_hidden or found == 0 or found >= FEWEST
