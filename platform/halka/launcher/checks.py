"""`make check`, `make test`, `make openapi`: each check is one line, with what it said when it fails."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from halka.launcher import catalogues, coverage
from halka.launcher.errors import CannotStart
from halka.launcher.screen import WIDTH
from halka.launcher.stamps import ROOT

BIN = Path(sys.executable).parent
OPENAPI = ROOT / "docs" / "generated" / "openapi.yaml"
MANAGE = (sys.executable, "manage.py")


@dataclass(frozen=True)
class Outcome:
    title: str
    seconds: float
    fault: str


@dataclass(frozen=True)
class Check:
    """`fault` returns what is wrong, or an empty text."""

    title: str
    fault: Callable[[], str]

    def run(self) -> Outcome:
        started = time.monotonic()
        fault = self.fault()
        return Outcome(self.title, time.monotonic() - started, fault)


def _command(*words: str) -> Callable[[], str]:
    def fault() -> str:
        done = _run(words)
        return "" if done.returncode == 0 else (done.stdout.strip() or f"exit code {done.returncode}")

    return fault


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _environment(**own: str) -> dict[str, str]:
    """Bytecode is kept below var, also where the machine says not to: without it every process compiles all anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bytecode = {"PYTHONPYCACHEPREFIX": str(ROOT / "var" / "bytecode")}
    return {**kept, **bytecode, "DJANGO_SETTINGS_MODULE": "halka.settings.test", **own}


def _openapi_fault() -> str:
    """The committed description against the one that the code gives."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.yaml"
        said = _write_openapi(fresh)
        if said:
            return said
        if not OPENAPI.exists() or OPENAPI.read_text() != fresh.read_text():
            name = OPENAPI.relative_to(ROOT)
            return f"{name} is not what the code gives: run `make openapi` and read the change."
    return ""


def _write_openapi(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    done = _run([*MANAGE, "spectacular", "--file", str(path), "--validate", "--fail-on-warn"])
    return "" if done.returncode == 0 else done.stdout.strip()


CHECKS = (
    Check("Types (mypy)", _command(str(BIN / "mypy"))),
    Check("Style (ruff)", _command(str(BIN / "ruff"), "check", ".")),
    Check("Format (ruff)", _command(str(BIN / "ruff"), "format", "--check", ".")),
    Check("Imports go downwards (import-linter)", _command(str(BIN / "lint-imports"))),
    Check("Declared dependencies (deptry)", _command(str(BIN / "deptry"), ".")),
    Check("Templates (djlint)", _command(str(BIN / "djlint"), "templates", "--lint", "--quiet")),
    Check("Migrations", _command(*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("Description of the API", _openapi_fault),
    Check("Catalogues", _command(sys.executable, "-m", "halka.launcher", "messages", "--check")),
)


def check() -> int:
    """All of them, as many at once as there are cores; 1 when any fails."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        failed = 0
        for outcome in pool.map(Check.run, CHECKS):
            state = "FAILED" if outcome.fault else "ok"
            print(f"  {outcome.title:<{WIDTH}}{outcome.seconds:>6.1f} s  {state}", flush=True)
            if outcome.fault:
                failed += 1
                print("\n".join(f"      {line}" for line in outcome.fault.splitlines()), flush=True)
    if failed:
        print(f"{failed} of {len(CHECKS)} checks failed.", flush=True)
    return 1 if failed else 0


def test(arguments: Sequence[str]) -> int:
    """The checks, then the tests; where both are well, the tests' closing line is the last one."""
    catalogues.compile_all()
    checked = check()
    # Which tests stay together and which come first is said in tests/conftest.py.
    pytest = ["pytest", "-n", "auto", "--no-loadscope-reorder", *arguments]
    whole = not arguments
    measured = ["slipcover", "--out", str(coverage.REPORT), "-m"] if whole else []
    coverage.REPORT.unlink(missing_ok=True)
    command = [sys.executable, "-m", *measured, *pytest]
    environment = _environment(PYTEST_PLUGINS="tests.measuring") if whole else _environment()
    tested = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    covered = not whole or bool(tested) or coverage.is_enough(coverage.read(coverage.REPORT))
    return tested or checked or (0 if covered else 1)


def openapi() -> int:
    said = _write_openapi(OPENAPI)
    if said:
        raise CannotStart(said)
    print(f"Written: {OPENAPI.relative_to(ROOT)}")
    return 0
