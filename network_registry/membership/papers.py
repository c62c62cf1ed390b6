"""Papers that applicants bring: what is taken, by what is in the file and not by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from network_registry.membership.errors import PaperRefused

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_PAPERS: Final = 8
ACCEPT: Final = "application/pdf,image/jpeg,image/png"
_BEGINNINGS: Final = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_ENDINGS: Final = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True)
class CheckedFile:
    name: str
    content_type: str
    content: bytes


def checked(upload: Any) -> CheckedFile:
    """The file as it is kept. Raises PaperRefused."""
    if upload.size > MOST_BYTES:
        raise PaperRefused(_("This file is too big: up to 5 MB can be kept."))
    content = upload.read()
    kind = next((kind for mark, kind in _BEGINNINGS.items() if content.startswith(mark)), None)
    if kind is None:
        raise PaperRefused(_("Bring a PDF, or a picture as JPEG or PNG."))
    stem = _UNSAFE.sub(" ", upload.name).rsplit(".", 1)[0].strip()[:120] or _("Paper")
    return CheckedFile(f"{stem}{_ENDINGS[kind]}", kind, content)
