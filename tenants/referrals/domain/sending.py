"""The sender's verbs: write, send, answer a question, recall, redirect. Each is one transaction with its audit entry;
pages and API call the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from network_registry.directory.models import Offer
from network_registry.exchange.domain.envelopes import discard_envelope, draft_envelope
from network_registry.exchange.enums import Service, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope
from network_registry.exchange.tasks import tell_held
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Case, Client, Consent
from tenants.organisations.enums import State as OrganisationState
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation
from tenants.referrals import policies
from tenants.referrals.domain.disclosure import names_somebody, values_of
from tenants.referrals.domain.moving import move
from tenants.referrals.domain.naming import check_text
from tenants.referrals.domain.openness import refuse_second
from tenants.referrals.enums import Direction, Urgency
from tenants.referrals.errors import ConsentMissing, RecipientUnavailable
from tenants.referrals.models import Referral

TAKING = (OrganisationState.ACTIVE, OrganisationState.PROVISIONAL)


@dataclass(frozen=True)
class Request:
    """What is asked of whom. `need` and `area` are read before acceptance, so they say nothing of who it is.

    `offer_id` is a place of the service in the directory, dropped where it is another's; `left_out` are fields of the
    client that are kept back although the consent covers them.
    """

    target: Organisation
    service: Service
    need: str
    urgency: Urgency = Urgency.NORMAL
    area: str = ""
    offer_id: UUID | None = None
    left_out: Sequence[str] = ()
    case: Case | None = None


def draft_referral(*, client: Client, request: Request, by: Seat) -> Referral:
    """Writes a referral down without sending it; nobody else learns of it.

    Raises PermissionDenied, RecipientUnavailable, SaysWho.
    """
    _require_sender(by)
    _check(client, request)
    with transaction.atomic():
        envelope = draft_envelope(target_id=request.target.pk, service=request.service, offer_id=_offer_of(request))
        referral = Referral.objects.create(
            envelope=envelope,
            direction=Direction.OUT,
            other=request.target,
            client=client,
            owner_id=by.membership_id,
            **_own(request),
        )
        record(action="referral.drafted", on=referral, detail={"service": request.service}, by=by)
    return referral


def change_draft(*, referral: Referral, request: Request, seen_version: int, by: Seat) -> Referral:
    """Raises EditedMeanwhile when a colleague changed it since, ReferralMoved when it is no draft any more, and as
    `draft_referral` does."""
    _require_sender(by)
    _check(_client_of(referral), request)
    with transaction.atomic():
        locked = Referral.objects.select_for_update().get(pk=referral.pk)
        if locked.version != seen_version:
            raise EditedMeanwhile
        changed = Envelope.objects.filter(pk=referral.envelope_id, state=State.DRAFT).update(
            target=request.target, service=request.service, offer=_offer_of(request), version=F("version") + 1
        )
        if not changed:
            raise ReferralMoved
        for name, value in {**_own(request), "other": request.target, "version": locked.version + 1}.items():
            setattr(locked, name, value)
        locked.save()
        locked.envelope.refresh_from_db()
        record(action="referral.draft_changed", on=locked, by=by)
    return locked


def discard_draft(*, referral: Referral, by: Seat) -> None:
    """Raises PermissionDenied, ReferralMoved when it is no draft any more."""
    _require_sender(by)
    with transaction.atomic():
        record(action="referral.discarded", on=referral, by=by)
        discard_envelope(referral.envelope)
        Referral.objects.filter(pk=referral.pk).delete()


def send_draft(*, referral: Referral, consent: Consent, by: Seat) -> Referral:
    """Sends a draft; from a provisional organisation it waits for the secretariat first.

    Raises ConsentMissing unless the consent is this client's, names the recipient, is valid and covers a name;
    ReferralOpenAlready; RecipientUnavailable; SaysWho; ReferralMoved.
    """
    with transaction.atomic():
        # As it stands now: a colleague may have given it another recipient since it was read.
        drafts = Referral.objects.select_for_update(of=("self",)).select_related("envelope", "client", "other")
        draft = drafts.get(pk=referral.pk)
        client = refuse_second(draft, _client_of(draft))
        _check_target(draft.other)
        check_text(client, need=draft.need, area=draft.area)
        draft.consent = _settled(consent, draft, client)
        Referral.objects.filter(pk=draft.pk).update(consent=draft.consent)
        is_held = required_organisation().is_moderated
        move(referral=draft, to=State.HELD if is_held else State.SENT, by=by)
        if is_held:
            send_after_commit(tell_held, str(draft.envelope_id))
    return draft


def _settled(consent: Consent, draft: Referral, client: Client) -> Consent:
    """The receipt as it is now, held, so that it is not taken back in this moment. Raises ConsentMissing."""
    held = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    is_for_it = held.client_id == client.pk and held.recipient_id == draft.other_id
    if not is_for_it or held.purpose != ConsentPurpose.REFERRAL or not held.is_valid:
        raise ConsentMissing(_("There is no valid consent for this recipient. Record one first."))
    if not names_somebody(values_of(client, held.scopes, draft.left_out)):
        raise ConsentMissing(_("Without a name the other organisation cannot take the person on."))
    return held


def send_referral(*, client: Client, request: Request, consent: Consent, by: Seat) -> Referral:
    """Writes and sends in one. Raises as `send_draft` does."""
    with transaction.atomic():
        return send_draft(referral=draft_referral(client=client, request=request, by=by), consent=consent, by=by)


def send_with_consent(*, client: Client, request: Request, new_consent: NewConsent, by: Seat) -> Referral:
    """Records the consent and sends, or does neither. Raises as `send_draft` does."""
    with transaction.atomic():
        consent = record_consent(client=client, new=new_consent, by=by)
        return send_referral(client=client, request=request, consent=consent, by=by)


def answer_info(*, referral: Referral, answer: str, by: Seat) -> None:
    """The sender answers the recipient's question, and the clock runs again. Raises ReferralMoved, SaysWho."""
    check_text(_client_of(referral), answer=answer)
    with transaction.atomic():
        move(referral=referral, to=State.OPENED, note=answer, by=by)


def recall_referral(*, referral: Referral, reason: str, note: str = "", by: Seat) -> None:
    """The sender takes it back before work has started; the recipient's copy is erased. Raises ReferralMoved."""
    with transaction.atomic():
        move(referral=referral, to=State.RECALLED, reason=reason, note=note, by=by)


def redirect_referral(*, referral: Referral, request: Request, new_consent: NewConsent, by: Seat) -> Referral:
    """Sends a new referral in place of one that was declined or has expired, with a consent of its own.

    Raises ReferralMoved and as `send_draft` does.
    """
    client = _client_of(referral)
    with transaction.atomic():
        move(referral=referral, to=State.REDIRECTED, by=by)
        child = send_with_consent(client=client, request=request, new_consent=new_consent, by=by)
        Referral.objects.filter(pk=child.pk).update(parent=referral)
        child.parent = referral
    return child


def _client_of(referral: Referral) -> Client:
    """Of a referral of ours. Raises ReferralMoved for one that came to us: its sender does that."""
    if referral.direction != Direction.OUT:
        raise ReferralMoved
    assert referral.client is not None
    return referral.client


def _require_sender(by: Seat) -> None:
    if not by.can(Permission.REFERRAL_SEND):
        raise policies.not_allowed(Permission.REFERRAL_SEND)


def _own(request: Request) -> dict[str, object]:
    return {
        "need": request.need,
        "urgency": request.urgency,
        "area": request.area,
        "left_out": list(request.left_out),
        "case": request.case,
    }


def _offer_of(request: Request) -> UUID | None:
    """The place, while it is the recipient's and of this service; the recipient reads which it is."""
    if request.offer_id is None:
        return None
    places = Offer.objects.filter(organisation=request.target, service__need=request.service)
    return places.filter(pk=request.offer_id).values_list("pk", flat=True).first()


def _check(client: Client, request: Request) -> None:
    _check_target(request.target)
    if request.case is not None and request.case.client_id != client.pk:
        raise ValueError("The case is somebody else's: with them the referral would be copied and erased.")
    check_text(client, need=request.need, area=request.area)


def _check_target(target: Organisation) -> None:
    if target.state not in TAKING:
        raise RecipientUnavailable(_("This organisation takes no referrals now."))
    if target.pk == required_organisation().id:
        raise RecipientUnavailable(_("A referral goes to another organisation."))
