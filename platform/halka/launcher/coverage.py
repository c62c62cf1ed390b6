"""What the tests took of the code, by slipcover's report: of all of it, and of the verbs in `domain/`.

Servers and commands that tests start in processes of their own are not measured.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

REPORT: Final = Path("var") / "coverage.json"
LEAST: Final = 95.0  # percent of lines and branches of all code; of verbs every one


@dataclass(frozen=True)
class Measured:
    """Lines and branches of one file; `missing` names those that were not taken: "12", "14->17"."""

    path: str
    taken: int
    missing: tuple[str, ...]

    @property
    def is_verbs(self) -> bool:
        return "/domain/" in self.path


def read(report: Path) -> list[Measured]:
    """Raises FileNotFoundError when the run ended before it was written."""
    return list(_measured(json.loads(report.read_text())["files"]))


def _measured(files: dict[str, dict[str, Any]]) -> Iterator[Measured]:
    for path, file in sorted(files.items()):
        branches = [f"{start}->{end if end else 'exit'}" for start, end in file["missing_branches"]]
        missing = (*map(str, file["missing_lines"]), *branches)
        yield Measured(path, len(file["executed_lines"]) + len(file["executed_branches"]), missing)


def share_of(files: list[Measured]) -> float:
    """Percent; 100 of nothing."""
    taken = sum(file.taken for file in files)
    missing = sum(len(file.missing) for file in files)
    return 100 * taken / (taken + missing) if taken + missing else 100.0


def is_enough(files: list[Measured]) -> bool:
    """Says what is missing, and where, when it is not; silent otherwise."""
    verbs = [file for file in files if file.is_verbs]
    enough = share_of(files) >= LEAST
    for file in files if not enough else verbs:
        if file.missing:
            print(f"{share_of([file]):>6.1f} %  {file.path}: {', '.join(file.missing)}")
    if not enough or any(file.missing for file in verbs):
        print(f"{share_of(files):.1f} % of all code was taken by the tests: {LEAST:.0f} % at least.")
        print(f"{share_of(verbs):.1f} % of the verbs in domain/: every branch.", flush=True)
        return False
    return True
