"""The house itself: nothing shadows the standard library, nothing outgrows its room."""

from __future__ import annotations

import platform
import re
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


# Who may make a host out of a name: everybody else asks the organisation where it answers (`host`), since its address
# may change and its short name never does.
MAKES_HOSTS = {
    "platform/halka/accounts/views.py": "the name in the address of the page that demanded a second factor",
    "platform/halka/common/addresses.py": "where it is",
    "platform/halka/common/current.py": "the host of what is known of an organisation",
    "tenants/learning/views/feeds.py": "UIDs of calendar entries, which must not change",
    "tenants/organisations/doctor/addresses.py": "the hosts that an organisation had",
    "tenants/organisations/domain/addresses.py": "whether a name is somebody's",
    "tenants/organisations/domain/provisioning.py": "the first host of a new organisation",
    "tenants/referrals/demo/operating.py": "where the demo's organisations answer, also while none is loaded",
}


def test_no_address_is_made_of_a_short_name() -> None:
    users = set()
    for path in tracked("platform/*.py", "tenants/*.py", "network_registry/*.py", "knowledge_base/*.py", "api/*.py"):
        text = path.read_text()
        if "workspace_host(" in text or re.search(r"(short_name|schema_name)\}\.\{settings", text):
            users.add(str(path.relative_to(ROOT)))
    assert users == MAKES_HOSTS.keys()


def test_drafts_are_kept_by_the_component_alone() -> None:
    """Without it a form says that it keeps what is typed, and the page's script fails."""
    bare = {path.name for path in tracked("templates/*.html") if "data-draft" in path.read_text()}
    assert bare == {"draft.html"}
