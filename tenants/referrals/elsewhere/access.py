"""Fetching what is between us and another organisation, and checking access in one line.

It is about a client, and closed like their record. An offer to us names nobody before it is accepted: until then it is
for everybody who may answer.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from tenants.caseloads.access import client_for, closed_to
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals.models import Access, Match, Transfer


def posted(request: Any) -> Any:
    """What was sent, also when it is nothing; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def match_for(request: Any, pk: UUID, permission: Permission) -> Match:
    """Raises as `client_for` does."""
    require(request, permission)
    match: Match = get_object_or_404(Match.objects.select_related("other", "answered_by").defer("other__logo"), pk=pk)
    match.client = client_for(request, match.client_id, permission)
    return match


def named_to(rows: Any, seat: Seat) -> Any:
    """Each with `may_name`: whether the reader may see whom it is about. A restricted record is closed to those too
    whose work this is."""
    in_reach = Exists(Client.objects.reachable_by(seat).filter(pk=OuterRef("client_id")))
    own = Q(owner__isnull=False, owner=seat.membership_id, client__restricted_at=None)
    return rows.annotate(may_name=Q(client=None) | Q(in_reach) | own)


def access_for(request: Any, pk: UUID, permission: Permission) -> Access:
    """As `transfer_for`: before we have said which client is meant, for everybody with the permission."""
    seat = _reader(request, permission)
    found: Access = _named(Access.objects.for_list().select_related("consent", "referral", "match"), pk, seat)
    if request.method == "GET":
        record(action="access.viewed", on=found, by=seat)
    return found


def _reader(request: Any, permission: Permission) -> Seat:
    seat = require(request, permission)
    if seat.is_support:
        raise PermissionDenied(_("Network support reads nothing of this."))
    return seat


def _named(rows: Any, pk: UUID, seat: Seat) -> Any:
    found = get_object_or_404(named_to(rows, seat), pk=pk)
    if not found.may_name:
        raise closed_to(get_object_or_404(Client.objects.with_people(), pk=found.client_id))
    return found


def transfer_for(request: Any, pk: UUID, permission: Permission) -> Transfer:
    """For whoever may open the client's record, whose it is, and before anybody is named everybody with the permission.

    Reading what names somebody is audited. Raises Http404, PermissionDenied, NotYours.
    """
    seat = _reader(request, permission)
    found: Transfer = _named(Transfer.objects.for_list().select_related("case__programme", "consent"), pk, seat)
    if request.method == "GET" and found.client_id:
        record(action="transfer.viewed", on=found, by=seat)
    return found
