"""Forms of the guided writing, of the check, and of the release."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from halka.common.conflicts import SeenForm
from knowledge_base.enums import Kind
from knowledge_base.pieces import page_field
from tenants.contributions.models import Contribution
from tenants.contributions.steps import Question, Step

OURS, MEMBER = "ours", "member"


class BeginForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What would you like to tell?"),
        choices=[
            (Kind.LESSON, _("A story: what we tried, how it went, what we learned")),
            (Kind.PRACTICE, _("A way of working: how it is done, step by step")),
        ],
        initial=Kind.LESSON,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("In which language do you write?"),
        help_text=_("In the one that you think in."),
        choices=settings.LANGUAGES,
    )
    group = forms.UUIDField(widget=forms.HiddenInput, required=False)


class StepForm(SeenForm):
    """One page of questions, as data of `steps`."""

    def __init__(self, *args: Any, step: Step, contribution: Contribution, **kwargs: Any) -> None:
        fields: dict[str, forms.Field] = dict(type(self).base_fields)
        for question in step.questions:
            fields[question.name] = _field(question, contribution.kind)
        self.base_fields = fields  # type: ignore[misc]  # of this form alone
        initial = {question.name: contribution.value(question.name) for question in step.questions}
        super().__init__(*args, initial={**initial, "seen_version": contribution.version}, **kwargs)

    def saved_value(self, saved: models.Model, name: str) -> Any:
        assert isinstance(saved, Contribution)
        return saved.value(name)

    def values(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class NameForm(SeenForm):
    """Under whose name it is told."""

    name = forms.ChoiceField(
        label=_("Who tells it?"),
        choices=[
            (OURS, _("Our organisation, by its name")),
            (MEMBER, _("“A member organisation”: nobody outside learns that it was us")),
        ],
        help_text=_(
            "What went wrong may be told without a name. Those who read it before it is published do not see it either."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        initial = {"name": self._choice(contribution), "seen_version": contribution.version}
        super().__init__(*args, initial=initial, **kwargs)

    @staticmethod
    def _choice(contribution: Contribution) -> str:
        return MEMBER if contribution.as_member else OURS

    def saved_value(self, saved: models.Model, name: str) -> Any:
        assert isinstance(saved, Contribution)
        return self._choice(saved)


class DecideForm(forms.Form):
    group = forms.CharField(max_length=24, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is this not about a person?"),
        help_text=_("For example: it is the name of our programme; it is how we say “hope”."),
        min_length=3,
        max_length=300,
    )


class SendBackForm(forms.Form):
    said = forms.CharField(
        label=_("A word to the writer"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )


class ReleaseForm(forms.Form):
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


_EMPTY: Final = [("", "—")]


def _field(question: Question, kind: str) -> forms.Field:
    field = page_field(kind, question.name)
    label: Any = question.label
    required, said = not field.blank, _help(question)
    if field.choices:
        choices = list(field.flatchoices)
        few: Any = forms.RadioSelect if required and len(choices) <= 4 else forms.Select
        shown = choices if few is forms.RadioSelect else _EMPTY + choices
        return forms.ChoiceField(label=label, help_text=said, choices=shown, required=required, widget=few)
    widget: forms.Widget = forms.TextInput(attrs={"dir": "auto"})
    if question.rows:
        widget = forms.Textarea(attrs={"rows": question.rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=said, max_length=question.longest, required=required, widget=widget)


def _help(question: Question) -> Any:
    if not question.example:
        return question.help
    return format_html("{} <span class='example'>{} {}</span>", question.help, _now("For example:"), question.example)
