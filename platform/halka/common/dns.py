"""Questions to DNS (RFC 1035), over UDP and, where an answer does not fit, over TCP.

Python's own resolver tells addresses alone; who owns a domain is told by TXT records.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

SECONDS: Final = 3
TRIES: Final = 2
PORT: Final = 53
KINDS: Final = {"A": 1, "CNAME": 5, "TXT": 16, "AAAA": 28}
FINE, NO_SUCH_NAME = 0, 3
ANSWER, CUT_SHORT, WANTS_RECURSION = 0x8000, 0x0200, 0x0100
MOST_STEPS: Final = 128  # of names that lead to names
RESOLVER_FILE: Final = Path("/etc/resolv.conf")


class NoAnswer(OSError):
    """No server gave an answer that says anything."""


class _Broken(ValueError):
    """Not an answer, or not to this question."""


@dataclass(frozen=True)
class _Record:
    name: str
    kind: int
    value: str


def ask(name: str, kind: str) -> list[str]:
    """What the records of this kind say; empty where there is none. Aliases are followed as far as the answer goes.

    Addresses are in their short form, names in small letters without the last dot. Raises NoAnswer.
    """
    number = secrets.randbelow(1 << 16)
    question = _question(name, KINDS[kind], number)
    for server in _servers() * TRIES:
        try:
            code, records = _asked(server, question, number)
        except (OSError, _Broken):
            continue
        if code in (FINE, NO_SUCH_NAME):
            return _said(name, KINDS[kind], records)
    raise NoAnswer(f"No name server answers for {name}.")


def addresses(name: str) -> set[str]:
    """IPv4 and IPv6. Raises NoAnswer."""
    return {*ask(name, "A"), *ask(name, "AAAA")}


def _servers() -> list[tuple[str, int]]:
    given: Sequence[str] = settings.DNS_SERVERS
    if not given:
        lines = RESOLVER_FILE.read_text().splitlines() if RESOLVER_FILE.exists() else []
        given = [line.split()[1] for line in lines if line.startswith("nameserver ")]
    return [_server(text) for text in given]


def _server(text: str) -> tuple[str, int]:
    """`192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`."""
    if text.startswith("["):
        host, _end, port = text[1:].partition("]")
        return host, int(port.lstrip(":") or PORT)
    host, colon, port = text.rpartition(":")
    return (host, int(port)) if colon and ":" not in host else (text, PORT)


def _question(name: str, kind: int, number: int) -> bytes:
    labels = b"".join(bytes([len(label)]) + label for label in name.encode("ascii").split(b"."))
    return struct.pack("!6H", number, WANTS_RECURSION, 1, 0, 0, 0) + labels + struct.pack("!BHH", 0, kind, 1)


def _asked(server: tuple[str, int], question: bytes, number: int) -> tuple[int, list[_Record]]:
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as link:
        link.settimeout(SECONDS)
        link.connect(server)  # what comes from anybody else is not received
        link.send(question)
        message = link.recv(4096)
    if len(message) > 3 and struct.unpack("!H", message[2:4])[0] & CUT_SHORT:
        message = _asked_at_length(server, question)
    return _read(message, question, number)


def _asked_at_length(server: tuple[str, int], question: bytes) -> bytes:
    with socket.create_connection(server, timeout=SECONDS) as link, link.makefile("rb") as answer:
        link.sendall(struct.pack("!H", len(question)) + question)
        size = answer.read(2)
        return answer.read(struct.unpack("!H", size)[0]) if len(size) == 2 else b""


def _read(message: bytes, question: bytes, number: int) -> tuple[int, list[_Record]]:
    """Code and records of an answer. Raises _Broken."""
    try:
        got, flags, _questions, count = struct.unpack("!4H", message[:8])
        asked = message[12 : len(question)].lower()
        if got != number or not flags & ANSWER or asked != question[12:].lower():
            raise _Broken("An answer to something else.")
        at, records = len(question), []
        for _number in range(count):
            name, at = _name(message, at)
            kind, _class, _lives, size = struct.unpack("!HHIH", message[at : at + 10])
            at += 10
            if len(message) < at + size:
                raise _Broken("Cut off.")
            if kind in KINDS.values():
                records.append(_Record(name, kind, _value(message, at, size, kind)))
            at += size
    except (struct.error, IndexError, UnicodeDecodeError, ipaddress.AddressValueError) as error:
        raise _Broken("Not an answer.") from error
    return flags & 0xF, records


def _value(message: bytes, at: int, size: int, kind: int) -> str:
    content = message[at : at + size]
    if kind == KINDS["CNAME"]:
        return _name(message, at)[0]
    if kind == KINDS["A"]:
        return str(ipaddress.IPv4Address(content))
    if kind == KINDS["AAAA"]:
        return str(ipaddress.IPv6Address(content))
    parts, place = [], 0
    while place < size:
        end = place + 1 + content[place]
        parts.append(content[place + 1 : end])
        place = end
    return b"".join(parts).decode("utf-8", "replace")


def _name(message: bytes, at: int) -> tuple[str, int]:
    """The name that stands there, and where what follows begins. Names may end in what stands elsewhere."""
    labels: list[str] = []
    after = 0
    for _step in range(MOST_STEPS):
        length = message[at]
        if length == 0:
            return ".".join(labels).lower(), after or at + 1
        if length & 0xC0 == 0xC0:
            after = after or at + 2
            at = struct.unpack("!H", message[at : at + 2])[0] & 0x3FFF
            continue
        labels.append(message[at + 1 : at + 1 + length].decode("ascii"))
        at += 1 + length
    raise _Broken("A name without end.")


def _said(name: str, kind: int, records: list[_Record]) -> list[str]:
    """Of the records under this name, or under what it is another name of."""
    names = {name.lower()}
    for _step in range(len(records)):
        names |= {record.value for record in records if record.kind == KINDS["CNAME"] and record.name in names}
    return [record.value for record in records if record.kind == kind and record.name in names]
