"""Sealed columns: plain on the instance, sealed everywhere else, and open in one place alone. Real PostgreSQL."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import CaptureQueriesContext

from halka.common.current import NotInside, OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.sealing import fields, keyring, seals
from halka.common.sealing.errors import KeyDestroyed, SealBroken
from halka.common.sealing.fields import (
    BlindIndexField,
    Sealed,
    SealedJSONField,
    SealedTextField,
    blind_indexes,
    open_value,
    place_of,
    seal_value,
)
from tenants.organisations.isolation import inside
from tests.halka.common.sealing.tables import OtherPage, Page, PageEvent

pytestmark = pytest.mark.usefixtures("tables", "db")

SECRET = "Zoja was here, دیروز"


def raw(page: models.Model, column: str) -> bytes | None:
    """What the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {page._meta.db_table} WHERE id = %s", [page.pk])
        (value,) = cursor.fetchone()
    return None if value is None else bytes(value)


def put(page: models.Model, column: str, value: bytes | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {page._meta.db_table} SET {column} = %s WHERE id = %s", [value, page.pk])


def test_what_is_saved_comes_back(alpha: OrganisationRef) -> None:
    with inside(alpha):
        made = Page.objects.create(title="one", text=SECRET, answers={"mood": [1, "خوب"]}, second="b")
        assert (made.text, made.answers) == (SECRET, {"mood": [1, "خوب"]})
        read = Page.objects.get()
        assert (read.title, read.text, read.second, read.aside, read.number) == ("one", SECRET, "b", None, "")
        assert read.answers == {"mood": [1, "خوب"]}
        assert read.number_index is None


def test_the_database_holds_sealed_bytes(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET, aside=None, answers={"name": "Zoja"})
        for column in ("text", "answers"):
            value = raw(page, column)
            assert value is not None
            assert b"Zoja" not in value
            assert (value[0], seals.key_number(value)) == (1, 1)
        assert (raw(page, "second"), raw(page, "aside")) == (b"", None)
        again = Page.objects.create(title="one", text=SECRET)
        assert raw(again, "text") != raw(page, "text")


def test_nothing_is_opened_that_nobody_asks_for(alpha: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    with inside(alpha):
        Page.objects.bulk_create([Page(title=str(n), text=SECRET, number="12") for n in range(3)])
        opened: list[Any] = []
        unseal = seals.unseal
        monkeypatch.setattr(fields, "unseal", lambda place, token: opened.append(place) or unseal(place, token))
        pages = list(Page.objects.all())
        assert [page.title for page in pages] == ["0", "1", "2"]
        assert opened == []
        assert pages[0].text == pages[0].text == SECRET
        assert len(opened) == 1


def test_a_deferred_field_is_loaded_when_asked_for(
    alpha: OrganisationRef, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET)
        page = Page.objects.defer("text").get()
        assert page.get_deferred_fields() == {"text"}
        with django_assert_num_queries(1):
            assert page.text == SECRET
            assert page.text == SECRET


def test_read_again(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text="old")
        other = Page.objects.get()
        assert other.text == "old"
        page.text = "new"
        page.save()
        other.refresh_from_db()
        assert other.text == "new"


def test_inserted_as_one_statement(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    """`insert` is `save` without what nobody needs."""
    page = Page(title="one", text=SECRET, answers={"a": 1}, number="12")
    with inside(alpha):
        with django_assert_num_queries(1):
            page.insert()
        read = Page.objects.get()
        assert (read.title, read.text, read.answers, read.number_index) == ("one", SECRET, {"a": 1}, page.number_index)
        page.title = "two"
        page.save()
        assert Page.objects.get().title == "two"
        with pytest.raises(IntegrityError), transaction.atomic():
            Page(id=page.pk, title="three").insert()
    with inside(beta), pytest.raises(NotInside):
        page.insert()
    with pytest.raises(NotInside):
        Page(title="nowhere").insert()


def test_what_did_not_change_keeps_its_bytes(alpha: OrganisationRef) -> None:
    """Or every saving would look like a change in the record's history."""
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET, answers={"a": 1})
        before = raw(page, "text"), raw(page, "answers")
        page.save()
        assert (raw(page, "text"), raw(page, "answers")) == before
        read = Page.objects.get()
        read.save()  # nothing of it was opened
        assert (raw(page, "text"), raw(page, "answers")) == before
        read.text = "".join(list(SECRET))
        read.answers["a"] = 2
        read.save()
        assert raw(page, "text") == before[0]
        assert raw(page, "answers") != before[1]
        assert Page.objects.get().answers == {"a": 2}


def test_an_older_key_is_left_behind_by_the_next_saving(alpha: OrganisationRef, keyring_root: Any) -> None:
    keyring.create(alpha.id)
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET)
        keyring.add_key(alpha.id)
        Page.objects.get().save()
        value = raw(page, "text")
        assert value is not None
        assert seals.key_number(value) == 2
        keyring.drop_keys_before(alpha.id, 2)
        assert Page.objects.get().text == SECRET


def test_nothing_opens_in_another_place(alpha: OrganisationRef) -> None:
    with inside(alpha):
        one = Page.objects.create(title="one", text=SECRET, second="other", answers=["x"])
        two = Page.objects.create(title="two", text="mine")
        other = OtherPage.objects.create(text="other")
        value = raw(one, "text")
        put(two, "text", value)
        put(one, "second", value)
        put(other, "text", value)
        put(one, "answers", raw(two, "text"))
        for instance, name in ((two, "text"), (one, "second"), (other, "text"), (one, "answers")):
            read = type(instance).objects.get(pk=instance.pk)  # type: ignore[attr-defined]
            with pytest.raises(SealBroken, match=rf"The seal is broken: {instance._meta.db_table}\.{name} of row"):
                getattr(read, name)


def test_nothing_opens_in_another_organisation(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    key = uuid7()
    with inside(alpha):
        value = raw(Page.objects.create(id=key, title="one", text=SECRET), "text")
    with inside(beta):
        page = Page.objects.create(id=key, title="one", text="ours")
        put(page, "text", value)
        with pytest.raises(SealBroken):
            Page.objects.get().text  # noqa: B018


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value[:-1],
        lambda value: value[:-1] + bytes([value[-1] ^ 1]),
        lambda value: value[:20] + bytes([value[20] ^ 1]) + value[21:],
        lambda value: b"\x02" + value[1:],
        lambda value: value[:10],
        lambda value: b"plain text put there by hand, and long enough",
    ],
)
def test_changed_bytes_are_found_out(alpha: OrganisationRef, change: Callable[[bytes], bytes]) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET)
        value = raw(page, "text")
        assert value
        put(page, "text", change(value))
        with pytest.raises(SealBroken) as caught:
            Page.objects.get().text  # noqa: B018
        assert "Zoja" not in str(caught.value)
        with pytest.raises(SealBroken):
            Page.objects.get().save()  # and are not written back


def test_an_instance_copied_to_another_row(alpha: OrganisationRef) -> None:
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET)
        unopened = Page.objects.get()
        unopened.pk = uuid7()
        with pytest.raises(SealBroken):
            unopened.text  # noqa: B018
        opened = Page.objects.get()
        assert opened.text == SECRET
        opened.second, opened.aside, opened.number, opened.answers = "", None, "", {}
        opened.pk = uuid7()
        opened._state.adding = True
        opened.save()  # sealed anew, for the row that it is now
        assert Page.objects.get(pk=opened.pk).text == SECRET


def test_an_instance_carried_to_another_organisation(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET)
        page = Page.objects.get()
    with inside(beta), pytest.raises(NotInside):
        page.text  # noqa: B018
    with pytest.raises(NotInside):
        page.text  # noqa: B018
    with inside(beta), pytest.raises(NotInside):
        Page.objects.bulk_create([page])


def test_a_destroyed_key_opens_nothing(alpha: OrganisationRef, keyring_root: Any) -> None:
    keyring.create(alpha.id)
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET)
        keyring.destroy(alpha.id)
        page = Page.objects.get()
        assert page.title == "one"
        with pytest.raises(KeyDestroyed):
            page.text  # noqa: B018


def test_values_cannot_be_read(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET)
        (value,) = Page.objects.values_list("text", flat=True)
        empty = Page.objects.values("second", "aside").get()
        assert f"{value} {value!r} {[value]}" == "<sealed> <sealed> [<sealed>]"
        assert (bool(value), bool(empty["second"]), empty["aside"]) == (True, False, None)
        assert value == Sealed(value.token)
        assert value != value.token
        assert len({value, Sealed(value.token)}) == 1
        assert pickle.loads(pickle.dumps(value)) == value
        assert open_value(alpha.id, Page._meta.db_table, "text", page.pk, value) == SECRET


def test_values_for_migrations(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one")
        put(page, "text", seal_value(alpha.id, Page._meta.db_table, "text", page.pk, SECRET))
        put(page, "answers", seal_value(alpha.id, Page._meta.db_table, "answers", page.pk, '{"a": 1}'))
        put(page, "second", seal_value(alpha.id, Page._meta.db_table, "second", page.pk, ""))
        read = Page.objects.get()
        assert (read.text, read.answers, read.second) == (SECRET, {"a": 1}, "")
        stored = raw(page, "text")
        assert stored
        assert open_value(alpha.id, Page._meta.db_table, "text", page.pk, memoryview(stored)) == SECRET
        assert open_value(alpha.id, Page._meta.db_table, "second", page.pk, b"") == ""


def test_json_that_was_never_written_is_the_default(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one")
        put(page, "answers", b"")
        assert Page.objects.get().answers == {}


def test_the_log_of_queries_holds_no_plain_text(alpha: OrganisationRef, caplog: pytest.LogCaptureFixture) -> None:
    with inside(alpha), CaptureQueriesContext(connection) as queries, caplog.at_level(logging.DEBUG):
        page = Page.objects.create(title="one", text=SECRET, number="ZOJA-1977")
        page.text += "!"
        page.save()
        list(Page.objects.filter(number_index__in=blind_indexes(Page, "number_index", "ZOJA-1977")))
    said = str(queries.captured_queries) + caplog.text
    assert "UPDATE" in said
    for part in ("Zoja", "zoja1977", "ZOJA-1977"):
        assert part not in said
    assert repr(page) == f"<Page {page.pk}>"


def test_writing_past_the_instance_is_refused(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET, answers={"a": 1})
        for change in ({"text": "plain"}, {"answers": {"b": 2}}, {"text": b"plain"}):
            with pytest.raises(FieldError, match="is sealed: it is written by saving"), transaction.atomic():
                Page.objects.update(**change)
        page.text = "plain"
        with pytest.raises(FieldError), transaction.atomic():
            Page.objects.bulk_update([page], ["text"])
        assert Page.objects.get().text == SECRET


def test_rows_are_written_over_by_their_keys_alone(alpha: OrganisationRef) -> None:
    """The row that stands there has another key, for which the new value is not sealed."""
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET)
        pages = [Page(id=page.pk, title="two", text="new")]
        for unique in (["title"], None):
            with pytest.raises(FieldError, match="text would be sealed for another row"):
                Page.objects.bulk_create(
                    pages, update_conflicts=True, update_fields=["title", "text"], unique_fields=unique
                )
        Page.objects.bulk_create(pages, update_conflicts=True, update_fields=["title", "text"], unique_fields=["id"])
        read = Page.objects.get()
        assert (read.title, read.text) == ("two", "new")
        Page.objects.bulk_create(
            [Page(id=page.pk, title="three")], update_conflicts=True, update_fields=["title"], unique_fields=["pk"]
        )
        assert Page.objects.get().text == "new"


def test_many_can_be_emptied_at_once(alpha: OrganisationRef) -> None:
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET, aside="x", answers={"a": 1})
        Page.objects.update(text="", aside=None, answers={})
        page = Page.objects.get()
        assert (page.text, page.aside, page.answers, raw(page, "text")) == ("", None, {}, b"")


def test_the_database_is_asked_nothing_about_it(alpha: OrganisationRef) -> None:
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET)
        for question in (
            {"text": SECRET},
            {"text__contains": "Zoja"},
            {"text__in": ["a"]},
            {"answers__mood": 1},
            {"answers__a__gt": 1},
        ):
            with pytest.raises(FieldError, match="sealed"):
                Page.objects.filter(**question)
        assert Page.objects.filter(aside=None, text__isnull=False, second="").exclude(text="").exists()
        assert not Page.objects.filter(text="").exists()


def test_no_serializer_takes_it_out(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET)
        with pytest.raises(TypeError, match="does not leave through a serializer"):
            serializers.serialize("json", [page])


def test_an_event_opens_as_the_record_did(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", text=SECRET)
        event = PageEvent.objects.create(pgh_obj=page, text=SECRET)
        put(event, "text", raw(page, "text"))  # as a trigger copies it
        read = PageEvent.objects.get()
        assert read.text == SECRET
        assert place_of(read, "text") == place_of(page, "text")
        put(event, "pgh_obj_id", str(uuid4()))
        with pytest.raises(SealBroken):
            PageEvent.objects.get().text  # noqa: B018


# --- blind indexes -------------------------------------------------------------------------------------
@pytest.mark.parametrize("asked", ["AB-12 34/5", "ab12345", " AB12345 ", "ＡＢ۱۲۳۴۵"])
def test_found_by_its_number(alpha: OrganisationRef, asked: str) -> None:
    with inside(alpha):
        Page.objects.create(title="no", number="AB 12346")
        page = Page.objects.create(title="yes", number="AB 12345")
        assert Page.objects.filter(number_index__in=blind_indexes(Page, "number_index", asked)).get() == page
        index = Page.objects.values_list("number_index", flat=True).get(pk=page.pk)
        assert (len(index), page.number_index) == (32, index)


@pytest.mark.parametrize("nothing", ["", " - "])
def test_no_number_has_no_index(alpha: OrganisationRef, nothing: str) -> None:
    with inside(alpha):
        page = Page.objects.create(title="none", number=nothing)
        assert page.number_index is None
        assert Page.objects.get().number_index is None
        assert blind_indexes(Page, "number_index", nothing) == []


def test_the_index_follows_the_number(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page.objects.create(title="one", number="1")
        page.number = "2"
        page.save(update_fields=["number"])
        assert not Page.objects.filter(number_index__in=blind_indexes(Page, "number_index", "1"))
        assert Page.objects.filter(number_index__in=blind_indexes(Page, "number_index", "2"))
        page.title = "two"
        page.number = "3"
        page.save(update_fields=["title"])
        assert Page.objects.filter(number_index__in=blind_indexes(Page, "number_index", "2"))


def test_two_organisations_have_different_indexes(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    with inside(alpha):
        ours = blind_indexes(Page, "number_index", "12345")
    with inside(beta):
        theirs = blind_indexes(Page, "number_index", "12345")
    assert len(ours) == len(theirs) == 1
    assert ours != theirs


def test_while_keys_change_both_indexes_are_asked_for(alpha: OrganisationRef, keyring_root: Any) -> None:
    keyring.create(alpha.id)
    with inside(alpha):
        Page.objects.create(title="old", number="7")
        keyring.add_key(alpha.id)
        Page.objects.create(title="new", number="7")
        assert Page.objects.filter(number_index__in=blind_indexes(Page, "number_index", "7")).count() == 2


# --- forms, checks, migrations -------------------------------------------------------------------------
def page_form() -> type[forms.ModelForm]:
    return forms.modelform_factory(Page, fields=["title", "text", "second", "aside", "answers"])


def test_a_form_shows_and_saves_it(alpha: OrganisationRef) -> None:
    with inside(alpha):
        Page.objects.create(title="one", text=SECRET, second="b", answers={"a": 1})
        page = Page.objects.get()
        form = page_form()(instance=page)
        assert isinstance(form.fields["text"].widget, forms.Textarea)
        assert isinstance(form.fields["second"].widget, forms.TextInput)
        assert form.fields["second"].widget.attrs["maxlength"] == "20"
        assert (form["text"].value(), form["answers"].value()) == (SECRET, '{"a": 1}')
        data = {"title": "one", "text": SECRET, "second": "c", "aside": "", "answers": '{"a": 1}'}
        form = page_form()(data, instance=page)
        assert form.is_valid(), form.errors
        assert form.changed_data == ["second"]
        form.save()
        page = Page.objects.get()
        assert (page.text, page.second, page.aside) == (SECRET, "c", None)


def test_a_form_says_what_is_wrong(alpha: OrganisationRef) -> None:
    with inside(alpha):
        form = page_form()({"title": "one", "second": "x" * 21, "answers": "{"})
        assert set(form.errors) == {"second", "answers"}


def test_models_check_their_values(alpha: OrganisationRef) -> None:
    with inside(alpha):
        page = Page(title="one", second="x" * 21, answers={"a": object()})
        with pytest.raises(ValidationError) as caught:
            page.full_clean()
        assert set(caught.value.message_dict) == {"second", "answers"}
        Page(title="one", text=SECRET, aside=None).full_clean()
    field = Page._meta.get_field("text")
    assert isinstance(field, SealedTextField)
    assert (field.to_python(None), field.to_python("a"), field.to_python(12)) == (None, "a", "12")


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (
            SealedTextField(max_length=300, blank=True),
            "halka.common.sealing.fields.SealedTextField(blank=True, max_length=300)",
        ),
        (SealedJSONField(default=dict), "halka.common.sealing.fields.SealedJSONField(default=dict)"),
        (BlindIndexField(source="number"), "halka.common.sealing.fields.BlindIndexField(source='number')"),
        (
            BlindIndexField(source="number", db_index=False),
            "halka.common.sealing.fields.BlindIndexField(db_index=False, source='number')",
        ),
    ],
)
def test_migrations_write_it(field: models.Field, written: str) -> None:
    assert MigrationWriter.serialize(field)[0] == written
    again = field.clone()
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert again.db_type(connection) == "bytea"


def test_a_column_can_be_added_to_rows_that_are_there(alpha: OrganisationRef) -> None:
    """A migration asks for the bytes of the default."""
    for field in (SealedTextField(default=""), SealedTextField(blank=True), SealedJSONField(default=list)):
        assert bytes(connection.schema_editor().effective_default(field).adapted) == b""


def test_checks_find_what_cannot_work() -> None:
    class Wrong(models.Model):  # noqa: DJ008  # never saved
        keyed = SealedTextField(db_index=True)
        only = SealedTextField(unique=True)
        early_index = BlindIndexField(source="late")
        late = SealedTextField()
        plain = models.TextField()
        plain_index = BlindIndexField(source="plain")

        class Meta:
            app_label = "sealing_tests"
            apps = type(Page._meta.apps)()

    found = {error.id for field in Wrong._meta.local_fields for error in field.check() if not error.is_silenced()}
    assert found == {"halka.E101", "halka.E102", "halka.E103"}
    assert [error for field in Page._meta.local_fields for error in field.check()] == []
