"""Who did and who looked at what in the organisation."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halka.audit import subjects
from halka.audit.actions import known_actions
from halka.audit.domain import record, record_list
from halka.audit.subjects import Subject
from halka.authorization.roles import Permission, Seat
from halka.common.paging import PARAMETER, page_of
from halka.common.sheets import Format, written
from tenants.organisations.access import require
from tenants.organisations.audit_pages import KEYS, Wanted, colleagues, entries_of, rows_of, sheet_of
from tenants.organisations.forms import AuditFilter

OF_CLIENT: Final = ("name", "client")


@require_GET
def audit(request: Any) -> HttpResponse:
    seat = require(request, Permission.AUDIT_VIEW)
    people = colleagues()
    form = _filter(request, seat, people)
    client, choices = _client(form, seat)
    wanted = _wanted(form, client)
    page = page_of(request, entries_of(wanted), keys=KEYS)
    names = {str(pk): name for pk, _user, name in people}
    context = {
        "page": page,
        "rows": rows_of(page.items, names, seat),
        "filter": form,
        "choices": [(subject.name, _address(request, client=subject.id)) for subject in choices],
        "export": _address(request, client=client and client.id),
    }
    return render(request, "audit/entries.html", context)


@require_GET
def audit_export(request: Any) -> StreamingHttpResponse:
    """The entries that the page shows, all pages of them. That they were taken along is written down first."""
    seat = require(request, Permission.AUDIT_VIEW)
    form = _filter(request, seat, colleagues())
    client, _choices = _client(form, seat)
    wanted = _wanted(form, client)
    record(action="audit.exported", detail={"filters": wanted.names()}, about=wanted.client, by=seat)
    response = StreamingHttpResponse(
        written(sheet_of(wanted, seat), Format.CSV), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "no-store, private"
    return response


def _filter(request: Any, seat: Seat, people: list[tuple[UUID, int, str]]) -> AuditFilter:
    form = AuditFilter(
        request.GET.copy(),
        people=[row[1:] for row in people],
        actions=known_actions(),
        by_client=subjects.may_search(seat),
    )
    form.is_valid()
    return form


def _client(form: AuditFilter, seat: Seat) -> tuple[Subject | None, list[Subject]]:
    """The client that was chosen or is the only one of the typed name; else those to choose from."""
    name, key = (form.cleaned_data.get(part) for part in OF_CLIENT)
    known = subjects.named(seat, {key}).get(key) if key else None
    if known is not None and name in ("", None, known.name):
        form.data["name"] = known.name
        return known, []
    found = subjects.search(seat, name or "")
    if name:
        record_list(action="client.searched", count=len(found), filters=["name"], by=seat)
        form.data["client"] = str(found[0].id) if len(found) == 1 else ""
        if not found:
            form.add_error("name", _("There is nobody by this name whose record you may open."))
    return (found[0], []) if len(found) == 1 else (None, found)


def _wanted(form: AuditFilter, client: Subject | None) -> Wanted:
    chosen = {name: value for name, value in form.cleaned_data.items() if name not in OF_CLIENT and value}
    return Wanted(**chosen, client=client.id if client else None)


def _address(request: Any, *, client: UUID | None) -> str:
    """The page's own query string, with this client and from the first page."""
    parameters = request.GET.copy()
    for name in (*OF_CLIENT, PARAMETER):
        parameters.pop(name, None)
    if client:
        parameters["client"] = str(client)
    return f"?{parameters.urlencode()}" if parameters else "?"
