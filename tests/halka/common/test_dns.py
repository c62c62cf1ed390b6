"""Questions to a real name server on this machine."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import pytest

from halka.common import dns
from tests.name_server import NameServer, name_server, silent_port


@pytest.fixture
def server(settings: Any) -> Iterator[NameServer]:
    with name_server() as served:
        settings.DNS_SERVERS = [served.address]
        yield served


def test_records_are_told(server: NameServer) -> None:
    long = "halka=" + "a" * 60
    server.records = {
        ("work.hand.org", "A"): ["192.0.2.1", "192.0.2.2"],
        ("work.hand.org", "AAAA"): ["2001:db8::1"],
        ("_halka.work.hand.org", "TXT"): ["something else", long],
    }
    assert dns.ask("work.hand.org", "A") == ["192.0.2.1", "192.0.2.2"]
    assert dns.addresses("work.hand.org") == {"192.0.2.1", "192.0.2.2", "2001:db8::1"}
    assert dns.ask("_halka.work.hand.org", "TXT") == ["something else", long]
    assert dns.ask("work.hand.org", "TXT") == []
    assert dns.ask("nobody.hand.org", "A") == []


def test_aliases_are_followed(server: NameServer) -> None:
    server.records = {
        ("work.hand.org", "CNAME"): ["Halka.Example.net"],
        ("Halka.Example.net", "CNAME"): ["host.example.net"],
        ("host.example.net", "A"): ["192.0.2.7"],
    }
    assert dns.ask("work.hand.org", "A") == ["192.0.2.7"]
    assert dns.ask("work.hand.org", "CNAME") == ["halka.example.net"]


def test_names_may_end_in_what_stands_elsewhere(server: NameServer) -> None:
    """As most servers write them: two bytes that lead to the question."""
    server.records = {("work.hand.org", "A"): ["192.0.2.1"]}
    name = b"\x04work\x04hand\x03org\0"
    server.reply = lambda made: made.replace(name, b"\xc0\x0c").replace(b"\xc0\x0c", name, 1)
    assert dns.ask("work.hand.org", "A") == ["192.0.2.1"]


def test_what_does_not_fit_comes_over_tcp(server: NameServer) -> None:
    server.is_cut_short = True
    server.records = {("work.hand.org", "TXT"): [f"number {n:03} of many" for n in range(200)]}
    assert len(dns.ask("work.hand.org", "TXT")) == 200


def test_the_next_server_is_asked(server: NameServer, settings: Any) -> None:
    settings.DNS_SERVERS = [f"127.0.0.1:{silent_port()}", server.address]
    server.records = {("work.hand.org", "A"): ["192.0.2.1"]}
    assert dns.ask("work.hand.org", "A") == ["192.0.2.1"]


def test_no_answer_is_not_an_empty_answer(server: NameServer) -> None:
    server.failing = {"work.hand.org"}
    with pytest.raises(dns.NoAnswer):
        dns.ask("work.hand.org", "A")
    assert len(server.asked) == dns.TRIES


@pytest.mark.parametrize(
    "broken",
    [
        lambda made: made[:1],
        lambda made: made[:20],
        lambda made: (
            struct.pack("!H", (struct.unpack("!H", made[:2])[0] + 1) % 65536) + made[2:]
        ),  # to another question
        lambda made: made[:2] + b"\x01\x00" + made[4:],  # a question
        lambda made: made.replace(b"\x04hand", b"\x04band", 1),  # about another name
        lambda made: made[:-2],  # cut off
        lambda made: made[:-4] + b"\0\0",
        lambda made: made[:31] + b"\xc0\x1f" + made[33:],  # a name that leads to itself
        lambda made: made[:31] + b"\x04\xff\xff\xff\xff" + made[36:],
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(server: NameServer, broken: Any) -> None:
    server.records = {("work.hand.org", "A"): ["192.0.2.1"]}
    server.reply = broken
    with pytest.raises(dns.NoAnswer):
        dns.ask("work.hand.org", "A")


def test_a_broken_answer_over_tcp(server: NameServer) -> None:
    server.is_cut_short = True
    server.reply = lambda made: made if made[2] & 2 else b""
    with pytest.raises(dns.NoAnswer):
        dns.ask("work.hand.org", "A")


def test_servers_of_the_machine(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DNS_SERVERS = []
    monkeypatch.setattr(dns, "RESOLVER_FILE", tmp_path / "resolv.conf")
    with pytest.raises(dns.NoAnswer):
        dns.ask("work.hand.org", "A")
    (tmp_path / "resolv.conf").write_text("search hand.org\nnameserver 192.0.2.53\nnameserver 2001:db8::53\n")
    assert dns._servers() == [("192.0.2.53", 53), ("2001:db8::53", 53)]
    settings.DNS_SERVERS = ["[2001:db8::53]:5353", "[2001:db8::53]", "192.0.2.1:5300"]
    assert dns._servers() == [("2001:db8::53", 5353), ("2001:db8::53", 53), ("192.0.2.1", 5300)]
