"""A worker's connections: kept from task to task, and opened anew once they are broken."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from celery.fixups.django import DjangoWorkerFixup
from django.db import OperationalError, connection

from halka.celery import app, close_broken_connections

TASK = SimpleNamespace(request=SimpleNamespace(is_eager=False))


def test_celery_does_not_hang_up_after_each_task() -> None:
    assert DjangoWorkerFixup(app).db_reuse_max == sys.maxsize


def test_what_is_whole_is_kept_and_what_is_broken_is_dropped(committing: None) -> None:
    connection.close()  # One of earlier tests may be aged already.
    connection.ensure_connection()
    kept = connection.connection
    close_broken_connections(TASK)
    assert connection.connection is kept
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    close_broken_connections(TASK)
    assert connection.connection is not kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_within_a_request_it_is_left_to_the_request(committing: None) -> None:
    connection.ensure_connection()
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    broken = connection.connection
    close_broken_connections(SimpleNamespace(request=SimpleNamespace(is_eager=True)))
    assert connection.connection is broken
    connection.close()
