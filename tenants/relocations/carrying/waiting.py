"""Whoever was writing when a record was locked away has finished before it is read.

References between tables are checked when a transaction commits, so that locking the client's row waits for nobody who
has added something about them and is not through yet.
"""

from __future__ import annotations

import time
from typing import Final

from django.db import connection

PATIENCE: Final = 20.0  # seconds; nobody's transaction lasts as long, but for an import's
PAUSE: Final = 0.02
WRITING: Final = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND relation IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()))
"""


class StillWriting(RuntimeError):
    """Somebody does not come to an end; it is tried again later."""


def wait_for_writers() -> None:
    """Inside of the organisation, once what locks the record away is committed. Raises StillWriting."""
    before, until = _writers(), time.monotonic() + PATIENCE
    while before & _writers():
        if time.monotonic() > until:
            raise StillWriting("Somebody is still writing in this organisation.")
        time.sleep(PAUSE)


def _writers() -> set[str]:
    """Transactions of others that have changed something here and are open."""
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return {key for (key,) in cursor.fetchall()}
