"""Questions beneath a page and their answers, for members; hiding and reports, for editors."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from knowledge_base.access import Reader, editor
from knowledge_base.domain import remarks as domain
from knowledge_base.forms_remarks import RemarkForm, ReportForm
from knowledge_base.models import Entry, Remark, Report
from knowledge_base.views_pages import page_for

SIZE: Final = 10
PLACE: Final = "questions"


@require_safe
def questions(request: Any, pk: int) -> HttpResponse:
    """All questions beneath a page, the newest first."""
    reader, entry = page_for(request, pk)
    rows = domain.questions_of(pk, by=reader).select_related("signed_by").defer("signed_by__logo")
    page = page_of(request, rows, keys=["-id"], size=SIZE)
    shown = domain.shown(page.items, is_author=domain.is_author_of(pk, by=reader), by=reader)
    context = {"entry": entry, "page": page, "questions": shown, "reader": reader}
    return render(request, "knowledge_base/remarks/questions.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: Any, pk: int) -> HttpResponse:
    reader, entry = page_for(request, pk)
    form = RemarkForm(request.POST or None, reader=reader, label=_("Your question"))
    if form.is_valid() and _done(
        form, lambda: domain.ask(page_id=pk, text=form.cleaned_data["text"], signed_by=form.signature, by=reader)
    ):
        messages.success(request, _("Your question stands beneath the page."))
        return _back(entry)
    return _form_page(request, entry, form, heading=_("Ask a question"))


@require_http_methods(["GET", "POST"])
def answer(request: Any, pk: UUID) -> HttpResponse:
    reader, entry, question = _remark_for(request, pk)
    if not question.is_question:
        raise Http404
    form = RemarkForm(request.POST or None, reader=reader, label=_("Your answer"))
    if form.is_valid() and _done(
        form,
        lambda: domain.answer(question=question, text=form.cleaned_data["text"], signed_by=form.signature, by=reader),
    ):
        messages.success(request, _("Thank you. Your answer stands beneath the question."))
        return _back(entry)
    return _form_page(request, entry, form, heading=_("Answer"), question=question)


@require_http_methods(["GET", "POST"])
def change(request: Any, pk: UUID) -> HttpResponse:
    reader, entry, remark = _remark_for(request, pk, own=True)
    label = _("Your question") if remark.is_question else _("Your answer")
    form = RemarkForm(request.POST or None, reader=reader, label=label, remark=remark)
    context: dict[str, Any] = {"heading": _("Change"), "question": remark.question}
    if form.is_valid():
        try:
            domain.change(
                remark=remark,
                text=form.cleaned_data["text"],
                signed_by=form.signature,
                seen_version=form.cleaned_data["seen_version"] or 0,
                by=reader,
            )
        except EditedMeanwhile:
            form.take_version(remark.version)
            return _form_page(request, entry, form, **context, saved=remark, status=409)
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return _back(entry)
    return _form_page(request, entry, form, **context)


@require_http_methods(["GET", "POST"])
def take_back(request: Any, pk: UUID) -> HttpResponse:
    reader, entry, remark = _remark_for(request, pk, own=True)
    if request.method == "POST":
        try:
            domain.take_back(remark=remark, by=reader)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return _back(entry)
    return render(request, "knowledge_base/remarks/take_back.html", {"entry": entry, "remark": remark})


@require_POST
def mark(request: Any, pk: UUID) -> HttpResponse:
    reader, entry, remark = _remark_for(request, pk)
    if remark.is_question:
        raise Http404
    try:
        domain.mark(answer=remark, on=request.POST.get("on") == "1", by=reader)
    except Refused as refusal:
        raise Http404 from refusal
    return _back(entry)


@require_http_methods(["GET", "POST"])
def report(request: Any, pk: UUID) -> HttpResponse:
    reader, entry, remark = _remark_for(request, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        domain.report(remark=remark, reason=form.cleaned_data["reason"], by=reader)
        messages.success(request, _("Thank you. The editors look at it."))
        return _back(entry)
    context = {"entry": entry, "remark": remark, "form": form}
    return render(request, "knowledge_base/remarks/report.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def reported(request: Any) -> HttpResponse:
    """What members ask the editors to look at."""
    editor(request)
    waiting = Report.objects.filter(settled_at=None).select_related("remark__signed_by", "remark__page")
    page = page_of(request, waiting.defer("remark__signed_by__logo"), keys=["id"])
    return render(request, "knowledge_base/remarks/reported.html", {"page": page})


@never_cache
@require_POST
def hide(request: Any, pk: UUID) -> HttpResponse:
    """Hides it, or shows it again; and where it was reported, that is settled."""
    reader = editor(request)
    remark = get_object_or_404(Remark, pk=pk)
    is_hidden = request.POST.get("on") == "1"
    domain.hide(remark=remark, on=is_hidden, by=reader)
    messages.success(request, _("It is hidden.") if is_hidden else _("It is shown."))
    return redirect("reported-remarks")


def _remark_for(request: Any, pk: UUID, *, own: bool = False) -> tuple[Reader, Entry, Remark]:
    """A question or answer beneath a page that the reader may read. Raises Http404."""
    shown = Remark.objects.shown().filter(question__hidden_at=None)
    remark = get_object_or_404(shown.select_related("question", "signed_by").defer("signed_by__logo"), pk=pk)
    reader, entry = page_for(request, remark.page_id)
    if own and remark.writer_id != reader.user_id:
        raise Http404
    return reader, entry, remark


def _done(form: RemarkForm, verb: Any) -> bool:
    """Whether the verb did it; what it says no with stands beside the text."""
    try:
        verb()
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return False
    return True


def _form_page(request: Any, entry: Entry, form: RemarkForm, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"entry": entry, "form": form, "question": None, "saved": None, **context}
    return render(request, "knowledge_base/remarks/form.html", shown, status=400 if form.errors else status)


def _back(entry: Entry) -> HttpResponse:
    return HttpResponseRedirect(f"{entry.url}#{PLACE}")
