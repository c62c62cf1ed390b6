"""By e-mail, that something happened with a merger: to the managers of both, and to those who came along."""

from __future__ import annotations

from network_registry.membership.enums import MergerState
from network_registry.membership.models import Merger
from tenants.organisations.isolation import send_after_commit


def tell_managers(merger: Merger, word: str) -> None:
    """`word` is a key of tenants.mergers.words."""
    from tenants.mergers.tasks import tell

    for side in (merger.absorbed, merger.remaining):
        send_after_commit(tell, side.schema_name, str(merger.pk), word)


def tell_state(merger: Merger) -> None:
    tell_managers(merger, MergerState(merger.state).value)
