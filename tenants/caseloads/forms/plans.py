"""Plans: goals with their steps, agreement, review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, roles_with
from halka.common.forms import DayField
from tenants.caseloads.domain.plans import GoalDetails, StepDetails, seen
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums.assessments import GoalState
from tenants.caseloads.enums.consents import ConsentGiven
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.forms.lines import LineForm, Lines, WordsField, is_rearranging, lines_of
from tenants.caseloads.models import Goal, Plan, Scale
from tenants.caseloads.scales.words import items_of, name_of
from tenants.organisations.models import Colleague

PREFIX = "steps"
PERSON, OTHER = "person", "other"
REVIEW_IN: Final = timedelta(weeks=12)
AGREED: Final = {
    ConsentGiven.SIGNED: _("Signed on paper"),
    ConsentGiven.SPOKEN: _("Agreed aloud"),
    ConsentGiven.OWN_PAGE: _("On the person's own page"),
}


def usual_review() -> date:
    return timezone.localdate() + REVIEW_IN


class PlanForm(forms.Form):
    """When to look at it again, and which language it is printed in."""

    review_on = DayField(label=_("Look at it again on"), initial=usual_review)
    language = forms.ChoiceField(label=_("Printed in"), choices=settings.LANGUAGES)

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. When will you look at it again?"))
        return day


class AgreeForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How did the person agree?"), choices=list(AGREED.items()), widget=forms.RadioSelect
    )
    on = DayField(label=_("Day"), initial=timezone.localdate)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class CloseForm(forms.Form):
    state = forms.ChoiceField(choices=GoalState.choices)


class GoalForm(forms.Form):
    text = forms.CharField(
        label=_("What do I want to reach?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("In the person's own words."),
    )
    dimension = forms.ChoiceField(label=_("Side of life"), choices=[("", _("Any")), *Dimension.choices], required=False)
    target = forms.ChoiceField(
        label=_("Which question shall it move?"),
        required=False,
        help_text=_("Its ratings stand beside the goal."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class StepForm(LineForm):
    pk = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = WordsField(label=_("What is done"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    who = forms.ChoiceField(label=_("Who"))
    other = forms.CharField(
        label=_("Name of somebody else"), required=False, max_length=150, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    due_on = DayField(label=_("By"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["who"]).choices = list(people)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("who") == OTHER and not values.get("other"):
            self.add_error("other", _("Write who does it."))
        return values

    def details(self) -> StepDetails:
        data = self.cleaned_data
        who = data["who"]
        return StepDetails(
            text=data["text"],
            colleague=UUID(who) if who not in (PERSON, OTHER) else None,
            other=data["other"] if who == OTHER else "",
            due_on=data["due_on"],
            pk=data["pk"],
        )


class StepLines(Lines):
    names = tuple(StepForm.base_fields)  # type: ignore[misc]
    blank = {"who": PERSON}  # type: ignore[misc]


StepFormSet = lines_of(StepForm, StepLines)


class GoalEditor:
    """A goal and its steps on one page. Of a goal that was agreed the words are only shown."""

    def __init__(self, plan: Plan, person: str, goal: Goal | None = None, data: QueryDict | None = None) -> None:
        self.goal, self.is_agreed = goal, plan.agreed_on is not None
        self.is_moving = data is not None and is_rearranging(data)
        self.scales = {str(scale.pk): scale for scale in scales_in_use()}
        shown, rows = _shown(goal)
        people = _people(person, goal)
        if data is not None and self.is_moving:
            self.form = GoalForm(initial={name: data.get(name, "") for name in GoalForm.base_fields})
            self.steps = StepFormSet.rearranged(data, PREFIX, form_kwargs={"people": people})
        else:
            self.form = GoalForm(data, initial=shown)
            self.steps = StepFormSet(data, initial=rows, prefix=PREFIX, form_kwargs={"people": people})
        if self.is_agreed:
            for name in ("text", "dimension", "target"):
                self.form.fields[name].disabled = True
                self.form.initial[name] = shown[name]
        cast(forms.ChoiceField, self.form.fields["target"]).choices = self._targets()
        done = {str(step.pk) for step in goal.steps.all() if step.done_on} if goal else set()
        for line in self.steps.forms:
            line.is_done = str(line["pk"].value()) in done

    def is_valid(self) -> bool:
        return not self.is_moving and bool(self.form.is_valid() & self.steps.is_valid())

    def details(self) -> GoalDetails:
        scale, item = self._chosen(self.form.cleaned_data["target"])
        return GoalDetails(
            text=self.form.cleaned_data["text"],
            dimension=self.form.cleaned_data["dimension"],
            scale=scale,
            item=item,
            steps=[form.details() for form in self.steps.forms if not form.is_blank],
        )

    def show_beside(self, saved: Goal) -> None:
        """What was typed stays; saving again writes over what `saved` is now."""
        data = self.form.data.copy()
        data["seen"] = seen(saved)
        self.form.data = data

    def _targets(self) -> list[tuple[str, Any]]:
        kept = self.goal.scale if self.goal else None
        if kept is not None:
            self.scales.setdefault(str(kept.pk), kept)
        return [
            ("", _("None")),
            *(
                (name_of(scale), [(f"{pk}:{item.key}", item.text) for item in items_of(scale)])
                for pk, scale in self.scales.items()
            ),
        ]

    def _chosen(self, target: str) -> tuple[Scale | None, str]:
        pk, _colon, item = target.partition(":")
        return self.scales.get(pk), item


def _shown(goal: Goal | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if goal is None:
        return {"text": "", "dimension": "", "target": "", "seen": ""}, [dict(StepLines.blank)]
    shown = {
        "text": goal.text,
        "dimension": goal.dimension,
        "target": f"{goal.scale_id}:{goal.item}" if goal.item else "",
        "seen": seen(goal),
    }
    rows = [
        {
            "pk": step.pk,
            "text": step.text,
            "who": str(step.colleague_id) if step.colleague_id else OTHER if step.other else PERSON,
            "other": step.other,
            "due_on": step.due_on,
        }
        for step in goal.steps.all()
    ]
    return shown, rows


def _people(person: str, goal: Goal | None) -> list[tuple[str, str]]:
    """The person, colleagues who see clients, somebody else; those who have a step of the goal stay in the list."""
    roles = roles_with(Permission.CLIENT_VIEW)
    colleagues = {
        str(colleague.pk): colleague.name
        for colleague in Colleague.objects.filter(ended_at=None, role__in=roles).order_by("name")
    }
    for step in goal.steps.all() if goal else ():
        if step.colleague_id:
            colleagues.setdefault(str(step.colleague_id), str(step.colleague))
    return [(PERSON, person), *colleagues.items(), (OTHER, str(_("Somebody else")))]
