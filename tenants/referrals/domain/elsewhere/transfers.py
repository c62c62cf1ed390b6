"""Handing a case over for good: offered, opened, accepted or declined, and closed here once all of it is there."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, THEMSELVES, record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.exchange.dealing_enums import (
    TRANSFER_UNDER_WAY,
    TransferReason,
    TransferState,
    TransferWithdrawal,
)
from network_registry.exchange.domain import dealings as network
from network_registry.exchange.domain.transfers import MACHINE
from network_registry.exchange.enums import Side
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Case, Client, Consent
from tenants.integrations.domain.events import note_event
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.domain.disclosure import names_somebody, values_of
from tenants.referrals.domain.elsewhere.members import require_target
from tenants.referrals.domain.elsewhere.story import Parts
from tenants.referrals.domain.naming import check_text
from tenants.referrals.enums import Direction
from tenants.referrals.errors import ConsentMissing, NotCovered, TransferUnderWay
from tenants.referrals.models import Transfer, TransferStep

PERMISSION_OF = {Direction.OUT: Permission.REFERRAL_SEND, Direction.IN: Permission.REFERRAL_ANSWER}


@dataclass(frozen=True)
class Offer:
    """`note` is read before it is accepted, so it says nothing of who it is."""

    target: Organisation
    reason: TransferReason
    note: str = ""
    parts: Parts = field(default_factory=Parts)


def offer_transfer(*, case: Case, offer: Offer, new_consent: NewConsent, by: Seat) -> Transfer:
    """Records the consent and offers the case, or does neither.

    Raises PermissionDenied, RecipientUnavailable, ConsentMissing, NotCovered, SaysWho, TransferUnderWay.
    """
    _require(Direction.OUT, by)
    client = case.client
    require_target(
        offer.target,
        refusal=_("This organisation takes nobody over now."),
        newcomer=_("Your organisation is new in the network: it can refer people, not hand cases over."),
    )
    check_text(client, note=offer.note)
    with transaction.atomic():
        client = Client.objects.select_for_update().get(pk=client.pk)
        case = Case.objects.select_for_update(of=("self",)).select_related("programme").get(pk=case.pk)
        if not case.is_open or Transfer.objects.in_state(*TRANSFER_UNDER_WAY).filter(case=case).exists():
            raise TransferUnderWay(_("This case has ended, or is being handed over already."))
        consent = record_consent(client=client, new=new_consent, by=by)
        _check_consent(consent, client, offer)
        shared, moved = network.begin(
            SharedTransfer,
            MACHINE,
            target_id=offer.target.pk,
            load=Load.TRANSFER_OFFER,
            reason=offer.reason,
        )
        transfer = Transfer.objects.create(
            shared=shared,
            direction=Direction.OUT,
            other=offer.target,
            client=client,
            case=case,
            consent=consent,
            owner_id=by.membership_id,
            note=offer.note,
            scopes=consent.scopes,
            parts=offer.parts.stored(),
        )
        note_own(transfer, moved, by=by)
    return transfer


def _check_consent(consent: Consent, client: Client, offer: Offer) -> None:
    if consent.purpose != ConsentPurpose.TRANSFER or consent.recipient_id != offer.target.pk or not consent.is_valid:
        raise ConsentMissing(_("The person has not agreed to be handed over to this organisation."))
    if not names_somebody(values_of(client, consent.scopes)):
        raise ConsentMissing(_("Without a name the other organisation cannot take the person over."))
    if missing := offer.parts.scopes_needed() - set(consent.scopes):
        raise NotCovered(
            _("The person has not agreed that this part of the case is handed over: %(what)s.")
            % {"what": ", ".join(sorted(missing))}
        )


# --- the recipient ------------------------------------------------------------------------------------------
def open_transfer(*, transfer: Transfer, by: Seat) -> None:
    """Raises PermissionDenied, DealingMoved."""
    _move(transfer, Direction.IN, TransferState.OPENED, by=by)


def accept_transfer(*, transfer: Transfer, assignee: Colleague, note: str = "", by: Seat) -> None:
    """The recipient takes the case over; what is handed over is on its way. Raises PermissionDenied, DealingMoved."""
    with transaction.atomic():
        _move(transfer, Direction.IN, TransferState.ACCEPTED, note=note, by=by)
        transfer.owner = assignee
        transfer.save(update_fields=["owner"])
        network.send(transfer.shared, to=required_organisation().id, load=Load.TRANSFER_RECORD)


def decline_transfer(*, transfer: Transfer, reason: str, note: str = "", by: Seat) -> None:
    """Raises PermissionDenied, DealingMoved, ReasonMissing."""
    _move(transfer, Direction.IN, TransferState.DECLINED, reason=reason, note=note, by=by)


# --- the sender ---------------------------------------------------------------------------------------------
def withdraw_transfer(*, transfer: Transfer, reason: str, note: str = "", by: Seat) -> None:
    """Before all of it is there. Raises PermissionDenied, DealingMoved, ReasonMissing."""
    _move(transfer, Direction.OUT, TransferState.WITHDRAWN, reason=reason, note=note, by=by)


def consent_withdrawn(consent: Consent, by: Seat) -> None:
    """Offers that rest on the receipt, in the transaction that ends it. What is there already is the recipient's."""
    offers = Transfer.objects.outgoing().in_state(*TRANSFER_UNDER_WAY).filter(consent=consent)
    for transfer in offers.select_related("shared"):
        with suppress(DealingMoved):  # all of it is there since a moment ago
            withdraw_with_consent(transfer, by=by)


def withdraw_with_consent(transfer: Transfer, *, by: Seat) -> None:
    """Raises DealingMoved."""
    moved = network.move(transfer.shared, MACHINE, to=TransferState.WITHDRAWN, reason=TransferWithdrawal.CONSENT)
    record(action="transfer.withdrawn", on=transfer, detail={"reason": TransferWithdrawal.CONSENT}, by=by)
    note_own(transfer, moved, by=by)


def under_way(clients: Collection[UUID]) -> str:
    """In words, what stands against erasing these people."""
    if Transfer.objects.in_state(*TRANSFER_UNDER_WAY).filter(client__in=clients).exists():
        return _("A case of this person is being handed over. Withdraw it first, or wait until it is there.")
    return ""


# --- both ---------------------------------------------------------------------------------------------------
def may_act(transfer: Transfer, seat: Seat) -> bool:
    return seat.can(PERMISSION_OF[Direction(transfer.direction)])


def next_states(transfer: Transfer, seat: Seat) -> set[TransferState]:
    """Where this person may move it now."""
    if not may_act(transfer, seat):
        return set()
    edges = MACHINE.edges[TransferState(transfer.shared.state)]
    return {state for state, sides in edges.items() if side_of(transfer) in sides} - {TransferState.ARRIVED}


def side_of(transfer: Transfer) -> Side:
    return Side.SENDER if transfer.direction == Direction.OUT else Side.TARGET


def _require(direction: Direction, by: Seat) -> None:
    if by not in (SYSTEM, THEMSELVES) and not by.can(PERMISSION_OF[direction]):
        raise PermissionDenied(
            _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
            % {"permission": PERMISSION_OF[direction].label}
        )


def _move(
    transfer: Transfer, direction: Direction, to: TransferState, *, reason: str = "", note: str = "", by: Seat
) -> None:
    _require(direction, by)
    if note and transfer.client is not None and direction == Direction.OUT:
        check_text(transfer.client, note=note)
    with transaction.atomic():
        moved = network.move(transfer.shared, MACHINE, to=to, reason=reason)
        record(action=f"transfer.{to.value}", on=transfer, detail={"reason": reason} if reason else {}, by=by)
        note_own(transfer, moved, note=note, by=by)


def note_own(transfer: Transfer, moved: network.Moved, *, note: str = "", by: Seat) -> None:
    """On our timeline, in our feed, and on its way to the other side."""
    event = moved.event
    TransferStep.objects.create(
        transfer=transfer,
        event=event.pk,
        type=event.type,
        side=side_of(transfer),
        reason=event.reason,
        note=note,
        by_name=by.name,
        at=event.at,
    )
    if event.type == TransferState.OFFERED:
        record(action="transfer.offered", on=transfer, detail={"reason": event.reason}, by=by)
    tell_feed(transfer, event.pk, event.type, side_of(transfer), event.reason)
    carry_soon(transfer)


def tell_feed(transfer: Transfer, event_id: UUID, type: str, side: str, reason: str) -> None:
    """What our software learns: codes and keys alone."""
    data = {
        "transfer": transfer.pk,
        "reference": transfer.shared.reference,
        "state": transfer.shared.state,
        "side": str(side),
        "reason": reason or None,
    }
    note_event(type=f"transfer.{type}", referral_id=None, envelope_id=None, source_id=event_id, data=data)


def carry_soon(transfer: Transfer) -> None:
    from tenants.referrals.elsewhere.tasks import carry

    send_after_commit(carry, str(transfer.shared_id))
