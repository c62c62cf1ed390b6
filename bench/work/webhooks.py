"""One organisation of Halka, whose webhooks are put to the test."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench import faults
from tenants.organisations.domain.provisioning import NewOrganisation, provision


def run(seed: int, target: int) -> dict[str, Any]:
    made = provision(new=NewOrganisation("hooked", {"en": "Hooked"})).ref()
    faults.PATIENCE = 3600.0
    with tempfile.TemporaryDirectory(prefix="halka-webhooks-") as folder:
        report = faults.run(made, seed=seed, target=target, folder=Path(folder))
    return {**vars(report), "faults": dict(report.faults), "holds": report.holds}
