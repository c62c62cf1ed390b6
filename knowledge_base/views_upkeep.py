"""What waits for the editors, on one plain page of the network's host beside the CMS."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge_base.access import editor
from knowledge_base.domain import upkeep
from knowledge_base.domain.links import broken_links
from knowledge_base.enums import SubmissionState
from knowledge_base.forms import UpkeepForm
from knowledge_base.models import Submission, Translation


@never_cache
@require_safe
def dashboard(request: Any) -> HttpResponse:
    editor(request)
    stale, drafts, broken = upkeep.stale(timezone.localdate()), upkeep.drafts(), broken_links()
    spoken = upkeep.curricula_by_language()
    context = {
        "waiting": Submission.objects.filter(state=SubmissionState.WITH_EDITOR).count(),
        "behind": Translation.objects.out_of_date().count(),
        "stale": stale,
        "stale_rows": [(page, upkeep.keeper_of(page)) for page in stale.rows],
        "drafts": drafts,
        "versions": upkeep.draft_versions(),
        "broken": upkeep.Part(broken[: upkeep.SHOWN], len(broken)),
        "spoken": [(one, _names(one.there), _names(one.missing)) for one in spoken],
        "counts": [(get_language_info(code)["name_local"], count) for code, count in upkeep.texts_by_language()],
    }
    return render(request, "knowledge_base/upkeep.html", context)


def _names(codes: list[str]) -> str:
    return ", ".join(get_language_info(code)["name_local"] for code in codes)


@never_cache
@require_http_methods(["GET", "POST"])
def text(request: Any, pk: int) -> HttpResponse:
    editor(request)
    page = get_object_or_404(upkeep.looked_after(), pk=pk)
    start = {"keeper": upkeep.keeper_of(page), "review_on": timezone.localdate() + timedelta(days=365)}
    form = UpkeepForm(request.POST or None, initial=start)
    if form.is_valid():
        upkeep.look_after(page=page, **form.cleaned_data, by=request.user)
        messages.success(request, _("Noted. It comes back on that day."))
        return redirect("upkeep")
    context = {"page": page, "form": form, "keeper": upkeep.keeper_of(page)}
    return render(request, "knowledge_base/upkeep_text.html", context, status=400 if form.is_bound else 200)
