"""Two people changed the same client: both versions side by side, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise

from halka.common.calendars import format_day
from halka.common.years import typed_year
from tenants.caseloads.forms.clients import ASKED, EditClientForm
from tenants.caseloads.models import Client

CHOICE: Final = "keep-"
THEIRS: Final = "theirs"


@dataclass(frozen=True)
class Difference:
    """One field as it is saved now (`theirs`) and as it was typed (`mine`); `is_mine` is the likelier choice."""

    name: str
    label: str | Promise
    theirs: str
    mine: str
    is_mine: bool


def differences(client: Client, form: EditClientForm) -> list[Difference]:
    """Where the valid form and the saved client differ. What the person did not touch is not theirs to keep."""
    return [
        Difference(
            name=name,
            label=form.fields[name].label or name,
            theirs=_shown(client, name, getattr(client, name)),
            mine=_shown(client, name, form.cleaned_data[name]),
            is_mine=name in form.changed_data,
        )
        for name in ASKED
        if form.cleaned_data[name] != getattr(client, name)
    ]


def chosen(data: QueryDict, client: Client) -> QueryDict:
    """What was sent, with the saved value wherever that one was chosen."""
    data = data.copy()
    for name, field in EditClientForm.of(client).fields.items():
        if data.get(CHOICE + name) == THEIRS:
            data[name] = typed(field, getattr(client, name))
    return data


def hidden_inputs(client: Client, form: EditClientForm) -> list[tuple[str, str]]:
    """Names and values that carry the typed form on, now compared with what is saved."""
    pairs = [("seen_version", str(client.version))]
    for name in ASKED:
        pairs.append((name, form.data.get(name, "")))
        pairs.append((form[name].html_initial_name, typed(form.fields[name], getattr(client, name))))
    return pairs


def typed(field: Any, value: Any) -> str:
    """The value as its field's control would hold it."""
    text = field.widget.format_value(value)
    if isinstance(text, list):
        text = text[0] if text else ""
    return text or ""


def _shown(client: Client, name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "born_on":
        return format_day(value)
    if name == "birth_year":
        return typed_year(value)
    choices = dict(getattr(client._meta.get_field(name), "flatchoices", None) or ())
    return str(choices.get(value, value))
