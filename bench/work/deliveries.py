"""Two organisations of Halka, between which referrals are put to the test."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench import carrying, faults
from tenants.organisations.domain.provisioning import NewOrganisation, provision


def run(seed: int, goal: int) -> dict[str, Any]:
    sender, target = (provision(new=NewOrganisation(name, {"en": name})).ref() for name in ("fromhere", "tothere"))
    faults.PATIENCE = 3600.0
    with tempfile.TemporaryDirectory(prefix="halka-deliveries-") as folder:
        report = carrying.run(sender, target, seed=seed, goal=goal, folder=Path(folder))
    return {**vars(report), "faults": dict(report.faults), "holds": report.holds}
