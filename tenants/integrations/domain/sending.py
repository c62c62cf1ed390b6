"""One POST to an address outside, and what came of it in codes. Outside of every transaction.

No redirection is followed, no proxy asked, and of the answer a few kilobytes are read and thrown away. The whole takes
LONGEST seconds at most, however slowly the other side trickles.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import Any, Final

from tenants.integrations.domain.addresses import Target, addresses_of, target_of
from tenants.integrations.enums import Failure
from tenants.integrations.errors import AddressRefused

LONGEST: Final = 15.0  # seconds
CONNECTING: Final = 5.0  # for each address of a host
MOST_HEAD: Final = 32_768  # bytes of an answer before its body
MOST_BODY: Final = 4_096


@dataclass(frozen=True)
class Outcome:
    """`failure` is None where the answer was a 2xx; `pause` is how many seconds the receiver asks to be left alone."""

    milliseconds: int | None
    status: int | None = None
    failure: Failure | None = None
    pause: int = 0


def post(url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Sends the body; raises nothing for whatever the other side, the line or the name servers do."""
    begun = time.monotonic()
    status, pause, failure = None, 0, None
    try:
        target = target_of(url)
        status, pause = _exchange(target, addresses_of(target), headers, body, begun + LONGEST)
    except AddressRefused:
        failure = Failure.ADDRESS
    except TimeoutError:
        failure = Failure.TIMEOUT
    except ssl.SSLError:
        failure = Failure.CERTIFICATE
    except (ConnectionRefusedError, _NoConnection):
        failure = Failure.REFUSED
    except (OSError, HTTPException, ValueError):
        failure = Failure.BROKEN
    if status is not None and not 200 <= status < 300:
        failure = Failure.REDIRECT if 300 <= status < 400 else Failure.STATUS
    return Outcome(round((time.monotonic() - begun) * 1000), status, failure, pause)


class _NoConnection(OSError):
    """No address of the host took the connection."""


def _exchange(
    target: Target, addresses: list[str], headers: Mapping[str, str], body: bytes, deadline: float
) -> tuple[int, int]:
    with _connected(target, addresses, deadline) as line:
        line.settimeout(_left(deadline))
        line.sendall(_head(target, headers, len(body)) + body)
        stream = _Stream(line, deadline)
        response = HTTPResponse(stream, method="POST")  # type: ignore[arg-type]  # asks for makefile alone
        response.begin()
        with suppress(OSError, HTTPException, ValueError):
            response.read(MOST_BODY)
        return response.status, _pause(response.getheader("retry-after"))


def _connected(target: Target, addresses: list[str], deadline: float) -> socket.socket:
    """A connection to one of the addresses; for https, the certificate is checked against the name."""
    line: socket.socket | None = None
    for address in addresses:
        patience = min(CONNECTING, _left(deadline))
        try:
            line = socket.create_connection((address, target.port), timeout=patience)
            break
        except OSError:
            continue
    if line is None:
        raise _NoConnection
    if target.scheme == "http":
        return line
    line.settimeout(_left(deadline))
    try:
        return _tls().wrap_socket(line, server_hostname=target.host)
    except BaseException:
        line.close()
        raise


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _head(target: Target, headers: Mapping[str, str], length: int) -> bytes:
    lines = {
        "Host": target.authority,
        "User-Agent": "Halka-Webhooks/1.0",
        "Content-Type": "application/json",
        "Content-Length": str(length),
        "Accept": "*/*",
        "Connection": "close",
        **headers,
    }
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{text}\r\n".encode("ascii")


def _pause(text: str | None) -> int:
    """`Retry-After` in seconds; dates and nonsense are nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Stream(io.RawIOBase):
    """What comes back, up to a number of bytes and a moment."""

    def __init__(self, line: socket.socket, deadline: float) -> None:
        self.line = line
        self.deadline = deadline
        self.room = MOST_HEAD + MOST_BODY

    def makefile(self, mode: str) -> io.BufferedReader:
        """HTTPResponse takes a socket and asks it for this."""
        return io.BufferedReader(self, 4096)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.line.settimeout(_left(self.deadline))
        count = self.line.recv_into(buffer)
        self.room -= count
        if self.room < 0:
            raise HTTPException("The answer is too long.")
        return count
