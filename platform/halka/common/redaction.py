"""Logs and error reports without people in them.

The rule is the other way round than Django's: of what a person typed and of what variables hold, nothing is shown but
what is known to be about nobody. Types, numbers of rows and the lines of code are what mends an error.
"""

from __future__ import annotations

import html
import logging
import re
import traceback
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from types import FrameType, FunctionType, MethodType, ModuleType
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.core.files.base import File
from django.db import DatabaseError, models
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from halka.common.privacy import harmless_names, personal_names

BLANK: Final = "…"
SHORTEST: Final = 3  # shorter values are part of ordinary words
LONGEST_KEPT: Final = 100
AS_THEY_ARE: Final = (bool, int, float, type(None), UUID)
ONLY_NAMED: Final = (type, FunctionType, MethodType, ModuleType)
ABOUT_CODE: Final = (AttributeError, NameError, ImportError, TypeError, AssertionError)
QUOTED: Final = re.compile(r"""(?<!\w)[bB]?(?:'[^'\n]*'|"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»)""")
CODE: Final = re.compile(r"[a-z]+(?:_[a-z]+)+")
SAID: Final = frozenset({"exc", "return_value"})  # what Celery tells of a task that is tried again, or is done
ADDRESSES: Final = ("QUERY_STRING", "HTTP_REFERER", "REQUEST_URI", "RAW_URI")


def is_harmless(name: str) -> bool:
    """Whether what is called so in a form or in code is about nobody. `goals-0-state` counts as state."""
    return name.rsplit("-", 1)[-1] in harmless_names()


def is_personal(name: str) -> bool:
    return name.rsplit("-", 1)[-1] in personal_names()


# --- single values -------------------------------------------------------------------------------------
def shown(value: Any, name: str = "") -> Any:
    """A variable as a report may show it: its type, unless it is about nobody."""
    if is_personal(name):
        return BLANK
    if isinstance(value, AS_THEY_ARE):
        return value
    if isinstance(value, ONLY_NAMED):
        return f"<{type(value).__name__} {getattr(value, '__name__', '')}>"
    if isinstance(value, str) and is_harmless(name) and len(value) <= LONGEST_KEPT:
        return str(value)
    return _named(value)


def _named(value: Any) -> str:
    """What it is, without what is in it."""
    if isinstance(value, models.Model):
        return f"<{type(value).__name__} {value.pk}>"
    if isinstance(value, QuerySet):
        return f"<{type(value).__name__} of {value.model.__name__}>"
    if isinstance(value, HttpRequest):
        return f"<{type(value).__name__} {value.method} {value.path}>"
    return f"<{type(value).__name__}>"


def logged(value: Any) -> Any:
    """An argument of a log line. Plain words stay: whoever logs a name by itself is not found out here."""
    if isinstance(value, Mapping):
        return {key: BLANK if is_personal(str(key)) else _said(key, item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [logged(item) for item in value]
    if isinstance(value, models.Model | QuerySet | HttpRequest | File) or is_dataclass(value):
        return _named(value)
    return _without_quotes(value, str(value)) if isinstance(value, BaseException) else value


def _said(key: Any, value: Any) -> Any:
    return _unquoted(value) if key in SAID and isinstance(value, str) else logged(value)


# --- whole texts ---------------------------------------------------------------------------------------
class Scrubber:
    """Takes out of texts what a failing request and the variables of the code that failed say about people."""

    def __init__(self, error: BaseException | None = None, request: HttpRequest | None = None) -> None:
        self._replacements: dict[str, str] = {}
        for value in {*_values_in_code(error), *_values_in_request(request)}:
            self._add(value, BLANK)
        self._compile()
        said = [(fault, words) for fault in _chain(error) for words in (str(fault), *getattr(fault, "__notes__", ()))]
        for words, cleaned in [(words, self.clean(_without_quotes(fault, words))) for fault, words in said]:
            self._add(words, cleaned)
        self._compile()

    def _add(self, text: str, replacement: str) -> None:
        """As it is, as Python quotes it, and as a page does."""
        if len(text) >= SHORTEST:
            for form in (text, repr(text)[1:-1], html.escape(text), html.escape(repr(text)[1:-1])):
                self._replacements.setdefault(form, replacement)

    def _compile(self) -> None:
        longest_first = sorted(self._replacements, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_as_whole, longest_first)) or r"(?!)")

    def clean(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._replacements[found[0]], text)


def _as_whole(text: str) -> str:
    """A pattern for it as words of its own: Ana is not blanked in manager."""
    before = r"(?<!\w)" if text[0].isalnum() else ""
    after = r"(?!\w)" if text[-1].isalnum() else ""
    return before + re.escape(text) + after


def _without_quotes(error: BaseException, message: str) -> str:
    """Its message, or a note on it, without what it quotes. Errors about code quote names of code, which stay."""
    if isinstance(error, ABOUT_CODE):
        return message
    if isinstance(error, DatabaseError) or type(error).__module__.startswith("psycopg2"):
        # PostgreSQL says in the first line what went wrong; what follows quotes rows, values and statements
        return re.sub(r': ".*', f": {BLANK}", message.strip().split("\n", 1)[0])
    return _unquoted(message)


def _unquoted(text: str) -> str:
    return QUOTED.sub(lambda found: found[0] if _is_code(found[0][1:-1]) else BLANK, text)


def _is_code(word: str) -> bool:
    """The name of something in the code, and of nobody."""
    return CODE.fullmatch(word) is not None or word in harmless_names() or word in personal_names()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, those it came from, and those that it is made of."""
    waiting, seen = [error], set()
    while waiting:
        fault = waiting.pop()
        if fault is not None and id(fault) not in seen:
            seen.add(id(fault))
            yield fault
            waiting += [fault.__cause__, fault.__context__, *getattr(fault, "exceptions", ())]


def _frames(error: BaseException | None) -> Iterator[FrameType]:
    for fault in _chain(error):
        for frame, _line in traceback.walk_tb(fault.__traceback__):
            yield frame


def _values_in_code(error: BaseException | None) -> Iterator[str]:
    for frame in _frames(error):
        for name, value in frame.f_locals.items():
            if is_personal(name):
                yield from _texts(value)
            else:
                yield from _values_in(value)


def _values_in(value: Any) -> Iterator[str]:
    """What mappings, rows and dataclasses hold under personal names. Nothing is loaded or opened for it."""
    named: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, QueryDict):
        named = value.lists()
    elif isinstance(value, Mapping):
        named = list(value.items())
    elif isinstance(value, models.Model):
        named = list(vars(value).items())
    elif is_dataclass(value) and not isinstance(value, type):
        named = [(field.name, getattr(value, field.name, None)) for field in fields(value)]
    for name, held in named:
        if is_personal(str(name)):
            yield from _texts(held)


def _values_in_request(request: HttpRequest | None) -> Iterator[str]:
    """Everything that was typed, but what is known to be about nobody."""
    if request is None:
        return
    read: Any = getattr(request, "_post", QueryDict())  # what a view has read, and nothing read for the report
    for data in (request.GET, read):
        for name, values in data.lists():
            if not is_harmless(name):
                yield from _texts(values)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from (line for line in value.splitlines() if line != value)
    elif isinstance(value, date | time):
        yield value.isoformat()
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))


# --- the log -------------------------------------------------------------------------------------------
class RedactPeople(logging.Filter):
    """For handlers: log lines without people, tracebacks too. Never stops a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not apps.models_ready:
            return True
        if isinstance(record.args, Mapping):
            record.args = logged(record.args)
        elif record.args:
            record.args = tuple(map(logged, record.args))
        if not isinstance(record.msg, str | Promise):
            record.msg = logged(record.msg)
        error = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        if error is None and isinstance(record.msg, BaseException):
            error = record.msg
        if error is not None:
            scrubber = Scrubber(error, request if isinstance(request, HttpRequest) else None)
            record.msg, record.args = scrubber.clean(record.getMessage()), None
            if record.exc_info:
                record.exc_text = scrubber.clean(logging.Formatter().formatException(record.exc_info))
        return True


# --- error reports -------------------------------------------------------------------------------------
class ReportFilter(SafeExceptionReporterFilter):
    """What a report may show of a request and of variables. Only a developer's own DEBUG shows all."""

    hidden_settings = re.compile(f"{SafeExceptionReporterFilter.hidden_settings.pattern}|_URL$|LOCATION", re.IGNORECASE)

    def get_safe_request_meta(self, request: Any) -> dict[str, Any]:
        meta = super().get_safe_request_meta(request)
        return {key: BLANK if key in ADDRESSES and value else value for key, value in meta.items()}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        posted = super().get_post_parameters(request)
        if not self.is_active(request):
            return posted
        return {name: value if is_harmless(name) else BLANK for name, value in posted.items()}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return {name: shown(value, name) for name, value in tb_frame.f_locals.items()}.items()


class Reporter(ExceptionReporter):
    """Django's report, without the addresses' questions, the names of files and what messages quote."""

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        if self.request is None or not self.filter.is_active(self.request):
            return data
        return {
            **data,
            "request_GET_items": [(name, BLANK) for name in self.request.GET],
            "request_FILES_items": [(name, BLANK) for name in self.request.FILES],
            "request_insecure_uri": f"{self.request.scheme}://{self.request._get_raw_host()}{self.request.path}",  # type: ignore[attr-defined]
            "user_str": f"account {getattr(getattr(self.request, 'user', None), 'pk', None)}",
        }

    def get_traceback_html(self) -> SafeString:
        return self._clean(super().get_traceback_html())

    def get_traceback_text(self) -> SafeString:
        return self._clean(super().get_traceback_text())

    def _clean(self, text: SafeString) -> SafeString:
        if not self.filter.is_active(self.request):
            return text
        error = self.exc_value if isinstance(self.exc_value, BaseException) else None
        return SafeString(Scrubber(error, self.request).clean(text))
