"""The only way into an organisation.

Two walls serve, chosen by DATABASE_WALLS (ADR 2): `login`, a connection that is logged in as the organisation's
role, and `local`, `SET LOCAL` of role and search path inside one transaction, for tests and small hosts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from halka.common import current
from halka.common.current import NotInside, OrganisationRef, current_organisation, required_organisation
from tenants.organisations.enums import State
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls.identities import network_role, owner_identity
from tenants.organisations.walls.versions import expected_version

__all__ = [
    "NotInside",
    "OrganisationUnavailable",
    "after_commit",
    "all_or_nothing",
    "as_owner",
    "in_thread",
    "inside",
    "send_after_commit",
]


class OrganisationUnavailable(RuntimeError):
    """The organisation cannot be served now: its schema is on another version, or it is closed."""


@contextmanager
def inside(organisation: OrganisationRef) -> Iterator[OrganisationRef]:
    """Runs the block with the organisation's rights and in its schema, and with nobody else's.

    Raises OrganisationUnavailable for a closed organisation or a schema on another version than the code,
    NotInside when the caller is inside of another organisation or in the middle of the network's transaction.
    """
    here = current_organisation()
    if here is not None:
        if here.id != organisation.id:
            raise NotInside("Leave one organisation before you enter another.")
        yield here
        return
    if organisation.state == State.CLOSED:
        raise OrganisationUnavailable(f"{organisation.short_name} is closed.")
    if organisation.schema_version != expected_version():
        raise OrganisationUnavailable(f"{organisation.short_name} is on another version of its schema.")
    token = current._current.set(organisation)
    try:
        with _local(organisation) if settings.DATABASE_WALLS == "local" else _login(organisation):
            yield organisation
    finally:
        current._current.reset(token)


@contextmanager
def _login(organisation: OrganisationRef) -> Iterator[None]:
    outer = walls.current_wrapper()
    if outer.in_atomic_block:
        raise NotInside("The network's transaction does not reach into an organisation: end it first.")
    wrapper = walls.wrapper_of(organisation)
    walls.use(wrapper)
    try:
        yield
        if wrapper.in_atomic_block:
            raise NotInside("A transaction was left open: it ends inside of the organisation that it began in.")
    finally:
        walls.use(outer)
        if wrapper.in_atomic_block:
            walls.forget(organisation.db_role)


@contextmanager
def _local(organisation: OrganisationRef) -> Iterator[None]:
    wrapper = walls.current_wrapper()
    quote = wrapper.ops.quote_name
    with transaction.atomic():
        with wrapper.cursor() as cursor:
            cursor.execute(
                f"SET LOCAL search_path = {quote(organisation.short_name)}, public;"
                f"SET LOCAL ROLE {quote(organisation.db_role)}; SELECT current_schema()"
            )
            if cursor.fetchone()[0] != organisation.short_name:
                raise OrganisationUnavailable(f"The schema of {organisation.short_name} is missing.")
        wrapper.organisation = organisation
        wrapper.schema_name = organisation.short_name
        try:
            yield
        finally:
            wrapper.organisation = None
            wrapper.schema_name = "public"
        if not wrapper.needs_rollback:
            with wrapper.cursor() as cursor:
                cursor.execute(
                    f"SET LOCAL ROLE {quote(network_role(wrapper.settings_dict['NAME']))};"
                    "SET LOCAL search_path = public"
                )


@contextmanager
def as_owner(schema: str | None = None) -> Iterator[None]:
    """Runs the block as the owner of all tables: definitions and migrations only, never data of people.

    With `schema`, names are looked up there first. Raises NotInside inside of an organisation.
    """
    if current_organisation() is not None:
        raise NotInside("The owner's rights are not for use inside of an organisation.")
    outer = walls.current_wrapper()
    identity = owner_identity(outer.settings_dict, schema)
    if outer.identity == identity and outer.database == outer.settings_dict["NAME"]:
        yield
        return
    wrapper = walls.wrapper_as(identity)
    walls.use(wrapper)
    try:
        yield
    finally:
        wrapper.close()
        walls.use(outer)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction of which nothing is undone in part, so that blocks inside of it need no savepoints.

    What is raised inside of one of them has to leave this one too: after it was caught, every query fails.
    """
    wrapper = walls.current_wrapper()
    with transaction.atomic():
        before, wrapper.undoes_parts = wrapper.undoes_parts, False
        try:
            yield
        finally:
            wrapper.undoes_parts = before


def after_commit(function: Callable[[], Any]) -> None:
    """Runs `function` once the transaction is committed, inside of the organisation it was asked for in."""
    organisation = required_organisation()

    def run() -> None:
        with inside(organisation):
            function()

    transaction.on_commit(run)


def send_after_commit(task: Any, *arguments: Any) -> None:
    """Sends a background task once the transaction is committed. The task enters what it needs by itself."""
    transaction.on_commit(lambda: task.delay(*arguments))


def in_thread(function: Callable[[], Any]) -> threading.Thread:
    """Starts `function` in a thread of its own, inside of the same organisation; the caller joins it."""
    organisation = required_organisation()

    def run() -> None:
        try:
            with inside(organisation):
                function()
        finally:
            walls.close_all()
            connections.close_all()

    thread = threading.Thread(target=run, name=f"halka-{organisation.short_name}")
    thread.start()
    return thread
