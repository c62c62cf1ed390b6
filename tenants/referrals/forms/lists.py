"""What a list of referrals is narrowed to. Whatever cannot be read is left out, so that old links find something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from halka.common.forms import LongSelect
from network_registry.exchange.enums import Service
from tenants.organisations.models import Organisation
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, ReferralQuerySet
from tenants.referrals.turns import Turn, whose_turn


class OrganisationName(forms.ModelChoiceField):
    """Names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ListForm(forms.Form):
    turn = forms.ChoiceField(choices=Turn.choices, required=False)
    service = forms.ChoiceField(label=_("Service"), choices=[("", _("Any service")), *Service.choices], required=False)
    other = OrganisationName(
        queryset=Organisation.objects.none(), required=False, empty_label=_("Any organisation"), widget=LongSelect
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, direction: Direction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.direction = direction
        there = Referral.objects.filter(direction=direction).values("other")
        choice = self.fields["other"]
        choice.queryset = Organisation.objects.filter(pk__in=there).defer("logo")  # type: ignore[attr-defined]
        choice.label = _("From") if direction == Direction.IN else _("To")

    def narrowed(self, referrals: ReferralQuerySet, seat: Seat) -> ReferralQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        if turn := chosen.get("turn"):
            referrals = whose_turn(referrals, self.direction, Turn(turn))
        if service := chosen.get("service"):
            referrals = referrals.filter(envelope__service=service)
        if other := chosen.get("other"):
            referrals = referrals.filter(other=other.pk)
        if chosen.get("mine"):
            referrals = referrals.filter(owner=seat.membership_id)
        return referrals

    @property
    def narrows(self) -> bool:
        """Whether anything beside the whose-turn is chosen: then the fields stand open."""
        return any(self.cleaned_data.get(name) for name in ("service", "other", "mine"))
