"""Forms of meetings: when and where, the agenda, the minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from halka.common.conflicts import SeenForm
from halka.common.current import required_organisation
from halka.common.forms import DayField, TimeField
from network_registry.working_groups.domain.agenda import PointDetails
from network_registry.working_groups.domain.meetings import MeetingDetails
from network_registry.working_groups.enums import Presence, Reply
from network_registry.working_groups.forms.groups import area, line
from network_registry.working_groups.models import AgendaPoint, Meeting, Minutes, Person
from tenants.organisations.enums import TimeZone

NO_CLIENTS: Final = gettext_lazy(
    "About the work of organisations. Not a word about a client: no name, and no story that tells who it is."
)


WHOLE_LINK: Final = gettext_lazy("Write the whole link, for example https://meet.example.org/room.")


class LinkField(forms.URLField):
    default_error_messages = {"invalid": WHOLE_LINK}
    default_validators = [URLValidator(schemes=["https", "http"], message=WHOLE_LINK)]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class MeetingForm(SeenForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, widget=line())
    day = DayField(label=gettext_lazy("Day"))
    begins = TimeField(label=gettext_lazy("From"), widget=_clock())
    ends = TimeField(label=gettext_lazy("To"), widget=_clock())
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time of"),
        help_text=gettext_lazy("Everybody's calendar shows it in their own time."),
        choices=TimeZone.choices,
    )
    place = forms.CharField(label=pgettext_lazy("of a meeting", "Place"), max_length=200, required=False, widget=line())
    link = LinkField(
        label=gettext_lazy("Link to join"),
        max_length=500,
        required=False,
        widget=forms.URLInput({"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen_version": 0, "time_zone": required_organisation().time_zone}
        if meeting is not None:
            shown = {name: self.saved_value(meeting, name) for name in self.compared()}
            self.initial = {"seen_version": meeting.version, **shown}

    def saved_value(self, saved: models.Model, name: str) -> Any:
        assert isinstance(saved, Meeting)
        if name == "day":
            return saved.day
        if name in ("begins", "ends"):
            moment = saved.starts_at if name == "begins" else saved.ends_at
            return moment.astimezone(saved.zone).time()
        return getattr(saved, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("A meeting ends after it begins."))
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where: a place, a link, or both."))
        return cleaned

    def details(self) -> MeetingDetails:
        cleaned = self.cleaned_data
        zone = ZoneInfo(cleaned["time_zone"])
        starts, ends = (datetime.combine(cleaned["day"], cleaned[name], zone) for name in ("begins", "ends"))
        return MeetingDetails(
            title=cleaned["title"], starts_at=starts, ends_at=ends, time_zone=cleaned["time_zone"],
            place=cleaned["place"], link=cleaned["link"],
        )  # fmt: skip


class PointForm(SeenForm):
    title = forms.CharField(label=gettext_lazy("Point"), max_length=200, widget=line())
    details = forms.CharField(
        label=gettext_lazy("Details"), help_text=NO_CLIENTS, max_length=2000, required=False, widget=area(3)
    )
    minutes_planned = forms.IntegerField(
        label=gettext_lazy("How many minutes"), min_value=1, max_value=480, required=False
    )

    def __init__(self, *args: Any, point: AgendaPoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen_version": 0}
        if point is not None:
            shown = {name: getattr(point, name) for name in self.compared()}
            self.initial = {"seen_version": point.version, **shown}

    def told(self) -> PointDetails:
        cleaned = self.cleaned_data
        return PointDetails(cleaned["title"], cleaned["details"], cleaned["minutes_planned"])


class MinutesForm(SeenForm):
    text = forms.CharField(
        label=pgettext_lazy("of a meeting", "Minutes"),
        help_text=NO_CLIENTS,
        max_length=20_000,
        required=False,
        widget=area(10),
    )

    def __init__(self, *args: Any, minutes: Minutes | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen_version": minutes.version if minutes else 0, "text": minutes.text if minutes else ""}


class AnswerForm(forms.Form):
    reply = forms.ChoiceField(label=gettext_lazy("Do you come?"), choices=Reply.choices)


class AttendanceForm(forms.Form):
    """A line for everybody in the group, and for whoever was noted before and has gone since."""

    def __init__(self, *args: Any, people: Iterable[Person], noted: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for person in people:
            self.fields[f"seat_{person.pk.hex}"] = forms.ChoiceField(
                label=f"{person.name}, {person.organisation}",
                choices=[("", "–"), *Presence.choices],
                required=False,
                initial=noted.get(person.pk, ""),
            )

    def presences(self) -> dict[UUID, str]:
        """What the person changed: who notes at the same time keeps theirs."""
        return {UUID(name.removeprefix("seat_")): self.cleaned_data[name] for name in self.changed_data}


class NoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Correction"), help_text=NO_CLIENTS, max_length=5000, widget=area(4))
