"""Slow lines: what a browser fetches once is small."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(settings.ROOT)
FIRST_VISIT = 75_000  # bytes, compressed, beside the page itself


def test_the_frame_of_a_workspace_is_light() -> None:
    files = {"icons/sprite.svg", "icons/halka.svg", "django_htmx/htmx-2.min.js"}
    for name in ("base", "workspace"):
        text = (ROOT / "templates" / "layout" / f"{name}.html").read_text()
        files |= set(re.findall(r'{% static "([^"]+)" %}', text))
    files -= {"vendor/bootstrap/bootstrap.rtl.css"}  # one of the two
    found = {name: finders.find(name) for name in sorted(files)}
    assert all(found.values()), found
    assert sum(len(gzip.compress(Path(path).read_bytes())) for path in found.values()) < FIRST_VISIT
