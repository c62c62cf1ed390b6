"""Whatever names an organisation is either its own to take along, or somebody wrote down why it is not."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings

from halka.common.models import PrivateModel
from tenants.organisations.leaving import tables
from tenants.organisations.leaving.own_rows import not_own, own_rows
from tenants.organisations.models import Organisation
from tenants.organisations.walls.grants import all_grants


def test_every_shared_table_that_names_an_organisation_is_spoken_for() -> None:
    named = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name not in settings.TENANT_APPS
        and any(field.related_model is Organisation for field in model._meta.concrete_fields)
    }
    own = {rows.table for rows in own_rows()}
    assert named - own - not_own().keys() == set()
    assert own & not_own().keys() == set()
    assert not_own().keys() - named == set()
    assert all(not_own().values())


def test_what_is_taken_along_can_be_read_by_the_organisation() -> None:
    readable = {grant.table for grant in all_grants() if grant.select and not grant.secretariat}
    assert {rows.table for rows in own_rows()} - readable == set()


def test_every_private_table_is_taken_along() -> None:
    private = {model._meta.db_table for model in apps.get_models() if issubclass(model, PrivateModel)}
    assert {table.name for table in tables.private_tables()} == private
    for table in tables.private_tables():
        columns = {field.column for field in table.model._meta.concrete_fields if not field.generated}
        covered = {*table.columns, *(one.field.column for one in table.sealed), *(one.column for one in table.blind)}
        assert columns == covered, table
