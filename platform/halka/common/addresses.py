"""Absolute addresses across hosts: the network site and the workspaces have URL tables of their own."""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse

NETWORK_URLS = "halka.urls_network"
WORKSPACE_URLS = "halka.urls_workspace"


def origin(host: str | None = None) -> str:
    """Scheme, host and port, of the network site where no host is given."""
    scheme = "https" if settings.HTTPS else "http"
    port = f":{settings.BASE_PORT}" if settings.BASE_PORT else ""
    return f"{scheme}://{host or settings.BASE_DOMAIN}{port}"


class HasHost(Protocol):
    """An organisation, or what is known of one: where it answers is its own to say, and not its short name's."""

    @property
    def host(self) -> str: ...


def workspace_host(subdomain: str) -> str:
    """The host that a subdomain is. Which subdomain an organisation has now is said by its `host`."""
    return f"{subdomain}.{settings.BASE_DOMAIN}"


def network_url(name: str, *args: Any) -> str:
    return origin() + reverse(name, urlconf=NETWORK_URLS, args=args)


def workspace_url(organisation: HasHost, name: str, *args: Any) -> str:
    return origin(organisation.host) + reverse(name, urlconf=WORKSPACE_URLS, args=args)
