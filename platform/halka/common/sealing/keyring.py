"""The keys of the organisations: one file for each in settings.KEYRING_ROOT, never in the database.

An organisation's data keys are random and numbered. Each is wrapped under a key derived from a master key of
settings.MASTER_KEYS; what is wrapped says which. New values are sealed under the newest data key, the older ones are
kept until nothing is left that was sealed under them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.files import locks

from halka.common.sealing.errors import KeyDestroyed, KeyExists, KeyMissing

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
CACHED_SECONDS: Final = 30.0
CACHED_ORGANISATIONS: Final = 64
PEPPER: Final = "pepper"  # stands where an organisation's key does
PEPPER_FILE: Final = "network.pepper"


class DataKey:
    """One data key, ready for use."""

    __slots__ = ("_index_key", "_raw", "cipher", "number")

    def __init__(self, number: int, raw: bytes) -> None:
        self.number = number
        self.cipher = AESGCM(raw)
        self._raw = raw
        self._index_key = derived(raw, b"halka blind index")

    def __repr__(self) -> str:
        return f"<data key {self.number}>"

    def derived(self, purpose: bytes, salt: bytes) -> bytes:
        """A key for one thing alone."""
        return derived(self._raw, purpose, salt)

    def index_of(self, message: bytes) -> bytes:
        """The same for the same message, and telling nothing of it to those without the key."""
        return hmac.digest(self._index_key, message, "sha256")


class Keys:
    """The data keys of one organisation by their numbers; the newest seals."""

    __slots__ = ("by_number", "newest", "organisation_id")

    def __init__(self, organisation_id: UUID, keys: Iterable[DataKey]) -> None:
        self.organisation_id = organisation_id
        self.by_number = {key.number: key for key in keys}
        self.newest = self.by_number[max(self.by_number)]

    def numbered(self, number: int) -> DataKey:
        """Raises KeyMissing."""
        try:
            return self.by_number[number]
        except KeyError:
            raise KeyMissing(
                f"Data key {number} of organisation {self.organisation_id} is not in the keyring any more."
            ) from None


def derived(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)


# --- reading -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Cached:
    root: Path
    path: str
    stamp: tuple[int, int, int]
    until: float
    keys: Keys


_cache: dict[UUID, _Cached] = {}
_cache_lock = threading.Lock()


def keys_of(organisation_id: UUID) -> Keys:
    """The organisation's keys. A changed or removed file counts at once. Raises KeyMissing."""
    cached = _cache.get(organisation_id)
    if cached is not None and cached.until > time.monotonic() and cached.root is settings.KEYRING_ROOT:
        with suppress(FileNotFoundError):
            if _stamp(cached.path) == cached.stamp:
                return cached.keys
    return _read(organisation_id)


def _read(organisation_id: UUID) -> Keys:
    path = str(_path(organisation_id))
    with _cache_lock:
        _cache.pop(organisation_id, None)
    try:
        stamp = _stamp(path)
    except FileNotFoundError:
        raise _missing(organisation_id) from None
    content = _content(organisation_id)
    keys = Keys(organisation_id, (DataKey(row["number"], _unwrapped(row, content)) for row in content["keys"]))
    with _cache_lock:
        while len(_cache) >= CACHED_ORGANISATIONS:
            del _cache[next(iter(_cache))]
        _cache[organisation_id] = _Cached(settings.KEYRING_ROOT, path, stamp, time.monotonic() + CACHED_SECONDS, keys)
    return keys


def exists(organisation_id: UUID) -> bool:
    return _path(organisation_id).exists() and not is_destroyed(organisation_id)


def is_destroyed(organisation_id: UUID) -> bool:
    return _tombstone(organisation_id).exists()


def checksum(organisation_id: UUID) -> str:
    """SHA-256 of the organisation's file, by which a copy of it is known again. Empty where there is none."""
    with suppress(FileNotFoundError):
        return hashlib.sha256(_path(organisation_id).read_bytes()).hexdigest()
    return ""


def organisations() -> list[UUID]:
    """All that have a file in the keyring and were not destroyed."""
    found = (UUID(path.stem) for path in Path(settings.KEYRING_ROOT).glob("*.json"))
    return sorted(identifier for identifier in found if not is_destroyed(identifier))


def _stamp(path: str) -> tuple[int, int, int]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_ino, status.st_size


def _content(organisation_id: UUID) -> dict[str, Any]:
    if is_destroyed(organisation_id):
        raise _missing(organisation_id)
    try:
        content: dict[str, Any] = json.loads(_path(organisation_id).read_bytes())
    except FileNotFoundError:
        raise _missing(organisation_id) from None
    return content


def _missing(organisation_id: UUID) -> KeyMissing:
    if is_destroyed(organisation_id):
        return KeyDestroyed(f"The keys of organisation {organisation_id} were destroyed.")
    return KeyMissing(
        f"Organisation {organisation_id} has no keys in {settings.KEYRING_ROOT}: "
        "bring the keyring back from its backup."
    )


# --- wrapping under master keys ------------------------------------------------------------------------
def fingerprint(master_key: str) -> str:
    """Tells which master key a data key is wrapped under, and nothing else."""
    return hashlib.sha256(derived(master_key.encode(), b"halka master key's name")).hexdigest()[:16]


def current_master_key() -> str:
    """Its fingerprint."""
    return fingerprint(settings.MASTER_KEYS[0])


def _wrapped(organisation_id: UUID | str, number: int, raw: bytes) -> dict[str, Any]:
    master_key = settings.MASTER_KEYS[0]
    place = f"halka keyring {organisation_id} {number}".encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(derived(master_key.encode(), place)).encrypt(nonce, raw, place)
    return {"number": number, "master": fingerprint(master_key), "wrapped": base64.b64encode(sealed).decode()}


def _unwrapped(row: dict[str, Any], content: dict[str, Any]) -> bytes:
    organisation_id = content["organisation"]
    for master_key in settings.MASTER_KEYS:
        if fingerprint(master_key) == row["master"]:
            place = f"halka keyring {organisation_id} {row['number']}".encode()
            sealed = base64.b64decode(row["wrapped"])
            cipher = AESGCM(derived(master_key.encode(), place))
            try:
                return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
            except InvalidTag:
                raise KeyMissing(f"The keyring file of organisation {organisation_id} is damaged.") from None
    raise KeyMissing(
        f"The keys of organisation {organisation_id} are wrapped under master key {row['master']}, "
        "which MASTER_KEYS does not hold."
    )


# --- the network's pepper ------------------------------------------------------------------------------
def pepper() -> DataKey:
    """What people are compared by between organisations without their names. Made when it is first asked for."""
    path = Path(settings.KEYRING_ROOT, PEPPER_FILE)
    if not path.exists():
        with _locked():
            if not path.exists():
                _put_pepper(1)
    content = json.loads(path.read_bytes())
    (row,) = content["keys"]
    return DataKey(row["number"], _unwrapped(row, content))


def change_pepper() -> int:
    """A new one in place of the old, which is gone for good. Returns its number."""
    number = pepper().number + 1
    with _locked():
        _put_pepper(number)
    return number


def rewrap_pepper() -> bool:
    """As `rewrap`; False also where there is none. Raises KeyMissing."""
    path = Path(settings.KEYRING_ROOT, PEPPER_FILE)
    if not path.exists():
        return False
    with _locked():
        content = json.loads(path.read_bytes())
        (row,) = content["keys"]
        if row["master"] == current_master_key():
            return False
        _put_pepper(row["number"], _unwrapped(row, content))
    return True


def _put_pepper(number: int, raw: bytes | None = None) -> None:
    wrapped = _wrapped(PEPPER, number, raw or secrets.token_bytes(KEY_BYTES))
    path = Path(settings.KEYRING_ROOT, PEPPER_FILE)
    _put(path, json.dumps({"organisation": PEPPER, "keys": [wrapped]}, indent=1).encode())


# --- writing -------------------------------------------------------------------------------------------
def create(organisation_id: UUID) -> None:
    """The first data key. Raises KeyExists, or KeyDestroyed for an organisation whose keys were destroyed."""
    with _locked():
        if is_destroyed(organisation_id):
            raise _missing(organisation_id)
        if _path(organisation_id).exists():
            raise KeyExists(f"Organisation {organisation_id} has keys already.")
        first = _wrapped(organisation_id, 1, secrets.token_bytes(KEY_BYTES))
        _write(organisation_id, {"organisation": str(organisation_id), "keys": [first]})


def discard(organisation_id: UUID) -> None:
    """Takes back what `create` made for an organisation that did not come to be."""
    with _locked():
        _path(organisation_id).unlink(missing_ok=True)


def destroy(organisation_id: UUID) -> None:
    """For good: what was sealed, in the database and in every backup of it, cannot be read again.

    A mark stays behind, so that neither `create` nor a keyring brought back from a backup revives it.
    """
    with _locked():
        _put(_tombstone(organisation_id), json.dumps({"destroyed_at": datetime.now(UTC).isoformat()}).encode())
        path = _path(organisation_id)
        if path.exists():
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            _sync_folder()


def add_key(organisation_id: UUID) -> int:
    """A new data key, which seals from now on. Returns its number."""
    with _locked():
        content = _content(organisation_id)
        number: int = max(row["number"] for row in content["keys"]) + 1
        content["keys"].append(_wrapped(organisation_id, number, secrets.token_bytes(KEY_BYTES)))
        _write(organisation_id, content)
    return number


def drop_keys_before(organisation_id: UUID, number: int) -> None:
    """Forgets the data keys with smaller numbers. What is still sealed under them is lost."""
    with _locked():
        content = _content(organisation_id)
        content["keys"] = [row for row in content["keys"] if row["number"] >= number]
        _write(organisation_id, content)


def rewrap(organisation_id: UUID) -> bool:
    """Wraps the data keys under the current master key; False where they are already. Raises KeyMissing."""
    with _locked():
        content = _content(organisation_id)
        current = current_master_key()
        if all(row["master"] == current for row in content["keys"]):
            return False
        content["keys"] = [
            _wrapped(organisation_id, row["number"], _unwrapped(row, content)) for row in content["keys"]
        ]
        _write(organisation_id, content)
    return True


def _write(organisation_id: UUID, content: dict[str, Any]) -> None:
    _put(_path(organisation_id), json.dumps(content, indent=1).encode())


def _put(path: Path, content: bytes) -> None:
    """All of the file or nothing of it, also when the machine stops in the middle."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder()


def _sync_folder() -> None:
    descriptor = os.open(settings.KEYRING_ROOT, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked() -> Iterator[None]:
    """One writer at a time, among all processes that share the folder."""
    root = Path(settings.KEYRING_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "wb") as file:
        locks.lock(file, locks.LOCK_EX)
        try:
            yield
        finally:
            locks.unlock(file)


def _path(organisation_id: UUID) -> Path:
    return Path(settings.KEYRING_ROOT, f"{organisation_id}.json")


def _tombstone(organisation_id: UUID) -> Path:
    return Path(settings.KEYRING_ROOT, f"{organisation_id}.destroyed")
