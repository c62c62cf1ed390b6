"""Files about a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.authorization.roles import Permission, Seat
from halka.common import uploads
from halka.common.paging import page_of
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.documents import add_document, open_document, remove_document
from tenants.caseloads.forms.journal import DocumentForm
from tenants.caseloads.models import Client, Document
from tenants.caseloads.policies import readable

NEWEST_FIRST = ("-added_at", "-id")


@require_GET
def documents(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    return _page(request, client, None)


@require_POST
def document_add(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    form = DocumentForm(request.POST, request.FILES, client=client, seat=request.seat)
    if not form.is_valid():
        return _page(request, client, form)
    for file in form.new():
        add_document(client=client, **vars(file), audience=form.cleaned_data["audience"], by=request.seat)
    messages.success(request, _("Saved. Only those who may read it can open it."))
    return redirect("documents", client.pk)


@require_GET
def document(request: Any, pk: UUID, document_pk: UUID) -> HttpResponseBase:
    """The file itself, to be saved and never shown by the browser within our pages."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    found = _document_of(client, document_pk, request.seat)
    name = uploads.file_name(found.title, found.content_type)
    return StreamingHttpResponse(
        open_document(document=found, by=request.seat),
        content_type=found.content_type,
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "Content-Encoding": "identity",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )


@require_http_methods(["GET", "POST"])
def document_remove(request: Any, pk: UUID, document_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    found = _document_of(client, document_pk, request.seat)
    if not may_remove(found, request.seat):
        raise Http404
    if request.method == "POST":
        remove_document(document=found, by=request.seat)
        messages.success(request, _("The document is removed."))
        return redirect("documents", client.pk)
    return render(request, "caseloads/document_remove.html", {"client": client, "document": found})


def may_remove(found: Document, seat: Seat) -> bool:
    """Whoever added it, and supervisors."""
    is_own = seat.membership_id is not None and found.added_by_id == seat.membership_id
    return is_own or seat.can(Permission.CASE_SUPERVISE)


def _document_of(client: Client, pk: UUID, seat: Seat) -> Document:
    found: Document | None = readable(Document.objects.select_related("added_by"), seat, client).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.client = client
    return found


def _page(request: Any, client: Client, form: DocumentForm | None) -> HttpResponse:
    seat = request.seat
    found = readable(Document.objects.select_related("added_by", "entry"), seat, client)
    page = page_of(request, found, keys=NEWEST_FIRST)
    may_write = seat.can(Permission.JOURNAL_WRITE)
    context = {
        "client": client,
        "page": page,
        "rows": [(one, may_write and may_remove(one, seat)) for one in page.items],
        "form": form or (DocumentForm(client=client, seat=seat) if may_write else None),
    }
    return render(request, "caseloads/documents.html", context, status=400 if form else 200)
