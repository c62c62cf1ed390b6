"""Many schemas behind the code: the first is migrated by Django, the others by what that took; one that fails stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.migration import Migration

from halka.common.current import OrganisationRef
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain import preparation
from tenants.organisations.domain.preparation import prepare_database
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Organisation
from tenants.organisations.walls import catalogue, ddl, replay, scripts
from tests.guards.crowd import remove

NAMES = ("behinda", "behindb", "behindc")
BACK = """
DROP TABLE {0}.contributions_contribution;
DELETE FROM {0}.django_migrations WHERE app = 'contributions';
"""


def as_the_owner(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def digest(name: str) -> str:
    with as_owner():
        return catalogue.digests([name])[name]


def put_behind(name: str) -> None:
    """As it was before it had contributions, which nothing else refers to."""
    as_the_owner(BACK.format(name))
    Organisation.objects.filter(schema_name=name).update(schema_version="old")
    forget_hosts(Organisation.objects.get(schema_name=name).pk)


def clear() -> None:
    for left in Organisation.objects.filter(schema_name__in=NAMES):
        remove(left.ref())


@pytest.fixture
def behind(committing: None) -> Iterator[list[OrganisationRef]]:
    clear()
    made = [provision(new=NewOrganisation(name, {"en": name})).ref() for name in NAMES]
    for name in NAMES:
        put_behind(name)
    yield made
    clear()


@pytest.fixture
def by_django(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The schemas that Django's own migrations were run in, after the first."""
    names: list[str] = []
    right = scripts.migrate_schema

    def migrate(schema: str, **options: Any) -> None:
        names.append(schema)
        right(schema, **options)

    monkeypatch.setattr(scripts, "migrate_schema", migrate)
    return names


@pytest.mark.slow
def test_one_is_migrated_and_the_others_are_made_like_it(
    behind: list[OrganisationRef], delta: OrganisationRef, by_django: list[str]
) -> None:
    said: list[str] = []
    prepared = prepare_database(say=said.append)
    assert set(prepared.migrated) == set(NAMES)
    assert prepared.failed == {}
    assert by_django == []
    assert said == ["migrating behinda", "migrating 2 more"]
    # normally migrated, made by statements, and made by the prepared script: the same
    assert {digest(name) for name in NAMES} == {digest(delta.short_name)}
    assert prepare_database().migrated == ()


@pytest.mark.slow
def test_one_that_is_not_as_it_should_be_stays_as_it_was(
    behind: list[OrganisationRef], delta: OrganisationRef, by_django: list[str]
) -> None:
    as_the_owner("CREATE TABLE behindb.contributions_contribution (id int)")
    before = digest("behindb")
    prepared = prepare_database()
    assert set(prepared.migrated) == {"behinda", "behindc"}
    assert "already exists" in prepared.failed["behindb"]
    assert by_django == ["behindb"]
    assert digest("behindb") == before
    assert Organisation.objects.get(schema_name="behindb").schema_version == "old"
    as_the_owner("DROP TABLE behindb.contributions_contribution")
    assert prepare_database().migrated == ("behindb",)  # it is gone on with, alone
    assert {digest(name) for name in NAMES} == {digest(delta.short_name)}


@pytest.mark.slow
def test_what_statements_cannot_do_is_done_by_django(
    behind: list[OrganisationRef], by_django: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "_is_plain", lambda migration: False)
    assert set(prepare_database().migrated) == set(NAMES)
    assert sorted(by_django) == ["behindb", "behindc"]


@pytest.mark.slow
def test_the_first_may_fail_and_the_next_shows_how(behind: list[OrganisationRef], by_django: list[str]) -> None:
    as_the_owner("CREATE TABLE behinda.contributions_contribution (id int)")
    prepared = prepare_database()
    assert set(prepared.failed) == {"behinda"}
    assert set(prepared.migrated) == {"behindb", "behindc"}
    assert by_django == []


def test_rights_are_what_the_first_one_has(behind: list[OrganisationRef]) -> None:
    prepare_database()
    organisations = Organisation.objects.filter(schema_name__in=NAMES)
    with as_owner():
        first, *others = [ddl.rights_in(made.schema_name, made.db_role) for made in organisations]
    assert first["contributions_contribution"]
    assert first["django_migrations"] == frozenset()
    assert others == [first, first]


def test_rights_that_were_taken_are_taken_everywhere(delta: OrganisationRef) -> None:
    """In a transaction that is undone."""
    taken = {"caseloads_client": frozenset({"SELECT"}), "audit_entry": frozenset()}
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ddl.grants_like(taken, delta.db_role, "delta"))
        held = ddl.rights_in("delta", delta.db_role)
        assert (held["caseloads_client"], held["audit_entry"]) == ({"SELECT"}, frozenset())
        transaction.set_rollback(True)


def test_what_was_something_else_is_left_alone(behind: list[OrganisationRef]) -> None:
    before = digest("behindb")
    recording = replay.Recording("CREATE TABLE of_nobody (id int)", {}, "something else")
    organisation = Organisation.objects.get(schema_name="behindb")
    with as_owner():
        assert preparation._replayed(recording, organisation) is False
    assert digest("behindb") == before


def test_those_without_a_schema_are_passed_over(behind: list[OrganisationRef]) -> None:
    Organisation.objects.filter(schema_name__in=NAMES).update(schema_version="")
    assert prepare_database().migrated == ()


@pytest.mark.parametrize(
    ("operations", "atomic", "plain"),
    [
        ([RunSQL("CREATE TABLE x (id int)")], True, True),
        ([RunSQL("CREATE TABLE x (id int)")], False, False),
        ([RunSQL(" select public.forget_history(1)")], True, False),
        ([RunSQL([("SELECT %s", [1])])], True, False),
        ([RunSQL(["UPDATE x SET id = 1"])], True, True),
        ([RunPython(RunPython.noop)], True, False),
        ([SeparateDatabaseAndState([RunPython(RunPython.noop)])], True, False),
    ],
)
def test_what_statements_can_do(operations: list[Any], atomic: bool, plain: bool) -> None:
    migration = Migration("test", "audit")
    migration.operations, migration.atomic = operations, atomic
    assert replay._is_plain(migration) is plain
    migration.app_label = "accounts"  # shared: nothing is done for it in a private schema
    assert replay._is_plain(migration) is True
