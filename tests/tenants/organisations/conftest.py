from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halka.audit.chain import last_link
from halka.common.current import OrganisationRef
from tenants.organisations.isolation import as_owner, inside
from tests import database


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], Any]], int]:
    """`count_queries(function)`: how many statements it sends."""

    def count(function: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            function()
        return len(captured)

    return count


@pytest.fixture
def network(committing: None) -> Iterator[OrganisationRef]:
    """The secretariat, in tests that commit: its audit is left as it was found."""
    ref = database.organisation("secretariat")
    with inside(ref):
        link = last_link()
    yield ref
    with as_owner("secretariat"), connection.cursor() as cursor:
        number = link.number if link else 0
        cursor.execute("DELETE FROM audit_entry USING audit_link WHERE entry_id = id AND number > %s", [number])
        cursor.execute("DELETE FROM audit_link WHERE number > %s", [number])
