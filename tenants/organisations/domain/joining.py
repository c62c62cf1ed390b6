"""What an invited person does. They have no seat yet, so it runs under the network's rights."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.accounts.models import User
from halka.audit.domain import record
from halka.authorization.roles import Role, Seat
from halka.common.errors import Refused
from tenants.organisations.domain.invitations import hash_of
from tenants.organisations.isolation import inside
from tenants.organisations.models import Invitation, Membership

_left_behind: Final[list[Callable[[UUID], object]]] = []


def register_left_behind(end: Callable[[UUID], object]) -> None:
    """`end(membership)` ends what a colleague had when they left: called inside of the organisation when they come
    back, since the membership is the same one again."""
    _left_behind.append(end)


class Standing(StrEnum):
    """What can be done with an invitation now."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    PAUSED = "paused"  # the organisation takes nobody in now


class CannotJoin(Refused):
    """The invitation is not open any more, or it is somebody else's."""


def invitation_behind(token: str) -> Invitation | None:
    """The invitation that this link's token belongs to, with its organisation."""
    found = Invitation.objects.select_related("organisation").defer("organisation__logo")
    return found.filter(token_hash=hash_of(token)).first()


def standing_of(invitation: Invitation) -> Standing:
    if invitation.accepted_at is not None:
        return Standing.USED
    if invitation.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if invitation.expires_at <= timezone.now():
        return Standing.EXPIRED
    if invitation.organisation.ref().is_paused:
        return Standing.PAUSED
    return Standing.OPEN


def open_account(*, invitation: Invitation, name: str, password: str) -> User:
    """The account of an invited person who has none; they act themselves. The link proves the address."""
    with transaction.atomic():
        return User.objects.create_user(
            invitation.email,
            password,
            name=name,
            language=invitation.language,
            calendar=invitation.organisation.calendar,
        )


def join(*, invitation: UUID, by: User) -> Membership:
    """Makes the account a member, or a member again. Raises CannotJoin."""
    with transaction.atomic():
        asked = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation)
        if standing_of(asked) is not Standing.OPEN:
            raise CannotJoin(_("This invitation cannot be used any more."))
        if asked.email.lower() != by.email.lower():
            raise CannotJoin(_("This invitation is for another e-mail address."))
        membership, is_new = Membership.objects.get_or_create(
            organisation=asked.organisation, user=by, defaults={"role": asked.role}
        )
        if membership.ended_at is not None:
            with inside(asked.organisation.ref()):
                for end in _left_behind:
                    end(membership.pk)
        if not is_new:
            Membership.objects.filter(pk=membership.pk, ended_at__isnull=False).update(
                role=asked.role, started_at=timezone.now(), ended_at=None, version=F("version") + 1
            )
            membership.refresh_from_db()
        Invitation.objects.filter(pk=asked.pk).update(accepted_at=timezone.now())
    seat = Seat(by.pk, membership.pk, Role(membership.role), by.name)
    with inside(asked.organisation.ref()):
        record(action="member.joined", on=membership, detail={"role": membership.role}, by=seat)
    return membership
