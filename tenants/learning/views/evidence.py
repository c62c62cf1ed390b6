"""What the network learns of our teaching: exactly the figures that left, and nothing else does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halka.authorization.roles import Permission
from halka.common.charts import signed
from knowledge_base.models import PublishedVersion
from tenants.learning.access import curriculum_for
from tenants.learning.domain.evidence import ours, renew_now
from tenants.learning.models import AdoptedCurriculum


@require_http_methods(["GET", "POST"])
def evidence(request: Any, pk: UUID) -> HttpResponse:
    """By version; the button computes them anew."""
    if request.method == "POST":
        shown = curriculum_for(request, pk, Permission.LEARNING_ADAPT)
        renew_now(curriculum=shown, by=request.seat)
        messages.success(request, _("Computed anew."))
        return redirect("adopted-evidence", pk)
    shown = curriculum_for(request, pk, Permission.LEARNING_VIEW)
    context = {
        "curriculum": shown,
        "versions": _versions(shown),
        "may_adapt": request.seat.can(Permission.LEARNING_ADAPT) and shown.ended_at is None,
    }
    return render(request, "learning/evidence.html", context)


def _versions(curriculum: AdoptedCurriculum) -> list[dict[str, Any]]:
    """The newest first, each with the row about the whole and those about its units in their order. Four queries."""
    versions = list(PublishedVersion.objects.filter(curriculum=curriculum.standard).order_by("-number"))
    titles = dict(curriculum.units.in_order().values_list("key", "title"))
    order = {key: place for place, key in enumerate(["", *titles])}
    found: dict[UUID, list[Any]] = {}
    for row in ours().filter(version__in=[version.pk for version in versions]):
        row.title = titles.get(row.unit, row.unit) if row.unit else _("The whole curriculum")
        row.far = "" if row.distance is None else signed(row.distance)
        found.setdefault(row.version_id, []).append(row)
    return [
        {"number": version.number, "rows": sorted(found[version.pk], key=lambda row: order.get(row.unit, len(order)))}
        for version in versions
        if version.pk in found
    ]
