"""Documents of a group, and their versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.common import uploads
from halka.common.errors import Refused
from halka.common.paging import page_of
from network_registry.working_groups.access import people_of, place_for, writer_for
from network_registry.working_groups.domain import documents as verbs
from network_registry.working_groups.forms.documents import DocumentForm, VersionForm
from network_registry.working_groups.models import Document, DocumentVersion
from network_registry.working_groups.views.acting import done, form_page


@require_safe
def documents(request: Any, pk: UUID) -> HttpResponse:
    """The last ones first, each with its newest version."""
    place = place_for(request, pk)
    versions = Prefetch("versions", DocumentVersion.objects.without_content())
    rows = Document.objects.filter(group=place.group).prefetch_related(versions)
    page = page_of(request, rows, keys=("-added_at", "-id"))
    context = {"place": place, "group": place.group, "page": page, "people": people_of(place.group)}
    return render(request, "working_groups/documents.html", context)


@require_http_methods(["GET", "POST"])
def add(request: Any, pk: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            made = verbs.add_document(group=pk, file=form.checked(), by=place.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("wg-document", pk, made.pk)
    return form_page(request, place, form, _("Add a document"), reverse("wg-documents", args=[pk]), has_file=True)


@require_http_methods(["GET", "POST"])
def document(request: Any, pk: UUID, document: UUID) -> HttpResponse:
    """Its versions, and a form for the next one."""
    place = place_for(request, pk)
    found = get_object_or_404(Document, pk=document, group=place.group.pk)
    form = None
    if place.may_write:
        form = VersionForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file, note, seat = form.cleaned_data["file"], form.cleaned_data["note"], place.seat

            def act() -> None:
                verbs.add_version(document=found.pk, file=file, note=note, by=seat)

            return done(request, act, _("Saved."), "wg-document", pk, document)
    context = {
        "place": place,
        "group": place.group,
        "document": found,
        "versions": list(found.versions.defer("content")),
        "people": people_of(place.group),
        "form": form,
        "may_remove": place.may_write and verbs.may_remove(found, place.person),
    }
    return render(request, "working_groups/document.html", context, status=400 if form and form.is_bound else 200)


@require_safe
def version(request: Any, pk: UUID, document: UUID, number: int) -> HttpResponse:
    """The file itself, to be saved and never shown by the browser within our pages."""
    place = place_for(request, pk)
    rows = DocumentVersion.objects.select_related("document")
    found = get_object_or_404(rows, document=document, number=number, document__group=place.group.pk)
    name = uploads.file_name(found.document.title, found.content_type)
    return HttpResponse(
        verbs.open_version(version=found, by=place.seat),
        content_type=found.content_type,
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def remove(request: Any, pk: UUID, document: UUID) -> HttpResponse:
    place = writer_for(request, pk)
    found = get_object_or_404(Document, pk=document, group=place.group.pk)
    act = verbs.remove_document
    return done(request, lambda: act(document=found.pk, by=place.seat), _("Removed."), "wg-documents", pk)
