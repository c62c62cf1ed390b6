"""The link of an invitation, on the network's host."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from halka.accounts.models import User
from halka.authorization.public import public_view
from halka.authorization.roles import Role
from halka.common.addresses import network_url, origin
from halka.common.errors import Refused
from tenants.organisations.domain.joining import Standing, invitation_behind, join, open_account, standing_of
from tenants.organisations.forms import NewAccountForm
from tenants.organisations.isolation import OrganisationUnavailable
from tenants.organisations.models import Invitation


@public_view("opened from an e-mail, guarded by the link's own token")
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def join_by_link(request: Any, token: str) -> HttpResponse:
    invitation = invitation_behind(token)
    standing = standing_of(invitation) if invitation else None
    if invitation is None or standing is not Standing.OPEN:
        return _over(request, standing, 404 if invitation is None else 410)
    if request.user.is_authenticated:
        return _for_member(request, invitation)
    if User.objects.filter(email__iexact=invitation.email).exists():
        address = f"{network_url('account_login')}?next={request.path}"
        return render(request, "organisations/join_sign_in.html", {**_about(invitation), "sign_in_url": address})
    return _for_newcomer(request, invitation)


def _about(invitation: Invitation) -> dict[str, Any]:
    return {
        "invitation": invitation,
        "organisation_name": invitation.organisation.ref().name(get_language() or "en"),
        "role": Role(invitation.role).label,
    }


def _over(request: Any, standing: Standing | None, status: int) -> HttpResponse:
    return render(request, "organisations/join_over.html", {"standing": str(standing or "unknown")}, status=status)


def _for_member(request: Any, invitation: Invitation) -> HttpResponse:
    """Signed in: accept with this account, if the invitation is for its address."""
    if request.user.email.lower() != invitation.email.lower():
        return render(request, "organisations/join_other.html", _about(invitation), status=403)
    if request.method == "POST":
        return _accept(request, invitation, request.user)
    return render(request, "organisations/join.html", _about(invitation))


def _for_newcomer(request: Any, invitation: Invitation) -> HttpResponse:
    form = NewAccountForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if form.is_valid():
        user = open_account(invitation=invitation, **form.cleaned_data)
        get_adapter().login(request, user)
        UserSession.objects.create_from_request(request)
        return _accept(request, invitation, user)
    context = {**_about(invitation), "form": form}
    return render(request, "organisations/join.html", context, status=400 if form.is_bound else 200)


def _accept(request: Any, invitation: Invitation, user: User) -> HttpResponse:
    try:
        join(invitation=invitation.pk, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.path)
    except OrganisationUnavailable:
        return _over(request, Standing.PAUSED, 503)
    return HttpResponseRedirect(origin(invitation.organisation.host) + "/")
