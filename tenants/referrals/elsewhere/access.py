"""Fetching what is between us and another organisation, and checking access in one line.

It is about a client, and closed like their record.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from halka.authorization.roles import Permission
from tenants.caseloads.access import client_for
from tenants.organisations.access import require
from tenants.referrals.models import Match


def match_for(request: Any, pk: UUID, permission: Permission) -> Match:
    """Raises as `client_for` does."""
    require(request, permission)
    match: Match = get_object_or_404(Match.objects.select_related("other", "answered_by").defer("other__logo"), pk=pk)
    match.client = client_for(request, match.client_id, permission)
    return match
