"""Reads what a page sends of its draft."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from django.urls import Resolver404, resolve

from tenants.caseloads.domain.drafts import NewDraft
from tenants.caseloads.models import Draft

MOST_BYTES: Final = 60_000
MOST_NAMES: Final = 300
LONGEST_NAME: Final = 100
PAGE: Final = re.compile(r"[0-9a-f]{0,32}")


class BadDraft(ValueError):
    """What came is no draft of a form of ours."""


def form_address(text: Any, urlconf: str) -> str:
    """The address of a page of the workspace, and after a # the form's name on it. Raises BadDraft."""
    if not isinstance(text, str) or len(text) > Draft._meta.get_field("form").max_length:
        raise BadDraft
    try:
        resolve(text.partition("#")[0], urlconf)
    except Resolver404 as error:
        raise BadDraft from error
    return text


def page_mark(text: Any) -> str:
    """Raises BadDraft."""
    if not isinstance(text, str) or not PAGE.fullmatch(text):
        raise BadDraft
    return text


def read_draft(body: bytes, urlconf: str) -> NewDraft:
    """Raises BadDraft."""
    try:
        sent = json.loads(body)
        json.dumps(sent, ensure_ascii=False).encode()  # half of a surrogate pair cannot be sealed
    except (ValueError, RecursionError) as error:
        raise BadDraft from error
    if not isinstance(sent, dict):
        raise BadDraft
    values, version = sent.get("values", {}), sent.get("seen_version")
    if not isinstance(values, dict) or len(values) > MOST_NAMES or not all(map(_is_value, values.items())):
        raise BadDraft
    if version is not None and not (type(version) is int and 0 <= version < 2**31):
        raise BadDraft
    return NewDraft(form_address(sent.get("form"), urlconf), values, version, page_mark(sent.get("page", "")))


def _is_value(pair: tuple[str, Any]) -> bool:
    name, texts = pair
    return len(name) <= LONGEST_NAME and isinstance(texts, list) and all(isinstance(text, str) for text in texts)
