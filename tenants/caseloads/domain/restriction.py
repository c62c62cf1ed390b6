"""Records that nothing rests on any more: kept until somebody decides, or because a law asks for it, and used for
nothing."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from tenants.caseloads.models import Client


def restrict_client(*, client: Client, by: Seat) -> None:
    """Out of everybody's sight at once, but of those who run people's rights."""
    with transaction.atomic():
        if Client.objects.filter(pk=client.pk, restricted_at=None).update(restricted_at=timezone.now()):
            record(action="client.restricted", on=client, by=by)


def lift_restriction(client_id: UUID, *, by: Seat) -> None:
    """The person has agreed to something here themselves, so that the record rests on that.

    A file number that was given to somebody else meanwhile is left with them.
    """
    with transaction.atomic():
        client = Client.objects.select_for_update().exclude(restricted_at=None).filter(pk=client_id).first()
        if client is None:
            return
        if client.reference and Client.objects.present().filter(reference=client.reference).exists():
            client.reference = ""
        client.restricted_at = None
        client.save(update_fields=["reference", "restricted_at"])
        record(action="client.unrestricted", on=client, by=by)
