"""What an examination finds, and the register of checks. Other apps register theirs in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from tenants.organisations.models import Organisation


class Level(StrEnum):
    ERROR = "error"  # something does not work, or a wall is open
    WARNING = "warning"  # it works, and somebody should look


@dataclass(frozen=True)
class Finding:
    """`what` is wrong and how to `mend` it, both in words. `repair` mends it, where that can only help."""

    what: str
    mend: str
    level: Level = Level.ERROR
    check: str = ""
    repair: Callable[[], None] | None = field(default=None, compare=False, repr=False)


def error(what: str, mend: str, *, repair: Callable[[], None] | None = None) -> Finding:
    return Finding(what, mend, Level.ERROR, repair=repair)


def warning(what: str, mend: str, *, repair: Callable[[], None] | None = None) -> Finding:
    return Finding(what, mend, Level.WARNING, repair=repair)


Check = Callable[[Organisation], Iterable[Finding]]

_registered: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """A check of one organisation that is not closed; it runs with the network's rights, outside of it."""
    _registered[name] = check


def registered() -> dict[str, Check]:
    return dict(_registered)
