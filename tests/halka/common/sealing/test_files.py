"""Sealed files: they come back whole, from their own row and name alone. Real files."""

from __future__ import annotations

import os
import stat
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from halka.common.current import NotInside, OrganisationRef
from halka.common.sealing import files, keyring
from halka.common.sealing.errors import KeyDestroyed, KeyMissing, SealBroken
from halka.common.sealing.files import PART, TAG
from tenants.organisations.isolation import inside
from tests.halka.common.sealing.tables import OtherPage, Page

SIZES = [0, 1, 1000, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 17]


@pytest.fixture(autouse=True)
def own_folders(
    settings: Any, tmp_path: Path, keyring_root: Path, alpha: OrganisationRef, beta: OrganisationRef
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    keyring.create(alpha.id)
    keyring.create(beta.id)


@pytest.fixture
def row(alpha: OrganisationRef) -> Iterator[Page]:
    with inside(alpha):
        yield Page(title="one")


def contents(size: int) -> bytes:
    return os.urandom(size)


def put(row: Page, content: bytes, column: str = "text") -> str:
    return files.write(row=row, column=column, source=[content])


def got(row: Any, name: str, column: str = "text") -> bytes:
    return b"".join(files.read(row=row, column=column, name=name))


def path_of(name: str) -> Path:
    return Path(default_storage.path(name))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_is_read(row: Page, size: int) -> None:
    content = contents(size)
    name = put(row, content)
    assert got(row, name) == content
    assert files.size_of(name) == size


def test_nothing_of_it_can_be_seen(row: Page, alpha: OrganisationRef, settings: Any) -> None:
    name = put(row, b"a plain sentence " * 100)
    path = path_of(name)
    assert path.is_relative_to(settings.MEDIA_ROOT / "organisations" / str(alpha.id) / "sealed")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"plain" not in path.read_bytes()
    assert path_of(put(row, b"a plain sentence " * 100)).read_bytes() != path.read_bytes()


def test_small_pieces_and_uploads(row: Page) -> None:
    content = contents(2 * PART + 5)
    pieces = [content[at : at + 999] for at in range(0, len(content), 999)]
    assert got(row, files.write(row=row, column="text", source=pieces)) == content
    upload = SimpleUploadedFile("letter.txt", content)
    assert got(row, files.write(row=row, column="text", source=upload)) == content


def test_memory_stays_flat(row: Page) -> None:
    block = bytes(PART)
    tracemalloc.start()
    try:
        name = files.write(row=row, column="text", source=(block for _ in range(160)))
        size = sum(map(len, files.read(row=row, column="text", name=name)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == 160 * PART
    assert peak < 40 * PART


def broken(row: Any, name: str, column: str = "text") -> str:
    with pytest.raises(SealBroken) as caught:
        got(row, name, column)
    return str(caught.value)


def test_it_opens_for_its_row_and_column_alone(row: Page) -> None:
    name = put(row, b"secret")
    assert "part 1" in broken(Page(title="two"), name)
    assert "part 1" in broken(row, name, "second")
    assert "part 1" in broken(OtherPage(id=row.pk), name)


def test_it_opens_in_its_organisation_alone(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    key = uuid4()
    with inside(alpha):
        name = put(Page(id=key, title="ours"), b"secret")
        content = path_of(name).read_bytes()
    with inside(beta):
        path_of(name).parent.mkdir(parents=True)
        path_of(name).write_bytes(content)
        assert "part 1" in broken(Page(id=key, title="theirs"), name)


def test_a_name_leads_nowhere_else(row: Page) -> None:
    with pytest.raises(SuspiciousFileOperation):
        got(row, "../../../etc/passwd")


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda head, parts: head + parts[0] + parts[1], 2),  # cut off at the end of a part
        (lambda head, parts: head + b"".join(parts)[:-1], 3),
        (lambda head, parts: head + parts[0], 1),
        (lambda head, parts: head, 1),
        (lambda head, parts: head + parts[1] + parts[0] + parts[2], 1),
        (lambda head, parts: head + parts[0] + parts[0] + parts[1] + parts[2], 2),
        (lambda head, parts: head + parts[0] + parts[2], 2),
        (lambda head, parts: head + b"".join(parts) + b"x", 3),
        (lambda head, parts: head + parts[0] + parts[1][:-1] + bytes([parts[1][-1] ^ 1]) + parts[2], 2),
        (lambda head, parts: head[:-50] + bytes([head[-50] ^ 1]) + head[-49:] + b"".join(parts), 1),
    ],
)
def test_changed_parts_are_found_out(row: Page, change: Callable[[bytes, list[bytes]], bytes], part: int) -> None:
    name = put(row, contents(2 * PART + 100))
    whole = path_of(name).read_bytes()
    with path_of(name).open("rb") as file:
        head = whole[: files._head(file)[0].size]
    sealed = whole[len(head) :]
    parts = [sealed[at : at + PART + TAG] for at in range(0, len(sealed), PART + TAG)]
    assert len(parts) == 3
    # the flipped byte of the head stands in its salt or in the place it names
    path_of(name).write_bytes(change(head, parts))
    said = broken(row, name)
    assert f"part {part}" in said or said == "Not a sealed file."


@pytest.mark.parametrize("content", [b"", b"a letter in plain text", b"HLKA\x09" + bytes(200), b"XLKA\x01" + bytes(60)])
def test_what_is_no_sealed_file(row: Page, content: bytes) -> None:
    name = put(row, b"secret")
    path_of(name).write_bytes(content)
    assert broken(row, name) == "Not a sealed file."


def test_another_version_of_the_format(row: Page) -> None:
    name = put(row, b"secret")
    content = path_of(name).read_bytes()
    path_of(name).write_bytes(content[:4] + b"\x02" + content[5:])
    assert broken(row, name) == "Not a sealed file."


def test_files_of_one_row_are_not_swapped(row: Page) -> None:
    first, second = put(row, b"as it was"), put(row, b"as it is")
    os.replace(path_of(first), path_of(second))
    assert "part 1" in broken(row, second)


def test_what_is_wrong_at_the_beginning_is_said_at_once(row: Page) -> None:
    with pytest.raises(FileNotFoundError):
        files.read(row=row, column="text", name="sealed/aa/nothing")
    name = put(row, b"secret")
    with pytest.raises(SealBroken):
        files.read(row=row, column="second", name=name)


def test_outside_of_an_organisation_there_are_none() -> None:
    with pytest.raises(NotInside):
        put(Page(title="one"), b"secret")


def test_removing(row: Page) -> None:
    name = put(row, b"secret")
    files.remove(name)
    files.remove(name)
    assert not path_of(name).exists()


def test_files_that_lie_there_and_where_they_belong(row: Page) -> None:
    first, second, broken_one = put(row, b"one"), put(row, b"two", "second"), put(row, b"three")
    path_of(broken_one).write_bytes(b"nonsense")
    (path_of(first).parent / ".half-written").write_bytes(b"left by a crash")
    later = time.time() + 60
    found = dict(files.stored(before=later))
    assert found == {
        first: (Page._meta.db_table, "text", str(row.pk)),
        second: (Page._meta.db_table, "second", str(row.pk)),
    }
    assert list(files.stored(before=later - 3600)) == []


def test_a_source_that_breaks_leaves_nothing(row: Page, settings: Any) -> None:
    def source() -> Iterator[bytes]:
        yield bytes(PART)
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        files.write(row=row, column="text", source=source())
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_destroyed_key_opens_no_file(row: Page, alpha: OrganisationRef) -> None:
    name = put(row, b"secret")
    keyring.destroy(alpha.id)
    with pytest.raises(KeyDestroyed):
        got(row, name)


# --- rotation ------------------------------------------------------------------------------------------
def test_all_files_come_under_the_new_key(row: Page, alpha: OrganisationRef) -> None:
    sealed = {put(row, content, column): (content, column) for content, column in [(b"one", "text"), (b"2", "second")]}
    (path_of(next(iter(sealed))).parent / ".half-written").write_bytes(b"left by a crash")
    keyring.add_key(alpha.id)
    newer = put(row, b"three")
    assert files.reseal_all(alpha.id) == (2, [])
    assert files.reseal_all(alpha.id) == (0, [])
    keyring.drop_keys_before(alpha.id, 2)
    for name, (content, column) in {**sealed, newer: (b"three", "text")}.items():
        assert got(row, name, column) == content


def test_a_broken_file_does_not_stop_the_others(row: Page, alpha: OrganisationRef) -> None:
    first, second = put(row, b"one"), put(row, b"two")
    path_of(first).write_bytes(b"plain")
    keyring.add_key(alpha.id)
    assert files.reseal_all(alpha.id) == (1, [f"{first}: Not a sealed file."])
    assert got(row, second) == b"two"


def test_without_the_new_key_the_old_one_is_needed(row: Page, alpha: OrganisationRef) -> None:
    name = put(row, b"one")
    keyring.add_key(alpha.id)
    keyring.drop_keys_before(alpha.id, 2)
    with pytest.raises(KeyMissing):
        got(row, name)


def test_a_key_that_changes_while_bytes_come_in(row: Page, alpha: OrganisationRef) -> None:
    def source() -> Iterator[bytes]:
        yield bytes(PART)
        keyring.add_key(alpha.id)
        yield b"the end"

    name = files.write(row=row, column="text", source=source())
    keyring.drop_keys_before(alpha.id, 2)
    assert got(row, name) == bytes(PART) + b"the end"


def test_a_file_removed_meanwhile_stays_removed(
    row: Page, alpha: OrganisationRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = put(row, b"one"), put(row, b"two")
    keyring.add_key(alpha.id)
    reseal = files._reseal

    def removed_before(path: Path, *rest: Any) -> bool:
        path.unlink()
        return reseal(path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(files, "_reseal", removed_before)
        assert files.reseal_all(alpha.id) == (0, [])
    assert not path_of(first).exists()
    assert not path_of(second).exists()


def test_removing_waits_for_the_rotation(row: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the file would come back when the rotation puts the new one in its place."""
    name = put(row, b"one")
    path = path_of(name)
    with files._held(path):
        thread = threading.Thread(target=lambda: remove_path(path))
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
        replaced = path.with_name(f".{uuid4()}")
        replaced.write_bytes(b"new")
        os.replace(replaced, path)
    thread.join(5)
    assert not thread.is_alive()
    assert not path.exists()


def remove_path(path: Path) -> None:
    with files._held(path):
        path.unlink()
