"""Fetching a referral and checking access in one line."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from tenants.organisations.access import require
from tenants.referrals.models import Referral


def referral_for(request: HttpRequest, pk: UUID, permission: Permission) -> tuple[Referral, Seat]:
    """The referral of this organisation, for somebody who has the permission; 404 and 403 otherwise.

    Where it says who the person is, reading it is audited.
    """
    seat = require(request, permission)
    referral = get_object_or_404(Referral.objects.for_list().select_related("consent"), pk=pk)
    if request.method == "GET" and (referral.client_id or referral.disclosed):
        record(action="referral.viewed", on=referral, by=seat)
    return referral, seat
