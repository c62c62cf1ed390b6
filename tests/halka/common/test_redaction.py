"""No log line and no error report tells who the person was. Real requests that fail."""

from __future__ import annotations

import io
import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common import redaction
from halka.common.current import OrganisationRef
from halka.common.redaction import BLANK, RedactPeople, Reporter, Scrubber, logged, shown
from halka.launcher.services import ACCESS_LOG, web
from tenants.caseloads.models import Client
from tenants.organisations import middleware
from tenants.organisations.isolation import inside

NAME, PHONE, NOTE, SEARCHED = "Zoja-Mirjeta", "+389 70 555 123", "was ill all <winter>,\nhas debts", "Xhevahire"
FORBIDDEN = ("Zoja", "Mirjeta", "555 123", "was ill", "winter", "has debts", SEARCHED, "diagnosis")


@pytest.fixture
def stderr() -> Iterator[io.StringIO]:
    """What the handler of settings.LOGGING writes."""
    stream = io.StringIO()
    (handler,) = [found for found in logging.getLogger().handlers if type(found) is logging.StreamHandler]
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


@pytest.fixture
def html_reports(settings: Any) -> Iterator[None]:
    """Error mails as HTML too: these show the variables of every frame."""
    settings.ADMINS = [("Admin", "admin@example.org")]
    (handler,) = logging.getLogger("django").handlers
    handler.include_html = True  # type: ignore[attr-defined]
    yield
    handler.include_html = False  # type: ignore[attr-defined]


@pytest.fixture
def failing(
    client_of: Callable[..., Browser],
    member: Callable[..., User],
    alpha: OrganisationRef,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], None]:
    monkeypatch.setattr(middleware, "WORKSPACE_URLS", "tests.halka.common.failing_urls")
    browser = client_of(member(alpha, Role.CASEWORKER), alpha)
    browser.raise_request_exception = False

    def post(how: str) -> None:
        posted = {"given_name": NAME, "phone": PHONE, "note": NOTE, "version": "77123", "papers": _upload()}
        answer = browser.post(f"/fail/{how}/?q={SEARCHED}", posted, headers={"referer": f"/clients/?q={SEARCHED}"})
        assert answer.status_code == 500
        assert not any(part in answer.text for part in FORBIDDEN)

    return post


def _upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("diagnosis-Zoja.txt", b"was ill")


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        ("database", "client_has_name"),
        ("value", "ValueError"),
        ("lookup", "KeyError"),
        ("words", "RuntimeError"),
        ("template", "TemplateDoesNotExist"),
        ("twice", "During handling of the above exception"),
    ],
)
@pytest.mark.usefixtures("html_reports")
def test_a_failing_request_names_nobody(
    failing: Callable[[str], None], stderr: io.StringIO, how: str, kept: str
) -> None:
    failing(how)
    (sent,) = mail.outbox
    page = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    for text in (stderr.getvalue(), str(sent.subject), str(sent.body), page):
        for part in FORBIDDEN:
            assert part not in text, text[max(0, text.find(part) - 300) :][:600]
    for text in (stderr.getvalue(), str(sent.body), page):
        assert kept in text.replace("&#x27;", "'")
        assert "failing_urls.py" in text  # where it went wrong
    assert "saving <Client " in stderr.getvalue()
    assert f"/fail/{how}/" in stderr.getvalue()
    assert "&lt;ClientDetails&gt;" in page
    assert "77123" in page  # about nobody
    for name in ("given_name", "papers", "q"):
        assert name in page


def test_only_a_developers_own_machine_shows_all(settings: Any) -> None:
    request = RequestFactory().post("/?q=Zoja", {"given_name": NAME})
    settings.DEBUG = True
    reporter = Reporter(request, *_error(ValueError(NAME)))
    text = reporter.get_traceback_html()
    assert NAME in text
    assert "q=Zoja" in text or "Zoja" in str(reporter.get_traceback_data()["request_GET_items"])
    settings.DEBUG = False
    assert "Zoja" not in Reporter(request, *_error(ValueError(f"no '{NAME}'"))).get_traceback_html()


def test_a_report_without_a_request() -> None:
    report = Reporter(None, *_error(ValueError(f"bad value '{NAME}'"))).get_traceback_text()
    assert "bad value …" in report
    assert Reporter(None, None, "only words", None).get_traceback_text()  # type: ignore[arg-type]


def test_secrets_of_the_installation_are_not_reported(settings: Any) -> None:
    request = RequestFactory().get("/")
    secret = "-".join(("hidden", "word"))
    settings.BROKER_URL = f"redis://:{secret}@127.0.0.1/0"
    settings.CELERY = {"broker_url": settings.BROKER_URL}
    assert secret not in Reporter(request, *_error(ValueError("x"))).get_traceback_html()


def _error(error: Exception) -> tuple[type[Exception], Exception, Any]:
    try:
        raise error
    except Exception as caught:
        return type(caught), caught, caught.__traceback__


# --- log lines -----------------------------------------------------------------------------------------
def line(message: Any, *arguments: Any, **more: Any) -> str:
    record = logging.LogRecord("halka.test", logging.INFO, __file__, 1, message, arguments, None)
    vars(record).update(more)
    assert RedactPeople().filter(record) is True
    return logging.Formatter().format(record)


def test_a_row_is_logged_by_its_number(alpha: OrganisationRef) -> None:
    with inside(alpha):
        client = Client(given_name=NAME)
        assert repr(client) == f"<Client {client.pk}>"
        assert line("about %s", client) == f"about <Client {client.pk}>"
        assert line("about %s", [client, 3]) == f"about ['<Client {client.pk}>', 3]"
        assert line(client) == f"<Client {client.pk}>"
        assert line("all: %s", Client.objects.all()) == "all: <ClientQuerySet of Client>"


def test_named_values_are_blanked() -> None:
    assert line("%(given_name)s %(state)s", {"given_name": NAME, "state": "open"}) == f"{BLANK} open"
    assert line("%s", {"phone": PHONE, "n": 1}) == f"{{'phone': '{BLANK}', 'n': 1}}"
    assert line("%s", QueryDict("phone=5551234&id=7")) == f"{{'phone': '{BLANK}', 'id': '7'}}"


def test_ordinary_lines_stay_as_they_are() -> None:
    assert line("%s of %d in %.1f s", "import", 3, 0.25) == "import of 3 in 0.2 s"
    assert line("nothing to fill in, 100%") == "nothing to fill in, 100%"
    assert line(gettext_lazy("Client")) == "Client"


def test_a_task_that_fails_names_nobody() -> None:
    """Celery logs the error's words as arguments of its line."""
    note = NOTE
    kind, error, trace = _error(ValueError(f"no number: {note!r}"))
    said = line("Task %(id)s raised %(exc)s", {"id": "7", "exc": repr(error)}, exc_info=(kind, error, trace))
    assert "Task 7 raised ValueError" in said
    assert "Traceback" in said
    assert "ill" not in said.replace("test_a_task_that_fails", "")


def test_an_error_as_the_message() -> None:
    assert line(ValueError(f"no '{NAME}'")) == "no …"


def test_before_all_models_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "models_ready", False)
    assert line("%s", {"phone": "x"}) == "{'phone': 'x'}"


def test_gunicorn_does_not_log_what_was_searched_for() -> None:
    command = web(["127.0.0.1:1"], workers=1, access_log="-")
    assert command[command.index("--access-logformat") + 1] == ACCESS_LOG
    for atom in ("%(r)s", "%(q)s", "%(f)s"):
        assert atom not in ACCESS_LOG


# --- parts ---------------------------------------------------------------------------------------------
def test_variables_show_what_they_are() -> None:
    number = uuid.uuid4()
    assert shown(number) == number
    assert (shown(None), shown(True), shown(1.5)) == (None, True, 1.5)
    assert shown(1977, "birth_year") == BLANK
    assert shown("2", "version") == "2"
    assert shown("x" * 101, "version") == "<str>"
    assert shown(NAME) == "<str>"
    assert shown({"a": NAME}) == "<dict>"
    assert shown(io) == "<module io>"
    assert shown(date) == "<type date>"
    assert shown(RequestFactory().get("/clients/?q=Zoja")) == "<WSGIRequest GET /clients/>"
    assert logged(_upload()) == "<SimpleUploadedFile>"


def _scrubbed(line: str, variables: dict[str, Any], request: HttpRequest | None = None) -> str:
    """With an error that was raised where these variables were."""
    code = "raise RuntimeError('stopped')"
    try:
        exec(code, {}, variables)  # a frame with just these variables
    except RuntimeError as error:
        return Scrubber(error, request).clean(line)
    raise AssertionError


def test_values_of_personal_variables_are_found() -> None:
    assert _scrubbed("Ana manages", {"given_name": "Ana"}) == f"{BLANK} manages"
    assert _scrubbed("banana", {"given_name": "Ana"}) == "banana"
    assert _scrubbed("born 1977-04-01", {"born_on": date(1977, 4, 1)}) == f"born {BLANK}"
    assert _scrubbed("<b>ill &amp; poor</b>", {"row": {"note": "ill & poor"}}) == f"<b>{BLANK}</b>"
    assert _scrubbed("one: two", {"note": ["one", {"a": "two"}]}) == f"{BLANK}: {BLANK}"
    assert _scrubbed("called 5551234", {"data": QueryDict("phone=5551234")}) == f"called {BLANK}"
    assert _scrubbed("ab", {"given_name": "ab"}) == "ab"  # part of ordinary words
    assert _scrubbed("7 and 8", {"note": 7, "given_name": object()}) == "7 and 8"
    assert _scrubbed("names stay", {"names": "names", "Client": Client}) == "names stay"


def test_what_was_typed_is_found() -> None:
    request = RequestFactory().post("/?q=Zoja", {"anything": "Mira", "version": "twelve"})
    assert _scrubbed("Zoja Mira twelve", {}, request) == f"{BLANK} Mira twelve"
    request.POST  # noqa: B018  # read, as a view does
    assert _scrubbed("Zoja Mira twelve", {}, request) == f"{BLANK} {BLANK} twelve"


def test_errors_about_code_keep_their_words() -> None:
    error = AttributeError("'NoneType' object has no attribute 'name'")
    assert Scrubber(error).clean(str(error)) == str(error)
    found = ValueError("no 'Zoja' in 'given_name', 'phone', 'version'")
    assert Scrubber(found).clean(str(found)) == "no … in 'given_name', 'phone', 'version'"


def test_errors_that_lead_in_a_circle() -> None:
    first, second = ValueError("one 'Zoja'"), ValueError("two 'Zoja'")
    first.__cause__, second.__cause__ = second, first
    assert Scrubber(first).clean("one 'Zoja', two 'Zoja'") == "one …, two …"
    assert redaction._chain(None) is not None
