"""Errors in the logs, in a line each on the screen."""

from __future__ import annotations

from pathlib import Path

from halka.launcher.watch import MOST_REPEATS, Errors

FAILURE = """2026-01-01 10:00:00,000 ERROR django.request Internal Server Error: /clients/
Traceback (most recent call last):
  File "views.py", line 3, in clients
    raise ValueError("no such day")
ValueError: no such day
"""


def test_a_failed_request_is_told_with_its_cause(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    errors = Errors("web", log)
    log.write_text("2026-01-01 09:00:00,000 INFO django Watching\n" + FAILURE)
    assert errors.new() == ["  web: Internal Server Error: /clients/: ValueError: no such day  (more in web.log)"]
    assert errors.new() == []


def test_what_was_written_before_the_start_is_not_told(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text(FAILURE)
    assert Errors("web", log).new() == []


def test_a_line_that_is_not_whole_yet_waits(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    errors = Errors("web", log)
    log.write_text(FAILURE[:-9])
    assert errors.new() == []
    log.write_text(FAILURE)
    assert len(errors.new()) == 1


def test_an_error_without_a_traceback_is_told(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    errors = Errors("worker", log)
    log.write_text("2026-01-01 10:00:00,000 CRITICAL celery.worker Unrecoverable error\n")
    assert errors.new() == ["  worker: Unrecoverable error  (more in worker.log)"]


def test_the_same_error_is_not_told_for_ever(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    errors = Errors("web", log)
    log.write_text(FAILURE * 10)
    assert len(errors.new()) == MOST_REPEATS
