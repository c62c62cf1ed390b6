"""Reading the knowledge base on the network's host."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from halka.authorization.public import public_view
from knowledge_base import reading
from knowledge_base.access import reader_of
from knowledge_base.domain.files import may_read_file


@public_view("what is published for everybody; articles for members are left out for others")
@require_safe
def knowledge(request: Any) -> HttpResponseBase:
    response: HttpResponseBase = reading.index_in(get_language()).serve(request)
    return response


@public_view("articles for everybody are public; the page itself answers 404 for what is for members")
@require_safe
def knowledge_page(request: Any, language: str, path: str) -> HttpResponseBase:
    if not path:
        return HttpResponseRedirect(f"{reverse('knowledge')}?language={quote(language)}")
    response: HttpResponseBase = reading.page_at(request, language=language, path=path)
    return response


@public_view(
    "a file of a page for everybody is for everybody; all others answer 404 to whoever may not read their page"
)
@require_safe
def document(request: Any, pk: int, name: str) -> HttpResponseBase:
    """A file, as a download that no page can embed, for whoever may read a page that refers to it."""
    if not may_read_file(pk, by=reader_of(request)):
        raise Http404
    found = get_object_or_404(get_document_model(), pk=pk)
    if found.filename != name:
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
