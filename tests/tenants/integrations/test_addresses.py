"""What may be told anything: public addresses by https, whatever they are written like."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tenants.integrations.domain.addresses import Target, addresses_of, is_public, target_of
from tenants.integrations.errors import AddressRefused

PUBLIC = ["8.8.8.8", "1.1.1.1", "193.2.1.66", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a01:4f8::1"]
NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8",
    "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff05::2", "5f00::1",
    "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(address)


# However an address of our own is written, the system reads it as that address, and what it is read as is looked at.
OWN = [
    "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
    "https://0/", "https://[::1]/", "https://[::ffff:7f00:1]/", "https://[::ffff:127.0.0.1]/", "https://localhost/",
    "https://LOCALHOST/", "https://localhost./", "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/", "https://10.0.0.1:8443/",
]  # fmt: skip


@pytest.mark.parametrize("url", [*OWN, "https://no-such-name.invalid/"])
def test_inside_and_nowhere_are_refused_in_the_same_words(url: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        addresses_of(target_of(url))
    assert str(refusal.value) == "This address cannot be reached from the internet."


@pytest.mark.parametrize("found", [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "::1"], []])
def test_every_address_of_a_name_is_to_be_public(monkeypatch: pytest.MonkeyPatch, found: list[str]) -> None:
    answers(monkeypatch, found)
    with pytest.raises(AddressRefused, match="cannot be reached"):
        addresses_of(target_of("https://hooks.example.org/"))


def test_a_name_leads_to_all_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, ["8.8.8.8", "2606:4700::1111", "8.8.8.8"])
    assert addresses_of(target_of("https://hooks.example.org/")) == ["8.8.8.8", "2606:4700::1111"]


def answers(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    """What the name servers say: they are somebody else's, so no test can ask them."""
    entries: list[Any] = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **named: entries)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://hooks.example.org", Target("https", "hooks.example.org", 443, "/")),
        ("https://Hooks.Example.org:443/a?b=c", Target("https", "hooks.example.org", 443, "/a?b=c")),
        ("https://a.example:8443/a%20b/č?d=é", Target("https", "a.example", 8443, "/a%20b/%C4%8D?d=%C3%A9")),
        ("https://čudež.example/", Target("https", "xn--ude-eqa28c.example", 443, "/")),
        ("https://[2606:4700::1111]/x", Target("https", "2606:4700::1111", 443, "/x")),
    ],
)  # fmt: skip
def test_addresses_are_taken_apart(url: str, target: Target) -> None:
    assert target_of(url) == target


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "not a full address"), ("hooks.example.org", "not a full address"), ("https://", "not a full address"),
        ("https:///path", "not a full address"), ("ftp://example.org/", "not a full address"),
        ("file:///etc/passwd", "not a full address"), ("gopher://example.org/", "not a full address"),
        ("javascript:alert(1)", "not a full address"), ("https://a b.example/", "not a full address"),
        ("https://a.example/\r\nX-Evil: 1", "not a full address"),
        ("https://a.example\\@b.example/", "not a full address"),
        ("https://a.example:99999/", "not a full address"), ("https://a.example:x/", "not a full address"),
        ("https://[::1", "not a full address"), ("https://[fe80::1%25eth0]/", "not a full address"),
        ("https://a..example/", "not a full address"), ("https://" + "a" * 500, "not a full address"),
        ("https://user:secret@example.org/", "name and password"), ("https://user@example.org/", "name and password"),
        ("http://example.org/", "begin with https"),
        ("https://example.org:22/", "ports 443 and 8443"), ("https://example.org:5432/", "ports 443 and 8443"),
    ],
)  # fmt: skip
def test_what_is_no_address_for_webhooks(url: str, words: str) -> None:
    with pytest.raises(AddressRefused, match=words):
        target_of(url)


def test_development_reaches_its_own_machine(settings: Any) -> None:
    settings.WEBHOOKS_REACH_INSIDE = True
    target = target_of("http://127.0.0.1:8123/hook")
    assert target == Target("http", "127.0.0.1", 8123, "/hook")
    assert addresses_of(target) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("target", "authority"),
    [
        (Target("https", "a.example", 443, "/"), "a.example"),
        (Target("https", "a.example", 8443, "/"), "a.example:8443"),
        (Target("https", "2606::1", 443, "/"), "[2606::1]"),
        (Target("http", "a.example", 80, "/"), "a.example"),
        (Target("http", "a.example", 443, "/"), "a.example:443"),
    ],
)
def test_what_stands_in_the_header_host(target: Target, authority: str) -> None:
    assert target.authority == authority
