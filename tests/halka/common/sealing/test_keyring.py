"""Keys in files: made once, wrapped, found out when missing, changed or destroyed. Real files."""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyDestroyed, KeyExists, KeyMissing
from halka.common.sealing.fields import open_value, seal_value

OLD, NEW = "old-master-key-of-this-test-0123456789", "new-master-key-of-this-test-0123456789"


@pytest.fixture(autouse=True)
def own_keyring(keyring_root: Path) -> None:
    """Each test begins with none."""


@pytest.fixture
def organisation_id() -> UUID:
    made = uuid4()
    keyring.create(made)
    return made


def file_of(organisation_id: UUID, root: Path) -> Path:
    return root / f"{organisation_id}.json"


def sealed(organisation_id: UUID) -> bytes:
    return seal_value(organisation_id, "diary", "text", 1, "a quiet day")


def opened(organisation_id: UUID, value: bytes) -> str:
    return open_value(organisation_id, "diary", "text", 1, value)


def test_the_first_key(organisation_id: UUID, keyring_root: Path) -> None:
    keys = keyring.keys_of(organisation_id)
    assert list(keys.by_number) == [1]
    assert keys.newest.number == 1
    assert repr(keys.newest) == "<data key 1>"
    assert keyring.exists(organisation_id)
    assert opened(organisation_id, sealed(organisation_id)) == "a quiet day"


def test_nobody_else_reads_the_files(organisation_id: UUID, keyring_root: Path) -> None:
    assert stat.S_IMODE(keyring_root.stat().st_mode) == 0o700
    for path in keyring_root.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_the_file_holds_no_key(organisation_id: UUID, keyring_root: Path) -> None:
    content = json.loads(file_of(organisation_id, keyring_root).read_text())
    raw = keyring.keys_of(organisation_id).newest._raw
    text = file_of(organisation_id, keyring_root).read_bytes()
    assert len(raw) == 32
    assert raw not in text
    assert raw.hex().encode() not in text
    assert content["organisation"] == str(organisation_id)


def test_each_organisation_has_its_own(organisation_id: UUID) -> None:
    other = uuid4()
    keyring.create(other)
    assert keyring.keys_of(other).newest._raw != keyring.keys_of(organisation_id).newest._raw


def test_keys_are_never_made_twice(organisation_id: UUID) -> None:
    value = sealed(organisation_id)
    with pytest.raises(KeyExists):
        keyring.create(organisation_id)
    assert opened(organisation_id, value) == "a quiet day"


def test_a_missing_key_is_told_and_not_made(keyring_root: Path) -> None:
    nobody = uuid4()
    with pytest.raises(KeyMissing, match=rf"{nobody} has no keys in .*backup"):
        sealed(nobody)
    assert not keyring.exists(nobody)
    assert not file_of(nobody, keyring_root).exists()


def test_a_file_that_is_gone_counts_at_once(organisation_id: UUID, keyring_root: Path) -> None:
    value = sealed(organisation_id)
    kept = file_of(organisation_id, keyring_root).rename(keyring_root / "elsewhere")
    with pytest.raises(KeyMissing):
        opened(organisation_id, value)
    kept.rename(file_of(organisation_id, keyring_root))
    assert opened(organisation_id, value) == "a quiet day"


def test_a_file_that_goes_between_two_looks(
    organisation_id: UUID, keyring_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(organisation_id, keyring_root)
    status = keyring._stamp(str(path))
    path.unlink()
    monkeypatch.setattr(keyring, "_stamp", lambda path: status)
    monkeypatch.setattr(keyring, "_cache", {})
    with pytest.raises(KeyMissing):
        keyring.keys_of(organisation_id)


def test_destroyed_is_destroyed(organisation_id: UUID, keyring_root: Path) -> None:
    value = sealed(organisation_id)
    backup = file_of(organisation_id, keyring_root).read_bytes()
    twin = keyring_root / "twin"
    os.link(file_of(organisation_id, keyring_root), twin)
    keyring.destroy(organisation_id)
    assert twin.read_bytes() != backup  # what is left on the disk was written over
    assert len(twin.read_bytes()) == len(backup)
    assert not file_of(organisation_id, keyring_root).exists()
    assert keyring.is_destroyed(organisation_id)
    for verb in (keyring.create, keyring.keys_of, keyring.add_key, keyring.rewrap):
        with pytest.raises(KeyDestroyed, match="were destroyed"):
            verb(organisation_id)
    with pytest.raises(KeyDestroyed):
        opened(organisation_id, value)
    file_of(organisation_id, keyring_root).write_bytes(backup)
    assert not keyring.exists(organisation_id)
    with pytest.raises(KeyDestroyed):
        opened(organisation_id, value)
    keyring.destroy(organisation_id)  # again, which takes the file of the backup with it
    assert not file_of(organisation_id, keyring_root).exists()


def test_destroying_what_never_was(keyring_root: Path) -> None:
    nobody = uuid4()
    keyring.destroy(nobody)
    with pytest.raises(KeyDestroyed):
        keyring.create(nobody)


def test_an_organisation_that_did_not_come_to_be(organisation_id: UUID) -> None:
    keyring.discard(organisation_id)
    keyring.discard(organisation_id)
    assert not keyring.exists(organisation_id)
    keyring.create(organisation_id)


def test_new_keys_seal_and_old_ones_open(organisation_id: UUID) -> None:
    old = sealed(organisation_id)
    assert keyring.add_key(organisation_id) == 2
    new = sealed(organisation_id)
    assert (old[2], new[2]) == (1, 2)
    assert opened(organisation_id, old) == opened(organisation_id, new) == "a quiet day"
    keyring.drop_keys_before(organisation_id, 2)
    assert opened(organisation_id, new) == "a quiet day"
    with pytest.raises(KeyMissing, match=r"Data key 1 of organisation .* is not in the keyring any more"):
        opened(organisation_id, old)


def test_all_that_have_keys(organisation_id: UUID) -> None:
    other, third = uuid4(), uuid4()
    for made in (other, third):
        keyring.create(made)
    keyring.destroy(third)
    assert keyring.organisations() == sorted([organisation_id, other])


def test_a_change_of_master_keys(organisation_id: UUID, settings: Any) -> None:
    settings.MASTER_KEYS = [NEW, *settings.MASTER_KEYS]
    value = sealed(organisation_id)
    keyring.add_key(organisation_id)  # under the new master key, beside one under the old
    assert keyring.rewrap(organisation_id) is True
    assert keyring.rewrap(organisation_id) is False
    settings.MASTER_KEYS = [NEW]
    keyring._cache.clear()
    assert opened(organisation_id, value) == "a quiet day"
    settings.MASTER_KEYS = [OLD]
    keyring._cache.clear()
    with pytest.raises(KeyMissing, match=rf"under master key {keyring.fingerprint(NEW)}, which MASTER_KEYS does not"):
        opened(organisation_id, value)


def test_the_name_of_a_master_key_tells_nothing() -> None:
    assert keyring.fingerprint(OLD) != keyring.fingerprint(NEW)
    assert len(keyring.fingerprint(OLD)) == 16


@pytest.mark.parametrize("damage", ["another organisation's", "flipped", "another number's"])
def test_a_damaged_file_is_told(organisation_id: UUID, keyring_root: Path, damage: str) -> None:
    other = uuid4()
    keyring.create(other)
    path = file_of(organisation_id, keyring_root)
    content = json.loads(path.read_text())
    if damage == "another organisation's":
        content["keys"] = json.loads(file_of(other, keyring_root).read_text())["keys"]
    elif damage == "flipped":
        wrapped = content["keys"][0]["wrapped"]
        content["keys"][0]["wrapped"] = ("B" if wrapped[0] == "A" else "A") + wrapped[1:]
    else:
        content["keys"][0]["number"] = 2
    path.write_text(json.dumps(content))
    with pytest.raises(KeyMissing, match="is damaged"):
        keyring.keys_of(organisation_id)


def test_a_write_that_fails_leaves_the_old_file(
    organisation_id: UUID, keyring_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = sealed(organisation_id)

    def full(*paths: Any) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(OSError, match="no space"):
            keyring.add_key(organisation_id)
    assert opened(organisation_id, value) == "a quiet day"
    assert keyring.keys_of(organisation_id).newest.number == 1
    assert {path.name for path in keyring_root.iterdir()} == {".lock", f"{organisation_id}.json"}


def test_the_cache_is_bounded_and_does_not_last(
    organisation_id: UUID, monkeypatch: pytest.MonkeyPatch, keyring_root: Path
) -> None:
    monkeypatch.setattr(keyring, "_cache", {})
    monkeypatch.setattr(keyring, "CACHED_ORGANISATIONS", 2)
    many = [uuid4() for _ in range(4)]
    for identifier in many:
        keyring.create(identifier)
        keyring.keys_of(identifier)
    assert list(keyring._cache) == many[2:]
    assert keyring.keys_of(many[3]) is keyring.keys_of(many[3])
    before = keyring.keys_of(many[3])
    later = time.monotonic() + keyring.CACHED_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert keyring.keys_of(many[3]) is not before


def test_another_keyring_is_another_keyring(organisation_id: UUID, settings: Any, tmp_path: Path) -> None:
    keyring.keys_of(organisation_id)
    settings.KEYRING_ROOT = tmp_path / "other"
    with pytest.raises(KeyMissing):
        keyring.keys_of(organisation_id)


def test_writers_wait_for_each_other(organisation_id: UUID) -> None:
    numbers: list[int] = []
    threads = [threading.Thread(target=lambda: numbers.append(keyring.add_key(organisation_id))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(2, 10))
    assert sorted(keyring.keys_of(organisation_id).by_number) == list(range(1, 10))
