"""Backup and restore of one organisation, to now and to an earlier backup, while another stays as it is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from halka.audit.models import Entry
from halka.common.current import OrganisationRef
from halka.common.sealing import keyring
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.models import Client, Document
from tenants.organisations.doctor.examination import examine
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.leaving import backups
from tenants.organisations.models import Organisation
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import scripts
from tests.factories.caseloads import ClientFactory
from tests.tenants.organisations.leaving.conftest import Rows, forget_clients, private_rows


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BACKUP_ROOT = tmp_path / "backups"
    return tmp_path / "backups"


@pytest.fixture
def neighbour(leaver: OrganisationRef, epsilon: OrganisationRef) -> Iterator[Rows]:
    """What epsilon holds, which stays as it is."""
    with inside(epsilon):
        ClientFactory(given_name="Neighbour", known=True)
    before = private_rows(epsilon)
    yield before
    after = private_rows(epsilon)
    forget_clients(epsilon)
    assert after == before


def kept(ref: OrganisationRef) -> Organisation:
    return Organisation.objects.get(pk=ref.id)


def but_for_the_note(rows: Rows) -> Rows:
    """Without what restoring itself wrote into the audit."""
    entries = [row for row in rows["audit_entry"] if row["action"] != "organisation.restored"]
    gone = len(rows["audit_entry"]) - len(entries)
    return {**rows, "audit_entry": entries, "audit_link": rows["audit_link"][: len(rows["audit_link"]) - gone]}


def test_back_to_now_and_back_to_earlier(
    leaver: OrganisationRef, neighbour: Rows, media: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup_organisation", "leaver")
    earlier = private_rows(leaver)
    with inside(leaver):
        ClientFactory(given_name="Later")
        Client.objects.filter(note__isnull=False, given_name__startswith="Given").update(place="Elsewhere")
    call_command("backup_organisation", "leaver")
    later = private_rows(leaver)
    newest, oldest = backups.backups_of(kept(leaver))
    with inside(leaver):
        document = Document.objects.latest("pk")
        (media / "organisations" / str(leaver.id) / document.file).unlink()
        Entry.objects.create(action="lost")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE leaver.caseloads_client CASCADE")
    call_command("restore_organisation", "leaver", yes=True, as_it_is=True)
    assert but_for_the_note(private_rows(leaver)) == later
    with inside(leaver):
        assert b"".join(read_document(Document.objects.latest("pk"))) == b"Dear all, " * 20_000
        ClientFactory(given_name="AfterRestoring")  # counters, rights and triggers go on
    call_command("restore_organisation", "leaver", yes=True, backup=oldest.name[:20])
    assert but_for_the_note(private_rows(leaver)) == earlier
    assert len(backups.backups_of(kept(leaver))) == 3  # the state before the last restoring was kept
    (report,) = examine(only="leaver")
    assert report.findings == ()
    call_command("restore_organisation", "leaver", list=True)
    assert newest.name in capsys.readouterr().out


def test_a_schema_that_is_gone_comes_back(leaver: OrganisationRef, neighbour: Rows) -> None:
    call_command("backup_organisation", all=True, keep=1)
    call_command("backup_organisation", "leaver", keep=1)
    assert len(backups.backups_of(kept(leaver))) == 1
    before = private_rows(leaver)
    walls.close_all()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA leaver CASCADE")
    call_command("restore_organisation", "leaver", yes=True)
    assert but_for_the_note(private_rows(leaver)) == before


class Killed(BaseException):
    """As SIGKILL would."""


@pytest.mark.parametrize("where", ["_fill", "_bring_up_to_date", "_put_files", "_take_place"])
def test_a_stop_at_any_point_changes_nothing(
    leaver: OrganisationRef, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    path = backups.back_up(kept(leaver))
    with inside(leaver):
        ClientFactory(given_name="Since")
    present = private_rows(leaver)
    right = getattr(backups, where)

    def stop(*given: Any) -> None:
        with as_owner():
            pass
        if where == "_take_place":
            monkeypatch.setattr(backups.ddl, "grant_schema", dead)
        right(*given)
        raise Killed

    def dead(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(backups, where, stop)
        with pytest.raises(Killed):
            backups.restore(kept(leaver), path)
    monkeypatch.undo()
    assert private_rows(leaver) == present


def test_a_backup_that_was_stopped_is_none(leaver: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_pack_file", dead)
        with pytest.raises(Killed):
            backups.back_up(kept(leaver))
    assert backups.backups_of(kept(leaver)) == []
    path = backups.back_up(kept(leaver))
    assert [left.name for left in path.parent.iterdir()] == [path.name]


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    with zipfile.ZipFile(path) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(content["manifest.json"])
    change(manifest)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in {**content, "manifest.json": json.dumps(manifest).encode()}.items():
            packed.writestr(name, data)


def test_what_is_not_brought_back(leaver: OrganisationRef, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    present = private_rows(leaver)
    path = backups.back_up(kept(leaver))
    good = path.read_bytes()
    faults: list[tuple[Callable[[dict[str, Any]], None], str]] = [
        (lambda manifest: manifest.update(organisation="another"), "no backup of leaver"),
        (lambda manifest: manifest.update(keys=[1, 9]), "data key 9"),
        (lambda manifest: manifest["sha256"].update({"schema.sql": "0"}), "schema.sql is not what it was"),
    ]
    for change, words in faults:
        changed(path, change)
        with pytest.raises(CommandError, match=words):
            call_command("restore_organisation", "leaver", yes=True, backup=str(path), as_it_is=True)
        path.write_bytes(good)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w"):
        pass
    with pytest.raises(CommandError, match="This is no backup"):
        call_command("restore_organisation", "leaver", yes=True, backup=str(other), as_it_is=True)
    with pytest.raises(CommandError, match="no such backup"):
        call_command("restore_organisation", "leaver", yes=True, backup="1999")
    monkeypatch.setattr("builtins.input", lambda _: "another")
    with pytest.raises(CommandError, match="not its short name"):
        call_command("restore_organisation", "leaver")
    with pytest.raises(CommandError, match="no organisation nobodyhere"):
        call_command("restore_organisation", "nobodyhere")
    Organisation.objects.filter(pk=leaver.id).update(state="closed")
    with pytest.raises(CommandError, match="leaver is closed"):
        call_command("restore_organisation", "leaver", yes=True, as_it_is=True)
    Organisation.objects.filter(pk=leaver.id).update(state="active")
    assert private_rows(leaver) == present


def test_what_is_not_backed_up_is_said(leaver: OrganisationRef) -> None:
    for arguments, words in (([], "Whose"), (["nobodyhere"], "no organisation nobodyhere")):
        with pytest.raises(CommandError, match=words):
            call_command("backup_organisation", *arguments)
    with pytest.raises(CommandError, match="At least one"):
        call_command("backup_organisation", "leaver", keep=0)
    Organisation.objects.filter(pk=leaver.id).update(state="closed")
    with pytest.raises(CommandError, match="leaver is closed"):
        call_command("backup_organisation", "leaver")
    Organisation.objects.filter(pk=leaver.id).update(state="active", schema_version="old")
    with pytest.raises(CommandError, match="on another version"):
        call_command("backup_organisation", "leaver")


def test_a_backup_from_before_an_update_is_migrated(leaver: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    path = backups.back_up(kept(leaver))
    changed(path, lambda manifest: manifest.update(schema_version="older"))
    migrated: list[str] = []
    monkeypatch.setattr(scripts, "migrate_schema", migrated.append)
    backups.restore(kept(leaver), path)
    assert migrated == ["restored_leaver"]


def test_the_keys_are_not_in_it(leaver: OrganisationRef) -> None:
    path = backups.back_up(kept(leaver))
    secret = json.loads(Path(keyring.settings.KEYRING_ROOT, f"{leaver.id}.json").read_text())["keys"][0]["wrapped"]
    with zipfile.ZipFile(path) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert secret.encode() not in everything
    assert b"Wants to become a baker" not in everything
    assert path.stat().st_mode & 0o077 == 0
