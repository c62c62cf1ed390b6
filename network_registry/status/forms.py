"""What the secretariat writes about an incident: in its own language, and in as many others as it can."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info, gettext_lazy

from network_registry.status.domain.incidents import NewIncident
from network_registry.status.enums import Gravity, Part
from network_registry.status.models import Incident


def _own_first() -> list[str]:
    own = get_language() or settings.LANGUAGE_CODE
    return sorted(dict(settings.LANGUAGES), key=lambda code: code != own)


class TextsForm(forms.Form):
    """`text_<code>` for each language; the first, which must be there, is the writer's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, code in enumerate(_own_first()):
            self.add_texts(code, is_own=number == 0)

    def add_texts(self, code: str, *, is_own: bool) -> None:
        self.fields[f"text_{code}"] = forms.CharField(
            label=self.labelled(gettext_lazy("What is known, and what people can do"), code, is_own=is_own),
            max_length=2000,
            required=is_own,
            widget=forms.Textarea({"rows": 4, "lang": code, "dir": "auto"}),
        )

    @staticmethod
    def labelled(label: Any, code: str, *, is_own: bool) -> Any:
        return label if is_own else f"{label} · {get_language_info(code)['name_local']}"

    @property
    def own_fields(self) -> list[Any]:
        return [field for field in self if field.name.endswith(f"_{_own_first()[0]}")]

    @property
    def other_languages(self) -> list[Any]:
        own = {field.name for field in self.own_fields}
        return [field for field in self if field.name.startswith(("text_", "title_")) and field.name not in own]

    def texts(self, kind: str = "text") -> dict[str, str]:
        return {code: text for code in _own_first() if (text := self.cleaned_data[f"{kind}_{code}"].strip())}


class IncidentForm(TextsForm):
    part = forms.ChoiceField(label=gettext_lazy("What it touches"), choices=Part.choices)
    gravity = forms.ChoiceField(label=gettext_lazy("How badly"), choices=Gravity.choices, initial=Gravity.SLOW)

    def add_texts(self, code: str, *, is_own: bool) -> None:
        self.fields[f"title_{code}"] = forms.CharField(
            label=self.labelled(gettext_lazy("Title"), code, is_own=is_own),
            max_length=120,
            required=is_own,
            widget=forms.TextInput({"lang": code, "dir": "auto"}),
        )
        super().add_texts(code, is_own=is_own)

    def incident(self) -> NewIncident:
        data = self.cleaned_data
        return NewIncident(data["part"], data["gravity"], titles=self.texts("title"), texts=self.texts())


class UpdateForm(TextsForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    gravity = forms.ChoiceField(label=gettext_lazy("How bad it is now"), choices=Gravity.choices)
    is_over = forms.BooleanField(label=gettext_lazy("It is over"), required=False)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = incident.version
        self.fields["gravity"].initial = incident.gravity

    def see(self, incident: Incident) -> None:
        """What was written meanwhile is on the page now: sent again, it counts as read."""
        self.data = {**self.data.dict(), "seen_version": str(incident.version)}  # type: ignore[attr-defined]  # a QueryDict
