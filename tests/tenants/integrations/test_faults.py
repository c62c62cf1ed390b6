"""A look at what `make bench ONLY=webhooks` proves by the thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import faults
from halka.common.current import OrganisationRef


@pytest.mark.slow
def test_whoever_is_killed_nothing_is_lost_doubled_or_out_of_order(hooked: OrganisationRef, tmp_path: Path) -> None:
    report = faults.run(hooked, seed=20_261_122, target=20, folder=tmp_path)
    assert report.holds, report
    assert report.events
    assert report.messages >= faults.RECEIVERS * report.events
