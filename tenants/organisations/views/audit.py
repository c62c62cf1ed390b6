"""Who did and who looked at what in the organisation."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halka.audit.actions import known_actions, label_of, words_of
from halka.audit.models import Entry
from halka.authorization.roles import Permission
from halka.common.paging import page_of
from tenants.organisations.access import require
from tenants.organisations.forms import AuditFilter
from tenants.organisations.models import Colleague


@require_GET
def audit(request: Any) -> HttpResponse:
    require(request, Permission.AUDIT_VIEW)
    people = list(Colleague.objects.values_list("pk", "user_id", "name"))
    chosen = AuditFilter(request.GET, people=[row[1:] for row in people], actions=known_actions())
    chosen.is_valid()
    found = Entry.objects.all()
    if chosen.cleaned_data.get("who"):
        found = found.filter(actor_user_id=chosen.cleaned_data["who"])
    if chosen.cleaned_data.get("what"):
        found = found.filter(action=chosen.cleaned_data["what"])
    page = page_of(request, found, keys=("-at", "-id"))
    names = {str(pk): name for pk, _user, name in people}
    context = {"page": page, "rows": [_row(entry, names) for entry in page.items], "filter": chosen}
    return render(request, "organisations/audit.html", context)


def _row(entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": entry.at,
        "who": entry.actor_name if entry.actor_user_id else _("Halka"),
        "is_support": entry.is_support,
        "what": label_of(entry.action),
        "on": names.get(entry.target_id) or _noun(entry.target_model),
        "detail": words_of(entry.detail),
    }


def _noun(model: str) -> Any:
    try:
        return apps.get_model(model)._meta.verbose_name if model else ""
    except LookupError:
        return model
