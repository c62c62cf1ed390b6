"""docs/client: what it does when things go wrong. That it works stands in tests/browser/test_first_referral.py."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from standardwebhooks import Webhook

FOLDER = Path(settings.ROOT) / "docs" / "client"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def run(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, FOLDER / "halka.py", *arguments]
    return subprocess.run(command, input=given, env=environment, capture_output=True, check=False)


@pytest.fixture
def transport(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, with `slept`: it does not really wait."""
    spec = importlib.util.spec_from_file_location("transport", FOLDER / "transport.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "transport", module)
    spec.loader.exec_module(module)
    slept: list[float] = []
    monkeypatch.setattr(module, "time", SimpleNamespace(sleep=slept.append))
    module.slept = slept  # type: ignore[attr-defined]
    return module


@pytest.fixture
def server() -> Iterator[Any]:
    """Answers what stands in `answers`, one after the other, and keeps what it was asked in `asked`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))  # type: ignore[attr-defined]
            status, headers, told = server.answers.pop(0)  # type: ignore[attr-defined]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"" if told is None else json.dumps(told).encode())

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answers = [], []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


TOKEN = (200, {}, {"access_token": "t"})


def api_of(transport: Any, server: Any) -> Any:
    return transport.Api(f"http://halka.localhost:{server.server_port}", "alpha", "id", "secret", "key")


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_as_it_is_told(transport: Any, server: Any, status: int) -> None:
    server.answers = [TOKEN, (status, {"Retry-After": "7"}, {}), (201, {"ETag": '"a"'}, {"id": 1})]
    assert api_of(transport, server).post("/clients/", {"given_name": "Mina"}) == ({"id": 1}, '"a"')
    assert transport.slept == [7]
    (_path, _headers, _body), first, second = server.asked
    assert first == second
    path, headers, body = second
    assert (path.rstrip("?"), json.loads(body)) == ("/api/v1/clients/", {"given_name": "Mina"})
    assert headers["host"] == f"alpha.halka.localhost:{server.server_port}"
    assert (headers["authorization"], headers["idempotency-key"]) == ("Bearer t", "key:/clients/")


@pytest.mark.parametrize("wait", [{}, {"Retry-After": "3600"}])
def test_it_does_not_wait_for_ever(transport: Any, server: Any, wait: dict[str, str]) -> None:
    server.answers = [TOKEN, (503, wait, {"code": "unavailable", "title": "Not now."})]
    with pytest.raises(transport.Failed, match=r"^503 unavailable Not now\.$"):
        api_of(transport, server).get("/me/")
    assert transport.slept == []


def test_where_nobody_answers_it_tries_again(transport: Any, server: Any) -> None:
    api = api_of(transport, server)
    api.network = "http://halka.localhost:9"
    with pytest.raises(transport.Failed, match=r"^No answer from alpha\.halka\.localhost:9: "):
        api.get("/me/")
    assert transport.slept == [1, 2, 4, 8]


def test_a_token_is_renewed_once(transport: Any, server: Any) -> None:
    late = (401, {}, {"code": "invalid_token", "title": "The token has expired."})
    server.answers = [TOKEN, late, TOKEN, (200, {}, {"name": "x"})]
    assert api_of(transport, server).get("/me/") == {"name": "x"}
    server.answers = [TOKEN, late, TOKEN, late]
    with pytest.raises(transport.Failed, match=r"^401 invalid_token"):
        api_of(transport, server).get("/me/")


def test_problems_are_one_line(transport: Any, server: Any) -> None:
    fields = [{"field": "", "message": "No."}, {"field": "consent.witness", "message": "Who was there?"}]
    server.answers = [TOKEN, (422, {}, {"code": "invalid_fields", "title": "Wrong.", "fields": fields})]
    with pytest.raises(transport.Failed) as failed:
        api_of(transport, server).get("/me/")
    assert str(failed.value) == "422 invalid_fields Wrong. request: No. consent.witness: Who was there?"
    server.answers = [(401, {}, {"error": "invalid_client"})]
    with pytest.raises(transport.Failed, match=r"^401 invalid_client$"):
        api_of(transport, server).get("/me/")


def test_the_secret_stays_on_the_way(transport: Any, server: Any) -> None:
    api = api_of(transport, server)
    api.network = "http://halka.example"
    with pytest.raises(transport.Failed, match=r"must begin with https"):
        api.get("/me/")
    server.answers = [(302, {"Location": "http://elsewhere.localhost/"}, None)]
    with pytest.raises(transport.Failed, match=r"^302$"):
        api_of(transport, server).get("/me/")
    assert len(server.asked) == 1


def test_without_an_environment_it_says_what_is_missing() -> None:
    ran = run("me", HALKA="http://halka.localhost", HALKA_ID="x")
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, b"", b"halka: Set HALKA_AT, HALKA_SECRET first.\n")


NOT_OURS = "halka: The signature is not of this secret and body.\n"
OLD = "halka: The signature is right, but old: somebody may be sending it again.\n"


@pytest.mark.parametrize(
    ("body", "age", "answer"),
    [
        (b'{"a": 1}', timedelta(), (0, "genuine\n", "")),
        (b'{"a": 2}', timedelta(), (1, "", NOT_OURS)),
        (b'{"a": 1}', timedelta(hours=1), (1, "", OLD)),
    ],
)
def test_a_signature_is_verified(body: bytes, age: timedelta, answer: tuple[int, str, str]) -> None:
    at = datetime.fromtimestamp(int(time.time()), UTC) - age
    signature = "v1,AAAA " + Webhook(SECRET).sign("evt", at, '{"a": 1}')
    told = ("--id", "evt", "--timestamp", str(int(at.timestamp())), "--signature", signature)
    ran = run("verify", *told, given=body, WEBHOOK_SECRET=SECRET)
    assert (ran.returncode, ran.stdout.decode(), ran.stderr.decode()) == answer
