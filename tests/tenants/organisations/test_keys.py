"""Keys of organisations from their first day to their last: made, rotated under load, lost, destroyed."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from halka.audit import history
from halka.audit.models import Entry
from halka.common.current import OrganisationRef
from halka.common.errors import Refused
from halka.common.sealing import files, keyring, seals
from halka.common.sealing.errors import KeyDestroyed, KeyMissing
from halka.common.sealing.fields import blind_indexes
from tenants.caseloads.models import Client
from tenants.organisations.domain import keys, provisioning, resealing
from tenants.organisations.domain.keys import ensure_keys
from tenants.organisations.domain.preparation import prepare_database
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.resealing import rotate_data_keys, sealed_columns
from tenants.organisations.enums import State
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Domain, Organisation
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl

TEXT = "what was told in confidence"
NEW = "a-new-master-key-of-this-test-01234567890"


@pytest.fixture
def own_keyring(committing: None, settings: Any, tmp_path: Path) -> Path:
    """A copy of the test database's keyring, so that a test may change it."""
    shutil.copytree(settings.KEYRING_ROOT, tmp_path / "keys")
    settings.KEYRING_ROOT = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "keys"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "SETTLING", 0.0)


@pytest.fixture
def emptied(delta: OrganisationRef, epsilon: OrganisationRef) -> Iterator[None]:
    """No clients and no history of any, before and after."""
    _empty()
    yield
    _empty()


def _empty() -> None:
    for name in ("delta", "epsilon"):
        with as_owner(name), connection.cursor() as cursor:
            tables = [Client._meta.db_table, history.events_of(Client)._meta.db_table]
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


pytestmark = pytest.mark.usefixtures("own_keyring", "quick", "emptied")


def organisation(ref: OrganisationRef) -> Organisation:
    return Organisation.objects.get(pk=ref.id)


def people(ref: OrganisationRef, count: int) -> list[Client]:
    with inside(ref):
        clients = [
            Client(given_name=f"P{n}", note=f"{TEXT} {n}", national_number=f"31-{n}" if n % 2 else "", health="")
            for n in range(count)
        ]
        for client in clients:
            client.save()
    return clients


def key_numbers(ref: OrganisationRef) -> set[int | None]:
    """Of everything sealed in the organisation."""
    found: set[int | None] = set()
    with as_owner(ref.short_name), connection.cursor() as cursor:
        for column in sealed_columns():
            name = column.field.column
            cursor.execute(f"SELECT {name} FROM {column.model._meta.db_table} WHERE octet_length({name}) > 0")
            found |= {seals.key_number(bytes(value)) for (value,) in cursor.fetchall()}
    return found


def events(ref: OrganisationRef) -> int:
    with inside(ref):
        return history.events_of(Client).objects.count()


def run(command: str, *arguments: str, **options: Any) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said, **options)
    return said.getvalue()


# --- a new data key ------------------------------------------------------------------------------------
def test_everything_comes_under_the_new_key(
    delta: OrganisationRef, epsilon: OrganisationRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    clients = people(delta, 5)
    people(epsilon, 1)
    with inside(delta):
        clients[0].note = f"{TEXT}, changed"
        clients[0].save()
        name = files.write(row=clients[0], column="note", source=[b"a letter"])
    before = events(delta)
    assert before == 6
    said = run("rotate_data_keys", organisation="delta", verbosity=2)
    assert "delta: " in said
    assert "1 files sealed anew" in said
    assert "caseloads_client.note: 5" in said
    assert "epsilon" not in said
    assert key_numbers(delta) == {2}
    assert key_numbers(epsilon) == {1}
    assert events(delta) == before  # nothing has changed in the eyes of people
    assert list(keyring.keys_of(delta.id).by_number) == [2]
    with inside(delta):
        assert {client.note for client in Client.objects.all()} >= {f"{TEXT} 4", f"{TEXT}, changed"}
        assert b"".join(files.read(row=clients[0], column="note", name=name)) == b"a letter"
        first, second = history.events_of(Client).objects.filter(pgh_obj_id=clients[0].pk).order_by("pgh_id")
        assert (first.note, second.note) == (f"{TEXT} 0", f"{TEXT}, changed")
        found = Client.objects.get(national_number_index__in=blind_indexes(Client, "national_number_index", "31 3"))
        assert found.given_name == "P3"
        entry = Entry.objects.filter(action="keys.rotated").latest("at")
        assert entry.detail["files"] == 1
        assert entry.detail["values"] > 5


def test_an_empty_organisation(delta: OrganisationRef) -> None:
    assert "delta: 0 values and 0 files" in run("rotate_data_keys", organisation="delta")


def test_all_organisations_at_once(delta: OrganisationRef, epsilon: OrganisationRef) -> None:
    people(delta, 1)
    keyring.destroy(epsilon.id)
    said = run("rotate_data_keys")
    assert "epsilon: its keys were destroyed." in said
    for name in ("alpha", "beta", "delta", "secretariat"):
        assert f"{name}: " in said
    assert key_numbers(delta) == {2}
    with as_owner(), connection.cursor() as cursor:
        for name in ("alpha", "beta", "secretariat"):  # their tests begin with an empty audit
            cursor.execute(f"DELETE FROM {name}.audit_link; DELETE FROM {name}.audit_entry")


def test_old_keys_can_be_kept_for_old_backups(delta: OrganisationRef) -> None:
    (client,) = people(delta, 1)
    with inside(delta), connection.cursor() as cursor:
        cursor.execute("SELECT note FROM caseloads_client")
        old = bytes(cursor.fetchone()[0])
    run("rotate_data_keys", organisation="delta", keep_old=True)
    assert list(keyring.keys_of(delta.id).by_number) == [1, 2]
    with as_owner("delta"), connection.cursor() as cursor:
        cursor.execute("UPDATE caseloads_client SET note = %s", [old])  # as a backup brings it back
    with inside(delta):
        assert Client.objects.get().note == client.note


def test_a_stopped_rotation_goes_on_with_the_same_key(delta: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    people(delta, 5)
    monkeypatch.setattr(resealing, "BATCH", 2)
    replace, batches = resealing._replace, []

    def stops(column: Any, rows: list[Any]) -> int:
        batches.append(column)
        if len(batches) == 3:
            raise KeyboardInterrupt
        return replace(column, rows)

    with monkeypatch.context() as patched:
        patched.setattr(resealing, "_replace", stops)
        with pytest.raises(KeyboardInterrupt):
            rotate_data_keys(organisation=organisation(delta))
    assert key_numbers(delta) == {1, 2}
    with inside(delta):
        assert len([client.note for client in Client.objects.all()]) == 5  # all can be read meanwhile
    rotate_data_keys(organisation=organisation(delta))
    assert key_numbers(delta) == {2}
    assert list(keyring.keys_of(delta.id).by_number) == [2]


def test_people_go_on_working_meanwhile(
    login_walls: None, delta: OrganisationRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are changed and added while they are sealed anew; no word of theirs is lost."""
    monkeypatch.setattr(resealing, "BATCH", 3)
    clients = people(delta, 30)
    stop, faults, rounds = threading.Event(), [], [0]

    def work() -> None:
        try:
            with inside(delta):
                while not stop.is_set():
                    rounds[0] += 1
                    for client in Client.objects.order_by("pk")[:10]:
                        client.note = f"{client.given_name} in round {rounds[0]}"
                        client.save()
                    Client(given_name="New", note="added", national_number=f"n{rounds[0]}").save()
        except BaseException as fault:
            faults.append(fault)
        finally:
            walls.close_all()
            connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    while not rounds[0]:
        time.sleep(0.01)
    try:
        rotate_data_keys(organisation=organisation(delta))
        last = rounds[0]
        while rounds[0] < last + 2:
            time.sleep(0.01)
    finally:
        stop.set()
        worker.join()
    assert faults == []
    assert key_numbers(delta) == {2}
    with inside(delta):
        kept = {client.pk: client.note for client in Client.objects.all()}
        assert all(kept[client.pk].startswith((TEXT, f"{client.given_name} in round")) for client in clients)
        assert sum(note.startswith("P") for note in kept.values()) == 10
        for number in range(1, rounds[0] + 1):
            asked = blind_indexes(Client, "national_number_index", f"n{number}")
            assert Client.objects.filter(national_number_index__in=asked).count() == 1


def test_it_waits_for_what_was_being_written(login_walls: None, delta: OrganisationRef, capsys: Any) -> None:
    """A transaction that has sealed under the old key may commit late."""
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with inside(delta), transaction.atomic():
                Client(given_name="Late", note=TEXT).save()
                begun.set()
                go_on.wait(10)
        finally:
            walls.close_all()
            connections.close_all()

    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("waiting"):
            threading.Timer(0.3, go_on.set).start()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(10)
    rotate_data_keys(organisation=organisation(delta), say=say)
    writer.join()
    assert said[0] == "waiting for 1 transactions"
    assert key_numbers(delta) == {2}
    with inside(delta):
        assert Client.objects.get().note == TEXT


def test_one_rotation_at_a_time(delta: OrganisationRef) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [resealing.LOCK, str(delta.id)])
        with pytest.raises(CommandError, match="Another rotation of keys is running for delta"):
            run("rotate_data_keys", organisation="delta")
    assert list(keyring.keys_of(delta.id).by_number) == [1]


def test_what_is_broken_is_named_and_the_old_key_kept(delta: OrganisationRef) -> None:
    clients = people(delta, 3)
    with inside(delta):
        name = files.write(row=clients[0], column="note", source=[b"a letter"])
        Path(default_storage.path(name)).write_bytes(b"nonsense")
    with as_owner("delta"), connection.cursor() as cursor:
        cursor.execute("UPDATE caseloads_client SET note = national_number WHERE given_name = 'P1'")
    with pytest.raises(CommandError, match=rf"caseloads_client.note {clients[1].pk}: The seal is broken.*{name}"):
        run("rotate_data_keys", organisation="delta")
    assert list(keyring.keys_of(delta.id).by_number) == [1, 2]


def test_another_version_of_the_schema_waits(delta: OrganisationRef) -> None:
    behind = organisation(delta)
    behind.schema_version = "0"
    with pytest.raises(Refused, match="delta is on another version"):
        rotate_data_keys(organisation=behind)


def test_a_closed_organisation_is_rotated_too(delta: OrganisationRef) -> None:
    people(delta, 1)
    closed = organisation(delta)
    closed.state = State.CLOSED
    rotate_data_keys(organisation=closed)
    assert key_numbers(delta) == {2}


def test_nobody_of_this_name() -> None:
    for command in ("rotate_data_keys", "destroy_key"):
        arguments = ["nobody"] if command == "destroy_key" else ["--organisation", "nobody"]
        with pytest.raises(CommandError, match="There is no organisation nobody"):
            run(command, *arguments)


# --- a new master key ----------------------------------------------------------------------------------
def test_a_new_master_key_from_beginning_to_end(
    login_walls: None, delta: OrganisationRef, epsilon: OrganisationRef, settings: Any
) -> None:
    """Both first, then the new one alone: logins and seals open all the time."""
    (old,) = settings.MASTER_KEYS
    people(delta, 2)
    people(epsilon, 1)

    def all_open() -> None:
        walls.close_all()
        keyring._cache.clear()
        for ref, count in ((delta, 2), (epsilon, 1)):
            with inside(ref):
                assert len([client.note for client in Client.objects.all()]) == count

    settings.MASTER_KEYS = [NEW, old]
    try:
        all_open()
        said = run("rotate_master_key")
        assert f"wrapped under {keyring.fingerprint(NEW)}" in said
        assert run("rotate_master_key").startswith("0 organisations")
        _renew_logins()
        settings.MASTER_KEYS = [NEW]
        all_open()
        people(delta, 1)
    finally:
        settings.MASTER_KEYS = [old, NEW]
        _renew_logins()
        settings.MASTER_KEYS = [old]


def _renew_logins() -> None:
    """The network's is renewed by prepare_database, which in this mode of walls would change the test database."""
    with as_owner():
        ddl.ensure_network_roles()
    run("renew_logins")


def test_what_cannot_be_wrapped_anew_is_named(delta: OrganisationRef, own_keyring: Path, settings: Any) -> None:
    (old,) = settings.MASTER_KEYS
    settings.MASTER_KEYS = [NEW, old]
    (own_keyring / f"{delta.id}.json").write_text(
        (own_keyring / f"{delta.id}.json").read_text().replace(keyring.fingerprint(old), "0123456789abcdef")
    )
    with pytest.raises(CommandError, match=rf"1 were not, keep the old master key: .*{delta.id} are wrapped under"):
        run("rotate_master_key")


# --- the first day and the last ------------------------------------------------------------------------
@contextmanager
def founded(name: str) -> Iterator[None]:
    try:
        yield
    finally:
        for found in Organisation.objects.filter(schema_name=name):
            Domain.objects.filter(tenant=found).delete()
            with as_owner():
                ddl.drop_organisation(found.db_role, found.schema_name)
                Organisation.objects.filter(pk=found.pk).delete()


def test_an_organisation_is_born_with_its_key() -> None:
    with founded("founded"):
        made = provision(new=NewOrganisation("founded", {"en": "Founded"}))
        assert list(keyring.keys_of(made.pk).by_number) == [1]


def test_an_organisation_that_fails_leaves_no_key(own_keyring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(own_keyring.iterdir())

    def fail(*arguments: Any, **options: Any) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(provisioning.keyring, "create", fail)
        with pytest.raises(OSError, match="no space"):
            provision(new=NewOrganisation("founded", {"en": "Founded"}))
    assert not Organisation.objects.filter(schema_name="founded").exists()
    assert set(own_keyring.iterdir()) - before <= {own_keyring / ".lock"}


def test_an_organisation_from_before_there_were_keys(delta: OrganisationRef) -> None:
    keyring.discard(delta.id)
    prepare_database()
    assert keyring.exists(delta.id)


def test_a_lost_keyring_is_not_made_anew(delta: OrganisationRef, own_keyring: Path) -> None:
    """New keys would not open what is sealed, and would hide that the old ones are needed."""
    people(delta, 1)
    kept = (own_keyring / f"{delta.id}.json").rename(own_keyring / "elsewhere")
    prepared = prepare_database()
    assert set(prepared.failed) == {"delta"}
    assert "delta holds sealed values and its keys are not in the keyring" in prepared.failed["delta"]
    with inside(delta), pytest.raises(KeyMissing):
        Client(given_name="New", note=TEXT).save()
    kept.rename(own_keyring / f"{delta.id}.json")
    assert prepare_database().failed == {}
    with inside(delta):
        assert Client.objects.get().note == f"{TEXT} 0"


def test_destroyed_keys_are_not_missed(delta: OrganisationRef) -> None:
    keyring.destroy(delta.id)
    with as_owner():
        ensure_keys(delta.id, "delta")
    assert not keyring.exists(delta.id)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda words: monkeypatch.setattr("builtins.input", lambda prompt: words)


def test_keys_are_destroyed_by_the_typed_name(
    delta: OrganisationRef, network: OrganisationRef, typed: Callable[[str], None]
) -> None:
    people(delta, 1)
    typed("Delta")
    with pytest.raises(CommandError, match="That is not its name"):
        run("destroy_key", "delta")
    with inside(delta):
        assert Client.objects.get().note
    typed(" Delta Workshop ")
    assert "The keys are destroyed" in run("destroy_key", "delta")
    with inside(delta):
        client = Client.objects.get()
        assert client.given_name == "P0"
        with pytest.raises(KeyDestroyed):
            client.note  # noqa: B018
    with pytest.raises(CommandError, match="destroyed already"):
        run("destroy_key", "delta")
    with inside(network):
        entry = Entry.objects.filter(action="keys.destroyed").latest("at")
        assert entry.target_id == str(delta.id)


def test_the_secretariats_own_keys(own_keyring: Path) -> None:
    secretariat = Organisation.objects.get(schema_name="secretariat")
    keys.destroy_keys(organisation=secretariat)
    assert keyring.is_destroyed(secretariat.pk)
