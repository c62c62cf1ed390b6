"""Reading applications and deciding them: the secretariat all of them, a branch those of its province."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.membership.domain import opening as openings
from network_registry.membership.domain import reviewing
from network_registry.membership.domain.moving import next_states, reviewing_as
from network_registry.membership.enums import OPEN, REVIEWING, ApplicationState, DeclineReason, Trouble
from network_registry.membership.forms.applying import LANGUAGES, NEEDS
from network_registry.membership.forms.reviewing import (
    ApplicationFilter,
    DeclineForm,
    LicenceForm,
    QuestionForm,
    ShortNameForm,
    TickForm,
)
from network_registry.membership.models import Application, LicensingStep, PaperFile
from network_registry.membership.progress import progress_of, until_done
from network_registry.membership.views.applying import handed_out
from tenants.organisations.access import require
from tenants.organisations.enums import Kind


def reviewer(request: Any) -> Seat:
    """Of the secretariat or of a branch, with a role that decides."""
    seat = require(request, Permission.MEMBERSHIP_REVIEW)
    if request.organisation.kind not in REVIEWING:
        raise Http404
    return seat


def reachable(request: Any) -> QuerySet[Application]:
    """What was sent: all of it to the secretariat, to a branch its own province; the database says the same."""
    found = Application.objects.exclude(state=ApplicationState.DRAFT)
    if request.organisation.kind == Kind.SECRETARIAT:
        return found
    own = Kind.BRANCH, request.organisation.id
    return found.exclude(province="").filter(province__in=_provinces(*own))


def _provinces(kind: str, pk: UUID) -> Any:
    from tenants.organisations.models import Organisation

    return Organisation.objects.filter(pk=pk, kind=kind).values("province")


@require_safe
def applications(request: Any) -> HttpResponse:
    seat = reviewer(request)
    form = ApplicationFilter(request.GET)
    form.is_valid()
    state = form.cleaned_data.get("state", "")
    found = reachable(request)
    if state != "all":
        found = found.filter(state=state) if state else found.filter(state__in=OPEN)
    search = request.GET.get("q", "").replace("\0", "").strip()
    if search:
        found = found.filter(reference__icontains=search) | found.filter(names__icontains=search)
    context = {
        "page": page_of(request, found, keys=("sent_at", "id")),
        "filter": form,
        "search": search,
        "may_manage": _manages(request, seat),
    }
    return render(request, "membership/applications.html", context)


def _manages(request: Any, seat: Seat) -> bool:
    return seat.can(Permission.NETWORK_MANAGE) and request.organisation.kind == Kind.SECRETARIAT


@require_safe
def application(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    found = _found(request, pk)
    record(action="application.read", on=found, by=seat)
    return _page(request, found, seat)


def _found(request: Any, pk: UUID) -> Application:
    return get_object_or_404(reachable(request).select_related("framework", "organisation", "licence"), pk=pk)


def _page(request: Any, found: Application, seat: Seat, *, status: int = 200, **more: Any) -> HttpResponse:
    possible = next_states(found, reviewing_as(seat))
    steps = reviewing.steps_for(found)
    progress = progress_of(found)
    context = {
        "application": found,
        "possible": {str(state) for state in possible},
        "steps": [(step, ticked, TickForm(initial=_ticked(ticked), prefix=str(step.pk))) for step, ticked in steps],
        "left": [step for step, ticked in steps if step.is_required and not (ticked and ticked.is_done)],
        "can_tick": found.state in OPEN,
        "events": list(found.events.select_related("organisation").defer("organisation__logo")),
        "papers": list(found.papers.all()),
        "services": _labels(NEEDS, found.services),
        "spoken": _labels(LANGUAGES, found.languages),
        "progress": progress,
        "needs_name": progress is not None and progress.opening.trouble == Trouble.NAME,
        **more,
    }
    return render(request, "membership/review.html", context, status=status)


def _ticked(ticked: Any) -> dict[str, Any]:
    return {"is_done": ticked.is_done, "note": ticked.note} if ticked else {}


def _labels(choices: Any, values: list[str]) -> list[Any]:
    labels = dict(choices)
    return [labels.get(value, value) for value in values]


@require_safe
def paper(request: Any, pk: UUID, paper: UUID) -> HttpResponse:
    seat = reviewer(request)
    found = get_object_or_404(PaperFile.objects.defer(None), application=_found(request, pk), pk=paper)
    record(action="application.paper_read", on=found, by=seat)
    return handed_out(found)


@require_POST
def tick_step(request: Any, pk: UUID, step: UUID) -> HttpResponse:
    seat = reviewer(request)
    found = _found(request, pk)
    ticked = get_object_or_404(LicensingStep, pk=step)
    form = TickForm(request.POST, prefix=str(step))
    if form.is_valid():
        try:
            reviewing.tick(application=found.pk, step=ticked, by=seat, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("application-review", pk)


def _decide(
    request: Any, pk: UUID, form: forms.Form, to: ApplicationState, words: dict[str, Any], verb: Any, done: str
) -> HttpResponse:
    """A page with one form; what the verb refuses stands above it, with everything typed still there."""
    found = _found(request, pk)
    if form.is_valid():
        try:
            verb(found, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("application-review", pk)
    context = {"application": found, "form": form, "to": str(to), **words}
    return render(request, "membership/decide.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def ask_applicant(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    words = {"title": _("Ask the applicant"), "submit": _("Send the question")}
    return _decide(
        request,
        pk,
        QuestionForm(request.POST or None),
        ApplicationState.ASKED,
        words,
        lambda found, form: reviewing.ask(application=found.pk, question=form.cleaned_data["question"], by=seat),
        _("Your question is on its way."),
    )


@require_http_methods(["GET", "POST"])
def decline_application(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    words = {"title": _("Decline"), "submit": _("Decline the application"), "danger": True}
    return _decide(
        request,
        pk,
        DeclineForm(request.POST or None),
        ApplicationState.DECLINED,
        words,
        lambda found, form: reviewing.decline(
            application=found.pk,
            reason=DeclineReason(form.cleaned_data["reason"]),
            text=form.cleaned_data["text"],
            by=seat,
        ),
        _("Declined. The applicant is told, and how to appeal."),
    )


@require_http_methods(["GET", "POST"])
def license_page(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    words = {
        "title": _("Grant the licence"),
        "submit": _("Grant it and make the workspace"),
        "lead": _("The workspace is made in the background, and its first manager is invited by e-mail."),
    }
    return _decide(
        request,
        pk,
        LicenceForm(request.POST or None),
        ApplicationState.LICENSED,
        words,
        lambda found, form: reviewing.license_application(application=found.pk, terms=form.terms(), by=seat),
        _("Licensed. The workspace is being made."),
    )


@require_http_methods(["GET", "POST"])
def short_name(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    found = _found(request, pk)
    words = {"title": _("Another short name"), "submit": _("Save")}
    return _decide(
        request,
        pk,
        ShortNameForm(request.POST or None, initial={"short_name": found.short_name}),
        found.state_now,
        words,
        lambda found, form: reviewing.change_short_name(application=found.pk, by=seat, **form.cleaned_data),
        _("Saved."),
    )


@require_safe
def progress(request: Any, pk: UUID) -> HttpResponse:
    """The part of the page that tells how far the workspace is; asks for itself until it is done."""
    reviewer(request)
    found = _found(request, pk)
    told = progress_of(found)
    context = {"application": found, "progress": told, "may_retry": True}
    return until_done(render(request, "membership/_progress.html", context), told is None or told.is_finished)


@require_POST
def opening_again(request: Any, pk: UUID) -> HttpResponse:
    seat = reviewer(request)
    told = progress_of(_found(request, pk))
    if told is None:
        raise Http404
    try:
        openings.try_again(opening=told.opening, by=seat)
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("application-review", pk)
