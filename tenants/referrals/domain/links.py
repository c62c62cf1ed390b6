"""Links by which an organisation answers that has nobody to sign in: made, sent, checked, used.

A link is for one referral and one purpose, lives for days, and is sent to the organisation's contact address alone.
Whom it is about is shown behind a code that the sender's people say on the telephone.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission, Scope, Seat, roles_with
from halka.common.calendars import latin_digits
from halka.common.current import required_organisation, salt
from halka.common.keys import hash_of, new_secret
from halka.common.sealing.seals import Place, seal, unseal
from network_registry.exchange.domain.following import hold_envelope, send_along
from network_registry.exchange.enums import (
    RESULTS,
    RETRACTED,
    TAKEN_ON,
    UNANSWERED,
    ConsentEnd,
    EventType,
    Freight,
    State,
)
from network_registry.exchange.models import Envelope
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague, Organisation, Software
from tenants.referrals import crossing, policies
from tenants.referrals.domain.moving import deliver_soon
from tenants.referrals.enums import Direction, LinkPurpose
from tenants.referrals.errors import LinkOver
from tenants.referrals.models import AnswerLink, Referral
from tenants.referrals.notice_words import LAPSED, LOCKED

VALID: Final = {
    LinkPurpose.ANSWER: timedelta(hours=72),
    LinkPurpose.TOLD: timedelta(days=7),
    LinkPurpose.RESULT: timedelta(days=14),
}
# States in which a link of the purpose is of use, and the moves that it lets its holder make.
FITS: Final = {
    LinkPurpose.ANSWER: UNANSWERED,
    LinkPurpose.TOLD: TAKEN_ON | RESULTS,
    LinkPurpose.RESULT: TAKEN_ON,
}
MOVES: Final = {
    LinkPurpose.ANSWER: frozenset(
        {State.OPENED, State.INFO_REQUESTED, State.WAITLISTED, State.ACCEPTED, State.DECLINED}
    ),
    LinkPurpose.TOLD: frozenset[State](),
    LinkPurpose.RESULT: RESULTS | {State.STARTED},
}
TRIES: Final = 5
MOST_WRONG: Final = 2 * TRIES  # over all links of a referral; then the sender alone has another sent
CODE_DIGITS: Final = 6
PAUSE: Final = timedelta(minutes=10)  # between two links that are asked for
ASKED_AGAIN_FOR: Final = timedelta(days=90)  # so long the page of a link that is over sends another
RESULT_AFTER: Final = timedelta(days=21)  # of work, and between two questions
OVER: Final = RETRACTED | {State.EXPIRED}  # told although there is nothing to open any more


class Standing(StrEnum):
    """Whether a link opens something, and why not."""

    OPEN = "open"
    ANSWERED = "answered"  # by this link or in another way
    RETRACTED = "retracted"  # recalled, or the consent was withdrawn
    REPLACED = "replaced"
    LOCKED = "locked"
    EXPIRED = "expired"


RENEWABLE: Final = frozenset({Standing.EXPIRED, Standing.REPLACED, Standing.LOCKED})


@dataclass(frozen=True)
class Made:
    """The token is known now and never again: only its hash is kept."""

    link: AnswerLink
    token: str


# --- who is reached by links -------------------------------------------------------------------------------
def somebody_answers() -> bool:
    """Whether anybody here, a person or software, may answer referrals."""
    roles = roles_with(Permission.REFERRAL_ANSWER)
    if Colleague.objects.filter(ended_at=None, role__in=roles).exists():
        return True
    software = Software.objects.active().filter(organisation=required_organisation().id).select_related("client")
    return any(Scope.REFERRALS_WRITE in one.scopes for one in software)


def contact_address() -> str:
    """Where this organisation's links are sent; empty where it needs none or has named no address."""
    here = required_organisation()
    address: str = Organisation.objects.values_list("contact_email", flat=True).get(pk=here.id)
    return address if address and (here.kind == Kind.PARTNER or not somebody_answers()) else ""


def announce(referral: Referral, type: str) -> None:
    """Something happened to a referral that came to us: whoever answers by link gets an e-mail, with the link that
    is of use now. `type` is the event's."""
    if referral.direction != Direction.IN or referral.owner_id is not None or not contact_address():
        return
    if purpose := _purpose_after(referral, type):
        make_link(referral=referral, purpose=purpose, type=type, by=SYSTEM)
    elif type in OVER:
        AnswerLink.objects.live().filter(referral=referral).update(ended_at=timezone.now())
        is_lapsed = referral.envelope.reason == ConsentEnd.LAPSED
        _mail(LAPSED if is_lapsed else type, referral)


def _purpose_after(referral: Referral, type: str) -> LinkPurpose | None:
    state = State(referral.envelope.state)
    if state in UNANSWERED:
        return LinkPurpose.ANSWER
    if type in (EventType.MESSAGE, EventType.DOCUMENT, EventType.DISCLOSED) and state in FITS[LinkPurpose.TOLD]:
        return LinkPurpose.TOLD if referral.names_person else None
    return LinkPurpose.RESULT if type == State.REOPENED and state in TAKEN_ON else None


# --- making them -------------------------------------------------------------------------------------------
def make_link(
    *, referral: Referral, purpose: LinkPurpose, type: str = "", key: UUID | None = None, by: Seat
) -> Made | None:
    """Sends a link in place of the one before it, and tells the other side that it did; None when it did with this key.

    `type` is the event that the e-mail tells of.
    """
    with transaction.atomic():
        if key is not None and AnswerLink.objects.filter(pk=key).exists():
            return None
        before = AnswerLink.objects.filter(referral=referral, purpose=purpose).last()
        earlier = AnswerLink.objects.filter(referral=referral, purpose=purpose, used_at=None, ended_at=None)
        earlier.update(ended_at=timezone.now())
        token = _signer(purpose).sign(new_secret())
        now = timezone.now()
        link = AnswerLink(
            referral=referral,
            purpose=purpose,
            token_hash=hash_of(token),
            by_name=before.by_name if before else "",
            created_at=now,
            expires_at=now + VALID[purpose],
        )
        if key is not None:
            link.id = key
        if purpose == LinkPurpose.TOLD:
            link.code, link.tries = _code_after(before, is_asked=key is not None)
        link.save(force_insert=True)
        record(action="link.sent", on=link, about=referral.client_id, detail={"purpose": str(purpose)}, by=by)
        send_along(envelope=referral.envelope, freight=Freight.LINK, source=link.pk)
        deliver_soon(referral.envelope_id)
        _mail(type or purpose, referral, link, token)
    return Made(link, token)


def _code_after(before: AnswerLink | None, *, is_asked: bool) -> tuple[str, int]:
    """The code that the sender has told already, with its wrong tries, while it is good; else a new one, unless so
    many were wrong that only the sender may ask for it: then the link is locked from the beginning."""
    if before is not None and before.tries < TRIES and before.expires_at > timezone.now():
        return before.code, before.tries
    if before is not None and not is_asked and only_sender_renews(before):
        return before.code, TRIES
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}", 0


def only_sender_renews(link: AnswerLink) -> bool:
    """Whether so many codes were wrong, over all links of the referral, that somebody may be guessing."""
    if link.purpose != LinkPurpose.TOLD:
        return False
    wrong: dict[str, int] = {}  # by code: a further link carries on with the code of the one before it
    for one in AnswerLink.objects.filter(referral=link.referral_id, purpose=LinkPurpose.TOLD):
        wrong[one.code] = max(one.tries, wrong.get(one.code, 0))
    return sum(wrong.values()) >= MOST_WRONG


def _signer(purpose: str) -> signing.Signer:
    """What one organisation signed for one purpose is refused by every other and for every other."""
    return signing.Signer(sep=".", salt=salt(f"referral-link.{purpose}"))


def _mail(type: str, referral: Referral, link: AnswerLink | None = None, token: str = "") -> None:
    from tenants.referrals.tasks import send_link

    short_name = required_organisation().short_name
    link_id, sealed = (str(link.pk), seal_token(link.pk, token)) if link else ("", "")
    send_after_commit(send_link, short_name, str(type), str(referral.pk), link_id, sealed)


def seal_token(link_id: UUID, token: str) -> str:
    """The token as it may lie with the broker until its e-mail is sent: only the organisation's key opens it."""
    return urlsafe_b64encode(seal(_place_of(link_id), token.encode())).decode()


def unseal_token(link_id: UUID, sealed: str) -> str:
    return unseal(_place_of(link_id), urlsafe_b64decode(sealed)).decode()


def _place_of(link_id: UUID) -> Place:
    return Place(required_organisation().id, AnswerLink._meta.db_table, "token", str(link_id))


def ask_results() -> int:
    """Asks what became of those that were accepted by link weeks ago; how many it asks about."""
    if not contact_address():
        return 0
    long_ago = timezone.now() - RESULT_AFTER
    asked_lately = AnswerLink.objects.filter(purpose=LinkPurpose.RESULT, created_at__gt=long_ago)
    waiting = Referral.objects.incoming().in_state(*FITS[LinkPurpose.RESULT]).filter(
        owner=None, names_person=True, envelope__moved_at__lt=long_ago
    )  # fmt: skip
    found = waiting.exclude(links__in=asked_lately).select_related("envelope")
    for referral in found:
        make_link(referral=referral, purpose=LinkPurpose.RESULT, by=SYSTEM)
    return len(found)


def send_links_again_soon(short_name: str) -> None:
    """An organisation is reached at another address."""
    from tenants.referrals.tasks import send_links_again

    send_after_commit(send_links_again, short_name)


def send_all_again() -> int:
    """To an address that is new: the links of everything that waits for us; how many."""
    if not contact_address():
        return 0
    waiting = Referral.objects.incoming().in_state(*UNANSWERED, *TAKEN_ON).filter(owner=None)
    found = [(referral, _purpose_now(referral)) for referral in waiting.select_related("envelope")]
    made = [make_link(referral=referral, purpose=purpose, by=SYSTEM) for referral, purpose in found if purpose]
    return len(made)


def _purpose_now(referral: Referral) -> LinkPurpose | None:
    if referral.envelope.state in UNANSWERED:
        return LinkPurpose.ANSWER
    return LinkPurpose.TOLD if referral.names_person else None


# --- the sender's side -------------------------------------------------------------------------------------
def ask_again(*, referral: Referral, purpose: LinkPurpose, by: Seat) -> None:
    """The sender has the link sent again, always to the same address. Raises PermissionDenied, LinkOver."""
    policies.require_part(referral, by)
    with transaction.atomic():
        hold_envelope(referral.envelope)
        sent = AnswerLink.objects.filter(referral=referral)
        is_of_use = referral.direction == Direction.OUT and referral.envelope.state in FITS[purpose] and sent.exists()
        if not is_of_use:
            raise LinkOver(_("There is nothing to answer by a link now."))
        if sent.filter(purpose=purpose, created_at__gt=timezone.now() - PAUSE).exists():
            raise LinkOver(_("A link was sent a few minutes ago. Wait a little: e-mails take their time."))
        asked = AnswerLink.objects.create(
            referral=referral, purpose=purpose, expires_at=timezone.now() + VALID[purpose]
        )  # fmt: skip
        record(action="link.asked", on=asked, about=referral.client_id, detail={"purpose": str(purpose)}, by=by)
        send_along(envelope=referral.envelope, freight=Freight.LINK_ASKED, source=asked.pk)
        deliver_soon(referral.envelope_id)


def tell_request(envelope: Envelope, pk: UUID) -> crossing.LinkRequest | None:
    """What the sender asked for; None when its copy was erased meanwhile."""
    found = AnswerLink.objects.filter(pk=pk).first()
    return crossing.LinkRequest(envelope.pk, found.pk, found.purpose) if found else None


def receive_request(request: crossing.LinkRequest) -> None:
    """Sends a link of that key, once, where one is still of use."""
    referral = Referral.objects.select_related("envelope").filter(envelope=request.envelope_id).first()
    if referral is None:  # erased here with the person
        return
    purpose = LinkPurpose(request.purpose)
    is_told = purpose == LinkPurpose.ANSWER or referral.names_person
    if contact_address() and referral.owner_id is None and is_told and referral.envelope.state in FITS[purpose]:
        make_link(referral=referral, purpose=purpose, key=request.id, by=SYSTEM)


def tell_link(envelope: Envelope, pk: UUID) -> crossing.SentLink | None:
    """What the sender's people are to know of a link of ours; None when our copy was erased meanwhile."""
    link = AnswerLink.objects.filter(pk=pk).first()
    if link is None:
        return None
    return crossing.SentLink(
        envelope.pk, link.pk, link.purpose, link.code, link.tries, link.created_at, link.expires_at
    )  # fmt: skip


def receive_link(sent: crossing.SentLink) -> None:
    """On the sender's copy, in place of the one before it. Who is responsible is told when only they may renew it."""
    with transaction.atomic():
        referral = Referral.objects.select_for_update().filter(envelope=sent.envelope_id).first()
        if referral is None:  # erased here with the person
            return
        known = AnswerLink.objects.filter(referral=referral, purpose=sent.purpose)
        known.live().exclude(pk=sent.id).filter(created_at__lte=sent.sent_at).update(ended_at=timezone.now())
        link = known.filter(pk=sent.id).first() or AnswerLink(id=sent.id, referral=referral, purpose=sent.purpose)
        locked_before = {one.code for one in known.filter(tries__gte=TRIES)}
        link.code, link.tries = sent.code, sent.tries
        link.created_at, link.expires_at = sent.sent_at, sent.expires_at
        link.save()
        if is_locked(link) and link.code not in locked_before and only_sender_renews(link):
            _tell_locked(referral)


def _tell_locked(referral: Referral) -> None:
    from tenants.referrals.domain.notices import tell, those_who

    people = [referral.owner_id] if referral.owner_id else those_who(Permission.REFERRAL_SEND)
    tell(referral, LOCKED, sorted(map(str, people)))


def is_locked(link: AnswerLink) -> bool:
    return link.tries >= TRIES


def link_of_sender(referral: Referral) -> AnswerLink | None:
    """The newest link that the other side was sent, for the sender's page."""
    return AnswerLink.objects.filter(referral=referral).last()


# --- opening them ------------------------------------------------------------------------------------------
def link_behind(token: str, purpose: LinkPurpose) -> AnswerLink | None:
    """This organisation's link of that purpose, whatever became of it; None for everything else."""
    try:
        _signer(purpose).unsign(token)
    except signing.BadSignature:
        return None
    links = AnswerLink.objects.filter(token_hash=hash_of(token), purpose=purpose)
    return links.select_related("referral__envelope", "referral__client").first()


def standing_of(link: AnswerLink) -> Standing:
    state = link.referral.envelope.state
    if state in RETRACTED:
        return Standing.RETRACTED
    if link.used_at is not None or state not in FITS[LinkPurpose(link.purpose)]:
        return Standing.ANSWERED
    if is_locked(link):
        return Standing.LOCKED
    if link.ended_at is not None:
        return Standing.REPLACED
    return Standing.OPEN if link.expires_at > timezone.now() else Standing.EXPIRED


def seat_of(link: AnswerLink, name: str) -> policies.LinkSeat:
    """Whoever holds the link, under the name that they typed."""
    return policies.LinkSeat(
        user_id=0,
        membership_id=None,
        role=None,
        name=_("By link: %(name)s") % {"name": name},
        link_id=link.pk,
        referral_id=link.referral_id,
        moves=MOVES[LinkPurpose(link.purpose)],
    )


@contextmanager
def acting(link: AnswerLink, *, name: str) -> Iterator[Seat]:
    """A transaction with the seat of the link's holder; when the answer is given in it, the link is used up.

    Raises LinkOver where the link opens nothing any more.
    """
    with transaction.atomic():
        locked = AnswerLink.objects.live().select_for_update().filter(pk=link.pk).first()
        if locked is None or standing_of(link) != Standing.OPEN:
            raise LinkOver(_("This link opens nothing any more. Nothing was changed."))
        yield seat_of(link, name)
        locked.by_name = name
        if link.referral.envelope.state not in FITS[LinkPurpose(link.purpose)]:
            locked.used_at = timezone.now()
        locked.save(update_fields=["by_name", "used_at"])


def open_with_code(*, link: AnswerLink, code: str, name: str) -> bool:
    """Whether the code is the one that the sender told; it is written down who read.

    A try is counted before it is looked at, so that many at once are not more than one after the other.
    """
    counted = AnswerLink.objects.live().filter(pk=link.pk, tries__lt=TRIES).update(tries=F("tries") + 1)
    typed = "".join(sign for sign in latin_digits(code) if sign.isdigit())
    if not counted or standing_of(link) != Standing.OPEN:
        return False
    if not constant_time_compare(typed, link.code):
        if not AnswerLink.objects.filter(pk=link.pk, tries__lt=TRIES).exists():
            _note_lock(link, name)
        return False
    with transaction.atomic():
        AnswerLink.objects.filter(pk=link.pk).update(tries=F("tries") - 1, by_name=name)
        note_opening(link, name)
    return True


def _note_lock(link: AnswerLink, name: str) -> None:
    """Written down, and told to the sender."""
    with transaction.atomic():
        record(action="link.locked", on=link, about=link.referral.client_id, by=seat_of(link, name))
        send_along(envelope=link.referral.envelope, freight=Freight.LINK, source=link.pk)
        deliver_soon(link.referral.envelope_id)


def note_opening(link: AnswerLink, name: str) -> None:
    record(action="link.opened", on=link, about=link.referral.client_id, by=seat_of(link, name))


def another_link(link: AnswerLink) -> bool:
    """Sends another in place of one that is over, to the contact address alone; False when it was too soon, or only
    the sender may have it sent."""
    referral, purpose = link.referral, LinkPurpose(link.purpose)
    now = timezone.now()
    with transaction.atomic():
        Referral.objects.select_for_update().get(pk=referral.pk)  # two presses at once: one after the other
        newer = AnswerLink.objects.filter(referral=referral, purpose=purpose, created_at__gt=now - PAUSE)
        may = standing_of(link) in RENEWABLE and not only_sender_renews(link)
        is_old = link.expires_at < now - ASKED_AGAIN_FOR
        if not may or is_old or newer.exists() or not contact_address():
            return False
        make_link(referral=referral, purpose=purpose, by=SYSTEM)
    return True
