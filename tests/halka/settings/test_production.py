"""Production settings start on what is safe and on nothing else. Each try is a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "DJANGO_SETTINGS_MODULE": "halka.settings.production",
    "SECRET_KEY": "s" * 50,
    "MASTER_KEYS": "m" * 32,
    "DATABASE_URL": "postgres://127.0.0.1/halka",
    "BROKER_URL": "redis://127.0.0.1:6379/0",
    "HTTPS": "1",
    "BASE_DOMAIN": "halka.example",
    "BASE_PORT": "",
}
ASK = """
import json
from django.conf import settings
print(json.dumps([getattr(settings, name) for name in {names!r}]))
"""
LOGGING = """
import logging
import django
django.setup()
logging.getLogger("halka.requests").info("GET %s", "/clients/", extra={"status_code": 200, "duration_ms": 1.5})
logging.getLogger("halka").warning("Writing to %s", "ana@example.org")
"""
WITH_DEBUG = """
from halka.settings import base
base.DEBUG = True
from halka.settings import production
"""


def start(*names: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """The settings named, as production settings with these changes (None: not set at all) have them."""
    return run(ASK.format(names=names or ("SECRET_KEY",)), **changes)


def run(program: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = kept | {name: value for name, value in (SAFE | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


FAULTS = {
    "a development secret": ({"SECRET_KEY": "development-" + "s" * 50}, "SECRET_KEY is a development secret"),
    "a short secret": ({"SECRET_KEY": "s" * 49}, "SECRET_KEY is shorter than 50 characters"),
    "no master key": ({"MASTER_KEYS": " , "}, "MASTER_KEYS is empty"),
    "a development master key": ({"MASTER_KEYS": "m" * 32 + ",development-" + "m" * 32}, "a development key"),
    "a short master key": ({"MASTER_KEYS": "m" * 32 + "," + "m" * 31}, "a key shorter than 32 characters"),
    "no https": ({"HTTPS": "0"}, "HTTPS is off"),
    "https left out": ({"HTTPS": None}, "HTTPS is off"),
    "the demo": ({"DEMO": "1"}, "DEMO is on"),
    "a token that could be guessed": ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN is shorter than 20 characters"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_refuses(fault: str) -> None:
    changes, words = FAULTS[fault]
    tried = start(**changes)  # type: ignore[arg-type]
    assert tried.returncode != 0
    said = tried.stderr.splitlines()[-1]
    assert "ImproperlyConfigured: Production settings refuse to start: " in said
    assert words in said
    assert ";" not in said, "one fault, one sentence"


def test_refuses_debug() -> None:
    tried = run(WITH_DEBUG)
    assert tried.returncode != 0
    assert tried.stderr.splitlines()[-1].endswith("refuse to start: DEBUG is on.")


def test_names_all_faults_at_once() -> None:
    said = start(HTTPS="0", DEMO="1", SECRET_KEY="short").stderr
    for words in ("HTTPS is off", "DEMO is on", "SECRET_KEY is shorter"):
        assert words in said


@pytest.mark.parametrize("name", ["SECRET_KEY", "MASTER_KEYS", "DATABASE_URL", "BROKER_URL"])
def test_what_must_be_given_is_asked_for(name: str) -> None:
    tried = start(**{name: None})
    assert tried.returncode != 0
    assert f"{name} is not set" in tried.stderr


def test_no_secret_is_told() -> None:
    said = start(SECRET_KEY="development-only-very-secret", MASTER_KEYS="development-short").stderr
    assert "very-secret" not in said
    assert "development-short" not in said


def test_debug_stays_off_whatever_the_environment_says() -> None:
    assert start("DEBUG", DEBUG="1").stdout.strip() == "[false]"


def test_cookies_and_addresses_are_for_https() -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
             "SESSION_COOKIE_HTTPONLY", "ALLOWED_HOSTS")  # fmt: skip
    tried = start(*names)
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.strip() == '[true, true, true, true, true, ["halka.example", ".halka.example"]]'


def test_log_lines_are_json_and_tell_nobody() -> None:
    tried = run(LOGGING)
    assert tried.returncode == 0, tried.stderr
    request, warning = (json.loads(line) for line in tried.stderr.splitlines())
    assert (request["logger"], request["status"], request["duration_ms"]) == ("halka.requests", 200, 1.5)
    assert (warning["level"], warning["message"]) == ("WARNING", "Writing to …")


def test_health_and_figures_are_asked_in_plain_http_from_inside() -> None:
    (exempt,) = json.loads(start("SECURE_REDIRECT_EXEMPT").stdout)
    for path in ("health/live", "health/ready", "metrics", "-/tls-check/"):
        assert any(re.match(pattern, path) for pattern in exempt), path
    for path in ("", "healthy", "metrics/x", "clients/"):
        assert not any(re.match(pattern, path) for pattern in exempt), path
