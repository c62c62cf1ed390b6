"""Asking another organisation to let us read what it knows of somebody, and letting others read.

Whoever asks names the person by what both sides know already, a referral or a match, else by name and year of birth
where the person agreed to that. Whoever is asked decides with the person, about all that was asked for or less.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, THEMSELVES, record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.exchange.dealing_enums import (
    LONGEST_ACCESS,
    AccessEnd,
    AccessPurpose,
    AccessRefusal,
    AccessState,
)
from network_registry.exchange.domain import access as network
from network_registry.exchange.domain import dealings
from network_registry.exchange.enums import Remains, Side
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.match_enums import Load, MatchState
from network_registry.exchange.models import Access as SharedAccess
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.caseloads.models import Client, Consent
from tenants.integrations.domain.events import note_event
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation
from tenants.referrals.domain.elsewhere.members import require_target
from tenants.referrals.domain.naming import check_text
from tenants.referrals.enums import Direction
from tenants.referrals.errors import AccessUnderWay, ConsentMissing, NotCovered, NotNamed
from tenants.referrals.models import Access, AccessStep, Match, Referral
from tenants.referrals.models.access import AccessQuerySet

PERMISSION_OF = {Direction.OUT: Permission.REFERRAL_SEND, Direction.IN: Permission.REFERRAL_ANSWER}
RUNNING = (AccessState.ASKED, AccessState.GRANTED)
READABLE = tuple(scope.value for scope in ConsentScope if scope != ConsentScope.DOCUMENTS)


@dataclass(frozen=True)
class Request:
    """What is asked of whom. `scopes` are of READABLE; `note` is read by whoever decides, and names nobody."""

    target: Organisation
    purpose: AccessPurpose
    scopes: Sequence[str]
    note: str = ""


# --- asking -------------------------------------------------------------------------------------------------
def ways_to_name(client: Client, target_id: UUID) -> tuple[Referral | None, Match | None]:
    """A referral between the two of us that says who the person is, a match that both agreed to."""
    referrals = Referral.objects.filter(client=client, other=target_id, names_person=True, restricted_at=None)
    referral = referrals.filter(purged_at=None).order_by("-id").first()
    matches = Match.objects.filter(client=client, other=target_id, state=MatchState.REVEALED)
    return referral, matches.order_by("-id").first()


def ask_access(*, client: Client, request: Request, new_consent: NewConsent | None = None, by: Seat) -> Access:
    """Asks; `new_consent` lets us name the person where nothing that both sides know does.

    Raises PermissionDenied, RecipientUnavailable, NotCovered, SaysWho, AccessUnderWay, ConsentMissing.
    """
    _require(Direction.OUT, by)
    require_target(
        request.target,
        refusal=_("This organisation cannot be asked now."),
        newcomer=_("Your organisation is new in the network: it can refer people, not ask others what they know."),
    )
    scopes = _readable(request.scopes)
    check_text(client, note=request.note)
    with transaction.atomic():
        client = Client.objects.select_for_update().get(pk=client.pk)
        running = Access.objects.outgoing().in_state(*RUNNING).filter(client=client, other=request.target)
        if running.exists():
            raise AccessUnderWay(_("You have asked them about this person already."))
        referral, match = ways_to_name(client, request.target.pk)
        consent = None
        if referral is None and match is None:
            consent = _naming_consent(client, request.target, new_consent, by)
        shared, moved = dealings.begin(
            SharedAccess,
            network.MACHINE,
            target_id=request.target.pk,
            load=Load.ACCESS_REQUEST,
            reason=request.purpose,
        )
        access = Access.objects.create(
            shared=shared,
            direction=Direction.OUT,
            other=request.target,
            client=client,
            referral=referral,
            match=None if referral else match,
            consent=consent,
            owner_id=by.membership_id,
            note=request.note,
            asked=scopes,
        )
        record(action="access.asked", on=access, detail={"reason": request.purpose, "scopes": scopes}, by=by)
        note_own(access, moved, by=by)
    return access


def _readable(scopes: Sequence[str]) -> list[str]:
    found = [scope for scope in READABLE if scope in scopes]
    if not found or len(found) < len(set(scopes)):
        raise NotCovered(_("Choose what is asked for."))
    return found


def _naming_consent(client: Client, target: Organisation, new: NewConsent | None, by: Seat) -> Consent:
    if new is None or new.purpose != ConsentPurpose.ASKING or new.recipient != target:
        raise ConsentMissing(_("They cannot know whom you mean. Ask the person whether you may tell their name."))
    consent = record_consent(client=client, new=new, by=by)
    if not consent.is_valid or ConsentScope.IDENTITY not in consent.scopes:
        raise ConsentMissing(_("The person has not agreed that their name is told."))
    return consent


def cancel_access(*, access: Access, by: Seat) -> None:
    """Before it is answered. Raises PermissionDenied, DealingMoved."""
    _require(Direction.OUT, by)
    with transaction.atomic():
        _move(access, AccessState.CANCELLED, by=by)


def read_again(*, access: Access, by: Seat) -> None:
    """Has what may be read fetched anew; it arrives soon. Raises PermissionDenied, DealingMoved."""
    _require(Direction.OUT, by)
    if access.direction != Direction.OUT or not is_running(access):
        raise DealingMoved(_("This has ended: nothing is told any more."))
    with transaction.atomic():
        record(action="access.read_again", on=access, by=by)
        dealings.send(access.shared, to=required_organisation().id, load=Load.ACCESS_VALUES)
        carry_soon(access)


# --- being asked --------------------------------------------------------------------------------------------
def name_client(*, access: Access, client: Client, by: Seat) -> None:
    """Says which of our clients is meant. Raises PermissionDenied, DealingMoved."""
    _require(Direction.IN, by)
    with transaction.atomic():
        locked = Access.objects.select_for_update(of=("self",)).select_related("shared").get(pk=access.pk)
        if locked.direction != Direction.IN or locked.client_id or locked.shared.state != AccessState.ASKED:
            raise DealingMoved(_("A colleague has done that already."))
        locked.client = client
        locked.save(update_fields=["client"])
        record(action="access.named", on=locked, by=by)
    access.client = client


def grant_access(*, access: Access, new_consent: NewConsent, note: str = "", by: Seat) -> None:
    """The person agrees to all that was asked for, or to less, until the consent's last day.

    Raises PermissionDenied, NotNamed, ConsentMissing, NotCovered, DealingMoved.
    """
    _require(Direction.IN, by)
    client = access.client
    if client is None:
        raise NotNamed(_("Say first which of your clients is meant."))
    granted = _readable(new_consent.scopes)
    if set(granted) - set(access.asked):
        raise NotCovered(_("More than was asked for cannot be granted."))
    last = timezone.localdate() + timedelta(days=LONGEST_ACCESS)
    with transaction.atomic():
        consent = record_consent(client=client, new=new_consent, by=by)
        is_for_it = consent.purpose == ConsentPurpose.ACCESS and consent.recipient_id == access.other_id
        if not is_for_it or not consent.is_valid:
            raise ConsentMissing(_("The person has not agreed that this organisation reads."))
        access.granted, access.consent = granted, consent
        if access.owner_id is None:
            access.owner_id = by.membership_id
        access.save(update_fields=["granted", "consent", "owner"])
        _move(
            access,
            AccessState.GRANTED,
            note=note,
            detail={"scopes": granted},
            until=min(consent.expires_on, last),
            by=by,
        )
        dealings.send(access.shared, to=access.shared.sender_id, load=Load.ACCESS_VALUES)


def refuse_access(*, access: Access, reason: str, note: str = "", by: Seat) -> None:
    """Raises PermissionDenied, DealingMoved, ReasonMissing."""
    _require(Direction.IN, by)
    with transaction.atomic():
        _move(access, AccessState.REFUSED, reason=reason, note=note, by=by)
        access.named = {}
        access.save(update_fields=["named"])


# --- ending -------------------------------------------------------------------------------------------------
def end_access(*, access: Access, note: str = "", by: Seat) -> None:
    """Either side; the copy of whoever asked is erased. Raises PermissionDenied, DealingMoved."""
    _require(Direction(access.direction), by)
    reason = AccessEnd.OWNER if access.direction == Direction.IN else AccessEnd.NOT_NEEDED
    _end(access, reason, note=note, by=by)


def _end(access: Access, reason: AccessEnd, *, note: str = "", by: Seat) -> None:
    with transaction.atomic():
        _move(access, AccessState.ENDED, reason=reason, note=note, remains=Remains.WAITING, by=by)
        if access.direction == Direction.OUT:
            erase_copy(access, by=by)
        else:
            access.named = {}
            access.save(update_fields=["named"])


def erase_copy(access: Access, *, by: Seat) -> None:
    """What we were told goes, and the other side learns that it did. Once is enough."""
    if access.erased_at is None:
        access.values, access.erased_at = [], timezone.now()
        access.save(update_fields=["values", "erased_at"])
        record(action="access.erased", on=access, by=by)
    with suppress(DealingMoved):
        note_own(access, network.settle(access.shared), by=by)


def consent_withdrawn(consent: Consent, by: Seat) -> None:
    """What rests on the receipt, in the transaction that ends it. Another that is still valid carries on."""
    if consent.purpose == ConsentPurpose.ACCESS:
        for access in _running(consent, Direction.IN):
            if not scopes_now(access):
                _ended_with_consent(access, by)
    elif consent.purpose == ConsentPurpose.ASKING:
        for access in _running(consent, Direction.OUT).filter(consent=consent):
            _ended_with_consent(access, by)


def _running(consent: Consent, direction: Direction) -> AccessQuerySet:
    rows = Access.objects.filter(direction=direction, client=consent.client_id, other=consent.recipient_id)
    found: AccessQuerySet = rows.in_state(*RUNNING).select_related("shared", "client")
    return found


def _ended_with_consent(access: Access, by: Seat) -> None:
    with suppress(DealingMoved):  # it ended by itself at this moment
        if access.shared.state == AccessState.GRANTED:
            _end(access, AccessEnd.CONSENT, by=by)
        elif access.direction == Direction.OUT:
            _move(access, AccessState.CANCELLED, by=by)


def client_changed(client_id: UUID, is_going: bool, by: Seat) -> None:
    """Registered as a reaction: before a person is erased the other side learns that there is nothing to read or to
    tell any more."""
    if not is_going:
        return
    for access in Access.objects.in_state(*RUNNING).filter(client=client_id).select_related("shared", "client"):
        with suppress(DealingMoved):
            if access.shared.state == AccessState.GRANTED:
                _end(access, AccessEnd.ERASED, by=by)
            elif access.direction == Direction.OUT:
                _move(access, AccessState.CANCELLED, by=by)
            else:
                _move(access, AccessState.REFUSED, reason=AccessRefusal.NOT_KNOWN, by=by)


# --- both ---------------------------------------------------------------------------------------------------
def is_running(access: Access) -> bool:
    shared = access.shared
    return shared.state == AccessState.GRANTED and shared.until is not None and shared.until >= timezone.localdate()


def scopes_now(access: Access) -> list[str]:
    """Of what was granted that which a valid consent of the person covers now."""
    receipts = Consent.objects.valid().filter(
        client=access.client_id, purpose=ConsentPurpose.ACCESS, recipient=access.other_id
    )
    covered = {scope for scopes in receipts.values_list("scopes", flat=True) for scope in scopes}
    return [scope for scope in access.granted if scope in covered]


def next_states(access: Access, seat: Seat) -> set[AccessState]:
    """Where this person may move it now."""
    if not seat.can(PERMISSION_OF[Direction(access.direction)]):
        return set()
    edges = network.MACHINE.edges[AccessState(access.shared.state)]
    return {state for state, sides in edges.items() if side_of(access) in sides}


def side_of(access: Access) -> Side:
    return Side.SENDER if access.direction == Direction.OUT else Side.TARGET


def _require(direction: Direction, by: Seat) -> None:
    if by not in (SYSTEM, THEMSELVES) and not by.can(PERMISSION_OF[direction]):
        raise PermissionDenied(
            _("Your role here does not allow this: “%(permission)s”. Ask a manager of your organisation.")
            % {"permission": PERMISSION_OF[direction].label}
        )


def _move(
    access: Access,
    to: AccessState,
    *,
    reason: str = "",
    note: str = "",
    detail: dict[str, object] | None = None,
    by: Seat,
    **changes: Any,
) -> None:
    moved = dealings.move(access.shared, network.MACHINE, to=to, reason=reason, **changes)
    told = {**({"reason": reason} if reason else {}), **(detail or {})}
    record(action=f"access.{to.value}", on=access, detail=told, by=by)
    note_own(access, moved, note=note, by=by)


def note_own(access: Access, moved: dealings.Moved, *, note: str = "", by: Seat) -> None:
    """On our timeline, in our feed, and on its way to the other side."""
    event = moved.event
    AccessStep.objects.create(
        access=access,
        event=event.pk,
        type=event.type,
        side=side_of(access),
        reason=event.reason,
        note=note,
        by_name=by.name,
        at=event.at,
    )
    tell_feed(access, event.pk, event.type, side_of(access), event.reason)
    carry_soon(access)


def tell_feed(access: Access, event_id: UUID, type: str, side: str, reason: str) -> None:
    """What our software learns: codes and keys alone."""
    data = {
        "access": access.pk,
        "reference": access.shared.reference,
        "state": access.shared.state,
        "side": str(side),
        "reason": reason or None,
    }
    note_event(type=f"access.{type}", referral_id=None, envelope_id=None, source_id=event_id, data=data)


def carry_soon(access: Access) -> None:
    from tenants.referrals.elsewhere.tasks import carry

    send_after_commit(carry, str(access.shared_id))
