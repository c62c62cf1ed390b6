"""Forms of sessions: one, a series, and why one is cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import localise_digits
from halka.common.conflicts import SeenForm
from halka.common.forms import DayField, TimeField
from tenants.caseloads.models import Client
from tenants.learning.domain.sessions import MOST, Series, SessionDetails, details_of, moment
from tenants.learning.enums import Place
from tenants.learning.forms.groups import FacilitatorField, facilitators
from tenants.learning.models import AdoptedUnit, Group, Session

Choices = list[tuple[str, str]]
EVERY: Final = [(1, _("Every week")), (2, _("Every second week")), (4, _("Every fourth week"))]


def clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def room_field() -> forms.CharField:
    return forms.CharField(
        label=_("Room"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Empty: the room of the group."),
    )


def choices_of(units: Iterable[AdoptedUnit]) -> Choices:
    return [(str(unit.pk), str(unit)) for unit in units]


def units_for_group(group: Group) -> Choices:
    return choices_of(group.curriculum.units.taught().in_order().short())


def units_for_person(client: Client) -> Choices:
    """Those of their plan, then those of the curricula of their groups."""
    planned = [(str(row.unit_id), row.title) for row in client.planned_units.exclude(unit=None)]
    groups = Group.objects.filter(participants__client=client, participants__state=Place.ENROLLED)
    units = AdoptedUnit.objects.taught().filter(curriculum__in=groups.values("curriculum")).in_order().short()
    known = {key for key, _title in planned}
    return planned + [choice for choice in choices_of(units) if choice[0] not in known]


class HoursForm(forms.Form):
    """A day with a beginning and an end."""

    day = DayField(label=_("Day"))
    begins = TimeField(label=_("From"), widget=clock())
    ends = TimeField(label=_("To"), widget=clock())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "facilitator" in self.fields:
            cast(forms.ModelChoiceField, self.fields["facilitator"]).queryset = facilitators()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = values.get("begins"), values.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _now("The session cannot end before it begins."))
        return values


class SessionForm(HoursForm, SeenForm):
    """One session, with its units."""

    room = room_field()
    facilitator = FacilitatorField(
        label=_("Facilitator"), empty_label=_("The facilitator of the group"), required=False
    )
    units = forms.MultipleChoiceField(label=_("Units"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["units"]).choices = units

    @classmethod
    def initial_of(cls, session: Session) -> dict[str, Any]:
        names = ("day", "begins", "ends", "room", "facilitator", "units")
        return {"seen_version": session.version, **{name: _value_of(session, name) for name in names}}

    def saved_value(self, saved: Any, name: str) -> Any:
        return _value_of(saved, name)

    def shown(self, name: str, value: Any) -> str:
        return localise_digits(f"{value:%H:%M}") if isinstance(value, time) else super().shown(name, value)

    def details(self) -> SessionDetails:
        data = self.cleaned_data
        chosen = set(data["units"])
        choices: Any = cast(forms.MultipleChoiceField, self.fields["units"]).choices
        return SessionDetails(
            starts_at=moment(data["day"], data["begins"]),
            ends_at=moment(data["day"], data["ends"]),
            room=data["room"],
            facilitator_id=data["facilitator"].pk if data["facilitator"] else None,
            units=tuple(UUID(str(key)) for key, _title in choices if key in chosen),
        )


def _value_of(session: Session, name: str) -> Any:
    """What a field of the form shows of a session."""
    starts_at, ends_at = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    if name == "units":
        return [str(key) for key in details_of(session).units]
    known = {"day": starts_at.date(), "begins": starts_at.time(), "ends": ends_at.time()}
    return known[name] if name in known else getattr(session, name)


class PersonSessionForm(SessionForm):
    """With one person alone. Within a group it makes up for a session that they missed."""

    group = forms.ModelChoiceField(
        label=_("Within the group"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("No group"),
        help_text=_("It then counts for the group, in the place of a session that the person missed."),
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, units=units_for_person(client), **kwargs)
        groups = Group.objects.running().filter(participants__client=client, participants__state=Place.ENROLLED)
        cast(forms.ModelChoiceField, self.fields["group"]).queryset = groups
        cast(forms.ModelChoiceField, self.fields["facilitator"]).empty_label = _now("Not said")
        if not groups.exists():
            del self.fields["group"]


class SeriesForm(HoursForm):
    """The same hours week by week."""

    times = forms.IntegerField(label=_("How many sessions"), min_value=1, max_value=MOST, initial=8)
    every = forms.TypedChoiceField(label=_("How often"), choices=EVERY, coerce=int, initial=1)
    room = room_field()
    facilitator = FacilitatorField(
        label=_("Facilitator"), empty_label=_("The facilitator of the group"), required=False
    )
    spread = forms.BooleanField(
        label=_("Spread the units of the curriculum over the sessions, in order"), required=False, initial=True
    )
    field_order = ("day", "begins", "ends", "times", "every", "room", "facilitator", "spread")

    def series(self) -> Series:
        data = self.cleaned_data
        return Series(
            first=data["day"],
            begins=data["begins"],
            ends=data["ends"],
            times=data["times"],
            every=data["every"],
            room=data["room"],
            facilitator_id=data["facilitator"].pk if data["facilitator"] else None,
            spread=data["spread"],
        )


class CancelForm(forms.Form):
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Colleagues read it. Name nobody who takes part."),
    )
