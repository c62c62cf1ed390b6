"""Everything the environment may set, declared once as data.

`docs/generated/environment.md` is written from VARIABLES; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
SERVERS_FILE = ROOT / "var" / "servers.env"


@dataclass(frozen=True)
class Variable:
    """One environment variable. `default` is None where a value must be given."""

    name: str
    meaning: str
    default: str | None = None
    secret: bool = False


VARIABLES: dict[str, Variable] = {
    variable.name: variable
    for variable in (
        Variable(
            "DJANGO_SETTINGS_MODULE",
            "which settings: halka.settings.development, .production or .test",
            "halka.settings.development",
        ),
        Variable("SECRET_KEY", "signs sessions, links and cookies; at least 50 random characters", secret=True),
        Variable(
            "MASTER_KEYS",
            "keys that the database logins are derived from and that the keyring is wrapped under, comma separated, "
            "the current one first; at least 32 random characters each",
            secret=True,
        ),
        Variable(
            "DATABASE_URL",
            "PostgreSQL as its owner role, postgres://owner:password@host:port/name; without "
            "user and password for processes that never create organisations",
            secret=True,
        ),
        Variable(
            "DATABASE_WALLS",
            "login: a connection with its own role for each organisation; local: SET LOCAL "
            "ROLE in one transaction (small hosts, tests)",
            "login",
        ),
        Variable("DATABASE_CONNECTIONS", "organisations' connections that one thread keeps open", "8"),
        Variable("DATABASE_POOLED", "1 when PgBouncer in transaction mode stands in front", "0"),
        Variable("BROKER_URL", "Valkey or Redis for Celery, redis://host:port/0", secret=True),
        Variable("CACHE_URL", "Valkey or Redis for the cache; empty: the broker's database 1", "", secret=True),
        Variable("BASE_DOMAIN", "the network site's host; workspaces are its subdomains", "halka.localhost"),
        Variable("BASE_PORT", "the port shown in addresses; empty for the scheme's own", "8000"),
        Variable(
            "DNS_SERVERS",
            "name servers that are asked about domains of organisations' own, comma separated, with :port where it is "
            "not 53; empty: those of the machine",
            "",
        ),
        Variable("HTTPS", "1: addresses are https and cookies travel over https only", "0"),
        Variable(
            "EMAIL_URL",
            "smtp://user:password@host:port?tls=1, file:<folder> or console:",
            "file:var/mail",
            secret=True,
        ),
        Variable("DEFAULT_FROM_EMAIL", "the sender of every e-mail", "Halka <noreply@halka.localhost>"),
        Variable(
            "BACKUP_ROOT", "folder of backups of single organisations; keep it apart from the keyring", "var/backups"
        ),
        Variable("MEDIA_ROOT", "folder of uploaded files; never served directly", "var/media"),
        Variable(
            "KEYRING_ROOT",
            "folder of the organisations' keys, which all processes share; backed up apart from the database",
            "var/keys",
        ),
        Variable("STATIC_ROOT", "folder of collected static files", "var/static"),
        Variable("DEMO", "1: demo network, demo sign-ins; refused by production settings", "0"),
        Variable(
            "REFERRAL_PREVIEW_DAYS",
            "days after which what was asked for in a declined or expired referral is erased at the recipient",
            "90",
        ),
        Variable("IDLE_MINUTES", "minutes without a request after which a session ends", "30"),
        Variable(
            "API_READS_PER_MINUTE",
            "requests that read, for each caller of the API; an organisation's callers together: 5 times as many",
            "600",
        ),
        Variable("API_WRITES_PER_MINUTE", "requests that change something, counted the same way", "300"),
        Variable("API_TOKENS_PER_MINUTE", "tokens asked for by one client, or from one address", "60"),
        Variable("METRICS_TOKEN", "whoever shows it reads /metrics; empty: nobody does", "", secret=True),
        Variable("SPARE_ORGANISATIONS", "prepared spare schemas kept for new organisations", "5"),
    )
}


def _from_servers_file(name: str) -> str | None:
    """The launcher writes where its embedded servers listen; only development reads it."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("development") or not SERVERS_FILE.exists():
        return None
    for line in SERVERS_FILE.read_text().splitlines():
        key, _, value = line.partition("=")
        if key.strip() == name:
            return value.strip()
    return None


def text(name: str, default: str | None = None) -> str:
    """The variable's value; `default` (a settings module's own) stands before the declared one.

    Raises ImproperlyConfigured when nothing gives a value.
    """
    variable = VARIABLES[name]
    for value in (os.environ.get(name), _from_servers_file(name), default, variable.default):
        if value is not None:
            return value
    raise ImproperlyConfigured(f"{name} is not set: {variable.meaning}. `make run` sets up all that is needed.")


def flag(name: str, default: str | None = None) -> bool:
    return text(name, default).lower() in {"1", "true", "yes", "on"}


def number(name: str, default: str | None = None) -> int:
    value = text(name, default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def listing(name: str, default: str | None = None) -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def path(name: str, default: str | None = None) -> Path:
    """An absolute path; a relative value counts from the repository's root."""
    return ROOT / text(name, default)
