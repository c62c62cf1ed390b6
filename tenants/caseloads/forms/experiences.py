"""Lines of a person's work and learning."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.common.years import YearField
from tenants.caseloads.domain.experiences import ExperienceDetails
from tenants.caseloads.models import Experience


class ExperienceForm(forms.ModelForm):
    from_year = YearField(label=_("From year"), required=False)
    to_year = YearField(label=_("Until year"), required=False)

    class Meta:
        model = Experience
        fields: ClassVar = ["kind", "title", "at", "from_year", "to_year", "is_current"]
        labels: ClassVar = {"is_current": _("It still goes on")}
        help_texts: ClassVar = {"title": _("For example: seamstress, forklift course, looked after her mother.")}
        widgets: ClassVar = {
            "title": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "at": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_year", "to_year"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def _post_clean(self) -> None:
        """The row is written by the verb."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = values.get("from_year"), values.get("to_year")
        if start and end and end < start:
            self.add_error("to_year", _("It cannot end before it begins."))
        if end and values.get("is_current"):
            self.add_error("to_year", _("Either it goes on or it has ended."))
        return values

    def details(self) -> ExperienceDetails:
        return ExperienceDetails(**self.cleaned_data)
