"""The framework, for members: what was agreed to, and what is new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from network_registry.membership.domain import agreeing
from network_registry.membership.domain.applying import current_framework
from network_registry.membership.enums import JOINED
from network_registry.membership.forms.applying import SigningForm
from tenants.organisations.access import require


@require_http_methods(["GET", "POST"])
def agreement(request: Any) -> HttpResponse:
    seat = require(request, Permission.ORGANISATION_MANAGE)
    if request.organisation.kind not in JOINED:
        raise Http404
    version, signed = current_framework(), agreeing.agreement_here()
    form = SigningForm(request.POST or None, initial={"framework": version})
    if form.is_valid():
        data = form.cleaned_data
        try:
            agreeing.agree(
                framework=data["framework"],
                name=data["signed_by"],
                office=data["signed_as"],
                language=get_language() or "en",
                by=seat,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Agreed."))
            return redirect("own-framework")
    context = {
        "version": version,
        "signed": signed,
        "is_signed": signed is not None and signed.framework == version,
        "form": form,
    }
    return render(request, "membership/own_framework.html", context, status=400 if form.is_bound else 200)
