"""A record that leaves: out of everybody's sight, back again, or gone for good."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import Refused
from network_registry.exchange.relocation_enums import HELD_THERE
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.domain.queries.person import clients_in, rows_about
from tenants.caseloads.domain.reactions import client_changed
from tenants.caseloads.enums.consents import ErasureReason
from tenants.caseloads.models import Case, Client, Erasure, PersonalLink
from tenants.relocations.carrying.blocking import standing_in_the_way
from tenants.relocations.models import Relocation


class NotCarried(Refused):
    """Something stands in the way; the message says what."""


def hold_record(client_id: UUID, *, by: Seat) -> None:
    """Out of every list, search, count and page, and of the person's own one. Once is enough.

    Whoever is writing in it at this moment is waited for once this is committed: `wait_for_writers`. Raises NotCarried.
    """
    with transaction.atomic():
        locked = Client.every.select_for_update(no_key=False).filter(pk=client_id).first()
        if locked is not None and locked.held_at is not None:
            if _has_moved_on(client_id):
                raise NotCarried(_("The record is not here any more."))
            return
        if against := standing_in_the_way(client_id):
            raise NotCarried(" ".join(against))
        now = timezone.now()
        since = Coalesce("restricted_at", models.Value(now))
        Client.every.filter(pk=client_id).update(held_at=now, restricted_at=since)
        PersonalLink.objects.filter(client=client_id, revoked_at=None).update(revoked_at=now)
        record(action="client.held", about=client_id, by=by)
        client_changed(client_id, by=by)


def release_record(client_id: UUID, *, by: Seat) -> None:
    """Where it was before. Once is enough; what has moved on to somebody else stays held. A file number that was given
    to another client meanwhile is left with them.

    Raises Client.DoesNotExist where it was erased.
    """
    with transaction.atomic():
        client = Client.every.select_for_update().get(pk=client_id)
        if client.held_at is None or _has_moved_on(client_id):
            return
        if client.reference and Client.objects.present().filter(reference=client.reference).exists():
            client.reference = ""
        if client.restricted_at == client.held_at:  # by holding it, and by nothing before
            client.restricted_at = None
        PersonalLink.objects.filter(client=client_id, revoked_at=client.held_at).update(revoked_at=None)  # likewise
        client.held_at = None
        client.save(update_fields=["reference", "held_at", "restricted_at"])
        record(action="client.released", about=client_id, by=by)
        client_changed(client_id, by=by)


def _has_moved_on(client_id: UUID) -> bool:
    """Whether it is held for a move that somebody asked for here: by what both sides share it is not ours."""
    return bool(Relocation.objects.outgoing().in_state(*HELD_THERE).filter(client=client_id).exists())


def erase_record(client_id: UUID, *, came: Collection[UUID] = (), by: Seat) -> Erasure | None:
    """For good, held or not, with its history and files; figures of programmes stay true. None where it is gone.

    Cases that still run are ended first, since they run elsewhere. `came` are cases of a record that goes back: where
    they came from they count again, so they leave no figure here. Raises NotErased.
    """
    with transaction.atomic():
        client = Client.every.select_for_update().filter(pk=client_id).first()
        if client is None:
            return None
        Client.every.filter(pk=client_id).update(held_at=None, restricted_at=None)
        today = timezone.localdate()
        for case in Case.objects.open().filter(client__in=clients_in(rows_about(client))):
            Case.objects.filter(pk=case.pk).update(closed_on=max(today, case.opened_on))
        elsewhere = list(Case.objects.filter(pk__in=came).values_list("programme", flat=True))
        return erase_client(client=client, reason=ErasureReason.MOVED, uncounted=elsewhere, by=by)
