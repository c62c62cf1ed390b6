"""The fairness board: how referrals are answered, in figures that name no person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from halka.audit.domain import record_list
from halka.authorization.roles import Permission, Seat
from halka.common import sheets
from halka.common.paging import page_of
from network_registry.exchange import board
from network_registry.exchange.domain.fairness import computed_at, is_due
from network_registry.exchange.enums import FairnessKind, Period
from network_registry.exchange.forms import BoardForm
from network_registry.exchange.models import Fairness
from network_registry.exchange.tasks import renew_board
from tenants.organisations.access import require
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation

# How the rows are ordered: the measure, and where those without a figure come, which is last.
ORDERS = {
    "answer": ("-", "answer_days", -1.0),
    "expired": ("-", "expired", -1.0),
    "accepted": ("", "accepted", 101.0),
    "ended": ("", "ended", 101.0),
    "received": ("-", "received", -1.0),
}


def _secretariat(request: Any) -> Seat:
    seat = require(request, Permission.NETWORK_MANAGE)
    if request.organisation.kind != Kind.SECRETARIAT:
        raise Http404
    return seat


def _form(request: Any) -> BoardForm:
    known = Fairness.objects.filter(kind=FairnessKind.PROVINCE, period=Period.YEAR, service="")
    return BoardForm(request.GET, provinces=sorted(filter(None, known.values_list("province", flat=True))))


def _rows(chosen: dict[str, Any]) -> tuple[QuerySet[Fairness], list[str]]:
    """The rows that were asked for, and the keys of their order."""
    falling, measure, missing = ORDERS[chosen["order"]]
    rows = Fairness.objects.filter(period=chosen["period"], kind=chosen["by"])
    if chosen["by"] == FairnessKind.SERVICE:
        rows = rows.filter(service=chosen["service"]) if chosen["service"] else rows
    else:
        rows = rows.filter(service=chosen["service"])
    if chosen["province"] and chosen["by"] == FairnessKind.ORGANISATION:
        rows = rows.filter(organisation__province=chosen["province"])
    elif chosen["province"] and chosen["by"] == FairnessKind.PROVINCE:
        rows = rows.filter(province=chosen["province"])
    key = Coalesce(Cast(F(measure), FloatField()), Value(missing), output_field=FloatField())
    rows = rows.select_related("organisation").defer("organisation__logo").annotate(order_key=key)
    return rows, [f"{falling}order_key", f"{falling}id"]


@require_safe
def fairness(request: Any) -> HttpResponse:
    _secretariat(request)
    form = _form(request)
    rows, keys = _rows(form.cleaned_data)
    wholes = Fairness.objects.filter(
        period=form.cleaned_data["period"],
        kind__in=[FairnessKind.NETWORK, FairnessKind.MEDIAN],
        service__in=["", form.cleaned_data["service"]],
    )
    months = Fairness.objects.filter(kind=FairnessKind.MONTH, period=Period.YEAR).order_by("month")
    context = {
        "form": form,
        "page": page_of(request, rows, keys=keys),
        "by": FairnessKind(form.cleaned_data["by"]),
        "wholes": board.wholes(wholes, form.cleaned_data["service"]),
        "months": board.months(months),
        "computed_at": computed_at(),
        "query": request.GET.urlencode(),
    }
    return render(request, "exchange/fairness.html", context)


@require_safe
def fairness_export(request: Any) -> StreamingHttpResponse:
    seat = _secretariat(request)
    form = _form(request)
    rows, keys = _rows(form.cleaned_data)
    found = list(rows.order_by(*keys))
    narrowed = [name for name in ("service", "province") if form.cleaned_data[name]]
    record_list(action="fairness.exported", count=len(found), filters=narrowed, by=seat)
    lines = sheets.written(board.sheet(found), sheets.Format.CSV)
    name = f"fairness-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def fairness_province(request: Any) -> HttpResponse:
    """A branch's province: its organisations and the whole of it, beside the middle one of the network's."""
    require(request, Permission.NETWORK_VIEW)
    if request.organisation.kind != Kind.BRANCH:
        raise Http404
    province = Organisation.objects.values_list("province", flat=True).get(pk=request.organisation.id)
    chosen = {**request.GET.dict(), "by": FairnessKind.ORGANISATION, "province": province}
    form = BoardForm(chosen, provinces=[province])
    rows, keys = _rows(form.cleaned_data)
    wholes = Fairness.objects.filter(
        Q(kind=FairnessKind.PROVINCE, province=province) | Q(kind=FairnessKind.MEDIAN),
        period=form.cleaned_data["period"],
        service=form.cleaned_data["service"],
    )
    context = {
        "form": form,
        "page": page_of(request, rows if province else rows.none(), keys=keys),
        "wholes": list(wholes.order_by("-kind")) if province else [],
        "province": province,
        "computed_at": computed_at(),
    }
    return render(request, "exchange/fairness_province.html", context)


@require_POST
def fairness_renew(request: Any) -> HttpResponse:
    _secretariat(request)
    if is_due():
        send_after_commit(renew_board)
        messages.success(request, _("The figures are computed anew. Reload the page in a moment."))
    else:
        messages.info(
            request, _("The figures are of today. More often than once a day would tell of single referrals.")
        )
    return redirect("fairness")


@require_safe
def fairness_own(request: Any) -> HttpResponse:
    """An organisation's own figures beside the middle one of the network's; nobody else's."""
    require(request, Permission.REFERRAL_VIEW)
    rows = Fairness.objects.filter(kind__in=[FairnessKind.ORGANISATION, FairnessKind.MEDIAN])
    own = rows.filter(organisation=request.organisation.id) | rows.filter(organisation=None)
    context = {"periods": board.beside(own), "computed_at": computed_at()}
    return render(request, "exchange/fairness_own.html", context)
