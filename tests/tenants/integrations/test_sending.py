"""One POST: to the address that was checked, in a limited time, and nothing but codes come back."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.receiver import Receiver, answering, receiving, saying
from tenants.integrations.domain import sending
from tenants.integrations.domain.sending import Outcome, post
from tenants.integrations.enums import Failure

HEADERS = {"webhook-id": "msg_1"}


def sent(receiver: Receiver, *answers: int | Callable[[BaseHTTPRequestHandler], None]) -> Outcome:
    receiver.answers = list(answers)
    return post(receiver.url, HEADERS, b"{}")


def test_what_arrives(receiver: Receiver) -> None:
    outcome = post(f"{receiver.url}?key=1&name=č", HEADERS, b'{"a":1}')
    assert (outcome.status, outcome.failure, outcome.pause) == (204, None, 0)
    (message,) = receiver.messages
    assert message.path == "/hook?key=1&name=%C4%8D"
    assert message.body == b'{"a":1}'
    assert message.headers == {
        "host": f"127.0.0.1:{receiver.port}", "user-agent": "Halka-Webhooks/1.0", "content-type": "application/json",
        "content-length": "7", "accept": "*/*", "connection": "close", "webhook-id": "msg_1",
    }  # fmt: skip


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_arrived(receiver: Receiver, status: int) -> None:
    outcome = sent(receiver, status)
    assert (outcome.status, outcome.failure) == (status, None)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 429, 500, 503])
def test_answered_with_an_error(receiver: Receiver, status: int) -> None:
    outcome = sent(receiver, status)
    assert (outcome.status, outcome.failure) == (status, Failure.STATUS)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirections_are_not_followed(receiver: Receiver, status: int) -> None:
    with receiving() as other:
        outcome = sent(receiver, answering(status, Location=other.url))
        assert other.messages == []
    assert (outcome.status, outcome.failure) == (status, Failure.REDIRECT)
    assert len(receiver.messages) == 1


@pytest.mark.parametrize(
    ("header", "pause"),
    [("120", 120), ("0", 0), ("-5", 0), ("soon", 0), ("Sun, 22 Nov 2026 10:00:00 GMT", 0), ("9" * 30, 0)],
)
def test_a_receiver_may_ask_for_a_pause(receiver: Receiver, header: str, pause: int) -> None:
    assert sent(receiver, answering(503, Retry_After=header)).pause == pause


@pytest.mark.parametrize(
    "raw",
    [b"", b"HTTP/1.1 2", b"HTTP/1.1 xyz\r\n\r\n", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200,
     b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000, b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000],
)  # fmt: skip
def test_what_is_no_answer(receiver: Receiver, raw: bytes) -> None:
    outcome = sent(receiver, saying(raw))
    assert (outcome.status, outcome.failure) == (None, Failure.BROKEN)


@pytest.mark.parametrize(
    "raw",
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", b"HTTP/1.0 200\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500_000],
)  # fmt: skip
def test_a_good_beginning_is_enough(receiver: Receiver, raw: bytes) -> None:
    """It was taken; what comes after the status is thrown away."""
    outcome = sent(receiver, saying(raw))
    assert (outcome.status, outcome.failure) == (200, None)


def test_little_is_read_of_an_endless_answer(receiver: Receiver) -> None:
    """The receiver notices by itself that nobody listens: long before its gigabyte is through."""
    told, noticed = [0], threading.Event()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            for _ in range(100_000):
                handler.connection.sendall(b"x" * 10_000)
                told[0] += 10_000
        finally:
            noticed.set()

    outcome = sent(receiver, endless)
    assert (outcome.status, outcome.failure) == (200, None)
    assert noticed.wait(30)
    assert told[0] < 100_000_000


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200"])
def test_an_answer_that_trickles_is_not_waited_for(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, begin: bytes
) -> None:
    monkeypatch.setattr(sending, "LONGEST", 0.3)
    over = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(begin)
        while begin and not over.wait(0.05):
            handler.connection.sendall(b" ")
        over.wait(30)

    outcome = sent(receiver, trickle)
    over.set()
    assert (outcome.status, outcome.failure) == (None, Failure.TIMEOUT)
    assert outcome.milliseconds is not None
    assert 250 <= outcome.milliseconds < 10_000


def test_name_servers_that_took_all_the_time(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LONGEST", 0.0)
    assert sent(receiver, 204).failure == Failure.TIMEOUT
    assert receiver.messages == []


def test_nobody_there(settings: Any) -> None:
    settings.WEBHOOKS_REACH_INSIDE = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        outcome = post(f"http://127.0.0.1:{taken.getsockname()[1]}/", HEADERS, b"{}")
    assert (outcome.status, outcome.failure) == (None, Failure.REFUSED)


@pytest.mark.parametrize(
    "url", ["https://localhost/", "https://no-such-name.invalid/", "http://example.org/", "nonsense"]
)
def test_inside_nowhere_and_nonsense_look_alike(url: str) -> None:
    outcome = post(url, HEADERS, b"{}")
    assert (outcome.status, outcome.failure) == (None, Failure.ADDRESS)


def test_a_name_is_resolved_once_and_the_connection_goes_there(receiver: Receiver, resolving: Any) -> None:
    """A second answer of the name servers, which would lead inside, is never asked for."""
    asked = resolving([["127.0.0.1"], ["10.0.0.1"]])
    outcome = post(f"http://hooks.example.org:{receiver.port}/", HEADERS, b"{}")
    assert outcome.status == 204
    assert asked == ["hooks.example.org"]
    assert receiver.messages[0].headers["host"] == f"hooks.example.org:{receiver.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(receiver: Receiver, resolving: Any) -> None:
    resolving([["127.0.0.1"]])
    with socket.socket(socket.AF_INET6) as nobody:
        nobody.bind(("::1", 0))
        resolving([["::1", "127.0.0.1"]])
        assert post(f"http://hooks.example.org:{receiver.port}/", HEADERS, b"{}").status == 204


def test_a_name_that_leads_inside_later_is_noticed_at_the_delivery(resolving: Any) -> None:
    """Public when it was saved, ours when it is sent to."""
    resolving([["127.0.0.1"]])
    assert post("https://hooks.example.org/", HEADERS, b"{}").failure == Failure.ADDRESS


def test_proxies_of_the_environment_are_not_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert sent(receiver, 204).status == 204
        assert proxy.messages == []


@pytest.fixture
def resolving(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[list[str]]], list[str]]:
    """`resolving([first, second])`: what the name servers answer, one after the other."""
    real = socket.getaddrinfo

    def prepare(answers: list[list[str]]) -> list[str]:
        asked: list[str] = []

        def find(host: str, port: int, *arguments: Any, **named: Any) -> Any:
            try:
                ip_address(host)
            except ValueError:
                asked.append(host)
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port)) for found in answers.pop(0)]
            return real(host, port, *arguments, **named)

        monkeypatch.setattr(socket, "getaddrinfo", find)
        return asked

    return prepare


# --- https ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Receiver]:
    """A receiver whose certificate, for hooks.example.org, is of an authority that this process trusts."""
    settings.WEBHOOKS_REACH_INSIDE = True
    pem = tmp_path / "hooks.pem"
    pem.write_bytes(certificate("hooks.example.org"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    sending._tls.cache_clear()
    with receiving(context) as running:
        yield running
    sending._tls.cache_clear()


def certificate(host: str) -> bytes:
    """A key and a certificate that speaks for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return plain + made.public_bytes(serialization.Encoding.PEM)


def test_the_certificate_is_checked_against_the_name(secure: Receiver, resolving: Any) -> None:
    resolving([["127.0.0.1"]])
    outcome = post(f"https://hooks.example.org:{secure.port}/", HEADERS, b"{}")
    assert (outcome.status, outcome.failure) == (204, None)
    assert secure.messages[0].headers["host"] == f"hooks.example.org:{secure.port}"


def test_a_certificate_of_another_name_is_refused(secure: Receiver, resolving: Any) -> None:
    resolving([["127.0.0.1"]])
    outcome = post(f"https://other.example.org:{secure.port}/", HEADERS, b"{}")
    assert (outcome.status, outcome.failure) == (None, Failure.CERTIFICATE)
    assert secure.messages == []


def test_a_certificate_that_nobody_vouches_for_is_refused(
    secure: Receiver, resolving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    sending._tls.cache_clear()
    resolving([["127.0.0.1"]])
    outcome = post(f"https://hooks.example.org:{secure.port}/", HEADERS, b"{}")
    assert outcome.failure == Failure.CERTIFICATE


def test_who_does_not_speak_tls(receiver: Receiver) -> None:
    outcome = post(receiver.url.replace("http:", "https:"), HEADERS, b"{}")
    assert outcome.failure == Failure.CERTIFICATE
