"""Forms of groups."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, roles_with
from halka.common.conflicts import SeenForm
from halka.common.forms import DayField, LongSelect
from tenants.learning.domain.groups import DETAILS, GroupDetails
from tenants.learning.models import AdoptedCurriculum, Group
from tenants.organisations.models import Colleague


def facilitators() -> Any:
    """Colleagues who see what is taught and may write down who came."""
    roles = set(roles_with(Permission.LEARNING_VIEW)) & set(roles_with(Permission.JOURNAL_WRITE))
    return Colleague.objects.filter(ended_at=None, role__in=roles)


class FacilitatorField(forms.ModelChoiceField):
    """A colleague who teaches."""

    widget = LongSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Colleague.objects.none(), **kwargs)


class GroupForm(SeenForm):
    """What people write about a group."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("For example “Spring group, Tuesdays”. Every colleague reads it: name nobody who takes part."),
    )
    facilitator_id = FacilitatorField(label=_("Facilitator"), empty_label=_("Nobody yet"), required=False)
    second_facilitator_id = FacilitatorField(label=_("Second facilitator"), empty_label=_("Nobody"), required=False)
    room = forms.CharField(
        label=_("Room"), max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    starts_on = DayField(label=_("Begins"))
    ends_on = DayField(label=_("Ends"), required=False)
    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Whoever comes after the last place waits, and moves up when one is free. Empty: no limit."),
    )
    share = forms.IntegerField(
        label=_("Completed with … percent of the sessions"),
        min_value=1,
        max_value=100,
        initial=75,
        help_text=_("So much of it people are there for to have completed the group."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("facilitator_id", "second_facilitator_id"):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = facilitators()

    @classmethod
    def initial_of(cls, group: Group) -> dict[str, Any]:
        return {"seen_version": group.version, **{name: getattr(group, name) for name in DETAILS}}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = values.get("facilitator_id"), values.get("second_facilitator_id")
        if first and first == second:
            self.add_error("second_facilitator_id", _now("Choose somebody else, or nobody."))
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _now("The group cannot end before it begins."))
        return values

    def saved_value(self, saved: Any, name: str) -> Any:
        return getattr(saved, name.removesuffix("_id"))

    def details(self) -> GroupDetails:
        values = {name: self.cleaned_data[name] for name in DETAILS}
        for name in ("facilitator_id", "second_facilitator_id"):
            values[name] = values[name].pk if values[name] else None
        return GroupDetails(**values)


class NewGroupForm(GroupForm):
    """With the curriculum, which stays what it is."""

    curriculum = forms.ModelChoiceField(
        label=_("Curriculum"), queryset=AdoptedCurriculum.objects.none(), empty_label=None
    )
    field_order = ("curriculum",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["curriculum"]).queryset = AdoptedCurriculum.objects.taught()
