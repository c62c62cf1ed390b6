"""What an audited action and its detail are called on pages. Apps register theirs in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from halka.audit.domain import THEMSELVES
from halka.audit.models import Entry
from halka.common.calendars import localise_digits

Words = str | Promise

_labels: dict[str, Words] = {}
_names: dict[str, Words] = {}
_codes: dict[str, dict[str, Words]] = {}


def register(labels: Mapping[str, Words]) -> None:
    """Maps noun.verb to the words of the audit page."""
    _labels.update(labels)


def register_detail(key: str, name: Words, codes: Mapping[str, Words] | None = None) -> None:
    """`name` is what a key of details is called, by whoever says it first; codes of several apps add up."""
    _names.setdefault(key, name)
    _codes.setdefault(key, {}).update(codes or {})


def label_of(action: str) -> str:
    """The words; the action itself where nobody registered any."""
    return str(_labels.get(action, action))


def actor_of(entry: Entry) -> str:
    """Who it was: somebody's name, software's, that typed by whoever answered by a link, the person themselves on their
    own page, or Halka."""
    if entry.actor_user_id or "software" in entry.detail or "link" in entry.detail:
        return entry.actor_name
    return gettext("The person themselves") if entry.actor_name == THEMSELVES.name else gettext("Halka")


def register_fields(model: type[Model]) -> None:
    """What the model's fields are called, for details that list fields."""
    names = {field.name: field.verbose_name for field in model._meta.concrete_fields}
    register_detail("fields", gettext_lazy("Fields"), names)


def words_of(detail: Mapping[str, Any], people: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """The detail of an entry as people read it, in the order of registering; unknown keys stand as they are.

    `people` maps keys of colleagues to their names.
    """
    detail = {
        key: (people or {}).get(value, value) if isinstance(value, str) else value for key, value in detail.items()
    }
    known = [key for key in _names if key in detail]
    unknown = [key for key in detail if key not in _names]
    return [(str(_names.get(key, key)), _value(key, detail[key])) for key in known + unknown]


def _value(key: str, value: Any) -> str:
    codes = _codes.get(key, {})
    parts = value if isinstance(value, list | tuple) else [value]
    words = (codes.get(str(part)) or (localise_digits(part) if isinstance(part, int) else part) for part in parts)
    return " · ".join(str(word) for word in words)


def known_actions() -> list[tuple[str, str]]:
    """All registered actions with their words, in the order of the words."""
    return sorted(((action, str(label)) for action, label in _labels.items()), key=lambda pair: pair[1])
