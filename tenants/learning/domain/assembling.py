"""Which units a person's ratings ask for, and in which order. Motivation comes before skill.

The rule:

1. Of every question the newest answer counts; on the same day the person's own before a colleague's.
2. An answer in the lower half of its scale is low. A side of life with a low answer is weak.
3. A unit is chosen when the question that it moves is low, or when its side of life is weak. The reason is that
   question, or the lowest one of its side.
4. While the psychological side as a whole is in the lower half, units of pure skill wait: what is learned without
   confidence is not used.
5. Units that work on motivation come first, then those for both, then skill; among equals the lowest answer first, and
   then the order of the curriculum.
6. What a unit builds on comes before it, unless it is done already or left out here.
7. No more than MOST units: a plan is a few steps that can be seen, and is assembled anew after the next ratings.

Where nothing is rated yet, the plan is the beginning of the curriculum: its units for motivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any, Final

from halka.common.choices import Dimension
from knowledge_base.enums import Focus
from tenants.caseloads.domain.distance import assessments_of
from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.models import Client
from tenants.caseloads.scales.items import share
from tenants.caseloads.scales.words import items_of
from tenants.learning.domain.reasons import START, Reason, before, rated
from tenants.learning.models import AdoptedUnit

MOST: Final = 10
HALF: Final = 50.0
RANK: Final = {Focus.MOTIVATION: 0, Focus.BOTH: 1, Focus.SKILL: 2}


@dataclass(frozen=True)
class Rating:
    """One answer; `share` is between 0, the worst, and 100, the best."""

    item: str
    text: str
    dimension: str
    answer: int
    steps: int
    share: float
    on: date
    rater: str

    @property
    def is_low(self) -> bool:
        return self.share < HALF

    def reason(self) -> Reason:
        return rated(item=self.item, text=self.text, answer=self.answer, steps=self.steps, on=self.on, rater=self.rater)


@dataclass(frozen=True)
class Choice:
    unit: AdoptedUnit
    why: Reason


def ratings_of(client: Client) -> list[Rating]:
    """The newest answer to each question. One query."""
    newest: dict[tuple[str, str], Rating] = {}
    assessments = sorted(assessments_of(client), key=lambda one: (one.on, one.rater == Rater.CLIENT))
    for assessment in assessments:
        for item in items_of(assessment.scale):
            answer = assessment.answers.get(item.key)
            if answer is not None:
                part = share(answer, steps=item.steps, rising=item.rising)
                newest[item.dimension, item.network or item.text] = Rating(
                    item.network, item.text, item.dimension, answer, item.steps, part, assessment.on, assessment.rater
                )
    return list(newest.values())


def choose(
    units: Sequence[AdoptedUnit], ratings: Iterable[Rating], *, known: frozenset[str] = frozenset(), most: int = MOST
) -> list[Choice]:
    """By the rule above, out of the units of one curriculum in their order. `known` are keys of units that are done or
    in the plan already.
    """
    by_key = {unit.key: unit for unit in units}
    chosen: dict[str, Choice] = {}
    wanted = _wanted(units, list(ratings))
    reasons = {unit.key: why for unit, why in wanted}
    for unit, _why in wanted:
        if unit.key in chosen or unit.key in known:
            continue
        chain = [each for each in chain_of(unit, by_key) if each.key not in chosen and each.key not in known]
        if len(chosen) + len(chain) > most:
            continue
        for each in chain:
            chosen[each.key] = Choice(each, reasons.get(each.key) or before(unit.title))
    return list(chosen.values())


def chain_of(unit: AdoptedUnit, by_key: dict[str, AdoptedUnit]) -> list[AdoptedUnit]:
    """What the unit builds on, the first first, and the unit itself at the end."""
    chain: dict[str, AdoptedUnit] = {}

    def add(each: AdoptedUnit, above: frozenset[str]) -> None:
        for key in each.prerequisites:
            if key in by_key and key not in chain and key not in above:
                add(by_key[key], above | {key})
        chain[each.key] = each

    add(unit, frozenset({unit.key}))
    return list(chain.values())


def _wanted(units: Sequence[AdoptedUnit], ratings: list[Rating]) -> list[tuple[AdoptedUnit, Reason]]:
    """In the order of the rule."""
    if not ratings:
        return [(unit, START) for unit in units if unit.focus == Focus.MOTIVATION]
    sides: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        sides[rating.dimension].append(rating)
    mind = sides.get(Dimension.PSYCHOLOGICAL)
    waits = mind is not None and fmean(rating.share for rating in mind) < HALF
    low = {rating.item: rating for rating in ratings if rating.is_low and rating.item}
    lowest = {side: min(rows, key=lambda rating: rating.share) for side, rows in sides.items()}
    found: list[tuple[Any, AdoptedUnit, Reason]] = []
    for place, unit in enumerate(units):
        asks = low.get(unit.scale_item) or lowest.get(unit.module.dimension)
        if asks is None or not asks.is_low or (waits and unit.focus == Focus.SKILL):
            continue
        found.append(((RANK[Focus(unit.focus)], asks.share, place), unit, asks.reason()))
    return [(unit, why) for _order, unit, why in sorted(found, key=lambda row: row[0])]
