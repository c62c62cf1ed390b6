"""Which addresses may be told anything: public ones, by https. Checked when an address is saved and at every delivery.

A name is resolved once, all that it resolves to is checked, and the connection goes to what was checked: a name that
answers differently the next time (DNS rebinding) gains nothing. What is refused is refused in the same words whether
there is something there or not.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from tenants.integrations.errors import AddressRefused

LONGEST: Final = 500
PORTS: Final = frozenset({443, 8443})
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}

# IANA's registries of special-purpose addresses; of IPv6 only what is given out to the internet is public at all.
_NOT_PUBLIC_4: Final = [
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    )
]  # fmt: skip
_PUBLIC_6: Final = ip_network("2000::/3")
_NOT_PUBLIC_6: Final = [
    ip_network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20")
]


@dataclass(frozen=True)
class Target:
    """An address taken apart. `host` is a name or an address, `path` begins with a slash and holds the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """For the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Reads an address. Raises AddressRefused for what is none, or can never be delivered to."""
    if len(url) > LONGEST or any(letter <= " " or letter in '\x7f\\<>"' for letter in url):
        raise AddressRefused(_("This is not a full address. It begins with https://."))
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else parts.hostname
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        host = port = None
    if not host or not port or "%" in host or parts.scheme not in _DEFAULT_PORTS:
        raise AddressRefused(_("This is not a full address. It begins with https://."))
    if "@" in parts.netloc:
        raise AddressRefused(_("Leave name and password out of the address: what is sent is signed instead."))
    if not settings.WEBHOOKS_REACH_INSIDE:
        if parts.scheme != "https":
            raise AddressRefused(_("Only addresses that begin with https:// are told anything."))
        if port not in PORTS:
            raise AddressRefused(_("Only the ports 443 and 8443 are open for webhooks."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path)


def addresses_of(target: Target) -> list[str]:
    """What the host resolves to now, each of it public. Raises AddressRefused."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not (settings.WEBHOOKS_REACH_INSIDE or all(map(is_public, addresses))):
        raise AddressRefused(_("This address cannot be reached from the internet."))
    return addresses


def is_public(address: str) -> bool:
    """Whether the address is one of the open internet: neither ours, nor a machine's own, nor wrapped around such."""
    try:
        parsed = ip_address(address)
    except ValueError:  # with a zone, such as fe80::1%eth0 on some systems
        return False
    if isinstance(parsed, IPv6Address):
        return _is_public_6(parsed)
    return _is_public_4(parsed)


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in block for block in _NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    return address in _PUBLIC_6 and not any(address in block for block in _NOT_PUBLIC_6)
