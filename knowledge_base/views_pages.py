"""What members do with one page: say that it was useful, that they used it, or sign it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from knowledge_base.access import Reader, member
from knowledge_base.domain.signing import sign, take_back
from knowledge_base.domain.votes import say_used, say_useful
from knowledge_base.enums import Kind
from knowledge_base.models import Entry


def page_for(request: Any, pk: int) -> tuple[Reader, Entry]:
    """The member, and the row of a published page that they may read. Raises Http404."""
    reader = member(request)
    rows = Entry.objects.readable(by=reader).defer("words", "title_words", "text")
    return reader, get_object_or_404(rows, page=pk, unit=None)


def back_to(entry: Entry, place: str) -> HttpResponse:
    return HttpResponseRedirect(f"{entry.url}#{place}")


@require_POST
def useful(request: Any, pk: int) -> HttpResponse:
    reader, entry = page_for(request, pk)
    say_useful(page_id=pk, on=request.POST.get("on") == "1", by=reader)
    return back_to(entry, "said")


@require_POST
def used(request: Any, pk: int, organisation: UUID) -> HttpResponse:
    reader, entry = page_for(request, pk)
    if not reader.acts_for(organisation):
        raise Http404
    say_used(page_id=pk, organisation_id=organisation, on=request.POST.get("on") == "1", by=reader)
    return back_to(entry, "said")


@require_POST
def signature(request: Any, pk: int, organisation: UUID) -> HttpResponse:
    reader, entry = page_for(request, pk)
    if entry.kind != Kind.ADVOCACY or organisation not in reader.speaks_for:
        raise Http404
    act = sign if request.POST.get("on") == "1" else take_back
    act(page_id=pk, organisation_id=organisation, by=reader)
    return back_to(entry, "signatures")
