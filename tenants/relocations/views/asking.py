"""The page on which a caseworker asks that a record be moved: fill in, look it over, ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from tenants.caseloads.access import client_for, require_care
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals.errors import SaysWho
from tenants.relocations.domain.asking import ask_relocation
from tenants.relocations.domain.previewing import preview
from tenants.relocations.forms import AskForm

KEPT = ("csrfmiddlewaretoken", "step")  # of a preview's form


@require_http_methods(["GET", "POST"])
def ask(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.RECORD_MOVE)
    client = client_for(request, pk, Permission.RECORD_MOVE)
    require_care(client, seat)
    form = AskForm(request.POST if request.method == "POST" else None, client=client)
    step = request.POST.get("step", "")
    if step in ("preview", "ask") and form.is_valid():
        if step == "preview":
            return _preview(request, client, form)
        try:
            made = ask_relocation(client=client, request=form.asked(), new_consent=form.consent(), by=seat)
        except SaysWho as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. You will get an e-mail when they answer."))
            return redirect("relocation", made.pk)
    context = {"client": client, "form": form, "preview": preview(client)}
    return render(request, "relocations/ask.html", context, status=400 if form.errors else 200)


def _preview(request: Any, client: Client, form: AskForm) -> HttpResponse:
    asked = form.asked()
    context = {
        "client": client,
        "asked": asked,
        "wording": form.consent().wording,
        "preview": preview(client),
        "hidden": [(name, value) for name, values in request.POST.lists() for value in values if name not in KEPT],
    }
    return render(request, "relocations/preview.html", context)
