"""How every form is drawn: label, help and error stand together and are tied by aria attributes.

FORM_RENDERER points to Renderer. Templates are in templates/django/forms/.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList, flatatt
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from halka.common import calendars

CHECKS: Final = (forms.CheckboxInput,)
GROUPS: Final = (forms.RadioSelect, forms.CheckboxSelectMultiple)
SELECTS: Final = (forms.Select, forms.SelectMultiple)


class BoundField(DjangoBoundField):
    """A field that knows which of the few kinds of drawing it needs."""

    @property
    def kind(self) -> str:
        """check, group, parts or control."""
        widget = self.field.widget
        if isinstance(widget, CHECKS):
            return "check"
        if isinstance(widget, GROUPS):
            return "group"
        if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
            return "parts"
        return "control"

    @property
    def anchor(self) -> str:
        """Id of the element that the error summary leads to."""
        if self.kind in ("group", "parts"):
            return f"{self.auto_id}_0"
        return self.id_for_label

    @property
    def seen(self) -> str:
        """What the page showed, hidden; `{{ field }}` holds it for all kinds but groups."""
        return self.as_hidden(only_initial=True) if self.field.show_hidden_initial else ""

    @property
    def optional(self) -> bool:
        return not self.field.required and not self.field.disabled

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if own := _control_class(widget):
            given = f"{built.get('class', '')} {widget.attrs.get('class', '')}"
            built["class"] = " ".join([own, *given.split()])
        return built


def _control_class(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return ""
    if isinstance(widget, (*CHECKS, *GROUPS)):
        return "form-check-input"
    return "form-select" if isinstance(widget, SELECTS) else "form-control"


class Renderer(TemplatesSetting):
    form_template_name = "django/forms/page_form.html"
    field_template_name = "django/forms/page_field.html"
    bound_field_class = BoundField


class LongSelect(forms.Select):
    """A choice among hundreds, such as colleagues: drawn in one go, where a template for each option takes a second."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if str(key) == chosen else "", label) for key, label in self.choices),
        )
        around = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, around, options)


class DayInput(forms.TextInput):
    """A day typed as text, written in the active calendar."""

    template_name = "components/day_input.html"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            value = value.date()
        return calendars.typed_day(value) if isinstance(value, date) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].setdefault("autocomplete", "off")
        context["widget"]["attrs"]["data-day"] = calendars.active_calendar().value
        context["widget"]["attrs"]["data-pattern"] = calendars.typed_pattern()
        return context


def _day_hint() -> str:
    return _("Day, month and year, for example %(example)s") % {"example": calendars.example()}


class HiddenDayInput(DayInput):
    input_type = "hidden"


class DayField(forms.Field):
    """A day, typed in the active calendar with Latin, Persian or Arabic digits; cleans to a date."""

    widget = DayInput
    hidden_widget = HiddenDayInput

    def __init__(self, *, help_text: str | SafeString = "", **kwargs: Any) -> None:
        super().__init__(help_text=help_text or lazy(_day_hint, str)(), **kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return calendars.parse_day(str(value))
        except calendars.UnreadableDay as error:
            raise ValidationError(str(error), code="unreadable_day") from error


class TimeField(forms.TimeField):
    """A time of day, typed with any digits."""

    def to_python(self, value: Any) -> time | None:
        return super().to_python(calendars.latin_digits(value) if isinstance(value, str) else value)


def summary_of(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """(anchor, label, message) of each error in the order of the fields, form-wide ones first with an empty anchor.

    A label that is a question or a sentence comes without its mark: a colon follows.
    """
    lines = [("", "", message) for message in _texts(form.non_field_errors())]
    for name in form.fields:
        messages = form.errors.get(name)
        if not messages:
            continue
        field = form[name]
        anchor = field.anchor if isinstance(field, BoundField) and not field.is_hidden else ""
        lines += [(anchor, str(field.label).rstrip("?؟."), message) for message in _texts(messages)]
    return lines


def _texts(messages: ErrorList) -> list[str]:
    """Messages of Django itself have Latin digits in any language."""
    return [calendars.localise_digits(message) for message in messages]
