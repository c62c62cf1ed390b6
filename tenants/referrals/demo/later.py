"""Chapters of the demo that rooms above this one tell: they register, since nothing here may import them."""

from __future__ import annotations

from collections.abc import Callable

Chapter = Callable[[], None]
_chapters: list[Chapter] = []


def register(tell: Chapter) -> None:
    """`tell()` runs outside of any organisation, once all of them, the secretariat too, have their people."""
    _chapters.append(tell)


def load() -> None:
    for tell in _chapters:
        tell()
