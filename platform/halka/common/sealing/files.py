"""Sealed files, in parts of 64 KB, so that memory stays flat whatever their size.

Each file has a key of its own, derived from the organisation's. A part is bound to the row and column that the file
belongs to, to the file's name, to its own number, and to whether it is the last: parts that were cut off, left out,
put in another order or taken from another file are found out. The head names the place, so that a rotation of keys
needs no table to find it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files import locks
from django.core.files.storage import default_storage
from django.db import models

from halka.common.current import required_organisation
from halka.common.sealing.errors import KeyMissing, SealBroken
from halka.common.sealing.fields import place_of
from halka.common.sealing.keyring import DataKey, keys_of
from halka.common.sealing.seals import Place

FOLDER: Final = "sealed"
VERSION: Final = 1
PART: Final = 64 * 1024
TAG: Final = 16
SALT: Final = 32
HEAD: Final = struct.Struct(f">4sBHH{SALT}s")  # mark, version, number of the data key, length of the place, salt
MARK: Final = b"HLKA"
NAME: Final = re.compile(rf"{FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{32}}")


def write(*, row: models.Model, column: str, source: Iterable[bytes]) -> str:
    """Seals the bytes (or an uploaded file) for a column of this row. Returns the name to keep there.

    A transaction that is undone leaves the file behind: `remove` it then.
    """
    place = place_of(row, column)
    mark = secrets.token_hex(16)
    name = f"{FOLDER}/{mark[:2]}/{mark}"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _beside(path) as temporary:
        number = _fill(temporary, place, name, source)
        if number != keys_of(place.organisation_id).newest.number:  # rotated while the bytes were coming in
            with _beside(temporary) as again:
                _fill(again, place, name, _opened(temporary, place, name))
                os.replace(again, temporary)
        os.replace(temporary, path)
    return name


def read(*, row: models.Model, column: str, name: str) -> Iterator[bytes]:
    """The file part by part. What is wrong with its beginning is raised at once, the rest when it is come to.

    Raises SealBroken, KeyMissing, FileNotFoundError.
    """
    return _begun(_opened(Path(default_storage.path(name)), place_of(row, column), name))


def read_at(*, place: tuple[str, str, str], name: str) -> Iterator[bytes]:
    """As `read`, by the place (table, column, row) that `stored` gave."""
    return _begun(_opened(Path(default_storage.path(name)), Place(required_organisation().id, *place), name))


def _begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    first = next(parts)

    def all_of_it() -> Iterator[bytes]:
        yield first
        yield from parts

    return all_of_it()


def put_back(*, organisation_id: UUID, place: tuple[str, str, str], name: str, source: Iterable[bytes]) -> None:
    """Seals the bytes under the name that a row keeps already: of a takeout that comes into another installation."""
    if not NAME.fullmatch(name):
        raise SealBroken(f"Not the name of a sealed file: {name}")
    path = Path(settings.MEDIA_ROOT, "organisations", str(organisation_id), name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _beside(path) as temporary:
        _fill(temporary, Place(organisation_id, *place), name, source)
        os.replace(temporary, path)


def size_of(name: str) -> int:
    """How many bytes `read` gives, for headers of responses; a changed file may give another number."""
    path = Path(default_storage.path(name))
    with path.open("rb") as file:
        head, _ = _head(file)
        sealed = path.stat().st_size - head.size
    return sealed - TAG * max(1, -(-sealed // (PART + TAG)))


def remove(name: str) -> None:
    """Nothing happens where the file is gone already. Call it when the row's own removal is committed."""
    with suppress(FileNotFoundError), _held(Path(default_storage.path(name))) as path:
        path.unlink()


def stored(*, before: float) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Name and place (table, column, row) of each complete file of this organisation last written before the time.

    What is no sealed file is passed over.
    """
    folder = Path(default_storage.path(FOLDER))
    root = folder.parent
    for path in sorted(folder.glob("*/*")):
        with suppress(FileNotFoundError, SealBroken):
            if not path.name.startswith(".") and path.stat().st_mtime < before:
                with path.open("rb") as file:
                    head, _ = _head(file)
                yield path.relative_to(root).as_posix(), head.place


# --- rotation ------------------------------------------------------------------------------------------
def reseal_all(organisation_id: UUID) -> tuple[int, list[str]]:
    """Brings the organisation's sealed files under its newest key: how many were under another, and what is broken."""
    root = Path(settings.MEDIA_ROOT, "organisations", str(organisation_id))
    newest = keys_of(organisation_id).newest.number
    count, broken = 0, []
    for path in sorted(root.glob(f"{FOLDER}/*/*")):
        if path.name.startswith("."):
            continue
        try:
            count += _reseal(path, root, organisation_id, newest)
        except FileNotFoundError:  # removed meanwhile
            continue
        except (SealBroken, KeyMissing) as fault:
            broken.append(f"{path.relative_to(root)}: {fault}")
    return count, broken


def _reseal(path: Path, root: Path, organisation_id: UUID, newest: int) -> bool:
    with path.open("rb") as file:
        head, _ = _head(file)
    if head.key_number == newest:
        return False
    place = Place(organisation_id, *head.place)
    name = path.relative_to(root).as_posix()
    with _held(path), _beside(path) as temporary:
        _fill(temporary, place, name, _opened(path, place, name))
        os.replace(temporary, path)
    return True


# --- the format ----------------------------------------------------------------------------------------
class _Head:
    """The first bytes of a file. All of them are bound into every part."""

    def __init__(self, key_number: int, salt: bytes, place: tuple[str, str, str]) -> None:
        self.key_number, self.salt, self.place = key_number, salt, place
        text = json.dumps(place).encode()
        self.bytes = HEAD.pack(MARK, VERSION, key_number, len(text), salt) + text
        self.size = len(self.bytes)


def _head(file: IO[bytes]) -> tuple[_Head, bytes]:
    """Raises SealBroken for what is no sealed file."""
    fixed = file.read(HEAD.size)
    try:
        mark, version, key_number, length, salt = HEAD.unpack(fixed)
        text = file.read(length)
        table, column, row = json.loads(text)
    except (struct.error, ValueError):
        raise SealBroken("Not a sealed file.") from None
    if (mark, version) != (MARK, VERSION):
        raise SealBroken("Not a sealed file.")
    return _Head(key_number, salt, (table, column, row)), fixed + text


def _cipher(key: DataKey, head: _Head) -> AESGCM:
    return AESGCM(key.derived(b"halka sealed file", head.salt))


def _fill(path: Path, place: Place, name: str, source: Iterable[bytes]) -> int:
    """Writes the sealed file. Returns the number of the data key."""
    key = keys_of(place.organisation_id).newest
    head = _Head(key.number, secrets.token_bytes(SALT), (place.table, place.column, place.row))
    cipher = _cipher(key, head)
    bound = head.bytes + place.bytes() + name.encode()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(head.bytes)
        for number, (part, is_last) in enumerate(_parts(source)):
            nonce = _nonce(number, is_last)
            file.write(cipher.encrypt(nonce, part, bound + nonce))
        file.flush()
        os.fsync(file.fileno())
    return key.number


def _opened(path: Path, place: Place, name: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        head, raw = _head(file)
        cipher = _cipher(keys_of(place.organisation_id).numbered(head.key_number), head)
        bound = raw + place.bytes() + name.encode()
        sealed = file.read(PART + TAG)
        number, is_last = 0, False
        while not is_last:
            following = file.read(PART + TAG)
            is_last = not following
            nonce = _nonce(number, is_last)
            try:
                part = cipher.decrypt(nonce, sealed, bound + nonce)
            except InvalidTag:
                raise SealBroken(f"The seal of the file is broken in part {number + 1}: {place}.") from None
            yield part
            sealed, number = following, number + 1


def _nonce(number: int, is_last: bool) -> bytes:
    """Used once: the key is the file's own."""
    return number.to_bytes(11, "big") + bytes([is_last])


def _parts(source: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The bytes in parts of one size; the last is the shorter one, and empty for an empty file."""
    chunks: Any = getattr(source, "chunks", None)
    waiting = bytearray()
    for chunk in chunks() if chunks else source:
        waiting += chunk
        while len(waiting) > PART:
            yield bytes(waiting[:PART]), False
            del waiting[:PART]
    yield bytes(waiting), True


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name for a file that is not complete yet; gone at the end, unless it was moved to its place."""
    temporary = path.with_name(f".{path.name.lstrip('.')}.{secrets.token_hex(4)}")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _held(path: Path) -> Iterator[Path]:
    """Nobody else replaces or removes the file meanwhile. Raises FileNotFoundError."""
    while True:
        with path.open("rb") as file:
            locks.lock(file, locks.LOCK_EX)
            if os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                yield path
                return
