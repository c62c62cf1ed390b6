"""Licences after they were granted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from network_registry.membership.domain.moving import reviewing_as
from network_registry.membership.domain.reviewing import LicenceTerms, grant
from network_registry.membership.enums import JOINED, Actor
from network_registry.membership.errors import CannotMoveApplication
from network_registry.membership.models import Licence
from tenants.organisations.domain import lifecycle
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation


def renew(
    *, licence: UUID, valid_until: date, conditions: str, is_provisional: bool, seen_version: int, by: Seat
) -> Licence:
    """Valid for longer, on these conditions from now on. Raises CannotMoveApplication, EditedMeanwhile."""
    actor = reviewing_as(by)
    from network_registry.membership.tasks import look_after_licences

    with transaction.atomic():
        found = Licence.objects.select_for_update(of=("self",)).get(pk=licence)
        if found.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this since you opened the page."))
        if actor != Actor.SECRETARIAT and found.is_provisional and not is_provisional:
            raise CannotMoveApplication(_("The secretariat confirms provisional licences."))
        if valid_until <= found.valid_from:
            raise CannotMoveApplication(_("A licence ends after it begins."))
        told = {"from": found.valid_until.isoformat(), "to": valid_until.isoformat()}
        found.valid_until, found.conditions, found.is_provisional = valid_until, conditions, is_provisional
        found.renewed_at, found.version, found.reminded = timezone.now(), found.version + 1, None
        found.save(update_fields=["valid_until", "conditions", "is_provisional", "renewed_at", "reminded", "version"])
        record(action="licence.renewed", on=found, detail=told, by=by)
        if not is_provisional and actor == Actor.SECRETARIAT:
            _confirm(found, by)
        send_after_commit(look_after_licences)  # whoever was suspended for it works again
    return found


def members_without() -> QuerySet[Organisation]:
    """Those who were members before licences were granted."""
    members = Organisation.objects.filter(kind__in=JOINED, licences=None).exclude(state=State.CLOSED)
    return members.select_related("parent").defer("logo", "parent__logo")


def grant_to_member(*, organisation: UUID, terms: LicenceTerms, by: Seat) -> Licence:
    """A licence for a member that never applied. Raises CannotMoveApplication, NameTaken."""
    here = required_organisation()
    if here.kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotMoveApplication(_("Only the network's secretariat does this."))
    with transaction.atomic():
        member = Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation, kind__in=JOINED).first()
        if member is None or member.state == State.CLOSED or Licence.objects.filter(organisation=member).exists():
            raise CannotMoveApplication(_("This organisation has a licence already, or needs none."))
        licence = grant(terms, by, organisation=member)
        record(action="licence.granted", on=licence, detail={"number": licence.number}, by=by)
        if not terms.is_provisional:
            _confirm(licence, by)
    return licence


def _confirm(licence: Licence, by: Seat) -> None:
    """A full licence makes a provisional organisation an active one."""
    if licence.organisation_id is not None and lifecycle.confirm(organisation=licence.organisation_id, by=by):
        record(action="licence.confirmed", on=licence, by=by)
