"""The network's pepper lies in the keyring, wrapped as everything there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyMissing


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.KEYRING_ROOT = tmp_path / "keys"
    return tmp_path / "keys" / keyring.PEPPER_FILE


def test_it_is_made_on_first_use_and_stays(own_folder: Path) -> None:
    assert not keyring.rewrap_pepper()
    first = keyring.pepper()
    assert keyring.pepper().index_of(b"x") == first.index_of(b"x")
    assert own_folder.stat().st_mode & 0o777 == 0o600
    assert keyring.organisations() == []  # it is nobody's key


def test_changing_it_leaves_no_way_back() -> None:
    before = keyring.pepper().index_of(b"x")
    assert keyring.change_pepper() == 2
    assert keyring.pepper().number == 2
    assert keyring.pepper().index_of(b"x") != before


def test_it_goes_along_when_the_master_key_changes(own_folder: Path, settings: Any, capsys: Any) -> None:
    before = keyring.pepper().index_of(b"x")
    assert not keyring.rewrap_pepper()
    settings.MASTER_KEYS = ["a new master key", *settings.MASTER_KEYS]
    call_command("rotate_master_key")
    settings.MASTER_KEYS = settings.MASTER_KEYS[:1]
    assert keyring.pepper().index_of(b"x") == before
    assert json.loads(own_folder.read_bytes())["keys"][0]["number"] == 1


def test_without_its_master_key_it_is_not_read(settings: Any) -> None:
    keyring.pepper()
    settings.MASTER_KEYS = ["another master key"]
    with pytest.raises(KeyMissing):
        keyring.pepper()
    with pytest.raises(CommandError, match="keep the old master key"):
        call_command("rotate_master_key")


def test_who_comes_second_finds_the_first_ones(own_folder: Path, monkeypatch: Any) -> None:
    """Two processes ask for it at once: one makes it while the other waits for the lock."""
    locked = keyring._locked

    def slow() -> Any:
        with locked():
            keyring._put_pepper(7)
        return locked()

    keyring.change_pepper()
    own_folder.unlink()
    monkeypatch.setattr(keyring, "_locked", slow)
    assert keyring.pepper().number == 7
