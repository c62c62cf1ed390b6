"""The transfer's machine, and what happens to transfers by themselves."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network_registry.exchange.dealing_enums import (
    TRANSFER_EDGES,
    TRANSFER_REASONS,
    TRANSFER_UNANSWERED,
    TransferState,
)
from network_registry.exchange.domain.dealings import Machine, move
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import Transfer

MACHINE = Machine(TRANSFER_EDGES, TRANSFER_REASONS, TransferState.OFFERED, Load.TRANSFER_STEP)


def expire_due(limit: int) -> list[UUID]:
    """Offers that nobody answered in time, under the network's rights; the keys of those that ended."""
    due = Transfer.objects.filter(state__in=TRANSFER_UNANSWERED, expires_at__lte=timezone.now())
    ended = []
    for transfer in due.order_by("expires_at")[:limit]:
        try:
            with transaction.atomic():
                move(transfer, MACHINE, to=TransferState.EXPIRED)
        except DealingMoved:  # answered at this moment
            continue
        ended.append(transfer.pk)
    return ended
