"""Documents that go with a referral, out of one organisation's seal into the other's.

What arrives may arrive twice with the same effect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission, Seat
from halka.common.sealing import files
from halka.common.uploads import NewFile
from network_registry.exchange.domain.envelopes import tell_of
from network_registry.exchange.domain.following import hold_envelope
from network_registry.exchange.enums import EventType, Freight
from tenants.caseloads.domain import documents
from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Client, Consent, Document
from tenants.caseloads.policies import counts_as_professional, professions_of
from tenants.caseloads.policies import may_read as may_read_document
from tenants.referrals import crossing, policies
from tenants.referrals.domain import filing
from tenants.referrals.domain.moving import note_own
from tenants.referrals.domain.receiving import note_theirs
from tenants.referrals.enums import Direction
from tenants.referrals.errors import NotCovered
from tenants.referrals.models import Enclosure, Referral


def consent_for(referral: Referral) -> Consent | None:
    """The receipt that lets us send documents now: the sender's own for this referral; the recipient's newest one
    that names the sender."""
    if referral.direction == Direction.OUT:
        receipts = Consent.objects.valid().filter(pk__in=[referral.consent_id])
    else:
        receipts = Consent.objects.valid().filter(
            client=referral.client_id, purpose=ConsentPurpose.REFERRAL, recipient=referral.other_id
        )
    covering = receipts.filter(scopes__contains=[ConsentScope.DOCUMENTS.value])
    return covering.order_by("-given_at", "-id").first()


def enclose_file(*, referral: Referral, file: NewFile, by: Seat) -> Enclosure:
    """A new file goes among the person's documents, and a copy of it to the other side. Raises as `enclose` does."""
    client = _client_of(referral)
    with transaction.atomic():
        document = documents.add_document(
            client=client, title=file.title, source=file.source, content_type=file.content_type, by=by
        )
        try:
            return enclose(referral=referral, document=document, by=by)
        except BaseException:
            files.remove(document.file)  # the row goes with the transaction
            raise


def enclose(*, referral: Referral, document: Document, by: Seat) -> Enclosure:
    """Sends a copy of one of the person's documents, which whoever asks may read. Raises PermissionDenied, NotCovered.

    On the other side the same circle of people reads it; what only the author or a profession reads, professionals.
    """
    policies.require_part(referral, by)
    with transaction.atomic():
        hold_envelope(referral.envelope)
        consent = consent_for(referral)
        if not policies.may_enclose(referral) or consent is None or document.client_id != referral.client_id:
            raise NotCovered(_("The person has not agreed that documents are sent, or is not known there."))
        enclosure = Enclosure.objects.create(
            referral=referral,
            ours=True,
            by_id=by.membership_id,
            by_name=by.name,
            document=document,
            consent=consent,
            title=document.title,
            content_type=document.content_type,
            size=document.size,
            audience=document.audience,
        )
        record(action="enclosure.sent", on=enclosure, about=referral.client_id, by=by)
        _tell(referral, enclosure, by)
    return enclosure


def take_back(*, enclosure: Enclosure, by: Seat) -> None:
    """The other side's copy is removed; ours stays where it is. Once is enough."""
    referral = enclosure.referral
    policies.require_part(referral, by)
    with transaction.atomic():
        if Enclosure.objects.filter(pk=enclosure.pk, ours=True, taken_back_at=None).update(
            taken_back_at=timezone.now()
        ):
            record(action="enclosure.taken_back", on=enclosure, about=referral.client_id, by=by)
            _tell(referral, enclosure, by)


def consent_withdrawn(consent: Consent, by: Seat) -> None:
    """What the recipient of a referral sent back under a receipt of its own, in the transaction that ends it.

    What the sender sent goes with the referral itself.
    """
    sent = Enclosure.objects.filter(consent=consent, ours=True, taken_back_at=None)
    for enclosure in sent.filter(referral__direction=Direction.IN).select_related("referral__envelope"):
        Enclosure.objects.filter(pk=enclosure.pk).update(taken_back_at=timezone.now())
        record(action="enclosure.taken_back", on=enclosure, about=enclosure.referral.client_id, by=by)
        _tell(enclosure.referral, enclosure, by)


def consent_renewed(older: Consent, newer: Consent) -> None:
    """What was sent under a receipt rests on the one in its place; what that does not cover is taken back."""
    if ConsentScope.DOCUMENTS not in newer.scopes:
        consent_withdrawn(older, SYSTEM)
    Enclosure.objects.filter(consent=older, ours=True, taken_back_at=None).update(consent=newer)


def open_enclosure(*, enclosure: Enclosure, by: Seat) -> Iterator[bytes]:
    """The bytes, for somebody at a page: it is written down. Raises FileNotFoundError where nothing is left."""
    parts = filing.parts_of(enclosure)
    record(action="enclosure.opened", on=enclosure, about=enclosure.referral.client_id, by=by)
    return parts


def may_read(enclosure: Enclosure, seat: Seat, professions: Collection[str] = ()) -> bool:
    """Of those who may open the referral: as a document of the person is read, and before the person is taken on by
    the same circle. Software reads what the whole team reads. `professions` are the seat's on the person's teams."""
    referral = enclosure.referral
    if isinstance(seat, policies.LinkSeat):
        return policies.may_act(referral, seat)
    if seat.is_software:
        return seat.can(Permission.DISCLOSURE_VIEW) and enclosure.audience == Audience.TEAM
    if seat.membership_id is None:
        return False
    if enclosure.document is not None:
        return may_read_document(enclosure.document, seat, professions)
    return enclosure.audience == Audience.TEAM or counts_as_professional(seat, professions)


def professions_in(referral: Referral, seat: Seat) -> Collection[str]:
    """What somebody is on the teams of the person whom the referral is about."""
    return professions_of(seat, referral.client) if referral.client is not None else ()


# --- what crosses ------------------------------------------------------------------------------------------
def tell_enclosure(pk: UUID) -> tuple[crossing.Enclosure, Iterator[bytes]] | None:
    """Our document as it crosses, and its bytes; None when it was removed, or the consent has ended meanwhile."""
    found = Enclosure.objects.filter(pk=pk, ours=True).select_related("document", "consent").first()
    if found is None:
        return None
    wide = found.audience in (Audience.TEAM, Audience.PROFESSIONALS)
    audience = found.audience if wide else Audience.PROFESSIONALS
    is_gone = found.taken_back_at is not None
    told = crossing.Enclosure(found.pk, found.title, found.content_type, audience, found.at, is_gone)
    if is_gone:
        return told, iter(())
    assert found.consent is not None
    if found.document is None or not found.consent.is_valid:
        Enclosure.objects.filter(pk=pk).update(taken_back_at=timezone.now())
        return None
    return told, documents.read_document(found.document)


def receive_enclosure(enclosure: crossing.Enclosure, parts: Iterator[bytes], step: crossing.Step) -> None:
    """Among the person's documents, or sealed beside the referral until the person is taken on. What was taken back is
    removed; nothing comes where our copy is restricted or erased."""
    with transaction.atomic():
        found = Referral.objects.select_for_update(of=("self",)).select_related("client")
        referral = found.filter(envelope=step.envelope_id).first()
        if referral is None:  # erased here with the person
            return
        received = Enclosure.objects.filter(pk=enclosure.id).first()
        if enclosure.is_taken_back:
            if received is not None and received.taken_back_at is None:
                filing.remove(received)
                Enclosure.objects.filter(pk=received.pk).update(taken_back_at=timezone.now())
                record(action="enclosure.taken_back", on=received, about=referral.client_id, by=SYSTEM)
                note_theirs(referral, step, quietly=True)
            return
        if received is not None or referral.restricted_at or referral.purged_at:
            return
        received = Enclosure(
            id=enclosure.id,
            referral=referral,
            ours=False,
            title=enclosure.title,
            content_type=enclosure.content_type,
            audience=enclosure.audience,
            at=enclosure.at,
        )
        filing.store(received, parts)
        record(action="enclosure.received", on=received, about=referral.client_id, by=SYSTEM)
        note_theirs(referral, step)


def _tell(referral: Referral, enclosure: Enclosure, by: Seat) -> None:
    sent = tell_of(envelope=referral.envelope, type=EventType.DOCUMENT, source=enclosure.pk, freight=Freight.DOCUMENT)
    note_own(referral, sent, by=by)


def _client_of(referral: Referral) -> Client:
    if referral.client is None:
        raise NotCovered(_("Say first whether the person is a client of yours already."))
    return referral.client
