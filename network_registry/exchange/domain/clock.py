"""When what happens by itself: pure functions of times and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from network_registry.exchange.enums import (
    ANSWER_DEADLINES,
    CLOCK_RUNS,
    RESULTS,
    RETRACTED,
    SETTLING_DAYS,
    Deadline,
    State,
)


@dataclass(frozen=True)
class Clock:
    """`waited` so far without the time since `since`, which is None while the clock stands."""

    waited: timedelta = timedelta()
    since: datetime | None = None
    passed: str = ""
    due: str = ""
    due_at: datetime | None = None


def moved(clock: Clock, *, to: State, days: Mapping[str, int], now: datetime) -> Clock:
    """The clock after a referral came into a state: it runs while an answer is due, and stands while information is
    asked for, whose own time is that of expiry; what has ended is closed after a while, and what was taken back has to
    be confirmed."""
    waited = clock.waited + (now - clock.since if clock.since else timedelta())
    since = now if to in CLOCK_RUNS else None
    standing = Clock(waited=waited, since=since, passed=clock.passed)
    if to in CLOCK_RUNS:
        return due_next(standing, days=days)
    if to == State.INFO_REQUESTED:
        return _due(standing, Deadline.EXPIRY, now + timedelta(days=days[Deadline.EXPIRY]))
    if to in RESULTS:
        return _due(standing, Deadline.CLOSING, now + timedelta(days=days[Deadline.CLOSING]))
    if to in RETRACTED:
        return settling(standing, now=now)
    return standing


def passed(clock: Clock, *, days: Mapping[str, int]) -> Clock:
    """The clock after a reminder or the word to managers went out."""
    return due_next(Clock(waited=clock.waited, since=clock.since, passed=clock.due), days=days)


def latest(clock: Clock, *, days: Mapping[str, int], now: datetime) -> Clock:
    """With the last of the reminders that are behind us: where the network stood still, nobody is reminded twice."""
    while clock.due in ANSWER_DEADLINES[:-1]:
        following = passed(clock, days=days)
        if following.due_at is None or following.due_at > now:
            break
        clock = following
    return clock


def settling(clock: Clock, *, now: datetime) -> Clock:
    """The recipient is asked what became of its copy, and asked again."""
    return _due(clock, Deadline.SETTLING, now + timedelta(days=SETTLING_DAYS))


def answer_due(clock: Clock, *, days: Mapping[str, int]) -> datetime | None:
    """When what waits for an answer expires; None while the clock stands."""
    if clock.since is None:
        return None
    return clock.since - clock.waited + timedelta(days=days[Deadline.EXPIRY])


def due_next(clock: Clock, *, days: Mapping[str, int]) -> Clock:
    """With the deadline of waiting that follows the one that passed last."""
    assert clock.since is not None
    following = (
        ANSWER_DEADLINES[ANSWER_DEADLINES.index(Deadline(clock.passed)) + 1 :] if clock.passed else ANSWER_DEADLINES
    )
    return _due(clock, following[0], clock.since - clock.waited + timedelta(days=days[following[0]]))


def _due(clock: Clock, deadline: Deadline, at: datetime) -> Clock:
    return Clock(waited=clock.waited, since=clock.since, passed=clock.passed, due=deadline, due_at=at)
