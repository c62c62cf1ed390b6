"""What processes share is begun anew for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from halka.operating import checks, counters


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    counters._pending.clear()
    checks.forget()
    yield
    counters._pending.clear()
    checks.forget()
