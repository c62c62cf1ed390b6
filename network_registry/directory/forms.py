"""Forms of managers: services, places, what is offered where, free places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from halka.common.choices import Dimension, Language
from halka.common.conflicts import SeenForm
from halka.common.current import required_organisation
from halka.common.forms import DayField
from network_registry.directory import gazetteer, hours
from network_registry.directory.domain.capacity import Capacity
from network_registry.directory.domain.services import (
    ClosedDays,
    LocationDetails,
    OfferDetails,
    ServiceDetails,
    hours_of,
)
from network_registry.directory.enums import Accessibility, Answer, Country, TargetGroup, Urgency
from network_registry.directory.models import MOST_PEOPLE, MOST_PLACES, MOST_WEEKS, Closure, Location, Offer, Service
from network_registry.exchange.enums import Service as Need
from tenants.organisations.enums import TimeZone

LANGUAGES = [(code, label) for code, label in Language.choices if code != Language.OTHER]


def own_language_first() -> list[str]:
    own = required_organisation().language
    return [own, *(code for code, _name in settings.LANGUAGES if code != own)]


class HoursField(forms.CharField):
    """Hours of one day, as people write them; cleans to intervals."""

    def __init__(self, weekday: int) -> None:
        super().__init__(
            label=hours.day_name(weekday),
            required=False,
            max_length=80,
            widget=forms.TextInput({"placeholder": _("closed"), "autocomplete": "off", "dir": "auto"}),
        )

    def prepare_value(self, value: Any) -> Any:
        return hours.typed_day(value) if isinstance(value, tuple) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(self.prepare_value(value))
        try:
            return hours.parse_day(text)
        except hours.UnreadableHours as error:
            raise ValidationError(str(error), code="unreadable_hours") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(initial) != self.clean(data))
        except ValidationError:
            return True


class WithHours(forms.Form):
    """Seven days, in the order of the reader's calendar."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in hours.week():
            self.fields[f"day_{weekday}"] = HoursField(weekday)

    @property
    def days(self) -> list[Any]:
        return [self[f"day_{weekday}"] for weekday in hours.week()]

    def spans(self) -> tuple[hours.Span, ...]:
        return hours.spans_of([self.cleaned_data[f"day_{weekday}"] for weekday in range(7)])


class ServiceForm(SeenForm):
    """`service` None: a new one. Name and description have a field for each language; one's own comes first."""

    need = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=Need.choices)
    eligibility = forms.CharField(
        label=gettext_lazy("Who can come"),
        help_text=gettext_lazy("For example: anybody registered as unemployed."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    application = forms.CharField(
        label=gettext_lazy("How to begin"),
        help_text=gettext_lazy("For example: by referral; the first talk is within a week."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    fees = forms.CharField(
        label=gettext_lazy("What it costs"),
        help_text=gettext_lazy("Leave it empty when it is free."),
        max_length=300,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    target_groups = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("Choose none when it is for everybody."),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    minimum_age = forms.IntegerField(label=gettext_lazy("From age"), min_value=0, max_value=120, required=False)
    maximum_age = forms.IntegerField(label=gettext_lazy("Up to age"), min_value=0, max_value=120, required=False)
    dimension = forms.ChoiceField(
        label=gettext_lazy("Dimension"), choices=[("", gettext_lazy("Several")), *Dimension.choices], required=False
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Show it in the directory"),
        help_text=gettext_lazy("Members find it, and anybody on the network's public directory."),
        required=False,
        initial=True,
    )

    TEXTS: ClassVar = {"name": "names", "description": "descriptions"}

    def __init__(self, *args: Any, service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own, *others = own_language_first()
        for code in (own, *others):
            named = {"language": get_language_info(code)["name_translated"]}
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name of the service") if code == own else _("Name in %(language)s") % named,
                max_length=150,
                required=code == own,
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("What people get") if code == own else _("What people get, in %(language)s") % named,
                max_length=2000,
                required=False,
                widget=forms.Textarea({"rows": 3 if code == own else 2, "lang": code, "dir": "auto"}),
            )
        if service is None:
            del self.fields["seen_version"]
            self.initial.setdefault("languages", [own])
            return
        for name, form_field in self.fields.items():
            if name != "seen_version":
                self.initial[name] = self.saved_value(service, name)
                form_field.show_hidden_initial = True
        self.fields["seen_version"].initial = service.version

    def compared(self) -> list[str]:
        return [name for name in self.fields if name != "seen_version"] if "seen_version" in self.fields else []

    def saved_value(self, saved: models.Model, name: str) -> Any:
        kind, _underline, code = name.partition("_")
        if code in dict(settings.LANGUAGES) and kind in self.TEXTS:
            return getattr(saved, self.TEXTS[kind]).get(code, "")
        return getattr(saved, name)

    @property
    def own_fields(self) -> list[Any]:
        code = own_language_first()[0]
        return [self[f"name_{code}"], self[f"description_{code}"]]

    @property
    def other_languages(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{code}"], self[f"description_{code}"]) for code in own_language_first()[1:]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        youngest, oldest = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("maximum_age", _("The lower age comes first."))
        return cleaned

    def details(self) -> ServiceDetails:
        data = self.cleaned_data
        texts: dict[str, Any] = {
            plural: {code: text for code in own_language_first() if (text := data[f"{name}_{code}"])}
            for name, plural in self.TEXTS.items()
        }
        plain = (
            "need",
            "dimension",
            "eligibility",
            "application",
            "fees",
            "minimum_age",
            "maximum_age",
            "is_published",
        )
        return ServiceDetails(
            **texts,
            **{name: data[name] for name in plain},
            languages=tuple(data["languages"]),
            target_groups=tuple(data["target_groups"]),
        )


class LocationForm(SeenForm):
    """`location` None: a new one. Where the town is known, its coordinates fill in."""

    name = forms.CharField(
        label=gettext_lazy("Name of the place"), help_text=gettext_lazy("For example: day centre."), max_length=150
    )
    address = forms.CharField(label=gettext_lazy("Street and number"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("Town or village"), max_length=100)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=12, required=False)
    province = forms.CharField(label=gettext_lazy("Province"), max_length=100, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=Country.choices)
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    accessibility = forms.MultipleChoiceField(
        label=gettext_lazy("What the place has"),
        choices=Accessibility.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    latitude = forms.FloatField(label=gettext_lazy("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), min_value=-180, max_value=180, required=False)

    def __init__(self, *args: Any, location: Location | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if location is None:
            del self.fields["seen_version"]
            return
        for name, form_field in self.fields.items():
            if name != "seen_version":
                self.initial[name] = getattr(location, name)
                form_field.show_hidden_initial = True
        self.fields["seen_version"].initial = location.version

    def compared(self) -> list[str]:
        return [name for name in self.fields if name != "seen_version"] if "seen_version" in self.fields else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None) and not self.errors:
            self.add_error("longitude", _("Give both latitude and longitude, or neither."))
        moved = "place" in self.changed_data and not {"latitude", "longitude"} & {*self.changed_data}
        if latitude is None or moved:
            town = gazetteer.town_named(cleaned.get("place", ""))
            if town is not None and town.country == cleaned.get("country"):
                cleaned["latitude"], cleaned["longitude"] = town.latitude, town.longitude
        return cleaned

    def details(self) -> LocationDetails:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return LocationDetails(**data | {"accessibility": tuple(data["accessibility"])})


class ClosureForm(forms.Form):
    """Closed days to take away, and new ones."""

    remove: Any = forms.ModelMultipleChoiceField(queryset=None, required=False, widget=forms.CheckboxSelectMultiple)
    first_on = DayField(label=gettext_lazy("Closed from"), required=False)
    last_on = DayField(label=gettext_lazy("Until"), required=False)
    note = forms.CharField(label=gettext_lazy("Why"), max_length=100, required=False)

    def __init__(self, *args: Any, location: Location, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, prefix="closed")  # type: ignore[misc]
        self.fields["remove"].queryset = Closure.objects.filter(location=location)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first: date | None = cleaned.get("first_on")
        last: date | None = cleaned.get("last_on")
        if first and last and first > last:
            self.add_error("last_on", _("The last day comes after the first."))
        if (last or cleaned.get("note")) and not first and "first_on" not in self.errors:
            self.add_error("first_on", _("Which day does it begin?"))
        return cleaned

    def closed_days(self) -> ClosedDays | None:
        data = self.cleaned_data
        first = data["first_on"]
        return ClosedDays(first, data["last_on"] or first, data["note"]) if first else None


class OfferForm(WithHours, SeenForm):
    """`offer` None: the service is offered at one more place."""

    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("Only where it differs from the place's."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
    )
    is_offered = forms.BooleanField(label=gettext_lazy("It is offered here now"), required=False, initial=True)

    def __init__(self, *args: Any, offer: Offer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offer is None:
            del self.fields["seen_version"], self.fields["is_offered"]
            return
        for name, form_field in self.fields.items():
            if name != "seen_version":
                self.initial[name] = self.saved_value(offer, name)
                form_field.show_hidden_initial = True
        self.fields["seen_version"].initial = offer.version

    def compared(self) -> list[str]:
        return [name for name in self.fields if name != "seen_version"] if "seen_version" in self.fields else []

    def saved_value(self, saved: Any, name: str) -> Any:
        if name.startswith("day_"):
            return hours.days_of(hours_of(saved))[int(name.removeprefix("day_"))]
        return getattr(saved, name)

    def shown(self, name: str, value: Any) -> str:
        return hours.typed_day(value) if name.startswith("day_") else super().shown(name, value)

    def details(self) -> OfferDetails:
        data = self.cleaned_data
        return OfferDetails(phone=data["phone"], is_offered=data.get("is_offered", True), hours=self.spans())


class PlaceChoiceForm(forms.Form):
    """Where a service is offered: one of our places."""

    location: Any = forms.ModelChoiceField(
        label=gettext_lazy("Where"), queryset=None, empty_label=gettext_lazy("Choose…")
    )

    def __init__(self, *args: Any, without: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Location.objects.filter(organisation=required_organisation().id).order_by("name", "id")
        if without is not None:
            own = own.exclude(offers__service=without)
        self.fields["location"].queryset = own  # type: ignore[attr-defined]


COUNTRIES: Final = {
    TimeZone.SARAJEVO: Country.BA,
    TimeZone.SKOPJE: Country.MK,
    TimeZone.BELGRADE: Country.RS,
    TimeZone.LJUBLJANA: Country.SI,
    TimeZone.PODGORICA: Country.ME,
    TimeZone.TEHRAN: Country.IR,
    TimeZone.TIRANA: Country.AL,
    TimeZone.VILNIUS: Country.LT,
    TimeZone.ZAGREB: Country.HR,
}


def own_country() -> str:
    """Where an organisation is, going by its time."""
    return COUNTRIES.get(TimeZone(required_organisation().time_zone), Country.MK)


class StartForm(forms.Form):
    """Where and when a new service is given, as short as it can be; the rest can be filled in later."""

    location: Any = forms.ModelChoiceField(
        label=gettext_lazy("Where"), queryset=None, required=False, empty_label=gettext_lazy("At a new place")
    )
    place_name = forms.CharField(
        label=gettext_lazy("Name of the place"),
        help_text=gettext_lazy("For example: day centre."),
        max_length=150,
        required=False,
    )
    place = forms.CharField(label=gettext_lazy("Town or village"), max_length=100, required=False)
    address = forms.CharField(label=gettext_lazy("Street and number"), max_length=200, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=Country.choices)
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    free_places = forms.IntegerField(
        label=gettext_lazy("Free places now"), min_value=0, max_value=MOST_PLACES, required=False
    )
    waiting_weeks = forms.IntegerField(
        label=gettext_lazy("Weeks of waiting"), min_value=0, max_value=MOST_WEEKS, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, prefix="start")  # type: ignore[misc]
        own = Location.objects.filter(organisation=required_organisation().id).order_by("name", "id")
        self.fields["location"].queryset = own  # type: ignore[attr-defined]
        self.fields["location"].initial = own.first()
        self.fields["country"].initial = own_country()
        self.fields["hours"] = HoursField(0)
        self.fields["hours"].label = _("Open on working days")
        self.fields["hours"].widget.attrs["placeholder"] = hours.example()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("location"):
            for name in ("place_name", "place"):
                if not cleaned.get(name):
                    self.add_error(name, _("A new place needs this."))
        return cleaned

    def at(self) -> Location | LocationDetails:
        data = self.cleaned_data
        if data["location"]:
            return data["location"]
        town = gazetteer.town_named(data["place"])
        known = town if town and town.country == data["country"] else None
        return LocationDetails(
            name=data["place_name"],
            place=data["place"],
            country=data["country"],
            address=data["address"],
            phone=data["phone"],
            latitude=known.latitude if known else None,
            longitude=known.longitude if known else None,
        )

    def offer(self) -> OfferDetails:
        data = self.cleaned_data
        days = [data["hours"] if weekday in hours.working_days() else () for weekday in range(7)]
        return OfferDetails(phone=data["phone"] if data["location"] else "", hours=hours.spans_of(days))


class CapacityForm(forms.Form):
    """One line of the page of free places; empty: nobody knows."""

    free_places = forms.IntegerField(
        label=gettext_lazy("Free places"),
        min_value=0,
        max_value=MOST_PLACES,
        required=False,
        widget=forms.NumberInput({"data-step": ""}),
    )
    waiting_weeks = forms.IntegerField(
        label=gettext_lazy("Weeks of waiting"),
        min_value=0,
        max_value=MOST_WEEKS,
        required=False,
        widget=forms.NumberInput({"data-step": ""}),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        initial = {
            "free_places": offer.free_places,
            "waiting_weeks": offer.waiting_weeks,
            "seen_version": offer.version,
        }
        super().__init__(*args, **kwargs, prefix=str(offer.pk), initial=initial)  # type: ignore[misc]
        self.offer = offer
        self.meanwhile: Offer | None = None

    def capacity(self) -> Capacity:
        data = self.cleaned_data
        return Capacity(self.offer.pk, data["free_places"], data["waiting_weeks"], data["seen_version"])


def capacity_forms(offers: Sequence[Offer], data: Any = None) -> list[CapacityForm]:
    """A form for each; one whose fields were not sent is not asked: it came while the page was open."""
    return [
        CapacityForm(data if data is not None and f"{offer.pk}-seen_version" in data else None, offer=offer)
        for offer in offers
    ]


class AskForm(forms.Form):
    """What is asked before anybody is named."""

    need = forms.ChoiceField(label=gettext_lazy("What for"), choices=Need.choices)
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=forms.RadioSelect
    )
    people = forms.IntegerField(
        label=gettext_lazy("For how many people"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=Answer.choices)
    waiting_weeks = forms.IntegerField(min_value=1, max_value=MOST_WEEKS, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Answer.WAIT and not cleaned.get("waiting_weeks"):
            self.add_error("waiting_weeks", _("How many weeks would one have to wait?"))
        return cleaned
