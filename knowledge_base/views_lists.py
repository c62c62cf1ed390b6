"""Reading lists, on the network's host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halka.common.errors import Refused
from halka.common.paging import page_of
from knowledge_base.access import Reader, member
from knowledge_base.domain import lists as domain
from knowledge_base.forms_lists import ListForm, NewListForm, NoteForm
from knowledge_base.models import Entry, ListItem, ReadingList
from knowledge_base.printing import texts_of


@require_http_methods(["GET", "POST"])
def lists(request: Any) -> HttpResponse:
    reader = member(request)
    form = NewListForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect("reading-list", domain.begin_list(name=form.cleaned_data["name"], by=reader).pk)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    of_colleagues = request.GET.get("of") == "colleagues"
    rows = domain.shared_lists(reader) if of_colleagues else domain.own_lists(reader)
    page = page_of(request, rows.select_related("shared_with", "user").defer("shared_with__logo"), keys=["-id"])
    context = {"page": page, "of_colleagues": of_colleagues, "form": form}
    return render(request, "knowledge_base/lists/lists.html", context, status=400 if form.errors else 200)


@require_safe
def reading_list(request: Any, pk: UUID) -> HttpResponse:
    reader = member(request)
    found, is_own = _readable_list(reader, pk)
    page = page_of(request, found.items.all(), keys=["position", "id"])
    context = {"list": found, "is_own": is_own, "page": page, "rows": _rows(page.items, reader, is_own=is_own)}
    return render(request, "knowledge_base/lists/list.html", context)


@require_safe
def print_list(request: Any, pk: UUID) -> HttpResponse:
    """The whole list with the texts, for paper."""
    reader = member(request)
    found, is_own = _readable_list(reader, pk)
    rows = _rows(list(found.items.order_by("position", "id")), reader, is_own=False)
    texts = texts_of([entry for _item, entry in rows if entry])
    context = {"list": found, "is_own": is_own, "rows": [(item, entry, texts[entry.pk]) for item, entry in rows]}
    return render(request, "knowledge_base/lists/print.html", context)


@require_http_methods(["GET", "POST"])
def change_list(request: Any, pk: UUID) -> HttpResponse:
    reader = member(request)
    found = get_object_or_404(domain.own_lists(reader), pk=pk)
    form = ListForm(request.POST or None, reading_list=found, reader=reader)
    if form.is_valid():
        try:
            domain.change_list(reading_list=found, **form.cleaned_data, by=reader)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("reading-list", pk)
    context = {"list": found, "form": form}
    return render(request, "knowledge_base/lists/change.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove_list(request: Any, pk: UUID) -> HttpResponse:
    reader = member(request)
    found = get_object_or_404(domain.own_lists(reader), pk=pk)
    if request.method == "POST":
        domain.remove_list(reading_list=found, by=reader)
        messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
        return redirect("reading-lists")
    return render(request, "knowledge_base/lists/remove.html", {"list": found})


@require_POST
def keep(request: Any) -> HttpResponse:
    """`what`: a page, or a unit of a curriculum, as Entry.handle names it; `list`: which one, if there are several."""
    reader = member(request)
    entry = _named(reader, request.POST.get("what", ""))
    try:
        kept = domain.keep(entry=entry, list_id=_key(request.POST.get("list", "")), by=reader)
    except ReadingList.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        link = format_html('<a href="{}">{}</a>', reverse("reading-list", args=[kept.pk]), kept.name)
        messages.success(request, format_html(_("It is on your list {}."), link))
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else entry.url)


ACTS: Final[dict[str, Callable[[ListItem, Reader], None]]] = {
    "up": lambda item, reader: domain.move(item=item, up=True, by=reader),
    "down": lambda item, reader: domain.move(item=item, up=False, by=reader),
    "off": lambda item, reader: domain.take_off(item=item, by=reader),
}


@require_POST
def change_item(request: Any, pk: UUID, item: UUID) -> HttpResponse:
    reader = member(request)
    found = _own_item(reader, pk, item)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    act(found, reader)
    return redirect(f"{reverse('reading-list', args=[pk])}#{found.pk}")


@require_http_methods(["GET", "POST"])
def write_note(request: Any, pk: UUID, item: UUID) -> HttpResponse:
    reader = member(request)
    found = _own_item(reader, pk, item)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": found.note})
    if form.is_valid():
        domain.write_note(item=found, text=form.cleaned_data["note"], by=reader)
        return redirect(f"{reverse('reading-list', args=[pk])}#{found.pk}")
    entry = domain.entries_of([found], by=reader).get((found.page_id, found.unit_key))
    context = {"list": found.list, "entry": entry, "form": form}
    return render(request, "knowledge_base/lists/note.html", context, status=400 if form.errors else 200)


def _readable_list(reader: Reader, pk: UUID) -> tuple[ReadingList, bool]:
    """The list, and whether it is the reader's own. Raises Http404."""
    lists = ReadingList.objects.select_related("shared_with", "user").defer("shared_with__logo")
    own = lists.filter(pk=pk, user=reader.user_id).first()
    if own is not None:
        return own, True
    return get_object_or_404(domain.shared_lists(reader).select_related("user"), pk=pk), False


def _rows(items: list[ListItem], reader: Reader, *, is_own: bool) -> list[tuple[ListItem, Any]]:
    """Items with what is shown of them. What the reader may not read any more is there for its owner, without a word
    on what it was.
    """
    entries = domain.entries_of(items, by=reader)
    rows = [(item, entries.get((item.page_id, item.unit_key))) for item in items]
    return [(item, entry) for item, entry in rows if entry is not None or is_own]


def _own_item(reader: Reader, pk: UUID, item: UUID) -> ListItem:
    """Raises Http404."""
    return get_object_or_404(ListItem.objects.select_related("list"), pk=item, list=pk, list__user=reader.user_id)


def _named(reader: Reader, handle: str) -> Entry:
    """Raises Http404 for what is not there, or not for this reader."""
    page, _colon, unit = handle.partition(":")
    if not (page.isascii() and page.isdigit() and len(page) < 10) or "\0" in unit:
        raise Http404
    asked = ListItem(page_id=int(page), unit_key=unit)
    entry = domain.entries_of([asked], by=reader).get((asked.page_id, unit))
    if entry is None:
        raise Http404
    return entry


def _key(text: str) -> UUID | None:
    """Raises Http404 for what is no key."""
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
