"""The network site's front page."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from halka.authorization.public import public_view
from tenants.organisations.enums import State
from tenants.organisations.models import Organisation


@public_view("the network's front page is for everybody")
@require_safe
def home(request: Any) -> HttpResponse:
    """To whoever is signed in it also lists their workspaces."""
    count = caches["network"].get_or_set("organisations-count", _count, 300)
    return render(request, "network/home.html", {"organisations_count": count})


def _count() -> int:
    return Organisation.objects.filter(state__in=[State.ACTIVE, State.PROVISIONAL]).count()
