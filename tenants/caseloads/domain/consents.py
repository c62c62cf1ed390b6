"""Receipts of what a person agreed to: given, renewed, taken back, prepared for the person's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.caseloads.domain.reactions import client_changed
from tenants.caseloads.domain.restriction import lift_restriction
from tenants.caseloads.enums.consents import ConsentGiven, ConsentPurpose, WithdrawnBy
from tenants.caseloads.models import Case, Client, Consent, ConsentOffer
from tenants.caseloads.wording import Terms, wording_of
from tenants.organisations.models import Organisation


class ConsentOver(Refused):
    """The consent was taken back already, or has ended."""


Withdrawal = Callable[["Consent", Seat], None]
_withdrawals: list[Withdrawal] = []


def register_withdrawal(react: Withdrawal) -> None:
    """`react(consent, by)` runs in the transaction that takes a consent back."""
    _withdrawals.append(react)


Renewal = Callable[["Consent", "Consent"], None]
_renewals: list[Renewal] = []


def register_renewal(follow: Renewal) -> None:
    """`follow(older, newer)` runs in the transaction that puts a newer consent in the place of an older one."""
    _renewals.append(follow)


class OfferAnswered(Refused):
    """The prepared consent was answered or taken away already."""


@dataclass(frozen=True)
class NewConsent:
    """What goes on the receipt. `scopes` are values of ConsentScope, `how_given` one of ConsentGiven.

    Without `language` it is the client's; without `wording` the usual text for the purpose in that language.
    `programme` is the name of the one that it is about, for the text.
    """

    scopes: Sequence[str]
    how_given: str
    expires_on: date
    recipient: Organisation | None = None
    witness: str = ""
    purpose: str = ConsentPurpose.REFERRAL
    language: str = ""
    wording: str = ""
    programme: str = ""


def language_for(client: Client) -> str:
    return client.language or get_language() or required_organisation().language


def record_consent(*, client: Client, new: NewConsent, by: Seat) -> Consent:
    """Writes the receipt."""
    language = new.language or language_for(client)
    terms = Terms(new.purpose, tuple(new.scopes), new.expires_on, new.recipient, new.programme)
    with transaction.atomic():
        consent = Consent.objects.create(
            client=client,
            purpose=new.purpose,
            recipient=new.recipient,
            scopes=list(new.scopes),
            how_given=new.how_given,
            witness=new.witness,
            language=language,
            wording=new.wording or wording_of(terms, language),
            expires_on=new.expires_on,
            recorded_by_id=by.membership_id,
        )
        record(action="consent.recorded", on=consent, detail=_detail(new.purpose, new.scopes), by=by)
        lift_restriction(client.pk, by=by)
        client_changed(client.pk, by=by)
    return consent


def renew_consent(*, consent: Consent, new: NewConsent, by: Seat) -> Consent:
    """A newer receipt takes the place of one that is valid or has lapsed; open cases rest on the newer one.

    Raises ConsentOver where the person has taken it back.
    """
    with transaction.atomic():
        older = Consent.objects.select_for_update().get(pk=consent.pk)
        if older.withdrawn_at is not None:
            raise ConsentOver(_("This consent was taken back. Record a new one."))
        settled = replace(new, purpose=older.purpose, recipient=older.recipient)
        newer = record_consent(client=older.client, new=settled, by=by)
        Case.objects.open().filter(consent=older).update(consent=newer)
        for follow in _renewals:
            follow(older, newer)
        _end(older, WithdrawnBy.REPLACED, by)
        record(action="consent.renewed", on=newer, detail={"purpose": older.purpose}, by=by)
    return newer


def withdraw_consent(*, consent: Consent, how: str, by: Seat) -> Consent:
    """The person takes a consent back; the receipt stays, and says when and how. Raises ConsentOver.

    Nothing is told any more under it. Cases that rest on it are offered for closing.
    """
    with transaction.atomic():
        locked = Consent.objects.select_for_update().get(pk=consent.pk)
        if locked.withdrawn_at is not None:
            raise ConsentOver(_("This consent was taken back already."))
        _end(locked, WithdrawnBy(how), by)
        record(action="consent.withdrawn", on=locked, detail={"purpose": locked.purpose, "how": how}, by=by)
        for react in _withdrawals:
            react(locked, by)
        client_changed(locked.client_id, by=by)
    return locked


def enrolment_consent(client: Client) -> Consent | None:
    """The newest valid consent of the client to take part."""
    receipts = Consent.objects.valid().filter(client=client, purpose=ConsentPurpose.ENROLMENT)
    return receipts.order_by("-given_at", "-id").first()


def offer_consent(*, client: Client, new: NewConsent, replaces: Consent | None = None, by: Seat) -> ConsentOffer:
    """Prepares a consent that the person may give on their own page, in place of `replaces` where that is named."""
    language = new.language or language_for(client)
    terms = Terms(new.purpose, tuple(new.scopes), new.expires_on, new.recipient, new.programme)
    with transaction.atomic():
        offer = ConsentOffer.objects.create(
            client=client,
            purpose=new.purpose,
            recipient=new.recipient,
            scopes=list(new.scopes),
            language=language,
            wording=new.wording or wording_of(terms, language),
            expires_on=new.expires_on,
            replaces=replaces,
            offered_by_id=by.membership_id,
        )
        record(action="consent.offered", on=offer, detail=_detail(new.purpose, new.scopes), by=by)
    return offer


def answer_offer(*, offer: ConsentOffer, agreed: bool, by: Seat) -> Consent | None:
    """The person agrees, which makes the receipt, or does not. Raises OfferAnswered."""
    with transaction.atomic():
        locked = ConsentOffer.objects.select_for_update().get(pk=offer.pk)
        if locked.answered_at is not None or locked.expires_on < timezone.localdate():
            raise OfferAnswered(_("This has been answered already."))
        locked.answered_at, locked.agreed = timezone.now(), agreed
        locked.save(update_fields=["answered_at", "agreed"])
        record(action="consent.answered", on=locked, detail={"purpose": locked.purpose, "agreed": agreed}, by=by)
        if not agreed:
            return None
        new = NewConsent(
            purpose=locked.purpose,
            recipient=locked.recipient,
            scopes=locked.scopes,
            how_given=ConsentGiven.OWN_PAGE,
            language=locked.language,
            wording=locked.wording,
            expires_on=locked.expires_on,
        )
        if locked.replaces is not None and locked.replaces.withdrawn_at is None:
            return renew_consent(consent=locked.replaces, new=new, by=by)
        return record_consent(client=locked.client, new=new, by=by)


def take_offer_away(*, offer: ConsentOffer, by: Seat) -> None:
    """It no longer waits on the person's page. Raises OfferAnswered."""
    with transaction.atomic():
        if not ConsentOffer.objects.filter(pk=offer.pk, answered_at=None).delete()[0]:
            raise OfferAnswered(_("This has been answered already."))
        record(action="consent.offer_taken_away", on=offer, detail={"purpose": offer.purpose}, by=by)


def _end(consent: Consent, how: WithdrawnBy, by: Seat) -> None:
    consent.withdrawn_at, consent.withdrawn_how = timezone.now(), how
    consent.withdrawal_recorded_by_id = by.membership_id
    consent.save(update_fields=["withdrawn_at", "withdrawn_how", "withdrawal_recorded_by"])


def _detail(purpose: str, scopes: Sequence[str]) -> dict[str, object]:
    return {"purpose": str(purpose), "scopes": list(scopes)}
