"""The verbs of both sides. Each is one transaction with its audit entry; pages and API call the same."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.exchange.domain.envelopes import move_envelope, send, send_envelope
from network_registry.exchange.enums import DeclineReason, Freight, Service, State
from network_registry.exchange.models import OutboxItem
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.models import Client, Consent
from tenants.organisations.enums import State as OrganisationState
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.enums import Direction, Urgency
from tenants.referrals.errors import ConsentMissing, RecipientUnavailable, ReferralOpenAlready
from tenants.referrals.models import Referral, Step


@dataclass(frozen=True)
class Request:
    """What is asked of whom. `need` and `area` are read before acceptance, so they say nothing of who it is."""

    target: Organisation
    service: Service
    need: str
    urgency: Urgency = Urgency.NORMAL
    area: str = ""


def send_referral(*, client: Client, request: Request, consent: Consent, by: Seat) -> Referral:
    """Sends a referral for the client.

    Raises ConsentMissing unless the consent is this client's, names the recipient and is valid;
    ReferralOpenAlready; RecipientUnavailable.
    """
    target = request.target
    if target.state not in (OrganisationState.ACTIVE, OrganisationState.PROVISIONAL):
        raise RecipientUnavailable(_("This organisation takes no referrals now."))
    if target.pk == required_organisation().id:
        raise RecipientUnavailable(_("A referral goes to another organisation."))
    if consent.client_id != client.pk or consent.recipient_id != target.pk or not consent.is_valid:
        raise ConsentMissing(_("There is no valid consent for this recipient. Record one first."))
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=client.pk)  # two people sending at once: one after the other
        if (
            Referral.objects.outgoing()
            .unanswered()
            .filter(client=client, other=target, envelope__service=request.service)
        ):
            raise ReferralOpenAlready(_("This person has an open referral for the same service there already."))
        envelope = send_envelope(target_id=target.pk, service=request.service)
        referral = Referral.objects.create(
            envelope=envelope,
            direction=Direction.OUT,
            other=target,
            client=client,
            consent=consent,
            owner_id=by.membership_id,
            need=request.need,
            urgency=request.urgency,
            area=request.area,
        )
        _step(referral, State.SENT, by)
        record(action="referral.sent", on=referral, detail={"service": request.service}, by=by)
        _deliver_soon(envelope.pk)
    return referral


def send_with_consent(*, client: Client, request: Request, new_consent: NewConsent, by: Seat) -> Referral:
    """Records the consent and sends, or does neither. Raises as `send_referral` does."""
    with transaction.atomic():
        consent = record_consent(client=client, new=new_consent, by=by)
        return send_referral(client=client, request=request, consent=consent, by=by)


def open_referral(*, referral: Referral, by: Seat) -> None:
    """The recipient reads what is needed. Raises ReferralMoved when it was opened already."""
    with transaction.atomic():
        _move(referral, State.OPENED, by)


def accept_referral(*, referral: Referral, assignee: Colleague, note: str = "", by: Seat) -> None:
    """The recipient takes the person on; the sender's disclosure follows. Raises ReferralMoved."""
    with transaction.atomic():
        _move(referral, State.ACCEPTED, by)
        Referral.objects.filter(pk=referral.pk).update(owner=assignee, answer_note=note, is_open=False)
        send(referral.envelope, Freight.ANSWER)
        send(referral.envelope, Freight.DISCLOSURE)
        _deliver_soon(referral.envelope_id)


def decline_referral(*, referral: Referral, reason: DeclineReason, note: str = "", by: Seat) -> None:
    """The recipient says no, and why. Raises ReferralMoved."""
    with transaction.atomic():
        _move(referral, State.DECLINED, by, reason)
        Referral.objects.filter(pk=referral.pk).update(answer_note=note, is_open=False)
        send(referral.envelope, Freight.ANSWER)
        _deliver_soon(referral.envelope_id)


def _move(referral: Referral, to: State, by: Seat, reason: DeclineReason | None = None) -> None:
    move_envelope(envelope=referral.envelope, to=to, reason=reason)
    _step(referral, to, by, reason)
    record(action=f"referral.{to.value}", on=referral, detail={"reason": reason} if reason else {}, by=by)


def _step(referral: Referral, state: State, by: Seat, reason: DeclineReason | None = None) -> None:
    Step.objects.create(referral=referral, state=state, by_name=by.name, reason=reason or "")


def _deliver_soon(envelope_id: UUID) -> None:
    from tenants.referrals.tasks import deliver

    for item_id in OutboxItem.objects.filter(envelope=envelope_id, done_at=None).values_list("pk", flat=True):
        send_after_commit(deliver, str(item_id))
