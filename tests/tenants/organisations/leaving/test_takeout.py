"""Everything of an organisation, out and in again: the same row by row."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.sealing import files, keyring
from halka.common.sealing.errors import SealBroken
from halka.common.sealing.fields import blind_indexes
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.models import Client, Document
from tenants.organisations.doctor.examination import examine
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.takeouts import (
    CannotTakeOut,
    ask_for_takeout,
    download,
    remove_takeout,
    remove_unwanted_files,
)
from tenants.organisations.isolation import inside
from tenants.organisations.leaving import making, tables
from tenants.organisations.models import Organisation, Takeout
from tenants.organisations.tasks_leaving import carry_on_takeouts, remove_expired_takeouts
from tenants.organisations.walls.versions import expected_version
from tests.factories.caseloads import ClientFactory
from tests.tenants.organisations.leaving.conftest import (
    PEOPLE,
    forget_clients,
    forget_everything,
    packed,
    private_rows,
    shared_rows,
)


def taken_out(leaver: OrganisationRef, by: Seat, path: Path) -> Path:
    with inside(leaver):
        takeout = ask_for_takeout(by=by)  # tasks run at once in tests
        assert Takeout.objects.get(pk=takeout.pk).state == "ready"
        _found, content = download(takeout=takeout.pk, by=by)
        path.write_bytes(packed(content).getvalue())
    return path


def test_it_comes_back_row_by_row(leaver: OrganisationRef, manager: Seat, tmp_path: Path) -> None:
    path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    private, shared = private_rows(leaver), shared_rows(leaver)
    filled = [table for table, rows in private.items() if rows]
    assert len(filled) > 40
    assert all(shared.values()), {table for table, rows in shared.items() if not rows}
    # what was written into the audit of the takeout itself, after it had looked at the tables
    late = [row for row in private["audit_entry"] if row["action"] in ("takeout.made", "takeout.downloaded")]
    private["audit_entry"] = [row for row in private["audit_entry"] if row not in late]
    private["audit_link"] = private["audit_link"][: -len(late)]
    forget_everything()
    call_command("load_takeout", str(path), verbosity=0)
    again = Organisation.objects.get(pk=leaver.id).ref()
    assert again.db_role != leaver.db_role
    loaded = private_rows(again)
    differing = {table: (rows, loaded[table]) for table, rows in private.items() if rows != loaded[table]}
    assert differing == {}
    assert len(late) == 2
    assert shared_rows(again) == shared
    with inside(again):
        numbers = blind_indexes(Client, "national_number_index", "0101990450007")
        found = Client.objects.get(national_number_index__in=numbers)
        assert found.note == "Wants to become a baker."
        document = Document.objects.latest("pk")
        assert b"".join(read_document(document)) == b"Dear all, " * 20_000
    (report,) = examine(only="leaver")
    assert report.findings == ()


# --- the file -------------------------------------------------------------------------------------
def test_the_file_describes_itself(leaver: OrganisationRef, manager: Seat, tmp_path: Path) -> None:
    path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        sums = dict(reversed(line.split("  ")) for line in packed.read("SHA256SUMS").decode().splitlines())
        assert set(sums) == set(packed.namelist()) - {"SHA256SUMS"}
        assert all(hashlib.sha256(packed.read(name)).hexdigest() == digest for name, digest in sums.items())
        description = json.loads(packed.read("datapackage.json"))
        resources = {resource["name"]: resource for resource in description["resources"]}
        client = resources["private-caseloads_client"]
        rows = [json.loads(line) for part in client["path"] for line in packed.read(part).splitlines()]
        known = next(row for row in rows if row["note"] == "Wants to become a baker.")
        columns = {field["name"]: field for field in client["schema"]["fields"]}
        assert set(known) <= set(columns)
        assert "national_number_index" not in columns
        assert (known["national_number"], columns["national_number"]["halka:privacy"]) == ("0101990450007", "official")
        assert known["vulnerabilities"] == ["long_term"]
        assert client["schema"]["primaryKey"] == "id"
        assert client["halka:rows"] == len(rows)
        (listed,) = [json.loads(line) for line in packed.read("files.jsonl").splitlines()]
        assert packed.read(listed["path"]) == b"Dear all, " * 20_000
        assert json.loads(packed.read("others.jsonl"))["short_name"] == "epsilon"
        assert "Leaver" in packed.read("README.txt").decode() or "رونده" in packed.read("README.txt").decode()


def test_it_lies_sealed_until_it_is_fetched(leaver: OrganisationRef, manager: Seat, media: Path) -> None:
    with inside(leaver):
        takeout = ask_for_takeout(by=manager)
        parts = Takeout.objects.get(pk=takeout.pk).parts
    kept = [media / "organisations" / str(leaver.id) / part["file"] for part in parts]
    assert all(b"baker" not in path.read_bytes() for path in kept)


def test_another_organisations_rows_are_not_in_it(
    leaver: OrganisationRef, manager: Seat, delta: OrganisationRef, tmp_path: Path
) -> None:
    with inside(delta):
        ClientFactory(given_name="Deltaperson", note="Deltasecret")
    try:
        path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    finally:
        forget_clients(delta)
    with zipfile.ZipFile(path) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"Deltaperson" not in everything
    assert b"Deltasecret" not in everything
    assert str(delta.id).encode() not in everything


# --- stopped, gone on with, changed meanwhile ------------------------------------------------------
class Killed(BaseException):
    """As SIGKILL would: nothing is tidied up."""


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "ROWS", 2)
    monkeypatch.setattr(tables, "PAGE", 1)


@pytest.fixture
def asked(leaver: OrganisationRef, manager: Seat, monkeypatch: pytest.MonkeyPatch) -> Takeout:
    """Asked for, and nobody at it yet."""
    with inside(leaver):
        monkeypatch.setattr("tenants.organisations.tasks_leaving.make_takeout.delay", lambda *_: None)
        return ask_for_takeout(by=manager)


def stop_after(monkeypatch: pytest.MonkeyPatch, parts: int) -> None:
    """The process is killed when so many parts are written, the last one not noted."""
    right, written = files.write, []

    def write(**options: Any) -> str:
        written.append(right(**options))
        if len(written) == parts:
            raise Killed
        return written[-1]

    monkeypatch.setattr(making.files, "write", write)


def test_a_killed_one_is_gone_on_with(
    leaver: OrganisationRef, asked: Takeout, small_parts: None, monkeypatch: pytest.MonkeyPatch, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=True)
    with inside(leaver), monkeypatch.context() as patch:
        stop_after(patch, 9)
        with pytest.raises(Killed):
            making.make(asked.pk)
    half = Takeout.objects.get(pk=asked.pk)
    assert (half.state, len(half.parts)) == ("working", 8)
    with inside(leaver):
        assert making.make(asked.pk) is False  # it may still be at it
    time_machine.shift(91)
    sent: list[Any] = []
    monkeypatch.setattr("tenants.organisations.tasks_leaving.make_takeout.delay", lambda *given: sent.append(given))
    assert carry_on_takeouts() == 1
    assert sent == [("leaver", str(asked.pk))]
    with inside(leaver):
        ClientFactory(given_name="Newcomer")
        assert making.make(asked.pk) is True
        whole = Takeout.objects.get(pk=asked.pk)
        by_table = lines_of(whole)
        assert [part["file"] for part in whole.parts[:2]] == [part["file"] for part in half.parts[:2]]
        assert {row["id"] for row in by_table["caseloads_client"]} == {str(row.pk) for row in Client.objects.all()}
        remove_unwanted_files()  # the part that was written and not noted
        kept = {name for name, place in files.stored(before=float("inf")) if place[0] == "organisations_takeout"}
        assert kept == {part["file"] for part in whole.parts}
    assert carry_on_takeouts() == 0


def lines_of(takeout: Takeout) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for part in takeout.parts:
        content = b"".join(files.read(row=takeout, column="part", name=part["file"]))
        found.setdefault(part["table"], []).extend(json.loads(line) for line in content.splitlines())
    return found


def test_what_changed_between_two_tries_is_read_again(
    leaver: OrganisationRef, asked: Takeout, small_parts: None, monkeypatch: pytest.MonkeyPatch, time_machine: Any
) -> None:
    """All parts are of one moment: the one of the last try."""
    time_machine.move_to(timezone.now(), tick=True)
    with inside(leaver), monkeypatch.context() as patch:
        for number in range(4):
            ClientFactory(given_name=f"Row{number}")
        stop_after(patch, 60)
        with pytest.raises(Killed):
            making.make(asked.pk)
        half = Takeout.objects.get(pk=asked.pk)
        assert "caseloads_client" in {part["table"] for part in half.parts}
        first = Client.objects.order_by("pk")[0]
        first.note = "Changed since."
        first.save()
        Client.objects.get(given_name="Row1").delete()
        ClientFactory(given_name="Row9")
        time_machine.shift(91)
        assert making.make(asked.pk)
        clients = lines_of(Takeout.objects.get(pk=asked.pk))["caseloads_client"]
        assert [row["id"] for row in clients] == [
            str(pk) for pk in Client.objects.order_by("pk").values_list("pk", flat=True)
        ]
        assert clients[0]["note"] == "Changed since."


def test_a_fault_fails_it_and_says_so(leaver: OrganisationRef, asked: Takeout, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise SealBroken("The seal is broken.")

    monkeypatch.setattr(tables, "opener", broken)
    with inside(leaver):
        with pytest.raises(SealBroken):
            making.make(asked.pk)
        assert Takeout.objects.get(pk=asked.pk).state == "failed"


def test_one_that_was_removed_meanwhile_ends(
    leaver: OrganisationRef, manager: Seat, asked: Takeout, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = files.write

    def write(**options: Any) -> str:
        remove_takeout(takeout=asked.pk, by=manager)
        return right(**options)

    with inside(leaver):
        monkeypatch.setattr(making.files, "write", write)
        assert making.make(asked.pk) is False
        assert Takeout.objects.get(pk=asked.pk).state == "removed"
        remove_unwanted_files()
        assert not [name for name, place in files.stored(before=float("inf")) if place[0] == "organisations_takeout"]


def test_it_is_removed_when_its_time_has_passed(
    leaver: OrganisationRef, manager: Seat, delta: OrganisationRef, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=True)
    with inside(leaver):
        takeout = ask_for_takeout(by=manager)
        assert remove_expired_takeouts() == 0
    time_machine.shift(8 * 24 * 3600)
    with inside(leaver), pytest.raises(CannotTakeOut):
        download(takeout=takeout.pk, by=manager)
    assert remove_expired_takeouts() == 1
    with inside(leaver):
        assert Takeout.objects.get(pk=takeout.pk).state == "removed"
        assert not [name for name, place in files.stored(before=float("inf")) if place[0] == "organisations_takeout"]
        with pytest.raises(CannotTakeOut):
            remove_takeout(takeout=takeout.pk, by=manager)


def test_only_one_is_made_at_a_time(leaver: OrganisationRef, manager: Seat, asked: Takeout) -> None:
    with inside(leaver), pytest.raises(CannotTakeOut):
        ask_for_takeout(by=manager)


# --- loading ----------------------------------------------------------------------------------------
def rewritten(path: Path, name: str, change: Any) -> None:
    """The same archive, one file of it changed."""
    with zipfile.ZipFile(path) as packed:
        content = {entry: packed.read(entry) for entry in packed.namelist()}
    content[name] = change(content[name])
    with zipfile.ZipFile(path, "w") as packed:
        for entry, data in content.items():
            packed.writestr(entry, data)


def test_what_does_not_load_is_said_and_changes_nothing(
    leaver: OrganisationRef, manager: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    load = partial(call_command, "load_takeout", str(path))
    with pytest.raises(CommandError, match="is an organisation here already"):
        load()
    forget_everything()
    good = path.read_bytes()
    for name, change, words in (
        ("private/caseloads_client-0001.jsonl", lambda data: data.replace(b"baker", b"maker"), "is not what it was"),
        ("datapackage.json", lambda data: data.replace(b'"format": 1', b'"format": 2'), "has format 2"),
        ("datapackage.json", lambda data: data.replace(expected_version().encode(), b"older"), "on version older"),
        ("SHA256SUMS", lambda data: data.replace(b"private/caseloads_client-0001.jsonl", b"README.txt"), "No checksum"),
    ):
        rewritten(path, name, change)
        with pytest.raises(CommandError, match=words):
            load()
        path.write_bytes(good)
    path.write_bytes(b"no archive")
    with pytest.raises(CommandError, match="no takeout"):
        load()
    path.write_bytes(good)
    assert not Organisation.objects.filter(schema_name="leaver").exists()
    stranger = User.objects.create(email=PEOPLE[0].upper(), name="Stranger")
    with pytest.raises(CommandError, match="the number or the address of an account"):
        load()
    stranger.delete()
    left = Organisation.objects.get(schema_name="leaver")
    assert (left.pk, left.state) == (leaver.id, "closed")
    load()  # goes on with what the last try left behind
    assert Organisation.objects.get(schema_name="leaver").state == "active"
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_takeout", str(tmp_path / "nothing.zip"))


def test_a_name_that_another_has_is_not_taken(leaver: OrganisationRef, manager: Seat, tmp_path: Path) -> None:
    path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    forget_everything()
    other = provision(new=NewOrganisation("leaver", {"en": "Another"}))
    with pytest.raises(CommandError, match="Another organisation here is called leaver"):
        call_command("load_takeout", str(path))
    assert Organisation.objects.get(schema_name="leaver").pk == other.pk


def test_one_whose_keys_were_destroyed_does_not_come_back(
    leaver: OrganisationRef, manager: Seat, tmp_path: Path
) -> None:
    path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    forget_everything()
    keyring.destroy(leaver.id)
    with pytest.raises(CommandError, match="it does not come back"):
        call_command("load_takeout", str(path))
    Path(django_settings.KEYRING_ROOT, f"{leaver.id}.destroyed").unlink()


def test_organisations_that_are_not_known_stand_in_the_register_as_closed(
    leaver: OrganisationRef, manager: Seat, tmp_path: Path
) -> None:
    path = taken_out(leaver, manager, tmp_path / "leaver.zip")
    stranger = uuid7()
    new = json.dumps({"id": str(stranger), "short_name": "stranger", "names": {"en": "Stranger"}, "kind": "ngo"})
    rewritten(path, "others.jsonl", lambda data: data + new.encode() + b"\n")
    digest = hashlib.sha256(zipfile.ZipFile(path).read("others.jsonl")).hexdigest()
    rewritten(path, "SHA256SUMS", lambda data: re.sub(rb"\w+(?=  others.jsonl)", digest.encode(), data))
    forget_everything()
    call_command("load_takeout", str(path), verbosity=2)
    other = Organisation.objects.get(pk=stranger)
    assert (other.state, other.schema_version, str(other)) == ("closed", "", "Stranger")
    other.delete()
