"""The door to what is behind an applicant's link. First line of every view there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from halka.authorization.public import public_view
from network_registry.membership.domain.links import is_over, link_behind
from network_registry.membership.forms.applying import AgainForm
from network_registry.membership.models import Application
from tenants.organisations.visitors import kept_to_oneself, may_try

WHY: Final = "an applicant has no account; guarded by a signed link of their own"
PER_ADDRESS: Final = 1200  # in ten minutes: typing is kept as it goes on, and pages ask how far the work is
PER_LINK: Final = 600
STRANGERS: Final = 20  # what opens nothing, from one address
BEGUN: Final = 30  # applications begun, or links asked for, from one address
FOR_ONE: Final = 5  # the same for one e-mail

View = Callable[..., HttpResponseBase]


def too_many(request: Any) -> HttpResponse:
    text = _("Too many tries. Please wait ten minutes.")
    return render(request, "membership/stopped.html", {"text": text}, status=429)


def by_link(view: View) -> View:
    """The view gets the application in the place of the token. Others are told what to do."""

    @wraps(view)
    def wrapped(request: Any, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return kept_to_oneself(_answer(request, token, view, *args, **kwargs))

    return public_view(WHY)(never_cache(wrapped))


def _answer(request: Any, token: str, view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if not may_try(request, "application", per_address=PER_ADDRESS, per_link=PER_LINK, link=token):
        return too_many(request)
    link = link_behind(token)
    if link is None:
        if not may_try(request, "no-application", per_address=STRANGERS, per_link=STRANGERS, link=token):
            return too_many(request)
        text = _("This link leads nowhere. Copy the whole of it from the e-mail, or have a new one sent.")
        return render(request, "membership/stopped.html", {"text": text, "form": AgainForm()}, status=404)
    if is_over(link):
        text = _("This link is too old. What you wrote is still there: have a new link sent.")
        return render(request, "membership/stopped.html", {"text": text, "form": AgainForm()}, status=410)
    request.application_token = token
    application: Application = link.application
    return view(request, application, *args, **kwargs)
