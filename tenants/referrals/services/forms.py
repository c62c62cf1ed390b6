"""What can be asked of the directory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Language
from network_registry.directory.domain.search import Point, Wanted
from network_registry.directory.gazetteer import Town, town_named
from network_registry.exchange.enums import Service as Need

WITHIN = [("", _("Any distance")), ("10", _("10 km")), ("25", _("25 km")), ("50", _("50 km")), ("100", _("100 km"))]
LANGUAGES = [(code, label) for code, label in Language.choices if code != Language.OTHER]


class SearchForm(forms.Form):
    """Nothing is demanded; what cannot be read is left out, so that a link of yesterday finds something too."""

    need = forms.ChoiceField(label=_("What is needed"), choices=[("", _("Anything")), *Need.choices], required=False)
    place = forms.CharField(
        label=_("Near"), max_length=100, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    within = forms.ChoiceField(label=_("Not further than"), choices=WITHIN, required=False)
    language = forms.ChoiceField(
        label=_("In the language"), choices=[("", _("Any language")), *LANGUAGES], required=False
    )
    q = forms.CharField(
        label=_("Words"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    open = forms.BooleanField(label=_("Open now"), required=False)
    free = forms.BooleanField(label=_("With free places"), required=False)

    @property
    def town(self) -> Town | None:
        return town_named(self._read("place"))

    @property
    def is_unknown_place(self) -> bool:
        return bool(self._read("place")) and self.town is None

    def wanted(self, without: UUID | None) -> Wanted:
        town, within = self.town, self._read("within")
        return Wanted(
            need=self._read("need"),
            language=self._read("language"),
            text=self._read("q"),
            near=Point(town.latitude, town.longitude) if town else None,
            within=int(within) * 1000 if within and town else None,
            open_now=bool(self._read("open")),
            has_places=bool(self._read("free")),
            without=without,
        )

    def _read(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or ""
