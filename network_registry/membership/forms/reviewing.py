"""What reviewers fill in: questions, refusals, licences, the list of steps, the framework."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from halka.common.conflicts import SeenForm
from halka.common.current import required_organisation
from halka.common.forms import DayField
from network_registry.membership.domain.reviewing import LicenceTerms
from network_registry.membership.domain.steps import StepDetails
from network_registry.membership.enums import APPLYING, ApplicationState, DeclineReason
from network_registry.membership.models import Licence, LicensingStep
from tenants.organisations.enums import Kind

MOST_TEXT = 2000
MOST_FRAMEWORK = 60_000


def own_language_first() -> list[str]:
    own = required_organisation().language
    return [own, *(code for code, _name in settings.LANGUAGES if code != own)]


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto", **attrs})


class ApplicationFilter(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, state.label) for state in ApplicationState if state != ApplicationState.DRAFT]
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("To be decided")), *states, ("all", _("All"))]


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("The applicant gets it by e-mail, answers by the link and can change what was written."),
        max_length=MOST_TEXT,
        widget=_area(4),
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What you tell the applicant"),
        help_text=gettext_lazy("What could be done about it. They may appeal once; the secretariat decides then."),
        max_length=MOST_TEXT,
        widget=_area(4),
    )


class ShortNameForm(forms.Form):
    short_name = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=31,
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none"}),
    )

    def clean_short_name(self) -> str:
        return str(self.cleaned_data["short_name"]).strip().lower()


class TickForm(forms.Form):
    is_done = forms.BooleanField(label=gettext_lazy("Done"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


def _in_a_year(day: date) -> date:
    return day + timedelta(days=365)


class LicenceForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("Leave it empty: one is given."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    valid_from = DayField(label=gettext_lazy("Valid from"))
    valid_until = DayField(label=gettext_lazy("Valid until"))
    is_provisional = forms.BooleanField(
        label=gettext_lazy("Provisional"),
        help_text=gettext_lazy("Referrals that it sends are looked at by the secretariat first."),
        required=False,
        initial=True,
    )
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"),
        help_text=gettext_lazy("They stand in the e-mail and on the licence."),
        max_length=MOST_TEXT,
        required=False,
        widget=_area(3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial = {"valid_from": today, "valid_until": _in_a_year(today), **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", _("A licence ends after it begins."))
        return cleaned

    def terms(self) -> LicenceTerms:
        return LicenceTerms(**self.cleaned_data)


class RenewForm(SeenForm):
    valid_until = DayField(label=gettext_lazy("Valid until"))
    is_provisional = forms.BooleanField(label=gettext_lazy("Provisional"), required=False)
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), max_length=MOST_TEXT, required=False, widget=_area(3)
    )

    def __init__(self, *args: Any, licence: Licence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licence = licence
        self.initial = {
            "valid_until": licence.valid_until,
            "is_provisional": licence.is_provisional,
            "conditions": licence.conditions,
            "seen_version": licence.version,
        }

    def clean_valid_until(self) -> date:
        day: date = self.cleaned_data["valid_until"]
        if day <= self.licence.valid_from:
            raise forms.ValidationError(_("A licence ends after it begins."))
        return day


class StepForm(SeenForm):
    """`step` None: a new one. Name and hint have a field for each language; one's own comes first."""

    order = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=1, max_value=999)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("For"),
        help_text=gettext_lazy("Choose none when it is for all."),
        choices=[(kind.value, kind.label) for kind in (*APPLYING, Kind.BRANCH)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_required = forms.BooleanField(label=gettext_lazy("No licence without it"), required=False, initial=True)
    is_used = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args: Any, step: LicensingStep | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own, *others = own_language_first()
        for code in (own, *others):
            told = {"language": get_language_info(code)["name_translated"]}
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("What is checked") if code == own else _("What is checked, in %(language)s") % told,
                max_length=150,
                required=code == own,
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
            self.fields[f"hint_{code}"] = forms.CharField(
                label=_("How to check it") if code == own else _("How to check it, in %(language)s") % told,
                max_length=300,
                required=False,
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
        if step is None:
            del self.fields["seen_version"]
            return
        for name, form_field in self.fields.items():
            if name != "seen_version":
                self.initial[name] = self.saved_value(step, name)
                form_field.show_hidden_initial = True
        self.fields["seen_version"].initial = step.version

    TEXTS = {"name": "names", "hint": "hints"}

    def compared(self) -> list[str]:
        return [name for name in self.fields if name != "seen_version"] if "seen_version" in self.fields else []

    def saved_value(self, saved: models.Model, name: str) -> Any:
        kind, _underline, code = name.partition("_")
        if kind in self.TEXTS and code in dict(settings.LANGUAGES):
            return getattr(saved, self.TEXTS[kind]).get(code, "")
        return getattr(saved, name)

    @property
    def own_fields(self) -> list[Any]:
        code = own_language_first()[0]
        return [self[f"name_{code}"], self[f"hint_{code}"]]

    @property
    def other_languages(self) -> list[Any]:
        return [self[f"{name}_{code}"] for code in own_language_first()[1:] for name in self.TEXTS]

    @property
    def rest(self) -> list[Any]:
        return [self[name] for name in ("order", "is_required", "is_used", "kinds")]

    def details(self) -> StepDetails:
        data = self.cleaned_data
        texts: dict[str, dict[str, str]] = {
            plural: {code: text for code in own_language_first() if (text := data[f"{name}_{code}"])}
            for name, plural in self.TEXTS.items()
        }
        return StepDetails(
            names=texts["names"],
            hints=texts["hints"],
            kinds=tuple(data["kinds"]),
            is_required=data["is_required"],
            is_used=data["is_used"],
            order=data["order"],
        )


class FrameworkForm(forms.Form):
    """A text in each language; the one of the secretariat's own must be there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, code in enumerate(own_language_first()):
            told = {"language": get_language_info(code)["name_translated"]}
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text in %(language)s") % told,
                max_length=MOST_FRAMEWORK,
                required=number == 0,
                widget=_area(12 if number == 0 else 4, lang=code),
            )

    def texts(self) -> dict[str, str]:
        return {name.removeprefix("text_"): text for name, text in self.cleaned_data.items() if text}
