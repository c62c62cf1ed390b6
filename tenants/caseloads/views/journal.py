"""A person's journal, and small wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halka.audit.domain import record_list
from halka.authorization.roles import Permission, Seat
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.paging import page_of
from tenants.caseloads.access import client_for
from tenants.caseloads.domain.journal import (
    EntryDetails,
    change_entry,
    may_change,
    may_remove,
    remove_entry,
    write_entry,
)
from tenants.caseloads.domain.mentions import mark_seen
from tenants.caseloads.domain.queries.journal import NEWEST_FIRST, entries_of, small_wins
from tenants.caseloads.enums.journal import ICONS, MORE, QUICK, Dimension, EntryKind
from tenants.caseloads.forms.journal import ChangeEntryForm, EntryForm, QuickForm
from tenants.caseloads.models import Client, JournalEntry
from tenants.caseloads.views.tasks import task_list
from tenants.organisations.access import require

BUTTONS = {"quick_kinds": [(kind, ICONS[kind]) for kind in QUICK], "more_kinds": [(kind, ICONS[kind]) for kind in MORE]}


@dataclass(frozen=True)
class Line:
    """An entry with what its reader may do with it."""

    entry: JournalEntry
    icon: str
    is_own: bool
    may_change: bool
    may_remove: bool

    @property
    def is_win(self) -> bool:
        return self.entry.kind == EntryKind.SMALL_WIN


def lines_of(entries: Iterable[JournalEntry], seat: Seat) -> list[Line]:
    return [
        Line(
            entry,
            ICONS[EntryKind(entry.kind)],
            entry.author_id == seat.membership_id,
            may_change(entry, seat),
            may_remove(entry, seat),
        )
        for entry in entries
    ]


@require_GET
def journal(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    corrected = _corrected(request, client)
    initial = {"corrects": corrected.pk, "audience": corrected.audience} if corrected else {}
    return _page(request, client, None, initial=initial)


@require_POST
def journal_write(request: Any, pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    form = EntryForm(request.POST, request.FILES, client=client, seat=request.seat)
    if form.is_valid():
        try:
            entry = write_entry(client=client, new=form.new(), by=request.seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _written(request, client, entry)
    if request.htmx:
        return render(request, "caseloads/journal_box.html", {"client": client, "form": form, **BUTTONS})
    return _page(request, client, form)


@require_GET
def journal_entry(request: Any, pk: UUID, entry_pk: UUID) -> HttpResponse:
    """One entry; whoever was asked to read it has, now."""
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    entry = entry_of(client, entry_pk, request.seat)
    mark_seen(entry=entry, by=request.seat)
    context = {"client": client, "line": lines_of([entry], request.seat)[0]}
    context["may_write"] = request.seat.can(Permission.JOURNAL_WRITE)
    return render(request, "caseloads/journal_entry.html", context)


@require_http_methods(["GET", "POST"])
def journal_change(request: Any, pk: UUID, entry_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    entry = entry_of(client, entry_pk, request.seat)
    form = ChangeEntryForm.of(entry, request.POST or None)
    context: dict[str, Any] = {"client": client, "entry": entry, "form": form}
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            change_entry(entry=entry, details=form.details_of(entry), seen_version=seen, by=request.seat)
        except EditedMeanwhile:
            form.data = {**request.POST.dict(), "seen_version": entry.version}
            context["saved"] = entry
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("journal", client.pk)
    status = 409 if "saved" in context else 400 if form.is_bound else 200
    return render(request, "caseloads/journal_change.html", context, status=status)


@require_POST
def journal_remove(request: Any, pk: UUID, entry_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    entry = entry_of(client, entry_pk, request.seat)
    try:
        remove_entry(entry=entry, by=request.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The entry is taken back."))
    return redirect("journal", client.pk)


@require_POST
def journal_dimension(request: Any, pk: UUID, entry_pk: UUID) -> HttpResponse:
    """What a small win touched, said afterwards with one tap."""
    client = client_for(request, pk, Permission.JOURNAL_WRITE)
    entry = entry_of(client, entry_pk, request.seat)
    dimension = request.POST.get("dimension", "")
    if dimension in Dimension.values and entry.kind == EntryKind.SMALL_WIN:
        details = EntryDetails(entry.kind, entry.text, entry.happened_at, entry.audience, dimension)
        try:
            change_entry(entry=entry, details=details, seen_version=entry.version, by=request.seat)
        except Refused as refusal:
            messages.error(request, str(refusal))
    if request.htmx:
        line = lines_of([entry_of(client, entry_pk, request.seat)], request.seat)[0]
        return render(request, "caseloads/journal_line.html", {"client": client, "line": line, "may_write": True})
    return redirect("journal", client.pk)


@require_POST
def journal_seen(request: Any, pk: UUID, entry_pk: UUID) -> HttpResponse:
    client = client_for(request, pk, Permission.CLIENT_VIEW)
    mark_seen(entry=entry_of(client, entry_pk, request.seat), by=request.seat)
    return HttpResponse() if request.htmx else redirect("today")


@require_http_methods(["GET", "POST"])
def quick_write(request: Any) -> HttpResponse:
    """From Today: pick one of one's own people, and write."""
    seat = require(request, Permission.JOURNAL_WRITE)
    form = QuickForm(request.POST or None, seat=seat)
    context: dict[str, Any] = {"quick_form": form, **BUTTONS}
    if form.is_valid():
        client = client_for(request, form.cleaned_data["client"].pk, Permission.JOURNAL_WRITE)
        try:
            entry = write_entry(client=client, new=form.new(seat), by=seat)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _written_quickly(request, client, entry)
    template = "caseloads/journal_quick_box.html" if request.htmx else "caseloads/journal_quick.html"
    return render(request, template, context, status=400 if form.is_bound and not request.htmx else 200)


@require_GET
def wins(request: Any) -> HttpResponse:
    """The small wins of one's own people; for those who reach everybody, of all."""
    seat = require(request, Permission.CLIENT_VIEW)
    may_see_all = seat.can(Permission.CASE_SUPERVISE)
    everybody = may_see_all and request.GET.get("whose") == "all"
    page = page_of(request, small_wins(seat, everybody=everybody), keys=NEWEST_FIRST)
    if page.items:
        record_list(action="entry.listed", count=len(page.items), by=seat)
    context = {"page": page, "everybody": everybody, "may_see_all": may_see_all}
    return render(request, "caseloads/small_wins.html", context)


def entry_of(client: Client, pk: UUID, seat: Seat) -> JournalEntry:
    """An entry of the client that the person reads; Http404 otherwise."""
    entry: JournalEntry | None = entries_of(client, seat).filter(pk=pk).first()
    if entry is None:
        raise Http404
    entry.client = client
    return entry


def _corrected(request: Any, client: Client) -> JournalEntry | None:
    try:
        pk = UUID(request.GET.get("corrects", ""))
    except ValueError:
        return None
    entry = entries_of(client, request.seat).filter(pk=pk, author=request.seat.membership_id).first()
    return entry


def _page(request: Any, client: Client, form: EntryForm | None, **options: Any) -> HttpResponse:
    """The whole journal; a form with mistakes stands in it as it was sent."""
    seat = request.seat
    kind = request.GET.get("kind", "")
    kind = kind if kind in EntryKind.values else ""
    may_write = seat.can(Permission.JOURNAL_WRITE)
    page = page_of(request, entries_of(client, seat, kind), keys=NEWEST_FIRST)
    context = {
        "client": client,
        "page": page,
        "lines": lines_of(page.items, seat),
        "kind": kind,
        "kinds": [(value, label, ICONS[EntryKind(value)]) for value, label in EntryKind.choices],
        "may_write": may_write,
        "form": form or (EntryForm(client=client, seat=seat, **options) if may_write else None),
        **BUTTONS,
        **task_list(request, client),
    }
    return render(request, "caseloads/journal.html", context, status=400 if form else 200)


def _written(request: Any, client: Client, entry: JournalEntry) -> HttpResponse:
    request.draft_is_sent = True
    if not request.htmx:
        messages.success(request, said(entry))
        return redirect("journal", client.pk)
    line = lines_of([entry_of(client, entry.pk, request.seat)], request.seat)[0]
    context: dict[str, Any] = {"client": client, "line": line, "said": said(entry), "may_write": True, **BUTTONS}
    context |= {"form": EntryForm(client=client, seat=request.seat), **task_list(request, client)}
    return render(request, "caseloads/journal_written.html", context)


def _written_quickly(request: Any, client: Client, entry: JournalEntry) -> HttpResponse:
    request.draft_is_sent = True
    if not request.htmx:
        messages.success(request, _("%(said)s %(name)s") % {"said": said(entry), "name": client})
        return redirect("today")
    context = {"quick_form": QuickForm(seat=request.seat), "said": said(entry), "wrote_about": client, **BUTTONS}
    response = render(request, "caseloads/journal_quick_box.html", context)
    response["HX-Trigger-After-Settle"] = "entry-written"
    return response


def said(entry: JournalEntry) -> str:
    if entry.kind == EntryKind.SMALL_WIN:
        return _("A small win! It is kept.")
    if timezone.localdate(entry.happened_at) != timezone.localdate():
        return _("Saved for that day.")
    return _("Saved.")
