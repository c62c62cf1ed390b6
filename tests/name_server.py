"""A name server on this machine: real questions over UDP and TCP, answered from a table."""

from __future__ import annotations

import ipaddress
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

KINDS = {"A": 1, "CNAME": 5, "TXT": 16, "AAAA": 28}
FINE, FAILED, NO_SUCH_NAME = 0, 2, 3


class NameServer:
    """`records[name, kind]` is a list of values. Names in `failing` get SERVFAIL; `reply` changes raw answers."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.failing: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self.reply: Any = None
        self.is_cut_short = False
        self.address = ""

    def answer(self, question: bytes, *, over_tcp: bool = False) -> bytes:
        name, at = _read_name(question, 12)
        (number,) = struct.unpack("!H", question[at : at + 2])
        kind = next(key for key, value in KINDS.items() if value == number)
        self.asked.append((name, kind))
        found = self._found(name, kind)
        code = FAILED if name in self.failing else FINE if found or self._exists(name) else NO_SUCH_NAME
        flags = 0x8180 | code
        if self.is_cut_short and not over_tcp:
            flags, found = flags | 0x0200, []
        head = question[:2] + struct.pack("!5H", flags, 1, len(found), 0, 0)
        made = head + question[12 : at + 4] + b"".join(_record(*record) for record in found)
        return self.reply(made) if self.reply else made

    def _exists(self, name: str) -> bool:
        return any(known == name for known, _kind in self.records)

    def _found(self, name: str, kind: str) -> list[tuple[str, str, str]]:
        """Aliases are followed, as resolvers do."""
        found = []
        for target in self.records.get((name, "CNAME"), []):
            found += [(name, "CNAME", target), *(self._found(target, kind) if kind != "CNAME" else [])]
        return found + [(name, kind, value) for value in self.records.get((name, kind), []) if kind != "CNAME"]


def _read_name(message: bytes, at: int) -> tuple[str, int]:
    labels = []
    while message[at]:
        labels.append(message[at + 1 : at + 1 + message[at]].decode())
        at += 1 + message[at]
    return ".".join(labels), at + 1


def _written(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def _record(name: str, kind: str, value: str) -> bytes:
    if kind in ("A", "AAAA"):
        content = ipaddress.ip_address(value).packed
    elif kind == "CNAME":
        content = _written(value)
    else:  # in two parts, as long texts are
        parts = value[:10].encode(), value[10:].encode()
        content = b"".join(bytes([len(part)]) + part for part in parts)
    return b"\xc0\x0c" + _rest(kind, content) if name == "" else _written(name) + _rest(kind, content)


def _rest(kind: str, content: bytes) -> bytes:
    return struct.pack("!HHIH", KINDS[kind], 1, 60, len(content)) + content


@contextmanager
def name_server() -> Iterator[NameServer]:
    served = NameServer()

    class OverUDP(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            question, link = self.request
            link.sendto(served.answer(question), self.client_address)

    class OverTCP(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            (size,) = struct.unpack("!H", self.request.recv(2))
            answer = served.answer(self.request.recv(size), over_tcp=True)
            self.request.sendall(struct.pack("!H", len(answer)) + answer)

    udp, tcp = _both(OverUDP, OverTCP)
    with udp, tcp:
        threads = [threading.Thread(target=one.serve_forever, args=(0.01,)) for one in (udp, tcp)]
        for thread in threads:
            thread.start()
        served.address = f"127.0.0.1:{udp.server_address[1]}"
        try:
            yield served
        finally:
            udp.shutdown()
            tcp.shutdown()
            for thread in threads:
                thread.join()


def _both(over_udp: Any, over_tcp: Any) -> tuple[socketserver.UDPServer, socketserver.TCPServer]:
    """On one port, which nobody else has."""
    while True:
        udp = socketserver.UDPServer(("127.0.0.1", 0), over_udp)
        try:
            return udp, socketserver.TCPServer(("127.0.0.1", udp.server_address[1]), over_tcp)
        except OSError:
            udp.server_close()


def silent_port() -> int:
    """Where nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
