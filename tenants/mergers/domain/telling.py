"""By e-mail, that something happened with a merger: to the managers of both, and to the secretariat."""

from __future__ import annotations

from typing import Final

from network_registry.membership.enums import MergerState
from network_registry.membership.models import Merger
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation

# Of what it does itself the secretariat is not told.
TO_SECRETARIAT: Final = frozenset({"agreed", "declined", "merged", "failed", "undone", "stays"})


def tell_sides(merger: Merger, word: str) -> None:
    """`word` is a key of tenants.mergers.words."""
    from tenants.mergers.tasks import tell

    told = [merger.absorbed, merger.remaining]
    if word in TO_SECRETARIAT:
        told.append(secretariat())
    for organisation in told:
        send_after_commit(tell, organisation.schema_name, str(merger.pk), word)


def tell_state(merger: Merger) -> None:
    tell_sides(merger, MergerState(merger.state).value)


def secretariat() -> Organisation:
    """Raises Organisation.DoesNotExist."""
    found = Organisation.objects.filter(kind=Kind.SECRETARIAT).exclude(state=State.CLOSED)
    return found[:1].get()
