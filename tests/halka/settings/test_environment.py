"""Reading the environment: what each reader takes, and what it says to nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from halka.settings import environment, servers
from halka.settings.environment import VARIABLES


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(environment, "SERVERS_FILE", tmp_path / "servers.env")


def test_the_environment_stands_before_both_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.text("BASE_DOMAIN") == "halka.localhost"
    assert environment.text("BASE_DOMAIN", "own.example") == "own.example"
    monkeypatch.setenv("BASE_DOMAIN", "set.example")
    assert environment.text("BASE_DOMAIN", "own.example") == "set.example"


def test_empty_is_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_PORT", "")
    assert environment.text("BASE_PORT") == ""


def test_what_nobody_gives_is_asked_for_with_its_meaning() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"BROKER_URL is not set: Valkey or Redis for Celery.*make run"):
        environment.text("BROKER_URL")


def test_only_declared_variables_are_read() -> None:
    with pytest.raises(KeyError):
        environment.text("UNDECLARED")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("no", False)]
)
def test_a_flag(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("DEMO", value)
    assert environment.flag("DEMO") is expected


def test_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDLE_MINUTES", "45")
    assert environment.number("IDLE_MINUTES") == 45


@pytest.mark.parametrize("value", ["half an hour", "-5", "1.5", ""])
def test_what_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("IDLE_MINUTES", value)
    with pytest.raises(ImproperlyConfigured, match="IDLE_MINUTES must be a whole number"):
        environment.number("IDLE_MINUTES")


def test_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTER_KEYS", " one ,, two,")
    assert environment.listing("MASTER_KEYS") == ["one", "two"]


def test_a_relative_path_counts_from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.path("MEDIA_ROOT") == environment.ROOT / "var" / "media"
    monkeypatch.setenv("MEDIA_ROOT", "/srv/media")
    assert environment.path("MEDIA_ROOT") == Path("/srv/media")


@pytest.mark.parametrize(("module", "read"), [("development", True), ("production", False), ("test", False)])
def test_only_development_reads_where_the_embedded_servers_are(
    monkeypatch: pytest.MonkeyPatch, module: str, read: bool
) -> None:
    environment.SERVERS_FILE.write_text("# written by the launcher\nCACHE_URL = redis://127.0.0.1:7/1\n")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", f"halka.settings.{module}")
    assert environment.text("CACHE_URL") == ("redis://127.0.0.1:7/1" if read else "")


def test_a_database() -> None:
    found = servers.database("postgres://ow%40ner:p%2Fw@db.example:6000/halka")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "ow@ner", "p/w", "db.example", "6000", "halka",
    )  # fmt: skip


@pytest.mark.parametrize("url", ["mysql://owner@host/halka", "postgres://owner@host", "postgres://owner@host/", ""])
def test_what_is_no_database_is_refused_without_telling_it(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must read postgres://user:password@host:port/name"):
        servers.database(url)


def test_the_cache_is_beside_the_broker() -> None:
    assert servers.cache_url("redis://:pw@host:6379/0") == "redis://:pw@host:6379/1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        (
            "file:var/mail",
            {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": str(environment.ROOT / "var/mail"),
            },
        ),
    ],
)
def test_mail_that_stays_here(url: str, expected: dict[str, object]) -> None:
    assert servers.email(url) == expected


@pytest.mark.parametrize(("query", "tls"), [("?tls=1", True), ("", False), ("?tls=0", False)])
def test_mail_by_smtp(query: str, tls: bool) -> None:
    found = servers.email(f"smtp://no%20body:p%40ss@mail.example:587{query}")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("no body", "p@ss")
    assert found["EMAIL_USE_TLS"] is tls


def test_any_other_mail_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must begin with smtp://, file: or console:"):
        servers.email("imap://mail.example")
