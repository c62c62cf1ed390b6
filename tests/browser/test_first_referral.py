"""docs/first-referral.md, run as it is written: every command, and every answer that the page promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.conftest import Site

pytestmark = pytest.mark.slow

PAGE = Path(settings.ROOT) / "docs" / "first-referral.md"
NETWORK = "export HALKA=http://halka.localhost:8000\n"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)
END = "- end of a block -"
DIFFERS = {
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b": "KEY",
    r"\bH-\w{4}-\w{4}\b": "REFERENCE",
    r"\b\d+\s+\d{4}-\d\d-\d\dT[\d:.]+Z": "NUMBER TIME",
    r"\b\d+ free\b": "SOME free",
    r"\s+": " ",
}


def alike(text: str) -> str:
    """What is the same each time."""
    for pattern, word in DIFFERS.items():
        text = re.sub(pattern, word, text)
    return text.strip()


def test_the_page_does_what_it_says(site: Site) -> None:
    blocks = BLOCK.findall(PAGE.read_text())
    assert [kind for kind, _text in blocks] == ["sh", "text"] * (len(blocks) // 2)
    commands, promised = [text for _kind, text in blocks[::2]], [text for _kind, text in blocks[1::2]]
    assert NETWORK in commands[0]
    commands[0] = commands[0].replace(NETWORK, NETWORK.replace("8000", str(site.port)))
    ran = subprocess.run(
        ["bash", "-e", "-c", f"\necho '{END}'\n".join(commands)],
        cwd=settings.ROOT,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert [alike(text) for text in ran.stdout.split(END)] == [alike(text) for text in promised]
