"""Who a database connection is: the owner, the network, or one organisation.

Each is a PostgreSQL login role. Only the owner's password is configured; the others are derived from the
master keys, so that nothing but the keys has to be kept.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from halka.common.current import OrganisationRef

MAX_DATABASE_NAME = 40  # role names carry it and end at 63 characters


@dataclass(frozen=True)
class Identity:
    """A role, the schemas it looks into, and the passwords to try in turn."""

    role: str
    search_path: tuple[str, ...]
    passwords: tuple[str, ...]


def network_role(database: str) -> str:
    return f"{database}_network"


def members_group(database: str) -> str:
    """What every organisation's role may do with shared tables is granted to this group."""
    return f"{database}_members"


def secretariat_group(database: str) -> str:
    return f"{database}_secretariat"


def derived_passwords(role: str, keys: Sequence[str] | None = None) -> tuple[str, ...]:
    """One password for each master key, the current key's first."""
    return tuple(
        hmac.new(key.encode(), f"database login {role}".encode(), hashlib.sha256).hexdigest()
        for key in (settings.MASTER_KEYS if keys is None else keys)
    )


def network_identity(settings_dict: dict[str, Any]) -> Identity:
    role = network_role(settings_dict["NAME"])
    return Identity(role, ("public",), derived_passwords(role))


def owner_identity(settings_dict: dict[str, Any], schema: str | None = None) -> Identity:
    path = (schema, "public") if schema else ("public",)
    return Identity(settings_dict["USER"], path, (settings_dict["PASSWORD"],))


def organisation_identity(organisation: OrganisationRef) -> Identity:
    path = (organisation.short_name, "public")
    return Identity(organisation.db_role, path, derived_passwords(organisation.db_role))
