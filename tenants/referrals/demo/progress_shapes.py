"""What ratings and plans of the demo network are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoRating:
    """`levels` are psychological, social and economic, between 0 and 10; `scale` is full, short or own."""

    days: int
    rater: str
    levels: tuple[float, float, float]
    scale: str = "short"
    note: str = ""


@dataclass(frozen=True)
class DemoStep:
    """`who`: empty for the person, me for their mentor, or a name; `due` and `done` in days from today."""

    text: str
    who: str = ""
    due: int | None = None
    done: int | None = None


@dataclass(frozen=True)
class DemoGoal:
    text: str
    dimension: str
    item: str
    steps: tuple[DemoStep, ...]


@dataclass(frozen=True)
class DemoPlan:
    """`agreed` days ago, or still a draft; `review` in days from today."""

    goals: tuple[DemoGoal, ...]
    review: int
    agreed: int | None = None


@dataclass(frozen=True)
class DemoWay:
    """What is known of one client, who is named as in the organisation's list."""

    client: str
    ratings: tuple[DemoRating, ...] = ()
    findings: tuple[tuple[str, str, str], ...] = ()  # kind, words, dimension
    plan: DemoPlan | None = None


def way(*steps: tuple[int, float, float, float]) -> tuple[DemoRating, ...]:
    """Days ago with the three levels as the mentor saw them; the first and the last in full.

    The person rated on the same days, a little lower at first and a little higher at the end.
    """
    last = len(steps) - 1
    ratings = []
    for place, (days, *levels) in enumerate(steps):
        scale = "full" if place in (0, last) else "short"
        shift = -1.2 + 2.0 * place / max(last, 1)
        ratings.append(DemoRating(days, "mentor", (levels[0], levels[1], levels[2]), scale))
        own = (levels[0] + shift, levels[1] + shift / 2, levels[2] - shift / 2)
        ratings.append(DemoRating(days, "client", own, scale))
    return tuple(ratings)
