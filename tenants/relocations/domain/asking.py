"""Asking another organisation to take a whole record, and taking that back before it has moved."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, THEMSELVES, record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.exchange.dealing_enums import TransferReason, TransferWithdrawal
from network_registry.exchange.domain import relocations as network
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.relocation_enums import STOPPABLE, UNDER_WAY, RelocationEnd, RelocationState
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation
from tenants.referrals.domain.naming import check_text
from tenants.referrals.enums import Direction
from tenants.referrals.errors import ConsentMissing
from tenants.relocations.carrying import count_record, standing_in_the_way
from tenants.relocations.errors import NotMovable, TargetUnavailable
from tenants.relocations.models import Relocation

TAKING_KINDS = (Kind.NGO, Kind.AGENCY)


@dataclass(frozen=True)
class Request:
    """`need`, `area` and `note` are read before it is accepted, so they say nothing of who it is."""

    target: Organisation
    reason: TransferReason
    need: str
    area: str = ""
    note: str = ""


def require(permission: Permission, by: Seat) -> None:
    """Raises PermissionDenied."""
    if by not in (SYSTEM, THEMSELVES) and not by.can(permission):
        raise PermissionDenied(
            _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
            % {"permission": permission.label}
        )


def ask_relocation(*, client: Client, request: Request, new_consent: NewConsent, by: Seat) -> Relocation:
    """Records the consent and asks, or does neither.

    Raises PermissionDenied, TargetUnavailable, SaysWho, NotMovable, ConsentMissing.
    """
    require(Permission.RECORD_MOVE, by)
    _check_target(request.target)
    check_text(client, need=request.need, area=request.area, note=request.note)
    with transaction.atomic():
        locked = Client.objects.select_for_update().get(pk=client.pk)
        if against := obstacles_of(locked):
            raise NotMovable(" ".join(against))
        consent = record_consent(client=locked, new=new_consent, by=by)
        if not _covers(consent, request.target.pk):
            raise ConsentMissing(_("The person has not agreed that the record is moved to this organisation."))
        relocation = Relocation.objects.create(
            shared=network.begin(target_id=request.target.pk, reason=request.reason),
            direction=Direction.OUT,
            other=request.target,
            client=locked,
            consent=consent,
            owner_id=by.membership_id,
            need=request.need,
            area=request.area,
            note=request.note,
            counts=count_record(locked.pk)[0],
        )
        record(action="relocation.asked", on=relocation, detail={"reason": request.reason}, by=by)
        advance_soon(relocation)
    return relocation


def withdraw_relocation(*, relocation: Relocation, reason: str, by: Seat) -> None:
    """Before it has moved. Raises PermissionDenied, DealingMoved, ReasonMissing."""
    require(Permission.RECORD_MOVE, by)
    with transaction.atomic():
        network.move(relocation.shared, to=RelocationState.WITHDRAWN, reason=reason)
        record(action="relocation.withdrawn", on=relocation, detail={"reason": reason}, by=by)
        advance_soon(relocation)


def obstacles_of(client: Client) -> list[str]:
    """In words, why this record cannot be moved now; empty where it can."""
    found = standing_in_the_way(client.pk)
    if client.restricted_at is not None:
        found.append(_("The record is restricted: a consent has ended."))
    running = Relocation.objects.filter(client=client)
    if running.outgoing().in_state(*UNDER_WAY).exists():
        found.append(_("The record is being moved already."))
    if running.incoming().in_state(*UNDER_WAY, RelocationState.CARRIED).exists():
        found.append(_("The record came here less than 30 days ago, and that may still be undone."))
    return found


def _check_target(target: Organisation) -> None:
    here = required_organisation()
    if target.pk == here.id or target.state != State.ACTIVE or target.kind not in TAKING_KINDS:
        raise TargetUnavailable(_("This organisation takes no records over now."))
    if here.is_moderated:
        raise TargetUnavailable(
            _("Your organisation is new in the network: it can refer people, not move records to others.")
        )


def _covers(consent: Consent, target_id: UUID) -> bool:
    is_own = consent.purpose == ConsentPurpose.RELOCATION and consent.recipient_id == target_id
    return is_own and consent.is_valid


def advance_soon(relocation: Relocation) -> None:
    from tenants.relocations.tasks import advance

    send_after_commit(advance, str(relocation.shared_id))


# --- what others do with the person meanwhile ---------------------------------------------------------------
def consent_withdrawn(consent: Consent, by: Seat) -> None:
    """In the transaction that ends it: what rests on the receipt and has not moved yet stays here."""
    waiting = Relocation.objects.outgoing().in_state(*STOPPABLE).filter(consent=consent)
    for relocation in waiting.select_related("shared"):
        with suppress(DealingMoved):  # a worker has begun at this moment
            network.move(relocation.shared, to=RelocationState.WITHDRAWN, reason=TransferWithdrawal.CONSENT)
            detail = {"reason": TransferWithdrawal.CONSENT}
            record(action="relocation.withdrawn", on=relocation, detail=detail, by=by)
            advance_soon(relocation)


def consent_renewed(older: Consent, newer: Consent) -> None:
    """What waits rests on the receipt in its place."""
    Relocation.objects.outgoing().in_state(*STOPPABLE).filter(consent=older).update(consent=newer)


def under_way(clients: Collection[UUID]) -> str:
    """In words, what stands against erasing these people."""
    running = Relocation.objects.filter(client__in=clients)
    leaving = running.outgoing().in_state(*STOPPABLE, RelocationState.CARRYING)
    returning = running.incoming().in_state(RelocationState.UNDOING, RelocationState.RETURNING)
    if leaving.exists() or returning.exists():
        return _("The record is being moved to another organisation. Take that back first, or wait until it is over.")
    return ""


def person_goes(client_id: UUID, is_going: bool, by: Seat) -> None:
    """Before somebody who came here is erased: the sender's copy is not kept for undoing any longer."""
    if not is_going:
        return
    came = Relocation.objects.incoming().in_state(RelocationState.CARRIED).filter(client=client_id)
    for relocation in came.select_related("shared"):
        with suppress(DealingMoved):  # it was undone or settled at this moment
            network.move(relocation.shared, to=RelocationState.SETTLING, reason=RelocationEnd.ERASED)
            advance_soon(relocation)
