"""What crosses with access. Each of these may run twice with the same effect."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission
from network_registry.exchange.dealing_enums import SETTLED, AccessState
from tenants.caseloads.models import Client
from tenants.referrals import crossing
from tenants.referrals.domain.disclosure import values_of
from tenants.referrals.domain.elsewhere.access import erase_copy, is_running, scopes_now, tell_feed
from tenants.referrals.domain.elsewhere.notices import tell
from tenants.referrals.enums import Direction
from tenants.referrals.models import Access, AccessStep, Match, Referral

OVER = (AccessState.CANCELLED, AccessState.EXPIRED, AccessState.ENDED)


# --- read on the side that tells ----------------------------------------------------------------------------
def tell_request(shared_id: UUID) -> crossing.AccessRequest | None:
    """None where it was taken back, or the person erased, meanwhile."""
    found = Access.objects.select_related("shared", "client", "consent", "referral", "match")
    access = found.filter(shared=shared_id).first()
    if access is None or access.client is None or access.shared.state != AccessState.ASKED:
        return None
    named: tuple[str, int | None] | None = None
    if access.consent is not None and access.consent.is_valid:
        client = access.client
        named = (str(client), client.born_on.year if client.born_on else client.birth_year)
    return crossing.AccessRequest(
        access_id=shared_id,
        asker_id=access.shared.sender_id,
        note=access.note,
        scopes=tuple(access.asked),
        envelope_id=access.referral.envelope_id if access.referral else None,
        match_side=access.match.side if access.match else None,
        named=named,
    )


def note_of(event_id: UUID) -> str:
    """What we wrote for the other side with a step of ours."""
    step = AccessStep.objects.filter(event=event_id).first()
    return step.note if step else ""


def tell_values(shared_id: UUID) -> crossing.AccessValues | None:
    """What the person's consent covers now, out of what was granted; that it was read stands in their record's audit.
    None where nothing may be told any more."""
    with transaction.atomic():
        access = Access.objects.select_related("shared", "client").filter(shared=shared_id).first()
        if access is None or access.client is None or not is_running(access):
            return None
        values = values_of(access.client, scopes_now(access))
        fields = [name for name, _value in values]
        record(action="access.read", on=access, detail={"fields": fields}, by=SYSTEM)
    return crossing.AccessValues(shared_id, values)


# --- written on the side that is told -----------------------------------------------------------------------
def receive_request(request: crossing.AccessRequest, step: crossing.DealingStep) -> None:
    with transaction.atomic():
        access, is_new = Access.objects.get_or_create(
            shared_id=request.access_id,
            defaults={
                "direction": Direction.IN,
                "other_id": request.asker_id,
                "client": _known(request),
                "named": {"name": request.named[0], "birth_year": request.named[1]} if request.named else {},
                "note": request.note,
                "asked": list(request.scopes),
            },
        )
        if is_new:
            if access.client is not None:
                access.owner_id = access.client.assigned_to_id
                access.save(update_fields=["owner"])
            record(action="access.requested", on=access, by=SYSTEM)
            note_theirs(access, step)


def _known(request: crossing.AccessRequest) -> Client | None:
    """Our client, by what both sides know: a referral between us, or our side of a match."""
    if request.envelope_id is not None:
        referral = Referral.objects.filter(envelope=request.envelope_id, other=request.asker_id, purged_at=None).first()
        return referral.client if referral else None
    if request.match_side is not None:
        match = Match.objects.filter(side=request.match_side, other=request.asker_id).first()
        return match.client if match else None
    return None


def receive_step(step: crossing.DealingStep) -> None:
    """The other side, or the clock, has moved it."""
    with transaction.atomic():
        found = Access.objects.select_for_update(of=("self",)).select_related("shared", "client")
        access = found.filter(shared=step.dealing_id).first()
        if access is None or not note_theirs(access, step):
            return
        if step.type == AccessState.ENDED and access.direction == Direction.OUT:
            erase_copy(access, by=SYSTEM)
        if step.type in OVER and access.direction == Direction.IN:
            access.named, access.note = {}, ""
            access.save(update_fields=["named", "note"])


def note_theirs(access: Access, step: crossing.DealingStep) -> bool:
    """On our timeline, in our feed and to our people; False when it was there already."""
    _step, is_new = AccessStep.objects.get_or_create(
        event=step.event_id,
        defaults={
            "access": access,
            "type": step.type,
            "side": step.side,
            "reason": step.reason,
            "note": step.note,
            "at": step.at,
        },
    )
    if is_new:
        tell_feed(access, step.event_id, step.type, step.side, step.reason)
        if step.type == SETTLED:
            record(action="access.settled", on=access, by=SYSTEM)
        else:
            tell(f"access_{step.type}", access.pk, access.owner_id, otherwise=Permission.CASE_SUPERVISE)
    return is_new


def receive_values(told: crossing.AccessValues) -> None:
    with transaction.atomic():
        found = Access.objects.select_for_update(of=("self",)).select_related("shared", "client")
        access = found.filter(shared=told.access_id, direction=Direction.OUT, erased_at=None).first()
        if access is None or not is_running(access):
            return
        access.values, access.read_at = [list(pair) for pair in told.values], timezone.now()
        access.save(update_fields=["values", "read_at"])
        fields = [name for name, _value in told.values]
        record(action="access.came", on=access, detail={"fields": fields}, by=SYSTEM)
