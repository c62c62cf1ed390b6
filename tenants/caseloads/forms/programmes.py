"""Forms of programmes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halka.common.forms import DayField
from tenants.caseloads.domain.programmes import DETAILS, ProgrammeDetails, targets_of
from tenants.caseloads.enums.cases import ProgrammeState, TargetMeasure
from tenants.caseloads.models import Programme

TARGET = "target_"
MOST = 1_000_000


class ProgrammeForm(forms.ModelForm):
    """A programme with its targets, and the version that was shown."""

    starts_on = DayField(label=_("Begins"))
    ends_on = DayField(label=_("Ends"), required=False, help_text=_("Leave it empty when the end is not known."))
    state = forms.ChoiceField(
        label=_("State"),
        choices=[choice for choice in ProgrammeState.choices if choice[0] != ProgrammeState.ENDED],
        initial=ProgrammeState.RUNNING,
        widget=forms.RadioSelect,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Programme
        fields: ClassVar = list(DETAILS)
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "funder": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "territory": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "target_group": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "objectives": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "consent_wording": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for measure in TargetMeasure:
            self.fields[TARGET + measure] = forms.IntegerField(
                label=measure.label, min_value=1, max_value=MOST, required=False
            )

    @classmethod
    def of(cls, programme: Programme, data: QueryDict | None = None) -> ProgrammeForm:
        shown = {name: getattr(programme, name) for name in DETAILS}
        targets = {TARGET + measure: number for measure, number in targets_of(programme).items()}
        form = cls(data, initial={**shown, **targets, "seen_version": programme.version})
        if programme.state == ProgrammeState.ENDED:
            form.fields["state"].choices = ProgrammeState.choices  # type: ignore[attr-defined]
        return form

    @property
    def target_fields(self) -> list[Any]:
        return [self[TARGET + measure] for measure in TargetMeasure]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The programme cannot end before it begins."))
        if (months := values.get("consent_months")) is not None and not 1 <= months <= 120:
            self.add_error("consent_months", _("Give a number of months between 1 and 120."))
        return values

    def details(self) -> ProgrammeDetails:
        return ProgrammeDetails(**{name: self.cleaned_data[name] for name in DETAILS})

    def targets(self) -> dict[str, int]:
        values = {measure.value: self.cleaned_data[TARGET + measure] for measure in TargetMeasure}
        return {measure: number for measure, number in values.items() if number}
