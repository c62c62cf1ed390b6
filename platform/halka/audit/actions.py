"""What an audited action is called on pages. Apps register theirs in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_labels: dict[str, str | Promise] = {}


def register(labels: Mapping[str, str | Promise]) -> None:
    """Maps noun.verb to the words of the audit page."""
    _labels.update(labels)


def label_of(action: str) -> str:
    """The words; the action itself where nobody registered any."""
    return str(_labels.get(action, action))


def known_actions() -> list[tuple[str, str]]:
    """All registered actions with their words, in the order of the words."""
    return sorted(((action, str(label)) for action, label in _labels.items()), key=lambda pair: pair[1])
