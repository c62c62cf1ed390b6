"""Who may decide who is responsible for a person."""

from __future__ import annotations

from uuid import UUID

from halka.authorization.roles import Permission, Seat
from tenants.caseloads.models import Client


def keeps_open(client: Client, seat: Seat) -> bool:
    """Whether the record is open to the person by their daily work, not by an emergency alone."""
    return Client.objects.kept_by(seat).filter(pk=client.pk).exists()


def may_assign(client: Client, to: UUID | None, seat: Seat) -> bool:
    """Supervisors share out everybody, and so does software that may change clients; others take whom nobody is
    responsible for, and give away their own.

    Whoever an emergency has let in takes nobody: it ends after its hours.
    """
    if seat.can(Permission.CASE_SUPERVISE) or (seat.is_software and seat.can(Permission.CLIENT_EDIT)):
        return True
    if seat.membership_id is None:
        return False
    if client.assigned_to_id is None:
        return to in (None, seat.membership_id) and keeps_open(client, seat)
    return client.assigned_to_id == seat.membership_id


def may_give(client: Client, seat: Seat) -> bool:
    """Whether the person may choose somebody else to be responsible."""
    return may_assign(client, None, seat) and (client.assigned_to_id is not None or seat.can(Permission.CASE_SUPERVISE))
