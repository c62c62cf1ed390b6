"""E-mails about referrals. They say that something waits, never about whom."""

from __future__ import annotations

from uuid import UUID

from halka.authorization.roles import Permission, roles_with
from halka.common.current import required_organisation
from network_registry.exchange.enums import RETRACTED, ConsentEnd, EventType, Side, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague
from tenants.referrals import notice_words
from tenants.referrals.domain.links import announce
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral

QUIET = frozenset({EventType.DISCLOSED})  # seen on the page, and no reason to interrupt anybody


def tell_of_step(referral: Referral, type: str, side: str) -> None:
    """To whoever is responsible here, else to everybody who may answer; what waits too long to managers. To whoever
    answers by link, the link."""
    announce(referral, type)
    waits_for_us = referral.direction == Direction.IN
    if type in QUIET or (type == EventType.REMINDED and not waits_for_us):
        return
    if type == State.OPENED and side == Side.TARGET:  # read; the sender's is an answer to a question
        return
    people = {referral.owner_id} if referral.owner_id else set(those_who(Permission.REFERRAL_ANSWER))
    if type == EventType.ESCALATED:
        people |= set(those_who(Permission.MEMBER_MANAGE))
    if type == EventType.REMINDED and referral.envelope.state in RETRACTED:
        people |= set(those_who(Permission.RIGHTS_MANAGE))
    tell(referral, _words_of(referral, type, side), sorted(map(str, people)))


def tell_owner(referral: Referral, words: str) -> None:
    """To whoever is responsible here, of what happened by itself on our side."""
    if referral.owner_id:
        tell(referral, words, [str(referral.owner_id)])


def _words_of(referral: Referral, type: str, side: str) -> str:
    """The key in notice_words.WORDS."""
    if type == EventType.REMINDED and referral.envelope.state in RETRACTED:
        return notice_words.SETTLING
    if type == State.WITHDRAWN and referral.envelope.reason == ConsentEnd.LAPSED:
        return notice_words.LAPSED
    if type == State.EXPIRED and referral.direction == Direction.OUT:
        return notice_words.EXPIRED_UNANSWERED
    if type == State.CLOSED and side == Side.SYSTEM:
        return notice_words.CLOSED_BY_ITSELF
    return type


def those_who(permission: Permission) -> list[UUID]:
    """The keys of colleagues whose role permits it."""
    roles = roles_with(permission)
    return list(Colleague.objects.filter(ended_at=None, role__in=roles).values_list("pk", flat=True))


def tell(referral: Referral, type: str, colleague_ids: list[str]) -> None:
    from tenants.referrals.tasks import send_notices

    if colleague_ids:
        send_after_commit(send_notices, required_organisation().short_name, type, str(referral.pk), colleague_ids)
