"""The house itself: nothing shadows the standard library, nothing outgrows its room."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_platform_is_the_standard_librarys() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert not list((ROOT / "platform").glob("*.py"))
    assert "site-packages" not in platform.__file__
    assert not Path(platform.__file__).is_relative_to(ROOT / "platform")


def test_no_file_is_beyond_600_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", "*.html", "*.js", "*.css")
        if "migrations" not in path.parts and "vendor" not in path.parts
        if (lines := len(path.read_text().splitlines())) > 600
    }
    assert long == {}


@pytest.mark.parametrize("word", ["schema_context", "tenant_context", "transaction.on_commit"])
def test_only_isolation_uses(word: str) -> None:
    users = [
        str(path.relative_to(ROOT))
        for path in tracked("platform/*.py", "tenants/*.py", "network_registry/*.py", "knowledge_base/*.py", "api/*.py")
        if word in path.read_text()
    ]
    assert users in ([], ["tenants/organisations/isolation.py"])


def test_drafts_are_kept_by_the_component_alone() -> None:
    """Without it a form says that it keeps what is typed, and the page's script fails."""
    bare = {path.name for path in tracked("templates/*.html") if "data-draft" in path.read_text()}
    assert bare == {"draft.html"}
