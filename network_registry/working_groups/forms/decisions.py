"""Forms of decisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halka.common.conflicts import SeenForm
from halka.common.forms import DayField
from network_registry.working_groups.domain.decisions import DecisionDetails
from network_registry.working_groups.enums import DecisionState
from network_registry.working_groups.forms.groups import area, line
from network_registry.working_groups.forms.meetings import NO_CLIENTS
from network_registry.working_groups.models import Decision, Person


class DecisionForm(SeenForm):
    """A new decision, or one that is followed: then with its state."""

    text = forms.CharField(label=gettext_lazy("Decision"), help_text=NO_CLIENTS, max_length=2000, widget=area(3))
    responsible = forms.TypedChoiceField(
        label=gettext_lazy("Who is responsible"), required=False, coerce=UUID, empty_value=None
    )
    due_on = DayField(label=gettext_lazy("To be done by"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=DecisionState.choices)
    note = forms.CharField(label=gettext_lazy("What became of it"), max_length=500, required=False, widget=line())

    def __init__(
        self, *args: Any, people: Iterable[Person], decision: Decision | None = None, is_frozen: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), f"{person.name}, {person.organisation}") for person in people]
        cast(forms.ChoiceField, self.fields["responsible"]).choices = [("", "–"), *choices]
        self.initial = {"seen_version": 0}
        if decision is None:
            del self.fields["state"], self.fields["note"]
            return
        self.fields["text"].disabled = is_frozen
        shown = {name: self.saved_value(decision, name) for name in self.compared()}
        self.initial = {"seen_version": decision.version, "text": decision.text, **shown}

    def compared(self) -> list[str]:
        """What is frozen cannot differ."""
        return [name for name in super().compared() if not self.fields[name].disabled]

    def saved_value(self, saved: models.Model, name: str) -> Any:
        return saved.responsible_id if name == "responsible" else getattr(saved, name)  # type: ignore[attr-defined]

    def details(self) -> DecisionDetails:
        cleaned = self.cleaned_data
        return DecisionDetails(cleaned["text"], cleaned["responsible"], cleaned["due_on"])


class DecisionFilter(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("Mine alone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["state"]).choices = [("", _("All")), *DecisionState.choices]
