"""Fields that editors fill in one line at a time, or by ticking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class LinesInput(forms.CharField):
    """A list of texts, typed one a line."""

    def __init__(self, **kwargs: Any) -> None:
        for name in ("base_field", "max_length"):
            kwargs.pop(name, None)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        kwargs["help_text"] = kwargs.get("help_text") or _("One a line.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class LinesField(ArrayField):
    """A list of short texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.TextField())
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, form_class=LinesInput, **kwargs)


class TicksField(ArrayField):
    """Some of the choices of its base field."""

    def formfield(self, **kwargs: Any) -> Any:
        choices = {"choices": self.base_field.choices, "widget": forms.CheckboxSelectMultiple}
        return models.Field.formfield(self, choices_form_class=None, form_class=_Ticks, **{**kwargs, **choices})


class _Ticks(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
