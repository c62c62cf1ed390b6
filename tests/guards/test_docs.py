"""What the documents say exists: generated tables, settings, commands, make's targets, links."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from api.management.documents import DOCUMENTS, FOLDER, text_of
from halka.settings.environment import VARIABLES

ROOT = Path(settings.ROOT)
WRITTEN = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
MAKEFILE = (ROOT / "Makefile").read_text()
MOST_WORDS = 400


def of(*documents: Path) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in documents]


def code(path: Path) -> str:
    """All that stands in code marks or code blocks of the document."""
    text = path.read_text()
    blocks = re.findall(r"```.*?```|^    .+$|`[^`\n]+`", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(blocks)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_generated_documents_are_what_the_code_says(name: str) -> None:
    assert (FOLDER / name).read_text() == text_of(name), "run `manage.py write_docs` and read the change"


def test_nothing_else_lies_among_the_generated() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*DOCUMENTS, "openapi.yaml"}


@pytest.mark.parametrize("path", of(*WRITTEN))
def test_every_make_target_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`|&& )make ([a-z]+)", code(path), flags=re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("path", of(*WRITTEN))
def test_every_command_exists(path: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z]\w+)", path.read_text()))
    assert named - get_commands().keys() == set()


@pytest.mark.parametrize("path", of(*WRITTEN))
def test_every_name_in_capitals_exists(path: Path) -> None:
    """Variables of the environment and of make, settings, and constants of the code."""
    named = set(re.findall(r"\b[A-Z]{2,}[A-Z_]*_[A-Z_]+\b|\b[A-Z]{4,}(?==)", code(path)))
    named -= set(re.findall(r"\$\{?([A-Z_]+)", code(path)))  # what a page sets for its own commands
    unknown = {name for name in named if name not in VARIABLES and not hasattr(settings, name)}
    assert {name for name in unknown if not _stands_in_the_code(name)} == set()


def _stands_in_the_code(name: str) -> bool:
    found = subprocess.run(
        ["git", "grep", "--quiet", "--word-regexp", name, "--", "*.py", "*.yaml", "*.sh", "Makefile", "docker"],
        cwd=ROOT,
        check=False,
    )
    return found.returncode == 0


@pytest.mark.parametrize("path", of(*WRITTEN))
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", path.read_text())
    inside = {target.partition("#")[0] for target in targets if not re.match(r"https?:|mailto:|#", target)}
    assert {target for target in inside if not (path.parent / target).exists()} == set()


@pytest.mark.parametrize("path", of(*ADRS))
def test_a_decision_is_short_and_numbered(path: Path) -> None:
    text = path.read_text()
    assert len(text.split()) <= MOST_WORDS
    assert text.startswith(f"# {int(path.name[:4])}. ")
    for part in ("## Decided", "## Why", "## What it costs"):
        assert part in text


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))


def test_the_glossary_has_every_term_in_six_languages() -> None:
    languages = [name for _code, name in settings.LANGUAGES if name != "English"]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
        if line.count("|") == 8
    ]
    heads = [row for row in rows if row[0] == "English"]
    assert all(row[2:] == languages for row in heads)
    assert all(all(row) for row in rows)
    terms = [row[0] for row in rows if row[0] not in ("English", "---")]
    assert len(terms) == len(set(terms))
