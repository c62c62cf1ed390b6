"""Log lines carry the organisation, and never a person: a request and a task full of what people are known by."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

import pytest
from celery import Task, shared_task
from celery.app.trace import build_tracer
from django.conf import settings as django_settings
from django.test import Client as Browser
from gunicorn.config import Config
from kombu.utils.uuid import uuid

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.celery import app
from halka.common.current import OrganisationRef
from halka.launcher.services import web
from halka.operating import counters, lines, watching
from halka.operating.lines import JSONFormatter, without_addresses, without_keys
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.organisations.tasks import OrganisationTask

NAME, EMAIL, NUMBER = "Zoja-Mirjeta", "zoja.mirjeta@example.org", "0101990450123"
FIELDS = {"time", "level", "logger", "message", "request", "organisation", "route", "task", "status", "duration_ms",
          "traceback"}  # fmt: skip


@pytest.fixture
def logged() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What production writes to its standard error: the handler and filters of LOGGING, with the JSON formatter."""
    stream = io.StringIO()
    (handler,) = [found for found in logging.getLogger().handlers if type(found) is logging.StreamHandler]
    before, formatter = handler.setStream(stream), handler.formatter
    handler.setFormatter(JSONFormatter())
    access = logging.getLogger("halka.requests")
    access.setLevel(logging.INFO)

    def read() -> list[dict[str, Any]]:
        found = [json.loads(line) for line in stream.getvalue().splitlines()]
        assert all(line.keys() <= FIELDS for line in found)
        return found

    yield read
    handler.setStream(before)
    handler.setFormatter(formatter)
    access.setLevel(logging.WARNING)


def assert_tells_nobody(found: list[dict[str, Any]], *more: str) -> None:
    text = json.dumps(found, ensure_ascii=False)
    for word in ("Zoja", "Mirjeta", "@", NUMBER, "person", "Person", *more):
        assert word not in text, word


@pytest.fixture
def user(alpha: OrganisationRef, member: Callable[..., User]) -> User:
    return member(alpha, Role.CASEWORKER, name=NAME, email=EMAIL)


def test_a_request_leaves_one_line(alpha: OrganisationRef, user: User, client_of: Any, logged: Any) -> None:
    browser = client_of(user, alpha)
    answer = browser.get(f"/clients/?q={NAME}&email={EMAIL}")
    (line,) = logged()
    assert line["request"] == answer["X-Request-ID"]
    assert len(line.pop("request")) == 32
    assert line.pop("time").endswith("+00:00")
    assert line.pop("duration_ms") > 0
    assert line == {
        "level": "INFO", "logger": "halka.requests", "message": "GET /clients/", "organisation": "alpha",
        "route": "/clients/", "status": 200,
    }  # fmt: skip
    assert_tells_nobody(logged())


def test_an_id_from_outside_is_not_taken_over(alpha: OrganisationRef, client_of: Any, logged: Any) -> None:
    client_of(None, alpha).get("/roles/", headers={"X-Request-ID": EMAIL})
    assert_tells_nobody(logged())


@pytest.mark.parametrize("how", ["words", "value", "database", "lookup"])
def test_a_request_that_fails_while_it_holds_a_person(
    alpha: OrganisationRef, user: User, client_of: Any, logged: Any, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("tenants.organisations.middleware.WORKSPACE_URLS", "tests.halka.common.failing_urls")
    browser = client_of(user, alpha)
    browser.raise_request_exception = False
    typed = {"given_name": NAME, "phone": f"at {NUMBER}", "note": f"write to {EMAIL}, or call {NUMBER}"}
    assert browser.post(f"/fail/{how}/?q={NAME}", typed).status_code == 500
    found = logged()
    assert {line["organisation"] for line in found} == {"alpha"}
    assert len({line["request"] for line in found}) == 1
    failure = next(line for line in found if line["level"] == "ERROR")
    assert failure["message"] == "Internal Server Error: /fail/<slug:how>/"
    assert "Traceback" in failure["traceback"]
    assert "failing_urls.py" in failure["traceback"]
    assert_tells_nobody(found)


def test_whose_record_was_not_found_is_not_said(
    alpha: OrganisationRef, user: User, client_of: Any, logged: Any
) -> None:
    with inside(alpha):
        client = Client.objects.create(given_name=NAME)
    browser = client_of(user, alpha)
    browser.get(f"/clients/{client.pk}/history/nothing/")
    browser.get("/clients/0190a7f0-0000-7000-8000-000000000000/")
    browser.get(f"/me/{'s' * 43}/held/")
    found = logged()
    warnings = [line["message"] for line in found if line["logger"] == "django.request"]
    assert "Not Found: /clients/<uuid:pk>/" in warnings
    assert "Not Found: …" in warnings
    assert_tells_nobody(found, str(client.pk), "0190a7f0", "s" * 43)


def test_on_the_network_site_no_organisation_is_named(db: None, client_of: Any, logged: Any) -> None:
    client_of(None).post("/accounts/login/", {"login": EMAIL, "password": "secret words"})
    found = logged()
    assert found
    assert not any("organisation" in line for line in found)
    assert_tells_nobody(found, "secret words")


# --- tasks ----------------------------------------------------------------------------------------
@shared_task(name="tests.tell", base=OrganisationTask)
def tell(email: str) -> str:
    logging.getLogger("halka.tests").info("Writing to %s about %s", email, {"given_name": NAME})
    return email


@shared_task(name="tests.fail", base=OrganisationTask)
def fail(email: str) -> None:
    given_name = NAME
    raise RuntimeError(f"No mailbox {email} for {given_name}")


@shared_task(name="tests.network")
def of_network() -> None:
    logging.getLogger("halka.tests").info("Looking.")


@shared_task(name="tests.mail", autoretry_for=(SMTPException,), max_retries=1, retry_backoff=1)
def mail(answer: str) -> None:
    raise {
        "refused": SMTPRecipientsRefused({EMAIL: (550, f"5.1.1 Mailbox of {NAME} is full".encode())}),
        "data": SMTPDataError(554, f"5.7.1 {NAME} wants no such letters".encode()),
        "group": ExceptionGroup("several", [LookupError(f"“{NAME}” is nobody"), KeyError(NAME)]),
        "noted": _noted(SMTPDataError(554, b"5.7.1 no"), f"while writing to '{NAME}'"),
    }[answer]


def _noted(error: Exception, note: str) -> Exception:
    error.add_note(note)
    return error


@shared_task(name="tests.return")
def give_back() -> str:
    return f"wrote to {NAME}"


def as_worker(task: Task, *args: Any, **headers: Any) -> None:
    """What a worker does with a message: Celery's own tracer, with the message's headers. (It is said to be eager, so
    that the connection, which holds the test's transaction, stays open.)"""
    key = uuid()
    request = {"id": key, "delivery_info": {"routing_key": "celery"}, "is_eager": True, "hostname": "here", **headers}
    build_tracer(task.name, task, app=app, eager=False)(key, args, {}, request)


def test_a_task_says_which_organisation_it_is_for(alpha: OrganisationRef, logged: Any) -> None:
    as_worker(tell, "alpha", EMAIL, halka_request="r" * 32, halka_organisation="secretariat")
    written, ended = logged()
    for line in (written, ended):
        assert (line["request"], line["organisation"], line["task"]) == ("r" * 32, "alpha", "tests.tell")
    assert written["message"] == "Writing to … about {'given_name': '…'}"
    assert_tells_nobody(logged())
    assert lines.context() is None


def test_a_task_that_fails_while_it_holds_a_person(alpha: OrganisationRef, logged: Any) -> None:
    as_worker(fail, "alpha", EMAIL)
    (failure,) = [line for line in logged() if line["level"] == "ERROR"]
    assert (failure["organisation"], failure["task"]) == ("alpha", "tests.fail")
    assert "RuntimeError" in failure["traceback"]
    assert_tells_nobody(logged())


@pytest.mark.parametrize("answer", ["refused", "data", "group", "noted"])
@pytest.mark.parametrize("retries", [0, 1])
def test_what_a_mail_server_says_of_a_person(db: None, logged: Any, answer: str, retries: int) -> None:
    """Said of each try, also where it is tried again and nothing has failed yet."""
    as_worker(mail, answer, retries=retries)
    found = [line for line in logged() if line["logger"] == "celery.app.trace"]
    assert found
    assert "tests.mail" in found[0]["message"]
    assert_tells_nobody(found)


def test_what_a_task_gives_back_is_not_said(db: None, logged: Any) -> None:
    as_worker(give_back)
    as_worker(of_network)
    told, nothing = [line["message"] for line in logged() if line["logger"] == "celery.app.trace"]
    assert told.endswith("s: …")
    assert nothing.endswith("s: None")


def test_a_task_without_an_organisation_names_the_one_it_was_sent_from(db: None, logged: Any) -> None:
    as_worker(of_network, halka_organisation="alpha")
    as_worker(of_network)
    as_worker(tell)
    found = [line for line in logged() if line["logger"] == "halka.tests"]
    assert [line.get("organisation") for line in found] == ["alpha", None]
    assert all(len(line["request"]) == 32 for line in found)


def test_a_message_takes_along_what_it_came_from(alpha: OrganisationRef) -> None:
    headers: dict[str, Any] = {}
    watching.send_along(headers=headers)
    watching.send_along(headers=None)
    assert headers == {}
    with lines.within(lines.Context("r" * 32)), inside(alpha):
        watching.send_along(headers=headers)
    assert headers == {"halka_request": "r" * 32, "halka_organisation": "alpha"}


def test_a_task_in_a_request_belongs_to_it(alpha: OrganisationRef, logged: Any) -> None:
    with lines.within(lines.Context("r" * 32)):
        of_network.delay()
    assert next(line for line in logged() if line["logger"] == "halka.tests")["request"] == "r" * 32


def test_tasks_are_counted_by_name_and_outcome(alpha: OrganisationRef) -> None:
    as_worker(tell, "alpha", EMAIL)
    as_worker(fail, "alpha", EMAIL)
    found = counters.counted()
    assert found["halka_tasks_total", ("tests.tell", "success")] == 1
    assert found["halka_tasks_total", ("tests.fail", "failure")] == 1
    assert found["halka_task_seconds_count", ("celery",)] == 2
    watching.end(task=of_network)  # one that was never seen to begin
    assert EMAIL not in repr(found)


# --- words ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("to <zoja@example.org>, please", "to <…>, please"),
        ("to=зоја@пример.срб", "to=…"),
        ("client 0190a7f0-0000-7000-8000-000000000000 saved", "client … saved"),
        ("/me/abcdefghijklmnopqrstuvwxyz012345/held/", "/me/…/held/"),
        ("GET /clients/?q=Zoja&page=2 was slow", "GET /clients/… was slow"),
        ("call +389 70 555 123 456", "call …"),
        ("number 0101990450123", "number …"),
        (
            f"/working-groups/calendar/{'s' * 43}.ics of /a/folder_of_a_long_name.py",
            "/working-groups/calendar/….ics of /a/folder_of_a_long_name.py",
        ),
        ("412 rows in 0.123456789 s at 2026-11-23", "412 rows in 0.123456789 s at 2026-11-23"),
        ("as it was on 2026-11-23 13:36:41", "as it was on 2026-11-23 13:36:41"),
        ("how?", "how?"),
    ],
)
def test_what_people_are_known_by_is_taken_out(text: str, left: str) -> None:
    assert without_keys(text) == left


def test_the_filter_stands_on_every_handler() -> None:
    handlers = django_settings.LOGGING["handlers"].values()
    assert all({"people", "addresses"} <= set(handler["filters"]) for handler in handlers)
    assert without_addresses("0101990450123 of zoja@example.org") == "0101990450123 of …"


def test_a_traceback_that_nobody_wrote_out_yet(logged: Any) -> None:
    try:
        raise OSError(EMAIL)
    except OSError:
        record = logging.getLogger("x").makeRecord("x", 40, "x", 1, "for %s", (EMAIL,), __import__("sys").exc_info())
    bare = logging.getLogger("x").makeRecord("x", 40, "x", 1, "for", (), record.exc_info)
    assert EMAIL not in JSONFormatter().format(bare)
    assert lines.RedactAddresses().filter(record)
    assert EMAIL not in JSONFormatter().format(record)


def test_gunicorn_says_nothing_of_whoever_a_request_broke_off_for(capsys: Any) -> None:
    """It logs by itself what fails while an answer is on its way."""
    command = web(["127.0.0.1:1"], workers=1, access_log=None)
    config = Config()
    config.set("logger_class", command[command.index("--logger-class") + 1])
    log = config.logger_class(config)
    given_name = NAME
    try:
        raise OSError(f"Nobody like {given_name} at {EMAIL}")
    except OSError:
        log.exception("Error handling request %s %s", "GET", f"/audit/export/?name={NAME}&email={EMAIL}")
    said = capsys.readouterr().err
    assert "Error handling request GET /audit/export/…" in said
    assert "OSError: Nobody like … at …" in said
    for word in ("Zoja", "@example"):
        assert word not in said
    for handler in list(log.error_log.handlers):
        log.error_log.removeHandler(handler)


def test_words_that_do_not_fit_their_values_fail_nobody(logged: Any) -> None:
    logging.getLogger("halka.tests").info("%d of %s", "x")
    assert [line["message"] for line in logged()] == ["%d of %s"]


def test_the_front_page_and_strangers_of_django(rf: Any) -> None:
    record = logging.getLogger("django.request").makeRecord("x", 40, "x", 1, "Not Found: /", (), None)
    record.request = rf.get("/")
    assert json.loads(JSONFormatter().format(record))["message"] == "Not Found: /"


def test_a_browser_is_told_the_id(db: None, client_of: Callable[..., Browser]) -> None:
    first, second = (client_of(None).get("/")["X-Request-ID"] for _time in range(2))
    assert first != second
