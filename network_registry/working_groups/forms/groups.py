"""Forms of founding a group and of naming people to it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from halka.common.conflicts import SeenForm
from halka.common.current import required_organisation
from network_registry.working_groups.models import Charter, GroupSeat
from tenants.organisations.enums import State
from tenants.organisations.models import Colleague, Organisation, WorkingGroup


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto"})


def line() -> forms.TextInput:
    return forms.TextInput({"dir": "auto", "autocomplete": "off"})


class GroupForm(SeenForm):
    """A name in one language is enough, and it need not be ours."""

    purpose = forms.CharField(label=gettext_lazy("What it is for"), max_length=2000, widget=area(4))
    organisations = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Member organisations"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    convener = forms.TypedChoiceField(
        label=gettext_lazy("Convening organisation"),
        help_text=gettext_lazy("Its manager names those of its people who call meetings and approve minutes."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, group: WorkingGroup | None = None, **kwargs: Any) -> None:
        self.group = group
        own = required_organisation().language
        self.codes = [own, *(code for code, _name in settings.LANGUAGES if code != own)]
        super().__init__(*args, **kwargs)
        for code in self.codes:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": get_language_info(code)["name_translated"]},
                max_length=100,
                required=False,
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
            self.fields[f"name_{code}"].show_hidden_initial = True
        known = Organisation.objects.exclude(state=State.CLOSED)
        choices = sorted(((str(one.pk), str(one)) for one in known), key=lambda choice: choice[1].casefold())
        cast(forms.ChoiceField, self.fields["organisations"]).choices = choices
        cast(forms.ChoiceField, self.fields["convener"]).choices = [("", "–"), *choices]
        self.order_fields([f"name_{code}" for code in self.codes])
        self.initial = {"seen_version": group.version if group else 0}
        if group is not None:
            self.initial |= {name: self.saved_value(group, name) for name in self.compared()}

    def saved_value(self, saved: models.Model, name: str) -> Any:
        assert isinstance(saved, WorkingGroup)
        charter = Charter.objects.filter(pk=saved.pk).first()
        if name == "organisations":
            return sorted(saved.organisations.order_by().values_list("pk", flat=True))
        if name == "convener":
            return charter.convener_id if charter else ""
        if name == "purpose":
            return charter.purpose if charter else saved.about
        code = name.removeprefix("name_")
        if charter is None:
            return saved.name if code == self.codes[0] else ""
        return charter.names.get(code, "")

    def clean_organisations(self) -> list[UUID]:
        return sorted(self.cleaned_data["organisations"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"name_{code}", "").strip() for code in self.codes):
            self.add_error(f"name_{self.codes[0]}", _("Give the group a name, in one language at least."))
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        names = {code: " ".join(cleaned[f"name_{code}"].split()) for code in self.codes}
        return {
            "names": {code: name for code, name in names.items() if name},
            **{name: cleaned[name] for name in ("purpose", "organisations", "convener", "seen_version")},
        }


class NameForm(forms.Form):
    """Colleagues who are not in the group yet; `convenes` where the group is convened here."""

    colleague = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=Colleague.objects.none())
    is_convener = forms.BooleanField(
        label=gettext_lazy("Convenes the group"),
        help_text=gettext_lazy("Calls meetings, keeps the agenda and approves minutes."),
        required=False,
    )

    def __init__(self, *args: Any, group: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = required_organisation().id
        seated = GroupSeat.objects.filter(group=group, organisation=here, ended_at=None).values("membership")
        field = cast(forms.ModelChoiceField, self.fields["colleague"])
        field.queryset = Colleague.objects.filter(ended_at=None).exclude(pk__in=seated)
        if group.convener_id != here:
            del self.fields["is_convener"]
