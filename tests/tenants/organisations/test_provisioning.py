"""Creating organisations out of spares, and bringing their schemas to the code's version. All of it is committed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from celery import shared_task
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections
from django.test import Client

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.sealing import keyring
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain import preparation, provisioning
from tenants.organisations.domain.preparation import prepare_database
from tenants.organisations.domain.provisioning import NewOrganisation, prepare_spare, provision, refill_spares
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import OrganisationUnavailable, as_owner, inside
from tenants.organisations.models import Domain, Membership, Organisation, SpareSchema
from tenants.organisations.names import RESERVED, validate_short_name
from tenants.organisations.tasks import NoOrganisation, OrganisationTask
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl, replay, scripts
from tenants.organisations.walls.identities import members_group, secretariat_group
from tests.guards.crowd import drop_spares, remove

NAMES = ("newone", "newtwo", "newthree")


def owner_sees(statement: str, *parameters: object) -> list[Any]:
    """The first column of what the owner's query returns."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def schemas() -> set[str]:
    return set(owner_sees("SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_'"))


def roles() -> set[str]:
    prefix = f"{ddl.database_name()}_o_"
    return set(owner_sees("SELECT rolname::text FROM pg_roles WHERE starts_with(rolname, %s)", prefix))


def clear() -> None:
    for organisation in Organisation.objects.filter(schema_name__in=NAMES):
        Membership.objects.filter(organisation=organisation).delete()
        remove(organisation.ref())
    User.objects.filter(email="new@example.org").delete()
    drop_spares()


@pytest.fixture
def committing(committing: None) -> Iterator[None]:
    """Neither spares nor new organisations before and after each test."""
    clear()
    yield
    clear()


def new(name: str, **fields: Any) -> NewOrganisation:
    return NewOrganisation(name, {"en": name.title()}, **fields)


@pytest.fixture
def page_of() -> Callable[[OrganisationRef], int]:
    """The status of an organisation's first page for one of its members."""

    def status(organisation: OrganisationRef) -> int:
        user, _ = User.objects.get_or_create(email="new@example.org", defaults={"name": "New"})
        Membership.objects.get_or_create(organisation_id=organisation.id, user=user, defaults={"role": Role.CASEWORKER})
        browser = Client(headers={"host": workspace_host(organisation.short_name)})
        browser.force_login(user)
        response = browser.get("/")
        if response.status_code == 503:
            assert response["Retry-After"]
        return response.status_code

    return status


# --- short names ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["abc", "mentors", "a23", "x" * 31])
def test_a_good_short_name(name: str) -> None:
    validate_short_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *["", "ab", "x" * 32, "1abc", "Abc", "a_b", "a-b", "a.b", "a b", "ab\n", "\nabc", "abć", "ａｂｃ", "آبی"],
        *["../org_b", "%s", "$user", '"abc"', "abc;", "abc'--", "a\0bc"],  # these left the media folder or the quotes
        *["information_schema", "informationschema", "pg_catalog", "pgtoast", "pg", "public", "template0", "postgres"],
        *["spare", "spare12", "test1", "xnabc", "halka", "www", "api", "admin", "localhost"],
    ],
)
def test_a_bad_short_name(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_short_name(name)
    with pytest.raises(ValidationError):
        provision(new=new(name))


def test_reserved_words_stand_in_order_and_could_be_taken_otherwise() -> None:
    assert all(word == word.lower() for word in RESERVED)


def test_the_database_refuses_a_bad_name_too(committing: None) -> None:
    with as_owner(), pytest.raises(Exception, match="short_name_pattern"):
        Organisation.objects.bulk_create(
            [Organisation(schema_name="a_b", db_role="nobody", schema_version="", names={})]
        )


# --- creating -------------------------------------------------------------------------------------


def test_a_new_organisation_serves(committing: None, page_of: Callable[[OrganisationRef], int]) -> None:
    organisation = provision(new=new("newone", language="fa", calendar="jalali", values={"province": "North"}))
    ref = organisation.ref()
    assert Organisation.objects.get(schema_name="newone").province == "North"
    assert Domain.objects.get(tenant=organisation).domain == workspace_host("newone")
    with inside(ref):
        Entry.objects.create(action="first")
        assert Entry.objects.get().action == "first"
    assert page_of(ref) == 200


def test_its_role_reaches_it_and_nothing_else(committing: None) -> None:
    ref = provision(new=new("newone")).ref()
    flags = "rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
    assert owner_sees(f"SELECT ARRAY[{flags}] FROM pg_roles WHERE rolname = %s", ref.db_role) == [[False] * 5]
    groups = owner_sees(
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", f'"{ref.db_role}"'
    )
    assert groups == [members_group(ddl.database_name())]
    reached = owner_sees(
        "SELECT nspname::text FROM pg_namespace WHERE has_schema_privilege(%s, oid, 'USAGE')", ref.db_role
    )
    assert set(reached) == {"newone", "public", "pg_catalog", "information_schema"}
    assert (
        owner_sees("SELECT nspname::text FROM pg_namespace WHERE has_schema_privilege(%s, oid, 'CREATE')", ref.db_role)
        == []
    )


def test_the_secretariat_is_in_its_group(committing: None) -> None:
    ref = provision(new=new("newone", kind=Kind.SECRETARIAT)).ref()
    group = secretariat_group(ddl.database_name())
    assert owner_sees("SELECT pg_has_role(%s, %s, 'member')", ref.db_role, group) == [True]


def test_a_taken_name_takes_no_spare(committing: None) -> None:
    first = provision(new=new("newone"))
    refill_spares(target=1)
    with pytest.raises(ValidationError) as refused:
        provision(new=new("newone"))
    assert refused.value.code == "short_name_taken"
    assert SpareSchema.objects.count() == 1
    assert Organisation.objects.get(schema_name="newone").db_role == first.db_role


def at_once(*names: str) -> list[Any]:
    """What came of creating organisations with these names in as many threads."""
    start = threading.Barrier(len(names))
    results: list[Any] = [None] * len(names)

    def create(number: int, name: str) -> None:
        start.wait()
        try:
            results[number] = provision(new=new(name))
        except ValidationError as error:
            results[number] = error.code
        finally:
            walls.close_all()
            connections.close_all()

    threads = [threading.Thread(target=create, args=item) for item in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_at_once_take_different_spares(committing: None) -> None:
    refill_spares(target=2)
    first, second = at_once("newone", "newtwo")
    assert first.db_role != second.db_role
    assert SpareSchema.objects.count() == 0
    assert {"newone", "newtwo"} <= schemas()


def test_two_at_once_for_one_spare_both_succeed(committing: None) -> None:
    refill_spares(target=1)
    first, second = at_once("newone", "newtwo")
    assert first.db_role != second.db_role


def test_one_of_two_gets_the_name(committing: None) -> None:
    refill_spares(target=2)
    results = at_once("newone", "newone")
    assert sum(result == "short_name_taken" for result in results) == 1
    assert SpareSchema.objects.count() == 1
    assert Organisation.objects.filter(schema_name="newone").count() == 1


class Trouble(Exception):
    pass


def trouble(*args: object, **kwargs: object) -> None:
    raise Trouble


@pytest.mark.parametrize("where", ["claim", "handing over"])
def test_creating_that_fails_half_way_leaves_nothing(
    committing: None, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    refill_spares(target=1)
    before = schemas(), roles()
    if where == "claim":
        monkeypatch.setattr(Domain.objects, "bulk_create", trouble)
    else:
        right = ddl.hand_over
        monkeypatch.setattr(ddl, "hand_over", lambda *given, **named: (right(*given, **named), trouble()))
    with pytest.raises(Trouble):
        provision(new=new("newone"))
    assert (schemas(), roles()) == before
    assert SpareSchema.objects.count() == 1
    assert not Organisation.objects.filter(schema_name="newone").exists()
    assert not Domain.objects.filter(domain=workspace_host("newone")).exists()


def test_keys_that_were_there_before_stay_as_they_are(committing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an earlier try, or of an organisation whose row was lost: what they open would be lost with them."""
    identifier = uuid7()
    keyring.create(identifier)
    first = keyring.checksum(identifier)
    with monkeypatch.context() as change:
        change.setattr(ddl, "hand_over", trouble)
        with pytest.raises(Trouble):
            provision(new=new("newone", id=identifier))
    assert keyring.checksum(identifier) == first
    assert provision(new=new("newone", id=identifier)).pk == identifier
    assert keyring.checksum(identifier) == first


@pytest.mark.parametrize("where", ["create_organisation_role", "grant_schema"])
def test_a_spare_that_fails_half_way_leaves_nothing(
    committing: None, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before = schemas(), roles()
    monkeypatch.setattr(ddl, where, trouble)
    with pytest.raises(Trouble):
        prepare_spare()
    assert (schemas(), roles()) == before
    assert SpareSchema.objects.count() == 0


# --- spares ---------------------------------------------------------------------------------------


def test_the_pool_is_filled_up(committing: None) -> None:
    seen: list[int] = []
    assert refill_spares(target=2, on_each=seen.append) == 2
    assert seen == [1, 2]
    assert refill_spares(target=2) == 0
    provision(new=new("newone"))
    assert refill_spares(target=2) == 1
    assert SpareSchema.objects.count() == 2


def test_stale_spares_are_dropped(committing: None) -> None:
    stale = prepare_spare()
    SpareSchema.objects.filter(pk=stale.pk).update(schema_version="old")
    assert refill_spares(target=1) == 1
    assert stale.schema_name not in schemas()
    assert stale.db_role not in roles()
    assert SpareSchema.objects.get().schema_version != "old"


def test_a_stale_spare_is_never_given_away(committing: None) -> None:
    stale = prepare_spare()
    SpareSchema.objects.filter(pk=stale.pk).update(schema_version="old")
    assert provision(new=new("newone")).db_role != stale.db_role


# --- versions -------------------------------------------------------------------------------------


def outdate(organisation: OrganisationRef) -> None:
    Organisation.objects.filter(pk=organisation.id).update(schema_version="old")
    forget_hosts(organisation.id)


def test_where_the_first_fails_and_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "migrate_and_record", trouble)
    alone = [Organisation(schema_name="alone")]
    assert list(preparation._migrate_together(alone, lambda _: None)) == [("alone", "Trouble")]


def test_shared_tables_behind_the_code_are_migrated(committing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[bool] = []
    monkeypatch.setattr(scripts, "migrate_shared", lambda: ran.append(True))
    prepare_database()
    assert ran == []
    monkeypatch.setattr("tenants.organisations.domain.preparation.expected_shared_version", lambda: "newer")
    said: list[str] = []
    assert not prepare_database(say=said.append).created
    assert ran == [True]
    assert said == ["migrating the shared tables"]


def test_a_spare_that_another_takes_first_is_made_again(committing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one prepared is gone before it is claimed."""
    right, taken = provisioning.prepare_spare, []

    def prepare() -> SpareSchema:
        spare = right()
        if not taken:
            taken.append(spare)
            SpareSchema.objects.filter(pk=spare.pk).delete()
            with as_owner():
                ddl.drop_organisation(spare.db_role, spare.schema_name)
        return spare

    with as_owner():
        for waiting in SpareSchema.objects.all():
            ddl.drop_organisation(waiting.db_role, waiting.schema_name)
            waiting.delete()
    monkeypatch.setattr(provisioning, "prepare_spare", prepare)
    assert provision(new=new(NAMES[0])).schema_name == NAMES[0]
    assert len(taken) == 1


def test_a_fault_of_the_database_is_not_called_a_taken_name(committing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise DatabaseError("no space left")

    monkeypatch.setattr(provisioning, "_claim", fail)
    with pytest.raises(DatabaseError, match="no space left"):
        provision(new=new(NAMES[0]))


@pytest.mark.slow
def test_a_migration_that_fails_holds_up_nobody_else(
    committing: None, page_of: Callable[[OrganisationRef], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = (provision(new=new(name)).ref() for name in NAMES[:2])
    for organisation in (broken, whole):
        outdate(organisation)
    right = replay.migrate_and_record

    def migrate(schema: str, role: str) -> replay.Recording | None:
        if schema == broken.short_name:
            with as_owner(schema), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return right(schema, role)

    monkeypatch.setattr(replay, "migrate_and_record", migrate)
    prepared = prepare_database()
    assert prepared.migrated == (whole.short_name,)
    assert prepared.failed == {broken.short_name: "division by zero"}
    assert page_of(broken) == 503
    assert page_of(whole) == 200
    monkeypatch.undo()
    assert prepare_database().migrated == (broken.short_name,)
    assert page_of(broken) == 200


def test_another_version_is_not_entered(committing: None, delta: OrganisationRef) -> None:
    with pytest.raises(OrganisationUnavailable), inside(replace(delta, schema_version="old")):
        pass


@pytest.mark.parametrize("mode", ["local", "login"])
def test_a_missing_schema_is_noticed(committing: None, settings: Any, mode: str) -> None:
    ref = provision(new=new("newone")).ref()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA newone CASCADE")
    settings.DATABASE_WALLS = mode
    with pytest.raises(Exception, match="is missing"), inside(ref), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


# --- the end of an organisation -------------------------------------------------------------------


@shared_task(base=OrganisationTask, name="test.count_entries")
def count_entries(least: int) -> int:
    return max(least, Entry.objects.count())


def test_a_closed_organisation_is_nobodys_host(committing: None, page_of: Callable[[OrganisationRef], int]) -> None:
    ref = provision(new=new("newone")).ref()
    assert page_of(ref) == 200
    Organisation.objects.filter(pk=ref.id).update(state=State.CLOSED)
    forget_hosts(ref.id)
    assert page_of(ref) == 404
    closed = Organisation.objects.get(pk=ref.id).ref()
    with pytest.raises(OrganisationUnavailable), inside(closed):
        pass
    with pytest.raises(OrganisationUnavailable):
        count_entries("newone", 0)


def test_a_dropped_organisation_leaves_nothing(committing: None, page_of: Callable[[OrganisationRef], int]) -> None:
    before = schemas(), roles()
    ref = provision(new=new("newone")).ref()
    assert count_entries("newone", 7) == 7
    forget_hosts(ref.id)
    remove(ref)
    assert (schemas(), roles()) == before
    assert Client(headers={"host": workspace_host("newone")}).get("/").status_code == 404
    with pytest.raises(NoOrganisation):
        count_entries("newone", 0)


@pytest.mark.parametrize("arguments", [(), ("",), (None, 1), (5, 1), ("nobodyhere", 1)])
def test_a_task_without_an_organisation_does_not_run(committing: None, arguments: tuple[object, ...]) -> None:
    with pytest.raises(NoOrganisation):
        count_entries(*arguments)
