"""Pages about one's own account that allauth does not have: preferences, sessions, signing out anywhere."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.accounts import browsers, idleness
from halka.accounts.forms import LookForm, NameForm
from halka.accounts.middleware import CALENDAR_COOKIE, remember_for_visitors
from halka.accounts.models import User
from halka.authorization.public import public_view
from halka.common.addresses import network_url, origin, workspace_host
from halka.common.looks import THEME_COOKIE

SHORT_NAME = "[a-z][a-z0-9]{2,30}"
GO_ON = "go_on"  # in the session


@public_view("anybody chooses language, calendar and colours; it shows nothing of an organisation")
@require_http_methods(["GET", "POST"])
def preferences(request: Any) -> HttpResponse:
    if request.method == "POST" and "name" in request.POST:
        return _rename(request)
    if request.method == "POST":
        return _change_look(request)
    if request.organisation is not None and request.seat is None:
        return HttpResponseRedirect(network_url("preferences"))
    return _preferences_page(request, NameForm(instance=request.user) if request.user.is_authenticated else None)


def _preferences_page(request: Any, form: NameForm | None) -> HttpResponse:
    layout = "layout/network.html" if request.organisation is None else "layout/workspace.html"
    status = 400 if form is not None and form.is_bound else 200
    return render(request, "accounts/preferences.html", {"layout": layout, "name_form": form}, status=status)


def _rename(request: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect(network_url("account_login"))
    form = NameForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return _preferences_page(request, form)
    User.objects.filter(pk=request.user.pk).update(name=form.cleaned_data["name"])
    messages.success(request, _("Your name is saved."))
    return HttpResponseRedirect(request.path)


def _change_look(request: Any) -> HttpResponse:
    form = LookForm(request.POST)
    form.is_valid()  # a value that we do not offer is left out of cleaned_data
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    kept = {name: value for name, value in chosen.items() if name != "theme"}
    if kept and request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(**kept)
    response = HttpResponseRedirect(_way_back(request))
    cookies = {"language": settings.LANGUAGE_COOKIE_NAME, "calendar": CALENDAR_COOKIE, "theme": THEME_COOKIE}
    for name, value in chosen.items():
        remember_for_visitors(response, cookies[name], value)
    return response


def _way_back(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else request.path


@public_view("tells a page whether its session still runs; to a stranger it says no")
@require_GET
@never_cache
def session_state(request: Any) -> JsonResponse:
    signed_in = request.user.is_authenticated
    return JsonResponse(
        {
            "signed_in": signed_in,
            "same_user": signed_in and str(request.user.pk) == request.GET.get("user"),
            "seconds_left": idleness.seconds_left(request.session) if signed_in else 0,
            "csrf_token": get_token(request),
        }
    )


@public_view("keeps one's own session alive; for a stranger it does nothing")
@require_POST
@never_cache
def session_touch(request: Any) -> HttpResponse:
    return HttpResponse(status=204 if request.user.is_authenticated else 403)


@public_view("ends one's own session, from any of our hosts")
@require_http_methods(["GET", "POST"])
@never_cache
def sign_out(request: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect(network_url("account_login"))
    if request.method == "GET":
        return render(request, "account/logout.html")
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    if request.organisation is None:
        messages.success(request, _("You are signed out."))
    return HttpResponseRedirect(network_url("account_login"))


@require_http_methods(["GET", "POST"])
@never_cache
def sessions(request: Any) -> HttpResponse:
    """Where the account is signed in; one or all other sessions can be ended."""
    if request.method == "POST":
        return _end_sessions(request)
    rows = [
        {
            "pk": session.pk,
            "browser": browsers.describe(session.user_agent),
            "ip": session.ip,
            "since": session.created_at,
            "seen": _moment(idleness.last_seen(session.session_key)),
            "is_current": session.session_key == request.session.session_key,
        }
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    rows.sort(key=lambda row: (not row["is_current"], -(row["seen"] or row["since"]).timestamp()))
    return render(request, "usersessions/usersession_list.html", {"sessions": rows, "tab": "sessions"})


def _moment(seconds: float | None) -> Any:
    return timezone.datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone()) if seconds else None


def _end_sessions(request: Any) -> HttpResponse:
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    if request.POST.get("session", "").isdigit():
        get_object_or_404(others, pk=request.POST["session"]).end()
        messages.success(request, _("That device is signed out."))
    else:
        for session in others:
            session.end()
        messages.success(request, _("All other devices are signed out."))
    return redirect("usersessions_list")


class SecurityView(IndexView):
    """How the person signs in: password, code app, passkeys, recovery codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        owned = context["authenticators"]
        asked_by = self.request.GET.get("demanded", "")
        if re.fullmatch(SHORT_NAME, asked_by):
            self.request.session[GO_ON] = origin(workspace_host(asked_by)) + "/" if asked_by != "admin" else "/admin/"
        return context | {
            "tab": "security",
            "app": owned.get("totp"),
            "passkeys": owned.get("webauthn", []),
            "recovery": owned.get("recovery_codes"),
            "unused_codes": len(owned["recovery_codes"].get_unused_codes()) if "recovery_codes" in owned else 0,
            "is_demanded": "demanded" in self.request.GET and not (owned.get("totp") or owned.get("webauthn")),
        }


security = SecurityView.as_view()
