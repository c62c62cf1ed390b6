"""Licences after they were granted, and for members who never applied."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from halka.authorization.roles import Permission
from halka.common import conflicts
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from network_registry.membership.domain import licences as licensed
from network_registry.membership.errors import NameTaken
from network_registry.membership.forms.reviewing import LicenceForm, RenewForm
from network_registry.membership.models import Licence
from network_registry.membership.views.licensing import secretary
from network_registry.membership.views.reviewing import reachable, reviewer
from tenants.organisations.enums import Kind
from tenants.organisations.models import Organisation


def reachable_licences(request: Any) -> QuerySet[Licence]:
    """All of them to the secretariat, to a branch those of its own province; the database says the same."""
    old = Q(application=None)
    if request.organisation.kind != Kind.SECRETARIAT:
        own = Organisation.objects.filter(pk=request.organisation.id).exclude(province="").values("province")
        old &= Q(organisation__province__in=own)
    found = Licence.objects.filter(Q(application__in=reachable(request)) | old)
    return found.select_related("application", "organisation").defer("organisation__logo")


@require_safe
def licences(request: Any) -> HttpResponse:
    """What runs out first comes first."""
    seat = reviewer(request)
    may_grant = request.organisation.kind == Kind.SECRETARIAT and seat.can(Permission.NETWORK_MANAGE)
    context = {
        "page": page_of(request, reachable_licences(request), keys=("valid_until", "id")),
        "today": timezone.localdate(),
        "missing": licensed.members_without().count() if may_grant else 0,
    }
    return render(request, "membership/licences.html", context)


@require_http_methods(["GET", "POST"])
def renew(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    found = get_object_or_404(reachable_licences(request), pk=pk)
    form = RenewForm(conflicts.chosen(request, RenewForm(licence=found), found), licence=found)
    if form.is_valid():
        try:
            licensed.renew(licence=pk, by=seat, **form.cleaned_data)
        except EditedMeanwhile:
            saved = Licence.objects.get(pk=pk)
            return conflicts.page(request, form, saved, back=reverse("licence-renew", args=[pk]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The licence is renewed."))
            return redirect("licences")
    context = {"licence": found, "form": form}
    return render(request, "membership/licence.html", context, status=400 if form.is_bound else 200)


@require_safe
def missing(request: Any) -> HttpResponse:
    """Members without a licence, by short name."""
    secretary(request)
    context = {"page": page_of(request, licensed.members_without(), keys=("schema_name",))}
    return render(request, "membership/licences_missing.html", context)


@require_http_methods(["GET", "POST"])
def member_license(request: Any, pk: UUID) -> HttpResponse:
    seat = secretary(request)
    member = get_object_or_404(licensed.members_without(), pk=pk)
    form = LicenceForm(request.POST or None)
    if form.is_valid():
        try:
            licensed.grant_to_member(organisation=pk, terms=form.terms(), by=seat)
        except NameTaken as refusal:
            form.add_error("number", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The licence is granted."))
            return redirect("licences-missing")
    context = {"member": member, "form": form}
    return render(request, "membership/member_license.html", context, status=400 if form.is_bound else 200)
