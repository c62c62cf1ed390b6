"""What slipcover reports, held against what we ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from halka.launcher import coverage


def report(folder: Path, **files: tuple[int, list[int], list[list[int]]]) -> list[coverage.Measured]:
    """Each file: how many lines were taken, which lines and which branches were not."""
    told: dict[str, Any] = {
        name.replace("_", "/") + ".py": {
            "executed_lines": list(range(taken)),
            "executed_branches": [],
            "missing_lines": lines,
            "missing_branches": branches,
        }
        for name, (taken, lines, branches) in files.items()
    }
    path = folder / "coverage.json"
    path.write_text(json.dumps({"files": told}))
    return coverage.read(path)


def test_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage.is_enough(report(tmp_path, api_views=(96, [7, 8], [[3, 0], [4, 9]]), a_domain_verbs=(4, [], [])))
    assert capsys.readouterr().out == ""


def test_too_little_of_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not coverage.is_enough(
        report(tmp_path, api_views=(93, [7, 8, 9], [[3, 0], [4, 9]]), a_domain_verbs=(1, [], []))
    )
    said = capsys.readouterr().out.splitlines()
    assert said[0].strip() == "94.9 %  api/views.py: 7, 8, 9, 3->exit, 4->9"
    assert said[-2:] == [
        "94.9 % of all code was taken by the tests: 95 % at least.",
        "100.0 % of the verbs in domain/: every branch.",
    ]


def test_one_branch_of_a_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not coverage.is_enough(report(tmp_path, api_views=(500, [7], []), a_domain_verbs=(99, [], [[3, 4]])))
    said = capsys.readouterr().out
    assert "99.0 %  a/domain/verbs.py: 3->4" in said
    assert "api/views.py" not in said


def test_nothing_at_all() -> None:
    assert coverage.share_of([]) == 100
