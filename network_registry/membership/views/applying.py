"""Writing an application: begun with a name and an address, saved part by part, found again by the link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.authorization.public import public_view
from halka.common.errors import Refused
from network_registry.membership.domain import applying
from network_registry.membership.forms.applying import FORMS, AgainForm, BeginForm, PaperForm, PartForm, known_provinces
from network_registry.membership.models import Application, PaperFile
from network_registry.membership.views.links import BEGUN, FOR_ONE, by_link, too_many
from tenants.organisations.visitors import may_try


@public_view("anybody may apply to join")
@require_http_methods(["GET", "POST"])
def apply(request: Any) -> HttpResponse:
    form = BeginForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        if not may_try(request, "apply", per_address=BEGUN, per_link=FOR_ONE, link=data["email"].lower()):
            return too_many(request)
        _application, token = applying.begin(language=get_language() or "en", **data)
        told = _("Your application is begun. The link to it is on its way to %(email)s.")
        messages.success(request, told % {"email": data["email"]})
        return redirect("application-part", token, next(iter(applying.PARTS)))
    context = {"form": form, "parts": [label for label, _needed in applying.PARTS.values()]}
    return render(request, "membership/apply.html", context, status=400 if form.is_bound else 200)


@public_view("whoever lost their link has it sent again; the page says nothing of who applied")
@require_http_methods(["GET", "POST"])
def again(request: Any) -> HttpResponse:
    form = AgainForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not may_try(request, "apply", per_address=BEGUN, per_link=FOR_ONE, link=email.lower()):
            return too_many(request)
        applying.send_links(email=email)
        messages.success(request, _("If something was begun with this address, the link is on its way there."))
        return redirect("apply")
    return render(request, "membership/again.html", {"form": form}, status=400 if form.is_bound else 200)


@by_link
@require_http_methods(["GET", "POST"])
def part(request: Any, application: Application, part: str) -> HttpResponse:
    """One part of the form. What has no mistake is saved, whatever is wrong beside it."""
    form = _form(request, application, part)
    if request.method == "POST" and application.state_now not in applying.WRITABLE:
        messages.info(request, _("It was sent already: what is in it cannot be changed now."))
        return redirect("application", request.application_token)
    if request.method == "POST" and not form.is_bound:
        return redirect(*_onwards(request, part))
    if form.is_bound:
        try:
            if _take_in(request, application, part, form):
                return redirect(*_onwards(request, part))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {**_about(request, application, part), "form": form}
    return render(request, f"membership/parts/{part}.html", context, status=400 if form.is_bound else 200)


def _form(request: Any, application: Application, part: str) -> PartForm:
    if part not in FORMS:
        raise Http404
    data = (request.POST, request.FILES) if request.method == "POST" and not _skips(request, part) else ()
    return FORMS[part](*data, application=application)


def _skips(request: Any, part: str) -> bool:
    """Going on without another paper; one that was chosen is taken along."""
    return part == "papers" and bool({"on", "later"} & set(request.POST)) and "file" not in request.FILES


def _take_in(request: Any, application: Application, part: str, form: PartForm) -> bool:
    """Saves; whether it goes on to the next page. Raises Refused."""
    complete = form.is_valid()
    applying.keep(application=application, values=form.fit())
    if not complete:
        return _may_wait(request, form)
    data = form.cleaned_data
    if isinstance(form, PaperForm):
        applying.add_paper(application=application, file=data["file"], kind=data["paper_kind"])
    if part == "agreement":
        applying.sign(
            application=application,
            name=data["signed_by"],
            office=data["signed_as"],
            language=get_language() or "en",
            framework=data["framework"],
        )
    messages.success(request, _("Saved."))
    return True


def _may_wait(request: Any, form: PartForm) -> bool:
    """Whoever goes on later need not be complete; what is wrong is told while it can still be seen."""
    if "later" not in request.POST:
        return False
    if any(error.code != "required" for errors in form.errors.as_data().values() for error in errors):
        return False
    messages.success(request, _("Saved."))
    return True


def _onwards(request: Any, part: str) -> tuple[str, ...]:
    """The next part; to the overview after the last one, or when somebody goes on later; papers come one by one."""
    token, parts = request.application_token, list(applying.PARTS)
    if "later" in request.POST or part == parts[-1]:
        return "application", token
    if part == "papers" and "on" not in request.POST:
        return "application-part", token, part
    return "application-part", token, parts[parts.index(part) + 1]


def _about(request: Any, application: Application, part: str) -> dict[str, Any]:
    names = list(applying.PARTS)
    place = names.index(part)
    return {
        "application": application,
        "token": request.application_token,
        "part": part,
        "label": applying.PARTS[part][0],
        "number": place + 1,
        "count": len(names),
        "parts": applying.parts_of(application),
        "before": names[place - 1] if place else "",
        "after": names[place + 1] if place + 1 < len(names) else "",
        "provinces": known_provinces() if part == "organisation" else [],
        "papers": list(application.papers.all()) if part == "papers" else [],
        "framework": applying.current_framework() if part == "agreement" else None,
        "can_write": application.state_now in applying.WRITABLE,
    }


@by_link
@require_POST
def keep_typed(request: Any, application: Application, part: str) -> HttpResponse:
    """What is typed, as it is typed: saved without a word about mistakes."""
    form = _form(request, application, part)
    form.is_valid()
    try:
        applying.keep(application=application, values=form.fit())
    except Refused as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8")
    return HttpResponse(_("Saved."), content_type="text/plain; charset=utf-8")


@by_link
@require_safe
def paper(request: Any, application: Application, paper: UUID) -> HttpResponse:
    return handed_out(get_object_or_404(PaperFile.objects.defer(None), application=application, pk=paper))


@by_link
@require_POST
def paper_remove(request: Any, application: Application, paper: UUID) -> HttpResponse:
    found = get_object_or_404(PaperFile.objects.select_related("application"), application=application, pk=paper)
    try:
        applying.remove_paper(paper=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("application-part", request.application_token, "papers")


def handed_out(paper: PaperFile) -> HttpResponse:
    """To be saved, never opened in the page."""
    response = HttpResponse(bytes(paper.content), content_type=paper.content_type)
    response["Content-Disposition"] = content_disposition_header(True, paper.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
