"""Reading what other organisations wrote before it is published: in the reader's own workspace, without the CMS."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from halka.authorization.roles import Permission
from halka.common.errors import Refused
from halka.common.paging import page_of
from knowledge_base.domain.reviewing import answer_review
from knowledge_base.enums import ReviewState
from knowledge_base.forms import ReviewForm
from knowledge_base.models import Review
from knowledge_base.pieces import parts_of
from tenants.organisations.access import require


def own_reviews(request: Any) -> Any:
    """What our organisation was asked to read, and is not asked in vain any more."""
    ours = Review.objects.filter(reader=request.organisation.id).exclude(state=ReviewState.PASSED_ON)
    return ours.select_related("text__signed_by")


@require_safe
def readings(request: Any) -> HttpResponse:
    require(request, Permission.KNOWLEDGE_REVIEW)
    page = page_of(request, own_reviews(request), keys=["-id"])
    return render(request, "knowledge_base/readings.html", {"page": page})


@require_http_methods(["GET", "POST"])
def reading(request: Any, pk: UUID) -> HttpResponse:
    seat = require(request, Permission.KNOWLEDGE_REVIEW)
    review = get_object_or_404(own_reviews(request), pk=pk)
    parts = list(parts_of(review.text.kind, review.text.values))
    form = ReviewForm(request.POST or None, parts=[part for part in parts if part.is_text])
    if form.is_valid():
        answer = ReviewState(form.cleaned_data["answer"])
        try:
            answer_review(
                review=review, answer=answer, said=form.cleaned_data["said"], comments=form.comments(), by=seat
            )
        except Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The writers see your word when the other reader has answered too."))
        return redirect("readings")
    return render(request, "knowledge_base/reading.html", _shown(review, parts, form), status=_status(form))


def _status(form: ReviewForm) -> int:
    return 400 if form.is_bound else 200


def _shown(review: Review, parts: list[Any], form: ReviewForm) -> dict[str, Any]:
    is_open = review.state == ReviewState.ASKED and review.closed_at is None
    rows = [
        {"part": part, "field": form.beside(part) if is_open else None, "comment": review.comments.get(part.name, "")}
        for part in parts
        if part.is_text
    ]
    facts = [part for part in parts if not part.is_text]
    return {"review": review, "text": review.text, "rows": rows, "facts": facts, "form": form, "is_open": is_open}
