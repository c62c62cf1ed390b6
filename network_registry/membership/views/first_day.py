"""The first-day guide is put away."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from halka.authorization.roles import Permission
from network_registry.membership import guide
from tenants.organisations.access import require


@require_POST
def done(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    guide.put_away(by=seat)
    return redirect("today")
