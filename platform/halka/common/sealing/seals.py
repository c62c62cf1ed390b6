"""Sealing bytes to the place they belong to: AES-256-GCM with organisation, table, column and row as associated data.

A sealed value begins with the version of this format and the number of the data key; then nonce, ciphertext and tag.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag

from halka.common.sealing.errors import SealBroken
from halka.common.sealing.keyring import NONCE_BYTES, keys_of

VERSION: Final = 1
HEAD: Final = struct.Struct(">BH")
BODY: Final = HEAD.size + NONCE_BYTES
SHORTEST: Final = BODY + 16

# What decrypts, and the beginning of what values are bound to.
_Bound: TypeAlias = tuple[Callable[[bytes, bytes, bytes], bytes], bytes]


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs; nowhere else does it open."""

    organisation_id: UUID
    table: str
    column: str
    row: str

    def bytes(self) -> bytes:
        return f"{self.organisation_id}\0{self.table}\0{self.column}\0{self.row}".encode()

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of row {self.row}"


def seal(place: Place, content: bytes) -> bytes:
    """Under the organisation's newest key. Raises KeyMissing."""
    key = keys_of(place.organisation_id).newest
    head = HEAD.pack(VERSION, key.number)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + key.cipher.encrypt(nonce, content, head + place.bytes())


def unseal(place: Place, sealed: bytes) -> bytes:
    """Raises SealBroken for anything but what `seal` made for this very place, KeyMissing where the key is gone."""
    return opener(place.organisation_id, place.table, place.column)(place.row, sealed)


def opener(organisation_id: UUID, table: str, column: str) -> Callable[[str, bytes], bytes]:
    """`opener(…)(row, sealed)` is `unseal` for many rows of one column: keys are looked up once. Raises KeyMissing."""
    keys, anywhere = keys_of(organisation_id), Place(organisation_id, table, column, "")
    place = anywhere.bytes()
    by_head: dict[bytes, _Bound] = {}

    def bound_by(row: str, sealed: bytes) -> _Bound:
        number = key_number(sealed)
        if number is None:
            raise SealBroken(f"Not a sealed value: {replace(anywhere, row=row)}.")
        head = sealed[: HEAD.size]
        by_head[head] = keys.numbered(number).cipher.decrypt, head + place
        return by_head[head]

    def opened(row: str, sealed: bytes) -> bytes:
        decrypt, bound = by_head.get(sealed[: HEAD.size]) or bound_by(row, sealed)
        try:
            return decrypt(sealed[HEAD.size : BODY], sealed[BODY:], bound + row.encode())
        except (InvalidTag, ValueError):  # the latter for what is too short
            raise SealBroken(f"The seal is broken: {replace(anywhere, row=row)}.") from None

    return opened


def key_number(sealed: bytes) -> int | None:
    """The number of the data key that a value was sealed under; None for what is no sealed value."""
    if len(sealed) < SHORTEST or sealed[0] != VERSION:
        return None
    number: int = HEAD.unpack_from(sealed)[1]
    return number


def is_newest(organisation_id: UUID, sealed: bytes) -> bool:
    return key_number(sealed) == keys_of(organisation_id).newest.number
