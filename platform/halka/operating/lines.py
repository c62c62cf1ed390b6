"""Log lines as JSON, one each: what happened, in which organisation and on which route, and never to whom.

A line holds what is listed in `JSONFormatter.format` and nothing else. Whoever logs writes no names; what slips in
of addresses, keys and numbers of people is taken out of the words here, and `halka.common.redaction` takes out what a
failing request and its variables say.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest

from halka.common.current import current_organisation
from halka.common.redaction import BLANK

EMAIL: Final = re.compile(r"""[^\s@<>"'(),;:\[\]=/]+@[^\s@<>"'(),;:\[\]=/]+""")
# Keys of records, secrets in addresses, numbers by which people are known, and what was asked for in an address.
KEY: Final = re.compile(r"\b[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\b")
SECRET: Final = re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}(?=\.ics\b|(?![\w.]))")
NUMBER: Final = re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ -]?\d){8,}(?![\w.])")
QUERY: Final = re.compile(r"\?[^\s\"'?]*=[^\s\"']*")


@dataclass(frozen=True)
class Context:
    """What the lines of one request, or of one task, have in common."""

    request_id: str
    request: Any = None
    organisation: str = ""
    task: str = ""


_context: ContextVar[Context | None] = ContextVar("halka_line_context", default=None)


def new_id() -> str:
    return uuid4().hex


def context() -> Context | None:
    return _context.get()


@contextmanager
def within(about: Context) -> Iterator[Context]:
    """Lines that are written in the block say so."""
    token = _context.set(about)
    try:
        yield about
    finally:
        _context.reset(token)


def route_of(request: Any) -> str:
    """The pattern that the address fits, without what stands in its places; empty where it fits none."""
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else ""


def organisation_of(about: Context | None) -> str:
    """The short name of the organisation that the code is inside of, that the host is of, or that the task is for."""
    inside = current_organisation()
    if inside is not None:
        return inside.short_name
    if about is None:
        return ""
    at_host = getattr(about.request, "organisation", None)
    return at_host.short_name if at_host is not None else about.organisation


def without_addresses(text: str) -> str:
    return EMAIL.sub(BLANK, text)


def without_keys(text: str) -> str:
    for pattern in (QUERY, EMAIL, KEY, SECRET, NUMBER):
        text = pattern.sub(BLANK, text)
    return text


class RedactAddresses(logging.Filter):
    """For handlers: no e-mail addresses, in messages and tracebacks. Never stops a line."""

    clean = staticmethod(without_addresses)

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):  # words and values do not fit: no reason to fail whoever logged
            message = str(record.msg)
        record.msg, record.args = self.clean(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        return True


class RedactKeys(RedactAddresses):
    """As the formatter does, for handlers of others."""

    clean = staticmethod(without_keys)


class JSONFormatter(logging.Formatter):
    """One JSON object for each line."""

    def format(self, record: logging.LogRecord) -> str:
        about = _context.get()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_keys(_message(record)),
            "request": about.request_id if about else None,
            "organisation": organisation_of(about) or None,
            "route": (route_of(about.request) or None) if about else None,
            "task": (about.task or None) if about else None,
            "status": getattr(record, "status_code", None),
            "duration_ms": getattr(record, "duration_ms", None),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["traceback"] = without_keys(record.exc_text)
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """Django names the path of a request that went wrong: the route says as much, without whose page it was."""
    message = record.getMessage()
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and len(request.path) > 1:
        message = message.replace(request.path, route_of(request) or BLANK)
    return message
