"""Where a person may be led after signing in: to our own hosts, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from halka.accounts.adapter import BaseAccountAdapter
from halka.common.addresses import origin
from tenants.organisations.access import memberships_of
from tenants.organisations.directory import organisation_at
from tenants.organisations.enums import State


class AccountAdapter(BaseAccountAdapter):
    def is_safe_url(self, url: str | None) -> bool:
        """A path of this site, or an address at the network's host or at a host of an open organisation."""
        allowed = {netloc} if (netloc := urlsplit(url or "").netloc) and self._is_ours(netloc) else set()
        return url_has_allowed_host_and_scheme(url, allowed_hosts=allowed, require_https=settings.HTTPS)

    def _is_ours(self, netloc: str) -> bool:
        host, _, port = netloc.lower().partition(":")
        if port not in {settings.BASE_PORT, self.request.get_port() if ":" in self.request.get_host() else ""}:
            return False
        if host == settings.BASE_DOMAIN:
            return True
        organisation = organisation_at(host)
        return organisation is not None and organisation.state != State.CLOSED

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The only workspace, or the network's start page, which lists them."""
        memberships = memberships_of(request.user)
        if len(memberships) == 1:
            return origin(memberships[0].organisation.host) + "/"
        return "/"
