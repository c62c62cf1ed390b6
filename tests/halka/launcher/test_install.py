"""The first step on a bare machine: one sentence when it cannot go on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from halka.launcher import install
from halka.launcher.stamps import ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose packages are installed as its stamp says."""
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(f"content of {name}\n")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "STAMP", tmp_path / "installed.json")
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What pip was asked for."""
    calls: list[list[str]] = []
    monkeypatch.setattr(install, "pip", lambda title, arguments, packages: calls.append(arguments))
    monkeypatch.setattr(install, "run", lambda command: subprocess.CompletedProcess(command, 0, ""))
    return calls


def test_packages_are_checked_against_their_hashes(project: Path, asked: list[list[str]]) -> None:
    install.install("requirements.txt")
    assert asked[0] == ["--require-hashes", "--no-compile", "-r", "requirements.txt"]
    assert asked[1] == ["--no-deps", "--no-build-isolation", "-e", "."]


def test_nothing_is_installed_twice(project: Path, asked: list[list[str]]) -> None:
    install.install("requirements.txt")
    asked.clear()
    install.install("requirements.txt")
    assert asked == []
    (project / "requirements.txt").write_text("another\n")
    install.install("requirements.txt")
    assert len(asked) == 2


def test_a_change_of_the_project_file_installs_the_project_alone(project: Path, asked: list[list[str]]) -> None:
    install.install("requirements.txt")
    asked.clear()
    (project / "pyproject.toml").write_text("another\n")
    install.install("requirements.txt")
    assert asked == [["--no-deps", "--no-build-isolation", "-e", "."]]


def test_the_packages_of_the_tests_hold_those_of_the_run(project: Path, asked: list[list[str]]) -> None:
    install.install("requirements-dev.txt")
    asked.clear()
    install.install("requirements.txt")
    assert asked == []


def test_a_broken_stamp_means_install(project: Path, asked: list[list[str]]) -> None:
    for content in ("{", json.dumps(["requirements.txt"])):
        asked.clear()
        install.STAMP.write_text(content)
        install.install("requirements.txt")
        assert len(asked) == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "No space is left on the disk"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "No permission to write"),
        ("OSError: [Errno 30] Read-only file system", "read-only disk"),
        ("anything else", "otherwise"),
    ],
)
def test_a_refusal_is_one_sentence(said: str, sentence: str) -> None:
    refusal = str(install.Step("Installing").refused(said, "otherwise"))
    assert sentence in refusal
    assert "\n" not in refusal


def test_what_the_tests_need_is_named_when_it_cannot_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    with pytest.raises(install.CannotInstall, match="sudo apt-get install chromium gettext pgbouncer"):
        install.install_system_packages()


def test_a_python_without_venv_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(install, "PYTHON", tmp_path / "python")
    said = "The virtual environment was not created successfully because ensurepip is not available."
    monkeypatch.setattr(install, "run", lambda command: subprocess.CompletedProcess(command, 1, said))
    with pytest.raises(install.CannotInstall, match="python3-venv"):
        install.make_venv()


def test_no_python_or_an_old_one_is_told_in_one_sentence() -> None:
    old = Path(sys.executable).with_name("no-such-python")
    done = subprocess.run(["make", f"PYTHON={old}", "run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout.startswith("Halka needs Python 3.11 or newer: install it")
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
