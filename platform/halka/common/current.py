"""Which organisation the running code is inside of.

Set by `tenants.organisations.isolation.inside` alone; everybody may ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from halka.common.addresses import workspace_host


@dataclass(frozen=True)
class OrganisationRef:
    """What the running code needs to know of an organisation; it is cached and crosses threads.

    `short_name` is its schema and never changes; `subdomain` is empty where it is the same. `names` maps a
    language code to the name in it.
    """

    id: UUID
    short_name: str
    db_role: str
    schema_version: str
    kind: str
    state: str
    language: str
    calendar: str
    colour: str = ""
    time_zone: str = "UTC"
    demands_mfa: bool = False
    has_logo: bool = False
    subdomain: str = ""
    earlier_states: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def label(self) -> str:
        """What stands before the network's name in its host."""
        return self.subdomain or self.short_name

    @property
    def host(self) -> str:
        return workspace_host(self.label)

    @property
    def reads_only(self) -> bool:
        """Suspended, or leaving since then: everything can be read, and nothing changed."""
        return self.state == "suspended" or (self.state == "leaving" and "suspended" in self.earlier_states)

    @property
    def is_paused(self) -> bool:
        """Nobody from outside gets anything here: those who only read, and what is closed."""
        return self.reads_only or self.state == "closed"

    @property
    def is_moderated(self) -> bool:
        """Provisional, or leaving since then: what it sends waits for the secretariat."""
        return self.state == "provisional" or (self.state == "leaving" and "provisional" in self.earlier_states)

    def name(self, language: str) -> str:
        """The name in this language, else in the organisation's own, else the short name."""
        return self.names.get(language) or self.names.get(self.language) or self.short_name


class NotInside(RuntimeError):
    """Private data was asked for outside of an organisation, or inside of another one."""


_current: ContextVar[OrganisationRef | None] = ContextVar("halka_organisation", default=None)


def current_organisation() -> OrganisationRef | None:
    return _current.get()


def required_organisation() -> OrganisationRef:
    """The organisation we are inside of; raises NotInside where there is none."""
    organisation = _current.get()
    if organisation is None:
        raise NotInside("This needs an organisation: wrap it in isolation.inside(organisation).")
    return organisation


def cache_key(key: Any, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: a key written in one organisation does not exist in another."""
    organisation = _current.get()
    space = f"organisation-{organisation.id}" if organisation else "network"
    return f"{key_prefix}:{space}:{version}:{key}"


def salt(purpose: str) -> str:
    """A salt for django.core.signing: what one organisation signed, another refuses."""
    return f"halka.{purpose}.{required_organisation().id}"
