"""A form in a part that is included `only` with what it is given is given its token too, or it is refused."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "templates"
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"([^%]*)%}')
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.rglob("*.html")}


def needs_token(name: str, above: tuple[str, ...] = ()) -> bool:
    """Whether it has a form of its own, or includes one that it has to give the token to."""
    if name in above or name not in TEXTS:
        return False
    return "{% csrf_token %}" in TEXTS[name] or any(
        needs_token(part, (*above, name)) for part, more in INCLUDE.findall(TEXTS[name]) if passes_on(more)
    )


def passes_on(more: str) -> bool:
    return "only" not in more.split() or "csrf_token=csrf_token" in more


def test_forms_in_parts_get_their_token() -> None:
    without = [
        f"{name} includes {part}"
        for name, text in TEXTS.items()
        for part, more in INCLUDE.findall(text)
        if not passes_on(more) and needs_token(part)
    ]
    assert without == []
