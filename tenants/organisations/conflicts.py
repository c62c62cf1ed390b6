"""Two people changed the settings: what stands now, and what the second one wanted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenants.organisations.domain.settings_page import settings_of
from tenants.organisations.models import Organisation


def differences(saved: Organisation, form: Any) -> list[dict[str, Any]]:
    """Label, saved and wanted value of each field that the person changed otherwise than what is saved now."""
    stands, wanted, own = settings_of(saved), form.settings(), form.own_changes()
    rows = [
        _row(form[name].label, _shown(form, name, getattr(stands, name)), _shown(form, name, getattr(wanted, name)))
        for name in form.Meta.fields
        if name in own and getattr(stands, name) != getattr(wanted, name)
    ]
    return rows + [
        _row(field.label, stands.names.get(code, ""), wanted.names.get(code, ""))
        for field in form.name_fields
        if field.name in own
        and stands.names.get(code := field.name.removeprefix("name_"), "") != wanted.names.get(code, "")
    ]


def _row(label: Any, saved: str, wanted: str) -> dict[str, Any]:
    return {"label": label, "saved": saved or "–", "wanted": wanted or "–"}


def _shown(form: Any, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(dict(form.fields[name].choices).get(value, value))
