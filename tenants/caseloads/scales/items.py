"""One question of a scale, and how its answers become comparable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

FEWEST: Final = 2  # answers to choose from
MOST: Final = 11
USUAL: Final = 5
MAXIMUM: Final = 40  # items of one scale


@dataclass(frozen=True)
class Item:
    """`low` and `high` are what the first and the last answer mean, `steps` how many answers there are (0 … steps - 1),
    `rising` whether more is better, `network` the key of the network's item that it stands for.
    """

    key: str
    text: str
    dimension: str
    low: str = ""
    high: str = ""
    steps: int = USUAL
    rising: bool = True
    network: str = ""

    @property
    def answers(self) -> range:
        return range(self.steps)


NAMES: Final = tuple(field.name for field in fields(Item))


def as_item(stored: Mapping[str, Any]) -> Item:
    return Item(**{name: stored[name] for name in NAMES if name in stored})


def stored(item: Item) -> dict[str, Any]:
    return asdict(item)


def share(answer: int, *, steps: int, rising: bool) -> float:
    """The answer between 0, the worst, and 100, the best."""
    reached = 100 * answer / (steps - 1)
    return reached if rising else 100 - reached
