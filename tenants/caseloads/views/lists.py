"""Lists of clients."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from halka.audit.domain import record_list
from halka.authorization.roles import Permission, Seat
from halka.common.calendars import localise_digits
from halka.common.paging import PARAMETER
from tenants.caseloads import columns
from tenants.caseloads.domain import lists as domain
from tenants.caseloads.domain.queries import lists as queries
from tenants.caseloads.domain.queries.lists import Filter
from tenants.caseloads.enums.lists import Scope, Sort
from tenants.caseloads.forms.lists import FilterForm, SaveListForm, ShareOutForm, kept
from tenants.caseloads.models import Client, SavedList
from tenants.organisations.access import require

COOKIE = "halka_columns"
COOKIE_AGE = 400 * 24 * 3600
NAMED = 5  # people in a message


@require_GET
def clients(request: Any) -> HttpResponse:
    """One's own clients, nobody's, or all, narrowed down by the query string; for htmx the list alone."""
    seat = require(request, Permission.CLIENT_VIEW)
    form = FilterForm(request.GET, full=not _is_fragment(request))
    response = render(request, _template(request), _context(request, seat, form, form.wanted))
    return _remembering(request, response)


@require_GET
def clients_mine(request: Any) -> HttpResponse:
    """The address that the list of one's own clients had once."""
    require(request, Permission.CLIENT_VIEW)
    return redirect(_address(kept(request.GET, "scope"), scope=Scope.MINE))


@require_POST
def client_search(request: Any) -> HttpResponse:
    """What was typed into the search box: words go into the address, numbers of people do not."""
    seat = require(request, Permission.CLIENT_VIEW)
    text = request.POST.get("q", "").strip()
    data = QueryDict(kept(request.GET, "q", PARAMETER), mutable=True)
    if not queries.is_number(text):
        if text:
            data["q"] = text
        if not _is_fragment(request):
            return redirect(_address(data.urlencode()))
    request.GET = data
    form = FilterForm(data, full=not _is_fragment(request))
    wanted = form.wanted
    if queries.is_number(text):
        wanted = Filter.from_json({**wanted.to_json(), "number": text})
    response = render(request, _template(request), _context(request, seat, form, wanted))
    response["HX-Push-Url"] = _address(data.urlencode())
    return response


@require_POST
def clients_share_out(request: Any) -> HttpResponse:
    """Several clients of the list to one colleague."""
    seat = require(request, Permission.CLIENT_EDIT)
    form = ShareOutForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose who is to be responsible."))
        return redirect(_address(kept(QueryDict(request.POST.get("back", "")))))
    chosen = [UUID(key) for key in request.POST.getlist("client") if _is_key(key)]
    result = domain.share_out(clients=chosen, to=form.cleaned_data["to"], by=seat)
    _tell(request, result, form.cleaned_data["to"])
    return redirect(_address(kept(QueryDict(form.cleaned_data["back"]))))


@require_POST
def list_save(request: Any) -> HttpResponse:
    seat = _member(require(request, Permission.CLIENT_VIEW))
    form = SaveListForm(request.POST, colleague=seat.membership_id)
    if form.is_valid():
        saved = domain.save_list(saved=form.save(commit=False), by=seat)
        messages.success(request, _("The list “%(name)s” is kept.") % {"name": saved.name})
    else:
        messages.error(request, " ".join(str(message) for found in form.errors.values() for message in found))
    return redirect(_address(kept(QueryDict(request.POST.get("query", "")))))


@require_POST
def list_rename(request: Any, pk: UUID) -> HttpResponse:
    seat = _member(require(request, Permission.CLIENT_VIEW))
    form = SaveListForm(request.POST, instance=_own_list(seat, pk), colleague=seat.membership_id)
    if form.is_valid():
        domain.save_list(saved=form.save(commit=False), by=seat)
    else:
        messages.error(request, " ".join(str(message) for found in form.errors.values() for message in found))
    return redirect(_address(_own_list(seat, pk).query))


@require_POST
def list_remove(request: Any, pk: UUID) -> HttpResponse:
    seat = _member(require(request, Permission.CLIENT_VIEW))
    saved = _own_list(seat, pk)
    domain.remove_list(saved=saved, by=seat)
    messages.success(request, _("The list “%(name)s” is not kept any more.") % {"name": saved.name})
    return redirect(_address(saved.query))


# --- what the pages show -----------------------------------------------------------------------------------------
def _context(request: Any, seat: Seat, form: FilterForm, wanted: Filter) -> dict[str, Any]:
    shown = columns.chosen(_wanted_columns(request), on_page=True)
    wanted = queries.settled(wanted, seat)
    part = queries.page(
        wanted, seat, cursor=request.GET.get(PARAMETER, ""), related=lambda rows: columns.with_related(rows, shown)
    )
    names = wanted.names()
    searched = "client.searched" if {"search", "number"} & set(names) else "client.listed"
    record_list(action=searched, count=len(part.items), filters=names, by=seat)
    context: dict[str, Any] = {
        "seat": seat,
        "page": part,
        "rows": [_row(client, seat, wanted) for client in columns.named(part.items, shown)],
        "columns": shown,
        "wanted": wanted,
        "chips": list(form.chips()),
        "scopes": queries.scopes_of(seat),
        "asks_for_a_name": queries.asks_for_a_name(wanted, seat),
        "may_edit": seat.can(Permission.CLIENT_EDIT),
        "may_export": seat.can(Permission.DATA_EXPORT) and not wanted.number,
        "query": kept(request.GET, PARAMETER),
        "unfiltered": kept(request.GET, PARAMETER, "q", *form.fields),
        "sort_label": Sort(wanted.sort).label,
        "previous_url": _turned(request, part.previous) if not wanted.number else "",
        "next_url": _turned(request, part.next) if not wanted.number else "",
    }
    if context["may_edit"]:
        context["share_form"] = ShareOutForm(initial={"back": context["query"]})
    if form.full:
        context["reads_only"] = seat.is_support or request.organisation.reads_only
        context |= _beside(seat, form, shown, request.GET, context["query"])
    return context


def _beside(seat: Seat, form: FilterForm, shown: list[columns.Column], data: QueryDict, query: str) -> dict[str, Any]:
    """What the whole page has and a fragment has not."""
    return {
        "filter_form": form,
        "carried": [(name, data[name]) for name in data if name not in ("columns", PARAMETER) and data[name]],
        "may_import": seat.can(Permission.DATA_IMPORT),
        "all_columns": [(column, column in shown) for column in columns.ALL if column.on_page],
        "saved_lists": list(SavedList.objects.filter(colleague=seat.membership_id).order_by("name"))
        if seat.membership_id
        else [],
        "save_form": SaveListForm(initial={"query": query}, colleague=seat.membership_id)
        if seat.membership_id
        else None,
    }


def _row(client: Client, seat: Seat, wanted: Filter) -> dict[str, Any]:
    is_open = getattr(client, "is_reachable", True)
    own = client.assigned_to_id in (None, seat.membership_id)
    may_give = seat.can(Permission.CLIENT_EDIT) and is_open and (own or seat.can(Permission.CASE_SUPERVISE))
    return {"client": client, "is_open": is_open, "may_give": may_give}


def _wanted_columns(request: Any) -> list[str]:
    """Those of the address, else those chosen the last time, else the usual ones."""
    text = request.GET.get("columns") or request.COOKIES.get(COOKIE) or ""
    keys = [key for part in request.GET.getlist("columns") or [text] for key in part.split(",") if key]
    return keys or list(columns.USUAL)


def _remembering(request: Any, response: HttpResponse) -> HttpResponse:
    if request.GET.get("columns"):
        known = [column.key for column in columns.chosen(_wanted_columns(request), on_page=True)]
        response.set_cookie(
            COOKIE, ",".join(known), max_age=COOKIE_AGE, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def _tell(request: Any, result: domain.SharedOut, to: Any) -> None:
    if result.given:
        number = len(result.given)
        words = {"number": localise_digits(number), "name": to or _("nobody")}
        text = ngettext("%(number)s client is with %(name)s now.", "%(number)s clients are with %(name)s now.", number)
        messages.success(request, text % words)
    if result.left:
        names = ", ".join(str(client) for client in result.left[:NAMED])
        more = len(result.left) - NAMED
        if more > 0:
            names = _("%(names)s and %(number)s more") % {"names": names, "number": localise_digits(more)}
        messages.warning(request, _("Not changed, because they are not yours to give: %(names)s") % {"names": names})
    if not result.given and not result.left:
        messages.info(request, _("Choose clients first: tick the boxes beside their names."))


def _member(seat: Seat) -> Any:
    if seat.membership_id is None:
        raise Http404
    return seat


def _own_list(seat: Seat, pk: UUID) -> SavedList:
    saved: SavedList | None = SavedList.objects.filter(pk=pk, colleague=seat.membership_id).first()
    if saved is None:
        raise Http404
    return saved


def _address(query: str, **more: str) -> str:
    query = "&".join(filter(None, [query, urlencode(more)]))
    return f"{reverse('clients')}?{query}" if query else reverse("clients")


def _turned(request: Any, cursor: str) -> str:
    if not cursor:
        return ""
    data = request.GET.copy()
    data[PARAMETER] = cursor
    return _address(data.urlencode())


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _template(request: Any) -> str:
    return "caseloads/_list.html" if _is_fragment(request) else "caseloads/clients.html"


def _is_fragment(request: Any) -> bool:
    """Whether htmx asks for a part; when it restores a page of the history it needs the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request
