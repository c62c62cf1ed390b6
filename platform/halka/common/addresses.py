"""Absolute addresses across hosts: the network site and the workspaces have URL tables of their own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

NETWORK_URLS = "halka.urls_network"
WORKSPACE_URLS = "halka.urls_workspace"


def origin(host: str | None = None) -> str:
    """Scheme, host and port, of the network site where no host is given."""
    scheme = "https" if settings.HTTPS else "http"
    port = f":{settings.BASE_PORT}" if settings.BASE_PORT else ""
    return f"{scheme}://{host or settings.BASE_DOMAIN}{port}"


def workspace_host(short_name: str) -> str:
    return f"{short_name}.{settings.BASE_DOMAIN}"


def network_url(name: str, *args: Any) -> str:
    return origin() + reverse(name, urlconf=NETWORK_URLS, args=args)


def workspace_url(short_name: str, name: str, *args: Any) -> str:
    return origin(workspace_host(short_name)) + reverse(name, urlconf=WORKSPACE_URLS, args=args)
