"""Fetching a referral and checking access in one line.

A referral names a person, so it is closed like their record: to those who may not open the record, the page answers
with NotYours, and lists leave the name out. Whose work the referral is reads it all the same, and the recipient's
people read one that nobody has taken on yet.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from tenants.caseloads.access import closed_to
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, ReferralQuerySet


def with_naming(referrals: ReferralQuerySet, seat: Seat) -> ReferralQuerySet:
    """Each with `may_name`: whether the reader may see who it is about. Lists name nobody of a restricted copy."""
    return referrals.annotate(may_name=_names_to(seat) & ~Q(_RESTRICTED))


_RESTRICTED = Q(direction=Direction.IN, restricted_at__isnull=False)


def _names_to(seat: Seat) -> Q:
    """Somebody whose record is restricted is named to those alone who run people's rights."""
    is_open = Q(client__restricted_at=None)
    return _names_by_work(seat) if seat.can(Permission.RIGHTS_MANAGE) else _names_by_work(seat) & is_open


def _names_by_work(seat: Seat) -> Q:
    if seat.is_software:
        return Q(pk__isnull=not seat.can(Permission.DISCLOSURE_VIEW))
    if seat.can(Permission.CASE_SUPERVISE) or seat.is_support:
        return Q(pk__isnull=False)
    told_nothing = Q(client=None, names_person=False)
    in_reach = Q(Exists(Client.objects.reachable_by(seat).filter(pk=OuterRef("client_id"))))
    return told_nothing | in_reach | Q(owner__isnull=False, owner=seat.membership_id)


def referral_for(
    request: HttpRequest, pk: UUID, permission: Permission, *, locked: bool = False
) -> tuple[Referral, Seat]:
    """The referral of this organisation, for somebody who has the permission; 404 and 403 otherwise.

    Where it says who the person is, reading it is audited. Raises NotYours where the person is in a colleague's care.
    Software may do with any referral what its scopes allow, and learns who it is about by `may_name` alone. Our copy
    is `locked` against change until the end of the caller's transaction.
    """
    seat = require(request, permission)
    found = with_naming(Referral.objects.for_list(), seat)
    if locked:
        found = found.select_for_update(of=("self",))
    try:
        referral: Referral = found.get(pk=pk)
    except Referral.DoesNotExist as error:
        raise Http404 from error
    hidden = not referral.may_name and not referral.is_restricted  # type: ignore[attr-defined]  # annotated
    if hidden and not seat.is_software:
        if referral.client_id is None:
            raise PermissionDenied(
                _("This referral is in the care of %(name)s.") % {"name": referral.owner and referral.owner.name}
            )
        raise closed_to(get_object_or_404(Client.objects.with_people(), pk=referral.client_id))
    says_who = bool(referral.client_id or referral.names_person) and not (hidden and seat.is_software)
    if request.method == "GET" and says_who:
        record(action="referral.viewed", on=referral, by=seat)
    return referral, seat
