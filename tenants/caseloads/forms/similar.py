"""What is typed of a person while it is asked whether they are here already."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from halka.common.forms import DayField
from tenants.caseloads.forms.clients import YearOrAgeField
from tenants.caseloads.models.clients import ClientQuerySet

ENOUGH: Final = 3  # letters before names are looked for


class SimilarForm(forms.Form):
    """Half-typed values count for nothing; they are not mistakes."""

    given_name = forms.CharField(required=False, max_length=100)
    family_name = forms.CharField(required=False, max_length=100)
    national_number = forms.CharField(required=False, max_length=40)
    phone = forms.CharField(required=False, max_length=40)
    born_on = DayField(required=False)
    birth_year = YearOrAgeField(required=False)

    def is_valid(self) -> bool:
        self.full_clean()
        return True

    def found(self, clients: ClientQuerySet) -> ClientQuerySet:
        typed: dict[str, Any] = {name: self.cleaned_data.get(name) for name in self.fields}
        names = [typed["given_name"] or "", typed["family_name"] or ""]
        return clients.similar_to(
            *(names if len("".join(names)) >= ENOUGH else []),
            number=typed["national_number"] or "",
            phone=typed["phone"] or "",
            born_on=typed["born_on"],
            birth_year=typed["birth_year"],
        )
