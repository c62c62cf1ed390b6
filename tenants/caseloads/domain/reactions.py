"""What other apps do in the transaction in which a person's record, or what they agreed to, has changed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from halka.authorization.roles import Seat

Reaction = Callable[[UUID, bool, Seat], None]
_reactions: list[Reaction] = []


def register(react: Reaction) -> None:
    """`react(key of the client, is_going, by)`: afterwards, or before the person is erased."""
    _reactions.append(react)


def client_changed(client_id: UUID, *, by: Seat) -> None:
    for react in _reactions:
        react(client_id, False, by)


def client_going(client_id: UUID, *, by: Seat) -> None:
    for react in _reactions:
        react(client_id, True, by)
