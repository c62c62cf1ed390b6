"""Work in the background, as its owner watches it."""

from __future__ import annotations

import mimetypes
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from tenants.caseloads.domain import jobs as domain
from tenants.caseloads.downloads import attachment
from tenants.caseloads.enums.work import JobState
from tenants.caseloads.models import Job
from tenants.organisations.access import require

NEWEST = ("-id",)


def own_job(request: Any, pk: UUID) -> Job:
    """Raises Http404 for anybody else's, and for network support."""
    seat = require(request, Permission.TODAY_VIEW)
    if seat.membership_id is None:
        raise Http404
    job: Job | None = Job.objects.filter(owner=seat.membership_id, pk=pk, expires_at__gt=timezone.now()).first()
    if job is None:
        raise Http404
    return job


def shown(job: Job) -> dict[str, Any]:
    """What the template tells of a job."""
    work = domain.work_of(job)
    return {
        "job": job,
        "stands_still": domain.stands_still(job),
        "words": work.words(job) if job.state in (JobState.DONE, JobState.DRAFT) else [],
        "next_url": reverse(work.page, args=[job.pk]) if work.page and job.state == JobState.DRAFT else "",
    }


@require_GET
def jobs(request: Any) -> HttpResponse:
    seat = require(request, Permission.TODAY_VIEW)
    own = Job.objects.filter(owner=seat.membership_id, expires_at__gt=timezone.now())
    page = page_of(request, own if seat.membership_id else own.none(), keys=NEWEST)
    return render(request, "caseloads/jobs.html", {"page": page, "rows": [shown(job) for job in page.items]})


@require_GET
def job(request: Any, pk: UUID) -> HttpResponse:
    """For htmx the part that changes alone."""
    context = shown(own_job(request, pk))
    if context["next_url"] and request.htmx:
        return HttpResponse(headers={"HX-Redirect": context["next_url"]})
    return render(request, "caseloads/_job.html" if request.htmx else "caseloads/job.html", context)


@require_GET
def job_file(request: Any, pk: UUID) -> StreamingHttpResponse | HttpResponse:
    record = own_job(request, pk)
    try:
        parts = domain.fetch(job=record, by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("job", pk)
    kind, _encoding = mimetypes.guess_type(record.result_name)
    return attachment(parts, record.result_name, kind or "application/octet-stream")


@require_POST
def job_again(request: Any, pk: UUID) -> HttpResponse:
    try:
        domain.resume(job=own_job(request, pk), by=request.seat)
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect("job", pk)


@require_POST
def job_remove(request: Any, pk: UUID) -> HttpResponse:
    domain.discard(job=own_job(request, pk), by=request.seat)
    messages.success(request, _("It is removed, with its files."))
    return redirect("jobs")
