"""The address of organisations that have nobody to sign in: kept by themselves or by the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from tenants.organisations.domain.lifecycle import CannotMove
from tenants.organisations.enums import Kind
from tenants.organisations.models import Organisation

Announce = Callable[[str], None]
_announcements: list[Announce] = []


def register_new_address(announce: Announce) -> None:
    """`announce(short name)` is called in the transaction in which an organisation gets another address, or in which
    the secretariat wants everything that waits sent to it once more."""
    _announcements.append(announce)


def announce_at_new_address(short_name: str) -> None:
    for announce in _announcements:
        announce(short_name)


def keep_contact(*, organisation: UUID, address: str, send_again: bool, by: Seat) -> Organisation:
    """The secretariat writes down where another organisation is reached. Raises CannotMove."""
    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotMove(_("Only the network's secretariat does this."))
    with transaction.atomic():
        found = Organisation.objects.select_for_update().get(pk=organisation)
        is_new = found.contact_email != address
        if is_new:
            found.contact_email = address
            Organisation.objects.filter(pk=organisation).update(contact_email=address)
            record(action="organisation.contact_changed", on=found, by=by)
        if address and (is_new or send_again):
            record(action="organisation.links_sent_again", on=found, by=by)
            announce_at_new_address(found.short_name)
    return found
