from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tenants.organisations.isolation import as_owner
from tenants.organisations.walls import ddl
from tests import database
from tests.halka.common.sealing.tables import TABLES

SCHEMAS = ("alpha", "beta", "delta", "epsilon")


@pytest.fixture(scope="module")
def tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables of `tables.py` in the organisations' schemas."""
    with django_db_blocker.unblock():
        for name in SCHEMAS:
            role = database.organisation(name).db_role
            with as_owner(name):
                _drop(name)
                with connection.schema_editor() as editor:
                    for model in TABLES:
                        editor.create_model(model)
                ddl.grant_schema(role, name)
    yield
    with django_db_blocker.unblock():
        for name in SCHEMAS:
            with as_owner(name):
                _drop(name)


def _drop(schema: str) -> None:
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {schema}.{model._meta.db_table} CASCADE")


@pytest.fixture
def keyring_root(settings: Any, tmp_path: Path) -> Path:
    """An empty keyring instead of the test database's."""
    settings.KEYRING_ROOT = tmp_path / "keys"
    return tmp_path / "keys"
