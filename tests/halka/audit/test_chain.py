"""The chain of entries: whole after honest work, and whoever meddles with it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from halka.audit import chain
from halka.audit.chain import Anchor
from halka.audit.domain import SYSTEM, record
from halka.audit.models import Entry, Link
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.caseloads.models import Client, Finding
from tenants.organisations.domain.auditing import anchor_audit, check_audit
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import AuditAnchor, Organisation
from tenants.organisations.tasks import anchor_audits
from tenants.organisations.walls import connections as walls
from tests.factories.caseloads import ClientFactory
from tests.guards.crowd import remove

SCHEMA = "chained"


@pytest.fixture
def chained(login_walls: None) -> Iterator[OrganisationRef]:
    """An organisation with its own login, which is gone after the test."""
    for left in Organisation.objects.filter(schema_name=SCHEMA):  # by a run that was killed
        remove(left.ref())
    made = provision(new=NewOrganisation(SCHEMA, {"en": "Chained"})).ref()
    yield made
    remove(made)
    as_owner_do("DELETE FROM public.organisations_auditanchor WHERE organisation_id = %s", made.id)


@pytest.fixture
def entries(chained: OrganisationRef) -> list[UUID]:
    """Nine entries, of which the middle three share a transaction."""
    keys = [write(chained, f"thing.done_{number}") for number in range(3)]
    with inside(chained), transaction.atomic():
        keys += [record(action=f"thing.done_{number}", by=SYSTEM).pk for number in range(3, 6)]
    return keys + [write(chained, f"thing.done_{number}") for number in range(6, 9)]


def write(ref: OrganisationRef, action: str, **detail: Any) -> UUID:
    with inside(ref):
        return record(action=action, detail=detail, by=SYSTEM).pk


def as_owner_do(*statements: Any) -> None:
    """Runs SQL as the owner, who may do anything; parameters follow their statement."""
    statement, *parameters = statements
    with as_owner(SCHEMA if SCHEMA in schemas() else None), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        return {name for (name,) in cursor.fetchall()}


WITHOUT_TRIGGERS = "ALTER TABLE audit_entry DISABLE TRIGGER USER; {} ; ALTER TABLE audit_entry ENABLE TRIGGER USER"


def test_it_holds(chained: OrganisationRef, entries: list[UUID]) -> None:
    verdict = check_audit(chained)
    assert (verdict.count, verdict.fault) == (9, "")
    with inside(chained):
        assert list(Link.objects.order_by("number").values_list("entry_id", flat=True)) == entries
        assert verdict.last == chain.last_link()


def test_an_empty_audit_holds(chained: OrganisationRef) -> None:
    assert check_audit(chained) == chain.Verdict(0, None)
    assert anchor_audit(chained) is None


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_it_holds_in_parts(
    chained: OrganisationRef, entries: list[UUID], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(chain, "BATCH", batch)
    assert check_audit(chained).count == 9


def test_any_words_and_any_session_give_the_same_hash(chained: OrganisationRef) -> None:
    with inside(chained):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL timezone TO 'Asia/Tehran'; SET LOCAL datestyle TO 'German';"
                "SET LOCAL bytea_output TO 'escape'"
            )
            Entry.objects.create(
                at=datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
                actor_user_id=2**62,
                actor_name="Šešelj «ژاله» \\ \" ' 7:x",
                is_support=True,
                action="a b",
                target_model="",
                target_id="1:1",
                about_id=uuid7(),
                detail={"b": 1.50, "ä": ["\n", None, True], "": {"z": "۱۲", "a": 10**20}},
            )
        Entry.objects.create(action="")
    assert check_audit(chained).fault == ""


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit_entry SET detail = '{{\"x\": 1}}' WHERE id = '{entry}'", "(number 5) was changed"),
        ("UPDATE audit_entry SET about_id = id WHERE id = '{entry}'", "(number 5) was changed"),
        ("UPDATE audit_entry SET at = at - interval '1 microsecond' WHERE id = '{entry}'", "(number 5) was changed"),
        ("UPDATE audit_entry SET actor_user_id = 0 WHERE id = '{entry}'", "(number 5) was changed"),
        ("DELETE FROM audit_entry WHERE id = '{entry}'", "(number 5) was removed"),
        ("UPDATE audit_link SET hash = sha256('x') WHERE entry_id = '{entry}'", "(number 5) was changed"),
    ],
)
def test_a_changed_or_removed_entry_is_named(
    chained: OrganisationRef, entries: list[UUID], statement: str, words: str
) -> None:
    as_owner_do(statement.format(entry=entries[4]))
    verdict = check_audit(chained)
    assert str(entries[4]) in verdict.fault
    assert words in verdict.fault
    assert verdict.count == 4


def test_an_entry_removed_with_its_link_is_noticed(chained: OrganisationRef, entries: list[UUID]) -> None:
    as_owner_do("DELETE FROM audit_entry WHERE id = %s", entries[4])
    as_owner_do("DELETE FROM audit_link WHERE entry_id = %s", entries[4])
    assert check_audit(chained).fault == "The link with number 5 was removed."
    as_owner_do("UPDATE audit_link SET number = number - 1 WHERE number > 5")
    assert f"Entry {entries[5]} (number 5) was changed" in check_audit(chained).fault


def test_swapped_entries_are_named(chained: OrganisationRef, entries: list[UUID]) -> None:
    first, second = entries[2], entries[6]
    as_owner_do("UPDATE audit_link SET entry_id = gen_random_uuid() WHERE entry_id = %s", first)
    as_owner_do("UPDATE audit_link SET entry_id = %s WHERE entry_id = %s", first, second)
    as_owner_do("UPDATE audit_link SET entry_id = %s WHERE number = 3", second)
    assert f"Entry {second} (number 3) was changed, or stands in another's place." in check_audit(chained).fault


def test_an_entry_put_in_between_is_named(chained: OrganisationRef, entries: list[UUID]) -> None:
    made = uuid7()
    as_owner_do("UPDATE audit_link SET number = -number WHERE number > 4")
    as_owner_do("UPDATE audit_link SET number = 1 - number WHERE number < 0")
    as_owner_do(
        WITHOUT_TRIGGERS.format(
            "INSERT INTO audit_entry (id, at, actor_name, is_support, action, target_model, target_id, detail) "
            f"VALUES ('{made}', now(), '', false, 'x', '', '', '{{}}')"
        )
    )
    assert "The link with number 5 was removed." in check_audit(chained).fault
    as_owner_do("INSERT INTO audit_link (number, entry_id, hash) VALUES (5, %s, sha256('x'))", made)
    verdict = check_audit(chained)
    assert verdict.fault == f"Entry {made} (number 5) was put in later."
    assert verdict.count == 4


def test_an_entry_that_is_tied_to_nothing_is_named(chained: OrganisationRef, entries: list[UUID]) -> None:
    made = uuid7()
    as_owner_do(
        WITHOUT_TRIGGERS.format(
            "INSERT INTO audit_entry (id, at, actor_name, is_support, action, target_model, target_id, detail) "
            f"VALUES ('{made}', now(), '', false, 'x', '', '', '{{}}')"
        )
    )
    assert f"Entry {made} is tied to nothing" in check_audit(chained).fault


def test_a_cut_end_is_noticed_by_the_anchor(chained: OrganisationRef, entries: list[UUID]) -> None:
    with inside(chained):
        end = chain.last_link()
    assert anchor_audit(chained) == end
    as_owner_do("DELETE FROM audit_entry WHERE id = ANY(%s)", entries[7:])
    as_owner_do("DELETE FROM audit_link WHERE number > 7")
    assert check_audit(chained).fault == (
        "The end was cut off: number 8 is missing and all up to 9, which was noted once."
    )


def test_a_chain_written_anew_is_noticed_by_the_anchor(chained: OrganisationRef, entries: list[UUID]) -> None:
    anchor_audit(chained)
    write(chained, "later")
    anchor_audit(chained)
    as_owner_do("DELETE FROM audit_link")
    as_owner_do("UPDATE audit_entry SET action = 'nothing.done' WHERE action = 'later'")
    as_owner_do(
        "DO $$ DECLARE entry record; tied bytea := ''; counted bigint := 0; BEGIN"
        " FOR entry IN SELECT * FROM audit_entry ORDER BY at, id LOOP counted := counted + 1;"
        " tied := sha256(tied || convert_to(public.audit_text(entry.id, entry.at, entry.actor_user_id,"
        " entry.actor_name, entry.is_support, entry.action, entry.target_model, entry.target_id, entry.about_id,"
        " entry.detail), 'UTF8')); INSERT INTO audit_link (number, entry_id, hash)"
        " VALUES (counted, entry.id, tied); END LOOP; END $$"
    )
    with inside(chained):
        assert chain.verify().fault == ""  # by itself it is as good as new
    assert check_audit(chained).fault == (
        "The chain was written anew: number 10 is not what was noted of it. It held up to 9."
    )


def test_anchors_are_noted_once_and_by_the_task(chained: OrganisationRef, entries: list[UUID]) -> None:
    anchor_audit(chained)
    assert anchor_audits() >= 1
    rows = list(AuditAnchor.objects.filter(organisation=chained.id).values_list("number", "hash"))
    assert [Anchor(number, bytes(tied)) for number, tied in rows] == [check_audit(chained).last]


def test_the_network_adds_anchors_and_never_changes_them(chained: OrganisationRef, entries: list[UUID]) -> None:
    anchor_audit(chained)
    for statement in ("UPDATE organisations_auditanchor SET number = 1", "DELETE FROM organisations_auditanchor"):
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
    with inside(chained), pytest.raises(DatabaseError, match="permission denied"):
        AuditAnchor.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_link SET hash = hash",
        "DELETE FROM audit_link",
        "INSERT INTO audit_link (number, entry_id, hash) VALUES (99, gen_random_uuid(), sha256('x'))",
        "TRUNCATE audit_link",
        "UPDATE audit_entry SET action = action",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "SET session_replication_role = replica",
        "SELECT public.audit_chain()",
    ],
)
def test_the_organisation_adds_entries_and_nothing_else(
    chained: OrganisationRef, entries: list[UUID], statement: str
) -> None:
    with (
        inside(chained),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner|only be called as trigger"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_deferring_does_not_help_to_get_round_it(chained: OrganisationRef, entries: list[UUID]) -> None:
    """Whoever ties early ties as well, and nothing is tied that was rolled back."""
    with inside(chained):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            record(action="early", by=SYSTEM)
            record(action="early", by=SYSTEM)
        with transaction.atomic():
            record(action="never", by=SYSTEM)
            transaction.set_rollback(True)
        with transaction.atomic():
            record(action="kept", by=SYSTEM)
            with transaction.atomic():
                record(action="dropped", by=SYSTEM)
                transaction.set_rollback(True)
    assert check_audit(chained) == chain.Verdict(12, check_audit(chained).last)


def in_threads(number: int, work: Callable[[int], None]) -> list[BaseException]:
    """Runs `work(0)`, `work(1)` … at once; what they raised."""
    faults: list[BaseException] = []
    start = Barrier(number)

    def run(mine: int) -> None:
        try:
            start.wait()
            work(mine)
        except BaseException as error:
            faults.append(error)
        finally:
            walls.close_all()
            connections.close_all()

    threads = [Thread(target=run, args=(mine,)) for mine in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.slow
def test_eight_at_once_make_one_chain(chained: OrganisationRef) -> None:
    def work(mine: int) -> None:
        with inside(chained):
            for turn in range(25):
                with transaction.atomic():
                    for _ in range(1 + turn % 3):
                        record(action=f"thread.{mine}", by=SYSTEM)

    assert in_threads(8, work) == []
    total = 8 * sum(1 + turn % 3 for turn in range(25))
    assert (check_audit(chained).count, check_audit(chained).fault) == (total, "")
    with inside(chained):
        assert list(Link.objects.order_by("number").values_list("number", flat=True)) == list(range(1, total + 1))


@pytest.mark.slow
@pytest.mark.parametrize("entry_first", [True, False])
def test_two_that_touch_the_same_rows_do_not_lock_each_other_out(chained: OrganisationRef, entry_first: bool) -> None:
    """One holds a client while the other adds a row that names it; the reference is checked at commit, as is the chain.

    In the opposite order of the entries, and many times over: a deadlock would be an error of one of them.
    """
    with inside(chained):
        one, other = ClientFactory(given_name="One"), ClientFactory(given_name="Other")

    def work(mine: int) -> None:
        held, named = (one, other) if mine % 2 else (other, one)
        for _ in range(12):
            with inside(chained), transaction.atomic():
                if entry_first:
                    record(action="first", on=held, by=SYSTEM)
                Client.objects.select_for_update().get(pk=held.pk)
                Finding.objects.create(client=named, kind="need", text="x", noted_on=date.today())
                record(action="last", on=named, by=SYSTEM)

    assert in_threads(4, work) == []
    assert (check_audit(chained).count, check_audit(chained).fault) == (4 * 12 * (2 if entry_first else 1), "")


def test_the_command_says_it_in_words(
    chained: OrganisationRef, entries: list[UUID], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_audit", organisation=SCHEMA, anchor=True)
    last = check_audit(chained).last
    assert last is not None
    assert capsys.readouterr().out == f"{SCHEMA}: 9 entries hold, the last is {last.hash.hex()}.\n"
    assert AuditAnchor.objects.filter(organisation=chained.id).count() == 1
    as_owner_do("DELETE FROM audit_entry WHERE id = %s", entries[0])
    with pytest.raises(CommandError, match=f"does not hold: {SCHEMA}."):
        call_command("verify_audit")
    assert f"{SCHEMA}: Entry {entries[0]} (number 1) was removed." in capsys.readouterr().out


def test_the_command_knows_whom_it_cannot_look_at(chained: OrganisationRef, capsys: pytest.CaptureFixture[str]) -> None:
    as_owner_do("UPDATE public.organisations_organisation SET state = 'closed' WHERE schema_name = %s", SCHEMA)
    call_command("verify_audit", organisation=SCHEMA)
    assert f"{SCHEMA}: not looked at." in capsys.readouterr().out
    assert anchor_audits() >= 0
    with pytest.raises(CommandError, match="no organisation nobody"):
        call_command("verify_audit", organisation="nobody")
