"""What the database's triggers keep of a record: every change, whoever makes it, and nobody rewrites it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from halka.audit.domain import SYSTEM
from halka.audit.history import OWN, events_of, forget
from halka.audit.models import Entry
from halka.common.current import NotInside
from tenants.caseloads.models import TRACKED, Client
from tenants.caseloads.models.history import OF_CLIENT
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory

Event = events_of(Client)


@pytest.fixture
def ana(alpha):
    with inside(alpha):
        return ClientFactory(given_name="Ana", note="Wants to bake.", place="Tetovo")


def labels() -> list[str]:
    return list(Event.objects.order_by("pgh_id").values_list("pgh_label", flat=True))


def refused(statement: str, *parameters) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner|does not exist"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


def test_every_way_of_changing_is_kept(alpha, ana):
    with inside(alpha):
        ana.place = "Gostivar"
        ana.save()
        Client.objects.filter(pk=ana.pk).update(place="Skopje")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE caseloads_client SET place = 'Ohrid'")
        pk = ana.pk
        ana.delete()
        events = list(Event.objects.order_by("pgh_id"))
        assert [(event.pgh_label, event.place) for event in events] == [
            ("insert", "Tetovo"),
            ("update", "Gostivar"),
            ("update", "Skopje"),
            ("update", "Ohrid"),
            ("delete", "Ohrid"),
        ]
        assert {event.pgh_obj_id for event in events} == {pk}
        assert [event.pgh_created_at for event in events] == sorted(event.pgh_created_at for event in events)


def test_nothing_is_kept_of_no_change_or_of_computed_columns(alpha, ana):
    with inside(alpha):
        ana.save()
        Client.objects.update(search_key="x", sort_key="y", version=7)
        assert labels() == ["insert"]


def test_sealed_columns_are_copied_sealed_and_open_for_the_organisation(alpha, beta, ana):
    with inside(alpha):
        event = Event.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("SELECT event.note = client.note, event.note FROM caseloads_clientevent AS event, "
                           "caseloads_client AS client")  # fmt: skip
            same, sealed = cursor.fetchone()
        assert same
        assert b"bake" not in bytes(sealed)
        assert event.note == "Wants to bake."
        ana.note = ""
        ana.save()
        assert [event.note for event in Event.objects.order_by("pgh_id")] == ["Wants to bake.", ""]
        fresh = Event.objects.order_by("pgh_id").first()
    with inside(beta):
        assert list(Event.objects.all()) == []
        with pytest.raises(NotInside):
            _ = fresh.note


def test_a_rolled_back_change_leaves_no_history(alpha, ana):
    with inside(alpha):
        with transaction.atomic():
            Client.objects.update(place="Nowhere")
            transaction.set_rollback(True)
        assert labels() == ["insert"]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model._meta.model_name)
def test_the_organisations_role_reads_and_nothing_else(alpha, model):
    table = events_of(model)._meta.db_table
    with inside(alpha):
        for statement in (
            f"UPDATE {table} SET pgh_label = 'x'",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER",
            f"DROP TABLE {table}",
        ):
            refused(statement)


def test_nobody_writes_events_but_the_triggers(alpha, ana):
    with inside(alpha):
        refused(
            "INSERT INTO caseloads_clientevent SELECT * FROM caseloads_clientevent",
        )
        event = Event.objects.get()
        event.pk = None
        with pytest.raises(DatabaseError, match="history is written by the records"), transaction.atomic():
            event.save(force_insert=True)


def test_no_setting_of_a_session_goes_round_the_history(alpha, beta, ana):
    with inside(alpha), connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET LOCAL pgtrigger.ignore = '{pgtrigger_update_update}'")
            Client.objects.update(place="Gostivar")
        assert labels() == ["insert", "update"]
        for path in ("public", f"{beta.short_name}, public"):
            refused(f"SET LOCAL search_path = {path}; UPDATE {alpha.short_name}.caseloads_client SET place = 'Hidden'")
        refused("SET LOCAL session_replication_role = replica")


def test_every_column_is_kept_but_those_that_are_computed():
    for model in TRACKED:
        columns = {field.name for field in model._meta.concrete_fields}
        kept = {field.name for field in events_of(model)._meta.concrete_fields} - set(OWN)
        assert columns - kept <= set(OF_CLIENT)
        assert kept <= columns


def test_erasing_history_takes_the_rows_asked_for_and_tells(alpha, beta, ana):
    with inside(beta):
        ClientFactory(id=ana.pk, given_name="Same key, other house")
    with inside(alpha):
        ben = ClientFactory(given_name="Ben")
        Client.objects.update(place="Struga")
        assert forget(Client, [ana.pk], about=ana.pk, by=SYSTEM) == 2
        assert set(Event.objects.values_list("pgh_obj", flat=True)) == {ben.pk}
        entry = Entry.objects.get(action="history.erased")
        assert entry.detail == {"table": "caseloads_client", "records": 1, "events": 2}
        assert (entry.about_id, entry.actor_name, entry.actor_user_id) == (ana.pk, "Halka", None)
        assert forget(Client, [], by=SYSTEM) == 0
    with inside(beta):
        assert labels() == ["insert"]
        assert not Entry.objects.filter(action="history.erased").exists()


@pytest.mark.parametrize("table", ["audit_entry", "caseloads_client; DROP", "caseloads_journalentry", ""])
def test_only_histories_are_erased(alpha, table):
    with inside(alpha):
        with (
            pytest.raises(DatabaseError, match="no history is kept"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT public.forget_history(%s, '{}', 1, 'x', NULL)", [table])
        assert not Entry.objects.exists()


def test_outside_of_an_organisation_there_is_no_history_to_erase(db):
    with pytest.raises(DatabaseError, match="no history is kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT public.forget_history('caseloads_client', '{}', 1, 'x', NULL)")


def test_with_a_login_of_its_own_it_is_the_same(login_walls, delta):
    with inside(delta):
        ana = ClientFactory(given_name="Ana")
        key = ana.pk
        try:
            Client.objects.filter(pk=key).update(place="Debar")
            assert labels() == ["insert", "update"]
            refused("DELETE FROM caseloads_clientevent")
        finally:
            ana.delete()
            assert forget(Client, [key], by=SYSTEM) == 3
        assert not Event.objects.exists()
