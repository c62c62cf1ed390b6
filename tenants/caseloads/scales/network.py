"""The network's own scales: anybody can rate on them without setting anything up, and all others are mapped to them.

Five answers for each question: each has a place that people can tell from the next one, five buttons fit beside each
other on a small phone, and the mean of six questions still shows small steps. The words at both ends are what the
person would say. Nothing here asks for a job.

A key never changes its meaning. What is asked in another way gets a new number, what is asked newly a new key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.scales.items import USUAL, Item

FAMILIES: Final = UUID("6b1f1f5e-2f0c-5d0a-9d55-0a3c5d1f7e42")
Words = str | Promise


@dataclass(frozen=True)
class NetworkItem:
    """A question of the network, in words that are translated where they are read."""

    key: str
    dimension: Dimension
    text: Words
    low: Words
    high: Words
    rising: bool = True

    def in_english(self) -> Item:
        """As it is kept with an organisation's answers. To be called with English active."""
        return Item(
            self.key, str(self.text), self.dimension.value, str(self.low), str(self.high), USUAL, self.rising, self.key
        )


@dataclass(frozen=True)
class NetworkScale:
    key: str
    number: int
    name: Words
    description: Words
    items: tuple[NetworkItem, ...]

    @property
    def family(self) -> UUID:
        return uuid5(FAMILIES, self.key)

    @property
    def pk(self) -> UUID:
        """The same in every organisation, so that it can be referred to before it is kept there."""
        return uuid5(FAMILIES, f"{self.key} {self.number}")


_PSYCHOLOGICAL = (
    NetworkItem(
        "hope",
        Dimension.PSYCHOLOGICAL,
        _("Hope for what is coming"),
        _("I expect nothing good"),
        _("I have something to look forward to"),
    ),
    NetworkItem(
        "confidence",
        Dimension.PSYCHOLOGICAL,
        _("Trust in myself"),
        _("I do not believe that I can do things"),
        _("I know what I can do"),
    ),
    NetworkItem(
        "day",
        Dimension.PSYCHOLOGICAL,
        _("Starting the day"),
        _("I hardly get going"),
        _("I get going by myself"),
    ),
    NetworkItem(
        "setbacks",
        Dimension.PSYCHOLOGICAL,
        _("When something goes wrong"),
        _("I give up"),
        _("I try once more"),
    ),
    NetworkItem(
        "voice",
        Dimension.PSYCHOLOGICAL,
        _("Saying what I think"),
        _("I keep silent or give in"),
        _("I say it calmly, also when it is hard"),
    ),
    NetworkItem(
        "fear",
        Dimension.PSYCHOLOGICAL,
        _("Tension and fear"),
        _("Hardly ever"),
        _("Nearly all the time"),
        rising=False,
    ),
)
_SOCIAL = (
    NetworkItem(
        "talk",
        Dimension.SOCIAL,
        _("Talking with people I do not know"),
        _("I avoid it"),
        _("I do it without fear"),
    ),
    NetworkItem(
        "support",
        Dimension.SOCIAL,
        _("People I can count on"),
        _("There is nobody"),
        _("There are several"),
    ),
    NetworkItem(
        "home",
        Dimension.SOCIAL,
        _("How we get on at home"),
        _("We quarrel or do not talk"),
        _("We help each other"),
    ),
    NetworkItem(
        "together",
        Dimension.SOCIAL,
        _("Doing things with others"),
        _("I stay away"),
        _("I join in and do my part"),
    ),
    NetworkItem(
        "promises",
        Dimension.SOCIAL,
        _("Keeping appointments"),
        _("I often do not come"),
        _("I come, or I call in time"),
    ),
    NetworkItem(
        "alone",
        Dimension.SOCIAL,
        _("Feeling alone"),
        _("Hardly ever"),
        _("Nearly all the time"),
        rising=False,
    ),
)
_ECONOMIC = (
    NetworkItem(
        "direction",
        Dimension.ECONOMIC,
        _("Knowing what I want to do"),
        _("I have no idea yet"),
        _("I know it, and the next step too"),
    ),
    NetworkItem(
        "skills",
        Dimension.ECONOMIC,
        _("Things I can do that are worth money"),
        _("I see none"),
        _("I can name and show them"),
    ),
    NetworkItem(
        "search",
        Dimension.ECONOMIC,
        _("Looking for work or learning"),
        _("I do not know how"),
        _("I do it regularly and by myself"),
    ),
    NetworkItem(
        "endurance",
        Dimension.ECONOMIC,
        _("Staying with a task"),
        _("Not even an hour"),
        _("A whole working day"),
    ),
    NetworkItem(
        "offices",
        Dimension.ECONOMIC,
        _("Forms, offices and computers"),
        _("Somebody must do it for me"),
        _("I manage by myself"),
    ),
    NetworkItem(
        "budget",
        Dimension.ECONOMIC,
        _("Making money last"),
        _("It is gone, and I do not know where"),
        _("I plan it, and it lasts the month"),
    ),
    NetworkItem(
        "worry",
        Dimension.ECONOMIC,
        _("Worry about money"),
        _("Hardly ever"),
        _("Nearly all the time"),
        rising=False,
    ),
)
ITEMS: Final[dict[str, NetworkItem]] = {item.key: item for item in (*_PSYCHOLOGICAL, *_SOCIAL, *_ECONOMIC)}
_SHORT = ("hope", "confidence", "talk", "support", "direction", "worry")
SCALES: Final = (
    NetworkScale(
        "full",
        1,
        _("The whole picture"),
        _("Nineteen questions on all three sides of life: for the beginning, reviews and the end."),
        tuple(ITEMS.values()),
    ),
    NetworkScale(
        "short",
        1,
        _("Six questions"),
        _("Two questions on each side of life: for in between, ready in two minutes."),
        tuple(ITEMS[key] for key in _SHORT),
    ),
)
BY_FAMILY: Final = {scale.family: scale for scale in SCALES}
BY_PK: Final = {scale.pk: scale for scale in SCALES}


def is_networks(scale: Any) -> bool:
    """Whether a kept scale is the network's own, not one that was made from it."""
    return scale.family in BY_FAMILY


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The network's items by dimension, for selecting one."""
    return [
        (str(dimension.label), [(key, str(item.text)) for key, item in ITEMS.items() if item.dimension == dimension])
        for dimension in Dimension
    ]
