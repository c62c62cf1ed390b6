"""Transactions of which nothing is undone in part."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from halka.common.current import OrganisationRef
from tenants.organisations.isolation import all_or_nothing
from tenants.organisations.models import Organisation


@pytest.fixture
def organisation(alpha: OrganisationRef) -> Organisation:
    return Organisation.objects.get(pk=alpha.id)


def rename(organisation: Organisation, word: str) -> None:
    with transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(names={"en": word})


def rename_and_fail(organisation: Organisation) -> None:
    with all_or_nothing():
        rename(organisation, "Changed")
        with transaction.atomic():
            raise ValueError("no")


def test_blocks_inside_have_no_savepoints(organisation: Organisation) -> None:
    with all_or_nothing(), CaptureQueriesContext(connection) as asked:
        rename(organisation, "Changed")
    assert [query["sql"].split()[0] for query in asked] == ["UPDATE"]
    with CaptureQueriesContext(connection) as asked:
        rename(organisation, "Again")
    assert [query["sql"].split()[0] for query in asked] == ["SAVEPOINT", "UPDATE", "RELEASE"]


def test_what_fails_in_a_block_undoes_all_of_it(organisation: Organisation) -> None:
    with pytest.raises(ValueError, match="no"):
        rename_and_fail(organisation)
    organisation.refresh_from_db()
    assert organisation.names != {"en": "Changed"}


def test_who_catches_what_a_block_raised_cannot_go_on(organisation: Organisation) -> None:
    with all_or_nothing():
        with pytest.raises(ValueError, match="no"), transaction.atomic():
            raise ValueError("no")
        with pytest.raises(TransactionManagementError):
            rename(organisation, "Changed")
