"""One opener for the many values of a column is as strict with the last as with the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from halka.common.current import OrganisationRef
from halka.common.sealing import keyring, seals
from halka.common.sealing.errors import KeyMissing, SealBroken
from halka.common.sealing.seals import Place

TABLE, COLUMN = "caseloads_client", "note"


def sealed(organisation: OrganisationRef, row: str, text: bytes = b"Zoja") -> bytes:
    return seals.seal(Place(organisation.id, TABLE, COLUMN, row), text)


@pytest.fixture
def opened(alpha: OrganisationRef) -> Callable[[str, bytes], bytes]:
    """After it has opened one."""
    opener = seals.opener(alpha.id, TABLE, COLUMN)
    assert opener("1", sealed(alpha, "1")) == b"Zoja"
    return opener


def test_another_row_is_another_place(alpha: OrganisationRef, opened: Callable[[str, bytes], bytes]) -> None:
    assert opened("2", sealed(alpha, "2", b"")) == b""
    with pytest.raises(SealBroken, match=r"The seal is broken: caseloads_client\.note of row 2"):
        opened("2", sealed(alpha, "1"))


def test_another_organisations_value_stays_closed(
    alpha: OrganisationRef, beta: OrganisationRef, opened: Callable[[str, bytes], bytes]
) -> None:
    with pytest.raises(SealBroken):
        opened("1", sealed(beta, "1"))


@pytest.mark.parametrize("length", [0, 2, 3, 10, 15, 20, 30])
def test_what_was_cut_short_is_broken(
    alpha: OrganisationRef, opened: Callable[[str, bytes], bytes], length: int
) -> None:
    with pytest.raises(SealBroken):
        opened("1", sealed(alpha, "1")[:length])


def test_keys_may_change_from_row_to_row(alpha: OrganisationRef, keyring_root: Path) -> None:
    keyring.create(alpha.id)
    old, before = sealed(alpha, "1"), seals.opener(alpha.id, TABLE, COLUMN)
    keyring.add_key(alpha.id)
    new, opened = sealed(alpha, "1"), seals.opener(alpha.id, TABLE, COLUMN)
    assert seals.key_number(old) != seals.key_number(new)
    assert [opened("1", value) for value in (old, new, old)] == [b"Zoja"] * 3
    with pytest.raises(KeyMissing):
        before("1", new)
