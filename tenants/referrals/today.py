"""The first page of a workspace: what waits, and where one was. Its parts come from the apps that know them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halka.authorization.roles import Permission
from halka.common import sections
from tenants.organisations.access import require


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    seat = require(request, Permission.TODAY_VIEW)
    parts = sections.rendered("today", request)
    context = {
        "greeting": _("Hello, %(name)s") % {"name": seat.name.split(" ")[0]},
        "now": timezone.now(),
        "main": [part.html for part in parts if not part.aside],
        "side": [part.html for part in parts if part.aside],
    }
    return render(request, "workspace/today.html", context)


urlpatterns = [path("", today, name="today")]
