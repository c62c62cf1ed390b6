"""What the database itself refuses, with rows in the other organisation that could leak."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction

from halka.audit.domain import SYSTEM, record
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.current import NotInside, OrganisationRef
from tenants.organisations.isolation import after_commit, as_owner, in_thread, inside
from tenants.organisations.models import Colleague, Membership, Organisation
from tenants.organisations.walls import ddl

SECRET = "secret.of.beta"


@pytest.fixture
def secret(beta: OrganisationRef) -> None:
    with inside(beta):
        record(action=SECRET, by=SYSTEM)


def _rows(statement: str) -> list[tuple[object, ...]]:
    """What the statement returns; [] where PostgreSQL refuses it."""
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else [("done",)]
    return []


ATTACKS = {
    "qualified name": "SELECT action FROM beta.audit_entry",
    "union": "SELECT action FROM audit_entry UNION SELECT action FROM beta.audit_entry",
    "search path": "SET search_path = beta; SELECT action FROM audit_entry",
    "set_config and query_to_xml": "SELECT set_config('role', (SELECT db_role FROM organisations_organisation WHERE "
    "schema_name = 'beta'), true), query_to_xml('SELECT action FROM beta.audit_entry', true, true, '')",
    "code block": "DO $$ BEGIN PERFORM action FROM beta.audit_entry; END $$",
    "copy to the server": "COPY audit_entry TO PROGRAM 'cat'",
    "accounts": "SELECT password FROM accounts_user",
    "sessions": "SELECT session_data FROM django_session",
    "second factors": "SELECT data FROM mfa_authenticator",
    "row counts": "SELECT n_live_tup FROM pg_stat_user_tables",
    "estimated row counts": "SELECT reltuples FROM pg_class",
    "statistics by function": "SELECT pg_stat_get_live_tuples(oid) FROM pg_class",
    "sizes": "SELECT pg_relation_size(oid) FROM pg_class",
    "temporary table": "CREATE TEMP TABLE kept (x int)",
    "table in public": "CREATE TABLE public.kept (x int)",
    "table in own schema": "CREATE TABLE kept (x int)",
    "function": "CREATE FUNCTION kept() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "roles": "CREATE ROLE kept LOGIN",
    "own audit changed": "UPDATE audit_entry SET action = ''",
    "own audit removed": "DELETE FROM audit_entry",
    "own migrations": "SELECT name FROM django_migrations",
    "a lock that others wait for": "SELECT pg_advisory_lock(4862001)",
    "large object": "SELECT lo_create(0)",
    "other's settings": "UPDATE organisations_organisation SET names = '{}' WHERE schema_name = 'beta' RETURNING 1",
    "own state": "UPDATE organisations_organisation SET state = 'active' RETURNING 1",
    "other's members": "SELECT 1 FROM organisations_membership WHERE organisation_id <> current_organisation()",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_injected_sql_gets_nothing(alpha: OrganisationRef, secret: None, attack: str) -> None:
    with inside(alpha):
        record(action="own", by=SYSTEM)
        assert _rows(ATTACKS[attack]) == []


def test_the_attacks_would_find_something(beta: OrganisationRef, secret: None) -> None:
    with inside(beta):
        assert _rows("SELECT action FROM beta.audit_entry") == [(SECRET,)]


@pytest.mark.parametrize("reset", ["RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION"])
def test_stacked_reset_gets_nothing_from_a_login_role(
    login_walls: None, delta: OrganisationRef, epsilon: OrganisationRef, reset: str
) -> None:
    with inside(epsilon):
        record(action=SECRET, by=SYSTEM)
    with inside(delta):
        assert _rows(f"{reset}; SELECT action FROM epsilon.audit_entry") == []
        assert _rows(f"{reset}; SET ROLE {epsilon.db_role}; SELECT action FROM epsilon.audit_entry") == []
        assert _rows("SELECT current_user::text") == [(delta.db_role,)]


def test_private_models_need_an_organisation(db: None) -> None:
    with pytest.raises(NotInside):
        Entry.objects.count()
    with pytest.raises(NotInside):
        record(action="nowhere", by=SYSTEM)


def test_a_lazy_query_stays_where_it_was_made(alpha: OrganisationRef, beta: OrganisationRef, secret: None) -> None:
    with inside(beta):
        waiting = Entry.objects.all()
    with inside(alpha), pytest.raises(NotInside):
        list(waiting)
    with pytest.raises(NotInside):
        list(waiting)


def test_an_instance_stays_where_it_was_read(alpha: OrganisationRef, beta: OrganisationRef, secret: None) -> None:
    with inside(beta):
        entry = Entry.objects.get(action=SECRET)
    with inside(alpha):
        for act in (entry.save, entry.delete, entry.refresh_from_db):
            with pytest.raises(NotInside):
                act()
        assert Entry.objects.count() == 0


def test_organisations_do_not_nest(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    with inside(alpha):
        with inside(alpha):
            pass
        with pytest.raises(NotInside), inside(beta):
            pass
        with pytest.raises(NotInside), as_owner():
            pass


def test_the_networks_transaction_does_not_reach_in(login_walls: None, delta: OrganisationRef) -> None:
    with transaction.atomic(), pytest.raises(NotInside), inside(delta):
        pass


def test_colleagues_are_ones_own(alpha: OrganisationRef, beta: OrganisationRef, member: Callable[..., object]) -> None:
    member(alpha, Role.MANAGER, name="Of Alpha")
    member(beta, Role.MANAGER, name="Of Beta")
    with inside(alpha):
        assert list(Colleague.objects.values_list("name", flat=True)) == ["Of Alpha"]
        assert set(Membership.objects.values_list("organisation_id", flat=True)) == {alpha.id}


def test_a_thread_starts_outside(login_walls: None, delta: OrganisationRef) -> None:
    import threading

    seen: list[object] = []

    def look() -> None:
        try:
            seen.append(Entry.objects.count())
        except NotInside as error:
            seen.append(error)

    with inside(delta):
        plain = threading.Thread(target=look)
        plain.start()
        plain.join()
        in_thread(look).join()
    assert isinstance(seen[0], NotInside)
    assert isinstance(seen[1], int)


def test_what_runs_after_the_commit_runs_inside(login_walls: None, delta: OrganisationRef) -> None:
    seen: list[object] = []
    with inside(delta), transaction.atomic():
        after_commit(lambda: seen.append(_rows("SELECT current_user::text")))
        assert seen == []
    assert seen == [[(delta.db_role,)]]


def test_after_the_local_mode_the_network_is_locked_out(login_walls: None, delta: OrganisationRef) -> None:
    member = f"SELECT pg_has_role('{connection.settings_dict['NAME']}_network', '{delta.db_role}', 'member')"
    with as_owner(), transaction.atomic():
        assert _rows(member) == [(True,)]  # the suite's database was made in the local mode
        ddl.keep_network_out()
        assert _rows(member) == [(False,)]
        transaction.set_rollback(True)


def test_the_network_has_no_way_in(login_walls: None, delta: OrganisationRef) -> None:
    assert Organisation.objects.filter(pk=delta.id).exists()
    assert _rows("SELECT 1 FROM delta.audit_entry") == []
