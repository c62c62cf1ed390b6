"""Pages of progress: what was rated, how far somebody has come, what they need and can do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.assessments import add_finding, end_finding, record_assessment
from tenants.caseloads.domain.distance import assessments_of, distance_of
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums.assessments import FindingKind, Rater
from tenants.caseloads.forms.assessments import AnswersForm, FindingForm, RateForm
from tenants.caseloads.models import Assessment, Case, Client, Finding, Scale
from tenants.caseloads.progress import answers_of, moments_of, pictures_of
from tenants.caseloads.speaking import language_for, speaking


@require_GET
def progress(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    return _progress_page(request, client, FindingForm())


def _progress_page(request: Any, client: Client, finding_form: FindingForm, status: int = 200) -> HttpResponse:
    assessments = assessments_of(client)
    distance = distance_of(assessments)
    moments = moments_of(client, request.seat)
    findings = list(client.findings.select_related("noted_by").order_by("-noted_on", "-id"))
    context = {
        "client": client,
        "distance": distance,
        "pictures": pictures_of(distance, moments),
        "moments": moments[::-1],
        "assessments": assessments[::-1],
        "findings": [
            (kind.label, [finding for finding in findings if finding.kind == kind and not finding.ended_on])
            for kind in FindingKind
        ],
        "ended": [finding for finding in findings if finding.ended_on],
        "finding_form": finding_form,
        "may_edit": request.seat.can(Permission.CLIENT_EDIT),
        "may_manage": request.seat.can(Permission.PROGRAMME_MANAGE),
    }
    return render(request, "caseloads/progress.html", context, status=status)


@require_GET
def assessment(request: Any, pk: UUID, assessment: UUID) -> HttpResponse:
    """The answers of one day, as they were asked then."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    found = get_object_or_404(Assessment.objects.select_related("scale", "recorded_by"), pk=assessment, client=client)
    context = {"client": client, "assessment": found, "parts": answers_of(found)}
    return render(request, "caseloads/progress_assessment.html", context)


@require_http_methods(["GET", "POST"])
def rate(request: Any, pk: UUID) -> HttpResponse:
    """The mentor's page: any scale in use, either view."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    scales = scales_in_use()
    scale = _chosen(request, client, scales, Rater.MENTOR)
    form = RateForm(request.POST or None, scale=scale)
    if form.is_valid():
        data = form.cleaned_data
        try:
            record_assessment(
                client=client, scale=scale, rater=data["rater"], answers=form.answers(), on=data["on"],
                note=data["note"], case=_case_of(client), by=request.seat,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. This is where %(name)s stands now.") % {"name": client})
            return redirect("client-progress", client.pk)
    context = {"client": client, "scales": scales, "scale": scale, "form": form}
    return render(request, "caseloads/progress_rate.html", context)


@require_http_methods(["GET", "POST"])
def rate_self(request: Any, pk: UUID) -> HttpResponse:
    """The client's page on the mentor's device: nothing but the questions, in the client's language."""
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    scale = _chosen(request, client, scales_in_use(), Rater.CLIENT)
    language = language_for(client, request.GET.get("lang", ""))
    with speaking(language):
        form = AnswersForm(request.POST if request.method == "POST" else None, scale=scale)
        context = {"client": client, "scale": scale, "form": form, "languages": settings.LANGUAGES}
        if not form.is_valid():
            return render(request, "caseloads/progress_self.html", {**context, "speaks": get_language()})
        record_assessment(
            client=client, scale=scale, rater=Rater.CLIENT, answers=form.answers(), on=timezone.localdate(),
            case=_case_of(client), by=request.seat,
        )  # fmt: skip
        return render(request, "caseloads/progress_thanks.html", context)


def _chosen(request: Any, client: Client, scales: list[Scale], rater: str) -> Scale:
    """The scale of the address, else the rater's last one, else the network's: the whole for mentors, the short one."""
    if not scales:
        raise Http404
    ratings = client.assessments.filter(rater=rater).order_by("-on", "-recorded_at")
    wanted = request.GET.get("scale") or str(ratings.values_list("scale", flat=True).first())
    usual = "short" if rater == Rater.CLIENT else "full"
    order = sorted(scales, key=lambda scale: (str(scale.pk) != wanted, scale.standard != usual))
    return order[0]


def _case_of(client: Client) -> Case | None:
    """What a rating belongs to: the case that runs, the latest one where there are several."""
    case: Case | None = client.cases.filter(closed_on=None).order_by("-opened_on", "-id").first()
    return case


@require_POST
def finding_add(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _progress_page(request, client, form, status=200)
    add_finding(client=client, **form.cleaned_data, on=timezone.localdate(), by=request.seat)
    messages.success(request, _("Noted."))
    return redirect("client-progress", client.pk)


@require_POST
def finding_end(request: Any, pk: UUID, finding: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_EDIT)
    found = get_object_or_404(Finding, pk=finding, client=client)
    end_finding(finding=found, on=timezone.localdate(), by=request.seat)
    messages.success(request, _("It no longer counts as of today. It stays in the history."))
    return redirect("client-progress", client.pk)
