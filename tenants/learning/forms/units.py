"""Writing modules and units."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from knowledge_base.domain.versions import cycle_in
from knowledge_base.models import MODULE_FIELDS, UNIT_FIELDS
from tenants.caseloads.forms.lines import LineForm, Lines, WordsField, is_rearranging, lines_of
from tenants.caseloads.scales import network
from tenants.learning.domain.comparing import FieldDifference, difference_of
from tenants.learning.domain.contents import Content, content_of
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit

PREFIX = "exercises"
NOTATION = _(
    "An empty line begins a paragraph. “- ” at the beginning of a line makes a point, “1. ” a step; two stars on "
    "either side make words **bold**."
)


def _short(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attrs})


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"dir": "auto", "rows": rows})


class ModuleForm(forms.ModelForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AdoptedModule
        fields: ClassVar = list(MODULE_FIELDS)
        widgets: ClassVar = {"title": _short(), "summary": _long(4), "outcomes": _long(4)}

    def content(self) -> Content:
        return {name: self.cleaned_data[name] for name in MODULE_FIELDS}

    def _post_clean(self) -> None:
        """The verb writes, not the form."""


class UnitForm(forms.ModelForm):
    prerequisites = forms.MultipleChoiceField(
        label=_("Comes after"), required=False, widget=forms.CheckboxSelectMultiple
    )
    scale_item = forms.ChoiceField(
        label=_("Question that it moves first"),
        required=False,
        help_text=_("Of the scales by which people see what has changed for them."),
    )
    theory_hours = forms.DecimalField(label=_("Hours of theory"), min_value=0, max_value=999, decimal_places=2)
    practice_hours = forms.DecimalField(label=_("Hours of practice"), min_value=0, max_value=999, decimal_places=2)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AdoptedUnit
        fields: ClassVar = [name for name in UNIT_FIELDS if name != "exercises"]
        widgets: ClassVar = {
            "title": _short(), "skill": _short(), "sheet_title": _short(),
            "introduction": _long(5), "guide": _long(18), "sheet_instructions": _long(4),
            "outcomes": _long(4), "materials": _long(4), "sheet_lines": _long(8),
        }  # fmt: skip
        help_texts: ClassVar = {"guide": NOTATION}

    def __init__(self, *args: Any, curriculum: AdoptedCurriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = curriculum.units.taught().in_order().exclude(pk=self.instance.pk)
        self.before = {unit.key: unit.prerequisites for unit in others.only("key", "prerequisites", "curriculum")}
        titles = others.values_list("key", "title")
        known = {*self.before}
        kept = [key for key in self.instance.prerequisites if key not in known]  # left out here: stays as it is
        self.kept = kept
        cast(forms.ChoiceField, self.fields["prerequisites"]).choices = list(titles)
        cast(forms.ChoiceField, self.fields["scale_item"]).choices = [("", _("None")), *network.choices()]

    def clean_prerequisites(self) -> list[str]:
        chosen = [*self.cleaned_data["prerequisites"], *self.kept]
        key = self.instance.key or "this"
        if around := cycle_in({**self.before, key: chosen}):
            names = dict(self.fields["prerequisites"].choices)  # type: ignore[attr-defined]
            between = ", ".join(str(names[each]) for each in dict.fromkeys(around) if each in names)
            raise forms.ValidationError(
                _("These units would wait for each other: %(units)s."), params={"units": between}
            )
        return chosen

    def _post_clean(self) -> None:
        """The verb writes, not the form."""


class ExerciseForm(LineForm):
    words = "title"

    title = WordsField(label=_("Title"), max_length=150, widget=_short())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    steps = forms.CharField(label=_("Steps"), widget=_long(6), help_text=_("Each begins with its number: “1. ”."))
    debrief = forms.CharField(
        label=_("Questions afterwards"), required=False, widget=_long(3), help_text=_("One a line.")
    )

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        questions = [line.strip() for line in data["debrief"].splitlines() if line.strip()]
        return {**data, "steps": _unix(data["steps"]), "debrief": questions}


class ExerciseLines(Lines):
    names = ("title", "minutes", "steps", "debrief")
    blank: ClassVar = {"minutes": "20"}


ExerciseFormSet = lines_of(ExerciseForm, ExerciseLines)


class UnitEditor:
    """A unit and its exercises on one page."""

    def __init__(self, unit: AdoptedUnit, curriculum: AdoptedCurriculum, data: QueryDict | None = None) -> None:
        self.unit = unit
        self.is_moving = data is not None and is_rearranging(data)
        initial = {"seen_version": unit.version}
        if data is not None and self.is_moving:
            fields = UnitForm.base_fields
            typed = {name: data.getlist(name) if name == "prerequisites" else data.get(name, "") for name in fields}
            self.form = UnitForm(instance=unit, initial=typed, curriculum=curriculum)
            self.exercises = ExerciseFormSet.rearranged(data, PREFIX)
        else:
            self.form = UnitForm(data, instance=unit, initial=initial, curriculum=curriculum)
            rows = [{**each, "debrief": "\n".join(each["debrief"])} for each in unit.exercises]
            self.exercises = ExerciseFormSet(data, initial=rows if data is None else None, prefix=PREFIX)

    def is_valid(self) -> bool:
        return not self.is_moving and bool(self.form.is_valid() & self.exercises.is_valid())

    def content(self) -> Content:
        data = self.form.cleaned_data
        content = {name: data[name] for name in UNIT_FIELDS if name != "exercises"}
        content = {name: _unix(value) if isinstance(value, str) else value for name, value in content.items()}
        return content | {"exercises": [form.details() for form in self.exercises.forms if not form.is_blank]}

    def differences_to(self, saved: AdoptedUnit) -> list[FieldDifference]:
        """From what is saved now to what was typed."""
        return difference_of(saved, content_of(saved), self.content())


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
