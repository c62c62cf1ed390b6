"""Short names: an organisation's subdomain, schema and file folder in one."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"[a-z][a-z0-9]{2,30}")
RESERVED = frozenset(
    [
        "about",
        "account",
        "accounts",
        "admin",
        "api",
        "app",
        "apply",
        "apps",
        "assets",
        "auth",
        "autoconfig",
        "autodiscover",
        "backup",
        "blog",
        "cdn",
        "cms",
        "contact",
        "demo",
        "dev",
        "directory",
        "docs",
        "download",
        "email",
        "files",
        "ftp",
        "halka",
        "health",
        "help",
        "home",
        "host",
        "imap",
        "information",
        "info",
        "internal",
        "knowledge",
        "local",
        "localhost",
        "login",
        "logout",
        "mail",
        "master",
        "media",
        "metrics",
        "mobile",
        "mta",
        "network",
        "news",
        "none",
        "null",
        "owner",
        "partner",
        "pgbouncer",
        "ping",
        "pop",
        "pop3",
        "postgres",
        "private",
        "prod",
        "production",
        "proxy",
        "public",
        "register",
        "root",
        "search",
        "secure",
        "server",
        "shared",
        "smtp",
        "spare",
        "sso",
        "staging",
        "static",
        "statistics",
        "stats",
        "status",
        "support",
        "system",
        "template",
        "template0",
        "template1",
        "test",
        "tests",
        "undefined",
        "user",
        "users",
        "vpn",
        "webdisk",
        "webmail",
        "webmaster",
        "webhooks",
        "wiki",
        "www",
    ]
)


def validate_short_name(value: str) -> None:
    """Raises ValidationError unless `value` is fit to be a host name and a schema and is nobody else's word."""
    if not PATTERN.fullmatch(value):
        raise ValidationError(
            _("Use 3 to 31 small letters a–z and digits, beginning with a letter."), code="short_name_pattern"
        )
    if value in RESERVED or value.startswith(("pg", "spare", "test", "xn")) or value.endswith("schema"):
        raise ValidationError(_("This name is reserved. Please choose another one."), code="short_name_reserved")
