"""Whom entries are about, by name. The app that knows the people registers how to find and to name them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from halka.authorization.roles import Seat

MOST: Final = 8  # people to choose from


@dataclass(frozen=True)
class Subject:
    """A person as one reader may see them; `url` leads to what became of their record, empty for nowhere."""

    id: UUID
    name: str
    url: str


class Directory(Protocol):
    def may_search(self, seat: Seat) -> bool: ...

    def search(self, seat: Seat, text: str, most: int) -> list[Subject]:
        """Those whose names hold the text, of those that the reader may see."""

    def named(self, seat: Seat, keys: Collection[UUID]) -> list[Subject]:
        """Those with these keys, of those that the reader may see. One query."""


_directories: list[Directory] = []


def register(directory: Directory) -> None:
    """There is one; a later one takes the place of an earlier."""
    _directories[:] = [directory]


def may_search(seat: Seat) -> bool:
    return any(directory.may_search(seat) for directory in _directories)


def search(seat: Seat, text: str) -> list[Subject]:
    """A few people by name; none for an empty text."""
    if not text.strip():
        return []
    return [subject for directory in _directories for subject in directory.search(seat, text, MOST)]


def named(seat: Seat, keys: Collection[UUID]) -> dict[UUID, Subject]:
    return {subject.id: subject for directory in _directories for subject in directory.named(seat, keys)}
