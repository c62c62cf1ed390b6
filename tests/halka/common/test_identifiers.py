"""Identifiers sort by the time they were made at, to a quarter of a microsecond."""

from __future__ import annotations

import pytest

from halka.common import identifiers

MOMENT = 1_764_000_000_123_456_789


def test_they_sort_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [MOMENT + step for step in (0, 1_000, 2_000, 876_543_210, 10**9)]
    made = []
    for moment in moments:
        monkeypatch.setattr(identifiers.time, "time_ns", lambda moment=moment: moment)
        made.append(identifiers.uuid7())
    assert made == sorted(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert made[0].int >> 80 == MOMENT // 1_000_000


def test_two_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifiers.time, "time_ns", lambda: MOMENT)
    assert identifiers.uuid7() != identifiers.uuid7()
