"""The form of a working group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.organisations.enums import State
from tenants.organisations.models import Organisation, WorkingGroup


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"dir": "auto"}))
    about = forms.CharField(
        label=_("What it works on"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    organisations = forms.TypedMultipleChoiceField(
        label=_("Member organisations"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, group: WorkingGroup | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if group is not None:
            members = [str(pk) for pk in group.organisations.order_by().values_list("pk", flat=True)]
            initial = {
                "name": group.name,
                "about": group.about,
                "organisations": members,
                "seen_version": group.version,
            }
        super().__init__(*args, initial=initial, **kwargs)
        known = Organisation.objects.exclude(state=State.CLOSED)
        choices = sorted(((str(one.pk), str(one)) for one in known), key=lambda choice: choice[1].casefold())
        self.fields["organisations"].choices = choices  # type: ignore[attr-defined]

    def take_version(self, version: int) -> None:
        """What is sent next replaces what was saved meanwhile, which stands beside it."""
        self.data = self.data.copy()
        self.data["seen_version"] = str(version)
