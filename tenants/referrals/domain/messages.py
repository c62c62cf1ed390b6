"""The thread between both sides of a referral: written here, carried there, read.

What arrives may arrive twice with the same effect.
"""

from __future__ import annotations

import unicodedata
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.exchange.domain.envelopes import tell_of
from network_registry.exchange.domain.following import hold_envelope, send_along
from network_registry.exchange.enums import EventType, Freight
from network_registry.exchange.models import Envelope
from tenants.referrals import crossing, policies
from tenants.referrals.domain.moving import deliver_soon, note_own
from tenants.referrals.domain.naming import check_text
from tenants.referrals.domain.receiving import note_theirs
from tenants.referrals.enums import Direction
from tenants.referrals.errors import TalkingEnded
from tenants.referrals.models import Message, Referral, ReferralQuerySet

ARABIC = "ARABIC"  # how Unicode's names of these letters begin; of our languages Persian alone is written in them


def write_message(*, referral: Referral, text: str, language: str = "", by: Seat) -> Message:
    """To the other side; `language` is the writer's, unless the letters say otherwise.

    Raises PermissionDenied, TalkingEnded; SaysWho while the other side does not know who the person is.
    """
    policies.require_part(referral, by)
    with transaction.atomic():
        hold_envelope(referral.envelope)
        if not policies.may_talk(referral):
            raise TalkingEnded(_("Nothing is written about this referral any more, or not yet."))
        if referral.direction == Direction.OUT and not referral.names_person and referral.client is not None:
            check_text(referral.client, text=text)
        message = Message.objects.create(
            referral=referral,
            ours=True,
            by_id=by.membership_id,
            by_name=by.name,
            text=text,
            language=language_of(text, language or get_language() or "en"),
        )
        record(action="message.written", on=message, about=referral.client_id, by=by)
        sent = tell_of(
            envelope=referral.envelope, type=EventType.MESSAGE, source=message.pk, freight=Freight.MESSAGE
        )  # fmt: skip
        note_own(referral, sent, by=by)
        read_messages(referral=referral, by=by)
    return message


def read_messages(*, referral: Referral, by: Seat) -> None:
    """What came is read, and its writers see that it was: by whoever is responsible here, or by anybody who may
    answer where nobody is."""
    if not _reads_for_us(referral, by):
        return
    with transaction.atomic():
        unread = Message.objects.filter(referral=referral, ours=False, read_at=None).select_for_update()
        keys = list(unread.values_list("pk", flat=True))
        if not keys:
            return
        Message.objects.filter(pk__in=keys).update(read_at=timezone.now())
        send_along(envelope=referral.envelope, freight=Freight.READ, source=keys[-1])
        deliver_soon(referral.envelope_id)


def _reads_for_us(referral: Referral, seat: Seat) -> bool:
    if not policies.may_act(referral, seat) or required_organisation().reads_only:
        return False
    return referral.owner_id is None or seat.membership_id == referral.owner_id


def with_unread(referrals: ReferralQuerySet) -> ReferralQuerySet:
    """Each with `has_unread`: something came that nobody has read."""
    unread = Message.objects.filter(referral=OuterRef("pk"), ours=False, read_at=None)
    return referrals.annotate(has_unread=Exists(unread))


def waiting_for(seat: Seat) -> ReferralQuerySet:
    """Referrals with something unread, of whoever asks or of nobody."""
    directions = [side for side, permission in policies.PERMISSION_OF.items() if seat.can(permission)]
    own = Q(owner=None) | Q(owner=seat.membership_id) if seat.membership_id else Q(owner=None)
    found = with_unread(Referral.objects.for_list()).filter(own, has_unread=True, direction__in=directions)
    return found.filter(restricted_at=None, purged_at=None)


def language_of(text: str, usual: str) -> str:
    """Persian where most letters are Arabic ones; else the usual one."""
    letters = [letter for letter in text if letter.isalpha()]
    arabic = sum(unicodedata.name(letter, "").startswith(ARABIC) for letter in letters)
    return "fa" if arabic * 2 > len(letters) else usual


# --- what crosses ------------------------------------------------------------------------------------------
def tell_message(pk: UUID) -> crossing.Message | None:
    """Our message as it crosses; None when it was erased meanwhile."""
    found = Message.objects.filter(pk=pk, ours=True).first()
    return crossing.Message(found.pk, found.text, found.language, found.at) if found else None


def receive_message(message: crossing.Message, step: crossing.Step) -> None:
    """To whoever is responsible, once; nothing where our copy is restricted or erased."""
    with transaction.atomic():
        referral = Referral.objects.select_for_update().filter(envelope=step.envelope_id).first()
        if referral is None or referral.restricted_at or referral.purged_at:  # None: erased here with the person
            return
        if Message.objects.filter(pk=message.id).exists():
            return
        is_another = Message.objects.filter(referral=referral, ours=False, read_at=None).exists()
        received = Message.objects.create(
            id=message.id,
            referral=referral,
            ours=False,
            text=message.text,
            language=message.language,
            at=message.at,
        )
        record(action="message.received", on=received, about=referral.client_id, by=SYSTEM)
        note_theirs(referral, step, quietly=is_another)


def tell_reading(envelope: Envelope, pk: UUID) -> crossing.Reading | None:
    """That we have read what came up to this message; None when it was erased meanwhile."""
    found = Message.objects.filter(pk=pk, ours=False, read_at__isnull=False).first()
    return crossing.Reading(envelope.pk, found.at, found.read_at) if found and found.read_at else None


def receive_reading(reading: crossing.Reading) -> None:
    """The other side has read what we wrote up to then."""
    own = Message.objects.filter(referral__envelope=reading.envelope_id, ours=True, at__lte=reading.up_to, read_at=None)
    own.update(read_at=reading.at)
