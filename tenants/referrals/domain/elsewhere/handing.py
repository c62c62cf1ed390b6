"""What crosses with a transfer. Each of these may run twice with the same effect."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission
from halka.common.sealing import files
from network_registry.exchange.dealing_enums import TransferState
from network_registry.exchange.domain import dealings as network
from network_registry.exchange.domain.transfers import MACHINE
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.domain.cases import close_case
from tenants.caseloads.domain.clients import add_client
from tenants.caseloads.domain.documents import COLUMN, read_document
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.enums.cases import ExitKind
from tenants.caseloads.enums.consents import ConsentScope, ErasureReason
from tenants.caseloads.models import Case, Document
from tenants.referrals import crossing
from tenants.referrals.domain.disclosure import details_in, values_of
from tenants.referrals.domain.elsewhere.notices import tell
from tenants.referrals.domain.elsewhere.story import WIDE, counts_of, story_of
from tenants.referrals.domain.elsewhere.transfers import note_own, tell_feed, withdraw_with_consent
from tenants.referrals.enums import Direction
from tenants.referrals.models import Transfer, TransferStep

NOTICED = frozenset(set(TransferState) - {TransferState.OPENED})


# --- read on the side that tells ----------------------------------------------------------------------------
def tell_offer(shared_id: UUID) -> crossing.TransferOffer | None:
    """None where the person was erased meanwhile."""
    transfer = Transfer.objects.select_related("shared").filter(shared=shared_id).first()
    if transfer is None:
        return None
    return crossing.TransferOffer(
        shared_id, transfer.shared.sender_id, transfer.note, tuple(transfer.scopes), counts_of(transfer.parts)
    )


def note_of(event_id: UUID) -> str:
    """What we wrote for the other side with a step of ours."""
    step = TransferStep.objects.filter(event=event_id).first()
    return step.note if step else ""


def hand_over(shared_id: UUID) -> crossing.Handover | None:
    """What goes over now, the same when it is asked for again; None where the consent has ended, which withdraws it."""
    with transaction.atomic():
        found = Transfer.objects.select_for_update(of=("self",)).select_related("shared", "client", "case", "consent")
        transfer = found.filter(shared=shared_id).first()
        if transfer is None or transfer.shared.state != TransferState.ACCEPTED or transfer.consent is None:
            return None
        if not transfer.consent.is_valid or transfer.client is None or transfer.case is None:
            withdraw_with_consent(transfer, by=SYSTEM)
            return None
        if transfer.handed_at is None:
            values = values_of(transfer.client, transfer.consent.scopes)
            story = story_of(transfer.case, transfer.parts, transfer.consent.scopes)
            transfer.record = {"values": [list(pair) for pair in values], **json.loads(story)}
            transfer.handed_at = timezone.now()
            transfer.save(update_fields=["record", "handed_at"])
            _send_rest(transfer)
            fields = [name for name, _value in values]
            record(action="transfer.handed", on=transfer, detail={"fields": fields}, by=SYSTEM)
    values = tuple((name, value) for name, value in transfer.record["values"])
    story = json.dumps({key: value for key, value in transfer.record.items() if key != "values"}, ensure_ascii=False)
    return crossing.Handover(shared_id, values, story)


def _send_rest(transfer: Transfer) -> None:
    """Documents one by one, and a last word after them."""
    to = transfer.shared.target_id
    for key in transfer.parts.get("documents", []):
        network.send(transfer.shared, to=to, load=Load.TRANSFER_FILE, about=UUID(key))
    network.send(transfer.shared, to=to, load=Load.TRANSFER_DONE)


def tell_file(shared_id: UUID, document_id: UUID) -> crossing.HandedFile | None:
    """None where it was removed, closed to others, or the consent has ended or never covered it."""
    transfer = Transfer.objects.select_related("consent", "shared").filter(shared=shared_id).first()
    if transfer is None or transfer.consent is None or transfer.shared.state != TransferState.ACCEPTED:
        return None
    if not transfer.consent.is_valid or ConsentScope.DOCUMENTS not in transfer.consent.scopes:
        return None
    document = Document.objects.filter(pk=document_id, client=transfer.client_id, audience__in=WIDE).first()
    if document is None:
        return None
    content = b"".join(read_document(document))
    return crossing.HandedFile(
        shared_id, document.pk, document.title, document.content_type, document.audience, content
    )


# --- written on the side that is told -----------------------------------------------------------------------
def receive_offer(offer: crossing.TransferOffer, step: crossing.DealingStep) -> None:
    with transaction.atomic():
        transfer, is_new = Transfer.objects.get_or_create(
            shared_id=offer.transfer_id,
            defaults={
                "direction": Direction.IN,
                "other_id": offer.sender_id,
                "note": offer.note,
                "scopes": list(offer.scopes),
                "parts": dict(offer.parts),
            },
        )
        if is_new:
            record(action="transfer.received", on=transfer, by=SYSTEM)
            note_theirs(transfer, step)


def receive_step(step: crossing.DealingStep) -> None:
    """The other side, or the clock, has moved it."""
    with transaction.atomic():
        found = Transfer.objects.select_for_update(of=("self",)).select_related("shared", "client", "case")
        transfer = found.filter(shared=step.dealing_id).first()
        if transfer is None or not note_theirs(transfer, step):
            return
        if step.type == TransferState.ARRIVED:
            _close_here(transfer)
        elif step.type == TransferState.WITHDRAWN:
            _forget_there(transfer)


def _close_here(transfer: Transfer) -> None:
    """The recipient has all of it: the case ends here, and the record stays as long as our own rules keep it."""
    case = transfer.case
    if case is not None and case.closed_on is None:
        close_case(case=case, kind=ExitKind.TRANSFERRED, on=max(timezone.localdate(), case.opened_on), by=SYSTEM)


def _forget_there(transfer: Transfer) -> None:
    """Withdrawn while it was on its way: what has come already is erased, unless somebody works with it by now."""
    client = transfer.client
    transfer.record, transfer.note, transfer.client = {}, "", None
    transfer.save(update_fields=["record", "note", "client"])
    if client is not None and not Case.objects.filter(client=client).exists():
        erase_client(client=client, reason=ErasureReason.ASKED, by=SYSTEM)


def note_theirs(transfer: Transfer, step: crossing.DealingStep) -> bool:
    """On our timeline, in our feed and to our people; False when it was there already."""
    _step, is_new = TransferStep.objects.get_or_create(
        event=step.event_id,
        defaults={
            "transfer": transfer,
            "type": step.type,
            "side": step.side,
            "reason": step.reason,
            "note": step.note,
            "at": step.at,
        },
    )
    if is_new:
        tell_feed(transfer, step.event_id, step.type, step.side, step.reason)
        if step.type in NOTICED:
            _tell(f"transfer_{step.type}", transfer)
    return is_new


def _tell(word: str, transfer: Transfer) -> None:
    tell(word, transfer.pk, transfer.owner_id, otherwise=Permission.REFERRAL_ANSWER)


def receive_record(handover: crossing.Handover) -> None:
    """The person becomes a client here, not enrolled, with all that came kept beside the record."""
    with transaction.atomic():
        found = Transfer.objects.select_for_update(of=("self",)).select_related("shared")
        transfer = found.filter(shared=handover.transfer_id).first()
        if transfer is None or transfer.handed_at or transfer.shared.state != TransferState.ACCEPTED:
            return
        transfer.client = add_client(details=details_in(handover.values), assigned_to=transfer.owner_id, by=SYSTEM)
        transfer.record = {"values": [list(pair) for pair in handover.values], **json.loads(handover.story)}
        transfer.handed_at = timezone.now()
        transfer.save(update_fields=["client", "record", "handed_at"])
        fields = [name for name, _value in handover.values]
        record(action="transfer.came", on=transfer, detail={"fields": fields}, by=SYSTEM)


def receive_file(file: crossing.HandedFile) -> None:
    """Among the person's documents."""
    with transaction.atomic():
        transfer = Transfer.objects.select_for_update().filter(shared=file.transfer_id).first()
        if transfer is None or transfer.client_id is None or Document.objects.filter(pk=file.document_id).exists():
            return
        document = Document(
            id=file.document_id,
            client_id=transfer.client_id,
            title=file.title,
            content_type=file.content_type,
            audience=file.audience,
        )
        document.file = files.write(row=document, column=COLUMN, source=[file.content])
        document.size = files.size_of(document.file)
        document.save(force_insert=True)
        record(action="document.added", on=document, detail={"content_type": file.content_type}, by=SYSTEM)


def receive_done(shared_id: UUID) -> None:
    """All of it is there: the sender may close."""
    with transaction.atomic():
        found = Transfer.objects.select_for_update(of=("self",)).select_related("shared", "client")
        transfer = found.filter(shared=shared_id).first()
        if transfer is None or transfer.client is None:
            return
        shared = SharedTransfer.objects.get(pk=shared_id)
        try:
            moved = network.move(shared, MACHINE, to=TransferState.ARRIVED)
        except DealingMoved:  # it was withdrawn while it was on its way, or was said already
            return
        transfer.shared = shared
        record(action="transfer.arrived", on=transfer, by=SYSTEM)
        note_own(transfer, moved, by=SYSTEM)
        _tell("transfer_arrived_here", transfer)
