"""Asking people to join, and taking it back. What the asked person does is in `joining`."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Role, Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.organisations.domain.members import check_role
from tenants.organisations.isolation import after_commit
from tenants.organisations.models import Colleague, Invitation

VALID_FOR: Final = timedelta(days=14)


class AlreadyHere(Refused):
    """The person belongs to the organisation, or an invitation is on its way."""


class InvitationOver(Refused):
    """Used or withdrawn: neither sent again nor taken back."""


@dataclass(frozen=True)
class NewInvitation:
    """Whom to ask. `language` is that of the e-mail and of the new account."""

    name: str
    email: str
    role: Role
    language: str


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, invitation: NewInvitation, by: Seat) -> Invitation:
    """Asks somebody to join; the e-mail goes out after the commit. Raises RoleNotGiven, AlreadyHere."""
    check_role(invitation.role, by)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _check_is_new(invitation.email)
        asked = Invitation.objects.create(
            organisation_id=required_organisation().id,
            email=invitation.email.lower(),
            name=invitation.name,
            role=invitation.role,
            language=invitation.language,
            token_hash=hash_of(token),
            invited_by_name=by.name,
            expires_at=timezone.now() + VALID_FOR,
        )
        record(action="invitation.sent", on=asked, detail={"role": str(invitation.role)}, by=by)
        _send(asked, token)
    return asked


def send_again(*, invitation: UUID, by: Seat) -> Invitation:
    """A new link for another two weeks; the old one stops working. Raises InvitationOver."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        asked = _waiting(invitation)
        check_role(asked.role, by)
        asked.token_hash, asked.expires_at = hash_of(token), timezone.now() + VALID_FOR
        asked.save(update_fields=["token_hash", "expires_at"])
        record(action="invitation.sent_again", on=asked, by=by)
        _send(asked, token)
    return asked


def withdraw(*, invitation: UUID, by: Seat) -> Invitation:
    """The link stops working at once. Raises InvitationOver."""
    with transaction.atomic():
        asked = _waiting(invitation)
        asked.withdrawn_at = timezone.now()
        asked.save(update_fields=["withdrawn_at"])
        record(action="invitation.withdrawn", on=asked, by=by)
    return asked


def _check_is_new(email: str) -> None:
    if Colleague.objects.filter(email__iexact=email, ended_at=None).exists():
        raise AlreadyHere(_("A person with this e-mail works here already."))
    waiting = Invitation.objects.filter(email__iexact=email, accepted_at=None, withdrawn_at=None)
    waiting = waiting.filter(organisation_id=required_organisation().id)
    if waiting.open().exists():
        raise AlreadyHere(_("An invitation to this address is on its way already. You can send it again."))
    waiting.update(withdrawn_at=timezone.now())  # an expired one makes room


def _waiting(invitation: UUID) -> Invitation:
    found = (
        Invitation.objects.select_for_update()
        .filter(pk=invitation, organisation_id=required_organisation().id, accepted_at=None, withdrawn_at=None)
        .first()
    )
    if found is None:
        raise InvitationOver(_("This invitation was used or withdrawn already."))
    return found


def _send(asked: Invitation, token: str) -> None:
    from tenants.organisations.tasks import send_invitation

    short_name = required_organisation().short_name
    after_commit(lambda: send_invitation.delay(short_name, str(asked.pk), token))
