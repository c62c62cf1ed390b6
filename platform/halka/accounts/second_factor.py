"""Does this person sign in with more than a password? Asked with the network's rights, before an organisation."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import caches

from halka.authorization.roles import DEMANDING_ROLES, Seat
from halka.common.current import OrganisationRef

SECONDS = 300


def _key(user_id: int) -> str:
    return f"second-factor-{user_id}"


def has_second_factor(user: Any) -> bool:
    """A code app or a passkey; recovery codes alone do not count. Yes is remembered, no is asked again."""
    cache = caches["network"]
    if cache.get(_key(user.pk)):
        return True
    found = Authenticator.objects.filter(user=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    if found:
        cache.set(_key(user.pk), True, SECONDS)
    return found


def is_demanded(seat: Seat, organisation: OrganisationRef) -> bool:
    """By the organisation's own rule; by role, and of network support, everywhere but in a demo."""
    if organisation.demands_mfa:
        return True
    return not settings.DEMO and (seat.is_support or seat.role in DEMANDING_ROLES)


def is_missing(user: Any, seat: Seat, organisation: OrganisationRef) -> bool:
    return is_demanded(seat, organisation) and not has_second_factor(user)


def forget(*, user: Any, **_: Any) -> None:
    """Receiver of allauth's signals about added and removed authenticators."""
    caches["network"].delete(_key(user.pk))
