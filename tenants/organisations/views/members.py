"""Colleagues, their roles, and invitations to join."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import ROLES, Permission, Role
from halka.common.addresses import origin
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from tenants.organisations.access import require
from tenants.organisations.domain import invitations
from tenants.organisations.domain.members import ROLES_OF_KIND, change_role, end_membership, given_roles
from tenants.organisations.forms import InviteForm, RoleForm
from tenants.organisations.models import Colleague, Invitation, Membership


@require_GET
def members(request: Any) -> HttpResponse:
    seat = require(request, Permission.MEMBER_VIEW)
    search, role = request.GET.get("q", "").replace("\0", "").strip(), request.GET.get("role", "")
    found = Colleague.objects.filter(ended_at=None)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if role in Role.values:
        found = found.filter(role=role)
    manages = seat.can(Permission.MEMBER_MANAGE)
    context = {
        "page": page_of(request, found, keys=("name", "id")),
        "search": search,
        "role": role,
        "roles": _roles_here(request),
        "manages": manages,
        "invitations": list(_waiting(request)) if manages else [],
        "now": timezone.now(),
    }
    return render(request, "organisations/members.html", context)


def _roles_here(request: Any) -> list[Role]:
    return [role for role in Role if role in ROLES_OF_KIND[request.organisation.kind]]


def _waiting(request: Any) -> Any:
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, organisation_id=request.organisation.id)
    return waiting.order_by("-created_at")[:50]


@require_GET
def roles(request: Any) -> HttpResponse:
    """The table of roles and permissions, as the code has it."""
    require(request, Permission.MEMBER_VIEW)
    here = _roles_here(request)
    rows = [(permission, [(role, permission in ROLES[role].permissions) for role in here]) for permission in Permission]
    context = {
        "roles": [(role, ROLES[role].description) for role in here],
        "rows": [row for row in rows if any(allowed for _role, allowed in row[1])],
    }
    return render(request, "organisations/roles.html", context)


@require_http_methods(["GET", "POST"])
def member_invite(request: Any) -> HttpResponse:
    seat = require(request, Permission.MEMBER_MANAGE)
    form = InviteForm(
        request.POST or None,
        roles=given_roles(request.organisation.kind, seat),
        initial={"language": request.organisation.language},
    )
    if form.is_valid():
        try:
            asked = invitations.invite(invitation=form.invitation(), by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": asked.email})
            return redirect("members")
    return render(request, "organisations/member_invite.html", {"form": form}, status=400 if form.is_bound else 200)


@require_POST
def invitation_again(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.MEMBER_MANAGE)
    return _with_invitation(request, lambda: invitations.send_again(invitation=pk, by=seat), _("It is sent again."))


@require_POST
def invitation_withdraw(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.MEMBER_MANAGE)
    return _with_invitation(
        request, lambda: invitations.withdraw(invitation=pk, by=seat), _("The invitation is withdrawn.")
    )


def _with_invitation(request: Any, verb: Any, done: str) -> HttpResponse:
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("members")


def _colleague(pk: UUID) -> Colleague:
    found = Colleague.objects.filter(pk=pk, ended_at=None).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def member(request: Any, pk: UUID) -> HttpResponse:
    """One colleague; their role is changed here."""
    seat = require(request, Permission.MEMBER_MANAGE)
    colleague = _colleague(pk)
    given = given_roles(request.organisation.kind, seat)
    form = RoleForm(
        request.POST or None, roles=given, initial={"role": colleague.role, "seen_version": colleague.version}
    )
    context: dict[str, Any] = {"colleague": colleague, "is_self": pk == seat.membership_id}
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            change_role(membership=pk, role=role, seen_version=form.cleaned_data["seen_version"], by=seat)
        except EditedMeanwhile as refusal:
            form = RoleForm(roles=given, initial={"role": role, "seen_version": colleague.version})
            context |= {"conflict": str(refusal), "wanted": role.label}
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Membership.DoesNotExist as error:
            raise Http404 from error
        else:
            messages.success(
                request, _("%(name)s: %(role)s from now on.") % {"name": colleague.name, "role": role.label}
            )
            return redirect("members")
    status = 409 if "conflict" in context else 400 if form.is_bound else 200
    return render(request, "organisations/member.html", {**context, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def member_end(request: Any, pk: UUID) -> HttpResponse:
    """Asks once more, then ends the membership."""
    seat = require(request, Permission.MEMBER_MANAGE)
    colleague = _colleague(pk)
    is_self = pk == seat.membership_id
    refusal = ""
    if request.method == "POST":
        try:
            end_membership(membership=pk, by=seat)
        except Refused as refused:
            refusal = str(refused)
        except Membership.DoesNotExist as error:
            raise Http404 from error
        else:
            if is_self:
                return HttpResponseRedirect(origin() + "/")
            messages.success(request, _("%(name)s does not work here any more.") % {"name": colleague.name})
            return redirect("members")
    context = {"colleague": colleague, "is_self": is_self, "refusal": refusal}
    return render(request, "organisations/member_end.html", context, status=400 if refusal else 200)
