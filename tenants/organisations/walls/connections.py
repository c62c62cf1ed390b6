"""The connections of this thread: the network's, and a few organisations' most recently used."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, cast

from django.conf import settings
from django.core.signals import request_finished
from django.db import DEFAULT_DB_ALIAS, connections
from django_tenants.postgresql_backend.introspection import DatabaseSchemaIntrospection

from halka.common.current import OrganisationRef
from tenants.organisations.walls.identities import Identity, organisation_identity
from tenants.organisations.walls.postgresql.base import DatabaseWrapper


class _Kept(threading.local):
    def __init__(self) -> None:
        self.by_role: OrderedDict[str, DatabaseWrapper] = OrderedDict()


_kept = _Kept()


def current_wrapper() -> DatabaseWrapper:
    return cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])


def use(wrapper: DatabaseWrapper) -> None:
    """From here on this thread's queries go through this connection."""
    connections[DEFAULT_DB_ALIAS] = wrapper


def wrapper_as(identity: Identity, organisation: OrganisationRef | None = None) -> DatabaseWrapper:
    """A connection of its own, not yet opened."""
    wrapper = cast(DatabaseWrapper, connections.create_connection(DEFAULT_DB_ALIAS))
    wrapper.identity = identity
    wrapper.organisation = organisation
    wrapper.schema_name = identity.search_path[0]
    if organisation is None:  # migrations look for tables in this schema alone, not in `public` behind it
        wrapper.introspection = DatabaseSchemaIntrospection(wrapper)
    return wrapper


def wrapper_of(organisation: OrganisationRef) -> DatabaseWrapper:
    """This thread's connection for the organisation; the least recently used one makes room."""
    kept = _kept.by_role
    wrapper = kept.pop(organisation.db_role, None)
    if wrapper is None:
        while len(kept) >= max(1, settings.DATABASE_CONNECTIONS):
            kept.popitem(last=False)[1].close()
        wrapper = wrapper_as(organisation_identity(organisation), organisation)
    else:
        wrapper.close_if_unusable_or_obsolete()
    wrapper.organisation = organisation
    kept[organisation.db_role] = wrapper
    return wrapper


def forget(db_role: str) -> None:
    """Closes this thread's connection of the role, if there is one."""
    wrapper = _kept.by_role.pop(db_role, None)
    if wrapper is not None:
        wrapper.close()


def close_all() -> None:
    """Closes every organisation's connection of this thread."""
    while _kept.by_role:
        _kept.by_role.popitem()[1].close()


def _all() -> Iterator[DatabaseWrapper]:
    return iter(list(_kept.by_role.values()))


def close_old(**_: Any) -> None:
    """What Django does for its own connections after each request: drops the broken and the aged."""
    for wrapper in _all():
        wrapper.close_if_unusable_or_obsolete()


request_finished.connect(close_old)
os.register_at_fork(after_in_child=lambda: _kept.by_role.clear())
