"""Where an application stands: what is missing, questions, an answer, an appeal, the making of the workspace."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.common.addresses import origin
from halka.common.errors import Refused
from network_registry.membership.domain import applying
from network_registry.membership.domain.moving import next_states
from network_registry.membership.enums import Actor, ApplicationState
from network_registry.membership.errors import NotComplete
from network_registry.membership.forms.applying import WordsForm
from network_registry.membership.models import Application
from network_registry.membership.progress import progress_of, until_done
from network_registry.membership.views.links import by_link

ANSWER = gettext_lazy("Your answer")
APPEAL = gettext_lazy("Why should it be looked at again?")


@by_link
@require_safe
def application(request: Any, application: Application) -> HttpResponse:
    return _page(request, application)


def _page(request: Any, application: Application, *, status: int = 200, **more: Any) -> HttpResponse:
    gaps = applying.missing(application)
    events = list(application.events.all())
    possible = next_states(application, Actor.APPLICANT)
    context = {
        "application": application,
        "token": request.application_token,
        "can_write": application.state_now in applying.WRITABLE,
        "parts": applying.parts_of(application),
        "is_complete": not gaps,
        "events": events,
        "question": _last(events, ApplicationState.ASKED),
        "refusal": _last(events, ApplicationState.DECLINED),
        "may_appeal": ApplicationState.APPEALED in possible and not _last(events, ApplicationState.APPEALED),
        "may_withdraw": ApplicationState.WITHDRAWN in possible,
        "answer_form": WordsForm(label=ANSWER),
        "appeal_form": WordsForm(label=APPEAL),
        "progress": progress_of(application),
        "workspace": origin(application.organisation.host) if application.organisation else "",
        **more,
    }
    return render(request, "membership/application.html", context, status=status)


def _last(events: list[Any], state: ApplicationState) -> Any:
    return next((event for event in reversed(events) if event.state == state), None)


@by_link
@require_POST
def send(request: Any, application: Application) -> HttpResponse:
    try:
        applying.send(application=application)
    except NotComplete as refusal:
        messages.error(request, str(refusal))
        return redirect("application-part", request.application_token, refusal.parts[0])
    except Refused as refusal:
        return _page(request, application, status=400, trouble=str(refusal))
    messages.success(request, _("Sent. You get an e-mail when somebody has looked at it."))
    return redirect("application", request.application_token)


@by_link
@require_POST
def answer(request: Any, application: Application) -> HttpResponse:
    form = WordsForm(request.POST, label=ANSWER)
    if form.is_valid():
        try:
            applying.answer(application=application, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is on its way."))
            return redirect("application", request.application_token)
    return _page(request, application, status=400, answer_form=form)


@by_link
@require_POST
def appeal(request: Any, application: Application) -> HttpResponse:
    form = WordsForm(request.POST, label=APPEAL)
    if form.is_valid():
        try:
            applying.appeal(application=application, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your appeal is on its way to the secretariat."))
            return redirect("application", request.application_token)
    return _page(request, application, status=400, appeal_form=form)


@by_link
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, application: Application) -> HttpResponse:
    """Asks once more, then takes it back."""
    trouble = ""
    if request.method == "POST":
        try:
            applying.withdraw(application=application)
        except Refused as refusal:
            trouble = str(refusal)
        else:
            messages.success(request, _("Your application is withdrawn. Names and papers were removed."))
            return redirect("application", request.application_token)
    context = {"application": application, "token": request.application_token, "trouble": trouble}
    return render(request, "membership/withdraw.html", context, status=400 if trouble else 200)


@by_link
@require_safe
def progress(request: Any, application: Application) -> HttpResponse:
    """The part of the page that tells how far the workspace is; asks for itself until it is done."""
    told = progress_of(application)
    context = {"application": application, "token": request.application_token, "progress": told}
    return until_done(render(request, "membership/_progress.html", context), told is None or told.is_finished)


@by_link
@require_safe
def framework(request: Any, application: Application) -> HttpResponse:
    """What was signed, as it was."""
    if application.framework is None:
        raise Http404
    context = {"application": application, "token": request.application_token, "version": application.framework,
               "text": application.framework.text(application.signed_language)}  # fmt: skip
    return render(request, "membership/signed.html", context)
