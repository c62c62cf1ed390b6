"""What a module or a unit says, as one thing that is compared and written: field by field, whichever side it is on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from halka.common.calendars import localise_digits
from knowledge_base.models import MODULE_FIELDS, UNIT_FIELDS, ModuleText, UnitText

Part = ModuleText | UnitText
Content = dict[str, Any]


def fields_of(part: Part) -> tuple[str, ...]:
    return MODULE_FIELDS if isinstance(part, ModuleText) else UNIT_FIELDS


def content_of(part: Part) -> Content:
    return {name: getattr(part, name) for name in fields_of(part)}


def write(part: Part, content: Mapping[str, Any]) -> list[str]:
    """Sets what differs, unsaved; returns its names."""
    changed = [name for name, value in content.items() if not same(getattr(part, name), value)]
    for name in changed:
        setattr(part, name, content[name])
    return changed


def changed_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields that say something else, in their order."""
    return [name for name in before if not same(before[name], after[name])]


def same(one: Any, other: Any) -> bool:
    """Ends of lines and spaces around a text do not count."""
    return bool(_settled(one) == _settled(other))


def _settled(value: Any) -> Any:
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").strip().split("\n"))
    if isinstance(value, dict):
        return {key: _settled(each) for key, each in value.items()}
    return [_settled(each) for each in value] if isinstance(value, list) else value


def label_of(part: type[Part] | Part, name: str) -> str:
    """What a field is called at the beginning of a line."""
    if name == "exercises":
        return _("Exercises")
    label = str(part._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def text_of(part: type[Part] | Part, name: str, value: Any) -> str:
    """A value in words, for reading side by side."""
    if name == "exercises":
        return "\n\n".join(_exercise(each) for each in value)
    if isinstance(value, list):
        return "\n".join(value)
    choices = part._meta.get_field(name).choices  # type: ignore[union-attr]
    if choices:
        return str(dict(choices).get(value, value))
    return localise_digits(format(value.normalize(), "f")) if hasattr(value, "normalize") else str(value)


def _exercise(exercise: Mapping[str, Any]) -> str:
    minutes = _("%(minutes)s minutes") % {"minutes": localise_digits(exercise["minutes"])}
    questions = "\n".join(f"- {question}" for question in exercise["debrief"])
    return "\n".join(filter(None, (f"{exercise['title']} ({minutes})", exercise["steps"], questions)))
