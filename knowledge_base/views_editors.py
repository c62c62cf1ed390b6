"""Members' texts before the editor: on the network's host, in plain pages beside the CMS."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from halka.common.errors import Refused
from halka.common.paging import page_of
from knowledge_base.access import editor
from knowledge_base.domain.moving import decide
from knowledge_base.domain.readers import newest_text
from knowledge_base.enums import ReviewState, SubmissionState
from knowledge_base.forms import DecisionForm
from knowledge_base.models import Review, Submission, SubmittedText
from knowledge_base.pieces import parts_of

OPEN = (SubmissionState.WITH_EDITOR, SubmissionState.IN_REVIEW, SubmissionState.RETURNED)


@never_cache
@require_safe
def incoming(request: Any) -> HttpResponse:
    editor(request)
    waiting = Submission.objects.filter(state=SubmissionState.WITH_EDITOR)
    page = page_of(request, waiting, keys=["moved_at", "id"])
    context = {"page": page, "rows": _with_texts(page.items), "on_the_way": _on_the_way()}
    return render(request, "knowledge_base/incoming.html", context)


def _on_the_way() -> list[tuple[Submission, SubmittedText]]:
    """Those that others are still reading, and those that came back: the editor waits for them."""
    return _with_texts(list(Submission.objects.filter(state__in=OPEN[1:]).order_by("-moved_at")[:20]))


def _with_texts(submissions: list[Submission]) -> list[tuple[Submission, SubmittedText]]:
    newest: dict[UUID, SubmittedText] = {}
    texts = SubmittedText.objects.filter(submission__in=submissions).select_related("signed_by")
    for text in texts.order_by("round"):
        newest[text.submission_id] = text
    return [(submission, newest[submission.pk]) for submission in submissions]


@never_cache
@require_http_methods(["GET", "POST"])
def submission(request: Any, pk: UUID) -> HttpResponse:
    editor(request)
    found = get_object_or_404(Submission, pk=pk, state__in=OPEN)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        publish = form.cleaned_data["act"] == "publish"
        try:
            decide(submission_id=found.pk, publish=publish, said=form.cleaned_data["said"], by=request.user)
        except Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Published.") if publish else _("Sent back. The writers are told."))
        return redirect("incoming")
    return render(request, "knowledge_base/submission.html", _shown(found, form), status=400 if form.is_bound else 200)


def _shown(found: Submission, form: DecisionForm) -> dict[str, Any]:
    text = newest_text(found)
    answered = Review.objects.filter(text=text).exclude(answered_at=None).select_related("reader").order_by("id")
    parts = list(parts_of(text.kind, text.values))
    rows = [
        {
            "part": part,
            "comments": [
                (review.reader, review.comments[part.name]) for review in answered if part.name in review.comments
            ],
        }
        for part in parts
        if part.is_text
    ]
    return {
        "submission": found,
        "text": text,
        "rows": rows,
        "facts": [part for part in parts if not part.is_text],
        "reviews": answered,
        "is_waiting": found.state == SubmissionState.WITH_EDITOR,
        "approved": ReviewState.APPROVED,
        "form": form,
    }
