"""What works now, in the words of the status page: by the same checks that monitors ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from halka.operating import checks
from network_registry.status.enums import Part

# Part -> checks that must be well for it to work.
NEEDS: Final = {
    Part.PAGES: frozenset({"database", "migrations"}),
    Part.BACKGROUND: frozenset({"database", "migrations", "broker", "worker-celery", "worker-provisioning"}),
    Part.WEBHOOKS: frozenset({"database", "migrations", "broker", "worker-webhooks"}),
}


@dataclass(frozen=True)
class Standing:
    part: Part
    works: bool


def standings() -> list[Standing]:
    broken = {result.name for result in checks.results() if not result.is_good}
    return [Standing(part, not needed & broken) for part, needed in NEEDS.items()]
