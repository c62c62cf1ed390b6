"""Forms of learning plans."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.common.conflicts import SeenForm
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit, PlannedUnit


class AssembleForm(forms.Form):
    """Which curriculum a plan is assembled from; those in the person's language first."""

    curriculum = forms.ModelChoiceField(
        label=_("Out of which curriculum"), queryset=AdoptedCurriculum.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["curriculum"])
        field.queryset = AdoptedCurriculum.objects.taught()
        in_language = [each for each in field.queryset if each.language == language]
        field.initial = in_language[0].pk if in_language else None


class AddForm(forms.Form):
    """One more unit, out of all that is taught."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=AdoptedUnit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = AdoptedUnit.objects.taught().filter(curriculum__ended_at=None).select_related("curriculum", "module")
        units = units.order_by("curriculum__title", "curriculum", "module__position", "position")
        field = cast(forms.ModelChoiceField, self.fields["unit"])
        field.queryset = units
        groups: dict[str, list[tuple[Any, str]]] = {}
        for unit in units.short():
            groups.setdefault(f"{unit.curriculum}: {unit.module}", []).append((unit.pk, str(unit)))
        field.choices = [("", ""), *groups.items()]


class NoteForm(SeenForm, forms.ModelForm):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("For example what makes it easier for this person."),
    )

    class Meta:
        model = PlannedUnit
        fields = ("note",)

    def _post_clean(self) -> None:
        """The verb writes, not the form."""
