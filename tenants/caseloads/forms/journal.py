"""Forms of the journal, of tasks and of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from halka.common import uploads
from halka.common.forms import DayField, TimeField
from halka.common.identifiers import uuid7
from halka.common.uploads import NewFile
from tenants.caseloads.domain.journal import EntryDetails, NewEntry, profession_on, usual_audience
from tenants.caseloads.domain.queries.journal import MOST_OWN, own_clients
from tenants.caseloads.domain.tasks import NewTask
from tenants.caseloads.enums.journal import Audience, Dimension, EntryKind
from tenants.caseloads.models import Case, Client, JournalEntry
from tenants.caseloads.policies import readers_among, who_may_open
from tenants.organisations.models import Colleague

MOST_TEXT: Final = 20_000
MOST_FILES: Final = 5
MOST_TITLE: Final = 200
MAY_BE_LATE: Final = timedelta(minutes=5)  # clocks differ
WRITTEN: Final = [kind for kind in EntryKind if kind != EntryKind.HAND_OVER]  # a hand-over writes its own
# A contact is worth writing down without a word; a note and a small win are their words.
NEED_WORDS: Final = {EntryKind.NOTE, EntryKind.SMALL_WIN, EntryKind.EMPLOYER, EntryKind.INSTITUTION}


class When(TextChoices):
    """Quick days of a task."""

    TOMORROW = "tomorrow", _("Tomorrow")
    WEEK = "week", _("In a week")
    MONTH = "month", _("In a month")


def day_of(when: str, today: date) -> date:
    if when == When.TOMORROW:
        return today + timedelta(days=1)
    return today + timedelta(days=7 if when == When.WEEK else 30)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked into. Cleans to NewFile."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[NewFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_now("Add at most five files at a time."))
        if self.required and not given:
            raise forms.ValidationError(_now("Choose a file."))
        return [uploads.checked(super(FilesField, self).clean(one, initial)) for one in given]


class DetailsForm(forms.Form):
    """What an entry says, when, and for whom."""

    text = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "placeholder": " "}),  # the style asks whether it shows
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, kind.label) for kind in WRITTEN])
    dimension = forms.ChoiceField(
        label=_("What did it touch?"), choices=[("", _("Not said")), *Dimension.choices], required=False
    )
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Audience.choices)
    happened_on = DayField(label=_("Day"), required=False)
    happened_time = TimeField(
        label=_("Time"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("kind") in NEED_WORDS and not values.get("text") and "text" not in self.errors:
            self.add_error("text", _now("Write a few words."))
        if "happened_on" not in self.errors and "happened_time" not in self.errors:
            values["happened_at"] = self._happened_at(values)
            if values["happened_at"] > timezone.now() + MAY_BE_LATE:
                self.add_error("happened_on", _now("This has not come yet. Set a reminder for it instead."))
        return values

    def _happened_at(self, values: dict[str, Any]) -> datetime:
        now = timezone.localtime()
        day, clock = values["happened_on"], values["happened_time"]
        if day is None and clock is None:
            return now
        day = day or now.date()
        if clock is None:
            clock = now.time() if day == now.date() else time(12)
        return timezone.make_aware(datetime.combine(day, clock))

    def details(self) -> EntryDetails:
        data = self.cleaned_data
        return EntryDetails(
            kind=data["kind"],
            text=data["text"],
            happened_at=data["happened_at"],
            audience=data["audience"],
            dimension=data["dimension"] if data["kind"] == EntryKind.SMALL_WIN else "",
        )


class EntryForm(DetailsForm):
    """The box. `key` is the entry's, so that it is written once however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    corrects = forms.UUIDField(widget=forms.HiddenInput, required=False)
    case = forms.ModelChoiceField(
        label=_("About"), queryset=Case.objects.none(), required=False, empty_label=_("No programme in particular")
    )
    ask = forms.ModelMultipleChoiceField(
        label=_("Ask somebody to read this"),
        queryset=Colleague.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    task_title = forms.CharField(
        label=_("What is to be done"),
        required=False,
        max_length=MOST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Left empty, it is what you wrote above."),
    )
    task_when = forms.ChoiceField(
        label=_("Remind"), choices=[("", _("No reminder")), *When.choices], required=False, widget=forms.RadioSelect
    )
    task_on = DayField(label=_("Or by this day"), required=False)
    task_for = forms.ModelChoiceField(label=_("Who"), queryset=Colleague.objects.none(), required=False)
    attachments = FilesField(label=_("Photos and files"), required=False)

    field_order = ("key", "corrects", "text", "kind", "audience")

    def __init__(self, data: Any = None, files: Any = None, *, client: Client, seat: Seat, **kwargs: Any) -> None:
        self.client, self.seat = client, seat
        self.colleagues = list(who_may_open(client))
        initial = {"key": uuid7(), "audience": usual_audience(client, seat), "task_for": seat.membership_id}
        super().__init__(data, files, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.fields["attachments"].widget.attrs["accept"] = uploads.ACCEPT
        _offer(self.fields["ask"], [one for one in self.colleagues if one.pk != seat.membership_id])
        _offer(self.fields["task_for"], self.colleagues)
        cast(forms.ModelChoiceField, self.fields["task_for"]).empty_label = None
        self.cases = list(Case.objects.open().filter(client=client).select_related("programme"))
        field = cast(forms.ModelChoiceField, self.fields["case"])
        field.queryset = Case.objects.open().filter(client=client)
        field.choices = [("", field.empty_label), *((case.pk, case.programme.name) for case in self.cases)]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("ask") and "audience" in values:
            self._check_readers(values)
        if values.get("task_on") and values["task_on"] < timezone.localdate():
            self.add_error("task_on", _now("This day is over."))
        wants_task = values.get("task_when") or values.get("task_on")
        if values.get("task_title") and not wants_task and "task_on" not in self.errors:
            self.add_error("task_on", _now("Say by when."))
        if wants_task and not values.get("task_title") and not values.get("text") and "text" not in self.errors:
            self.add_error("task_title", _now("Say what is to be done."))
        if wants_task and not values.get("task_title") and "audience" in values:
            self._check_doer(values)
        return values

    def _readers(self, colleagues: Iterable[Colleague], values: dict[str, Any]) -> list[Colleague]:
        return readers_among(
            colleagues,
            self.client,
            audience=values["audience"],
            profession=profession_on(values.get("case"), self.client, self.seat),
            author=self.seat.membership_id,
        )

    def _check_doer(self, values: dict[str, Any]) -> None:
        """A task that nobody named is called by what was written: whoever is to do it has to be a reader of that."""
        doer = values.get("task_for")
        if doer is None or doer.pk == self.seat.membership_id or self._readers([doer], values):
            return
        message = _now("%(name)s would not be allowed to read what you wrote. Say here what is to be done.")
        self.add_error("task_title", message % {"name": doer.name})

    def _check_readers(self, values: dict[str, Any]) -> None:
        readers = self._readers(values["ask"], values)
        for colleague in values["ask"]:
            if colleague not in readers:
                message = _now("%(name)s would not be allowed to read this. Choose who reads it, or ask somebody else.")
                self.add_error("ask", message % {"name": colleague.name})

    def new(self) -> NewEntry:
        data = self.cleaned_data
        return NewEntry(
            **vars(self.details()),
            key=data["key"],
            case=data["case"],
            corrects=self._corrected(),
            ask=list(data["ask"]),
            task=self._task(),
            files=data["attachments"],
        )

    def _corrected(self) -> JournalEntry | None:
        """One's own entry of this person; anything else is no correction."""
        entries = JournalEntry.objects.filter(client=self.client, author=self.seat.membership_id)
        return entries.filter(pk=self.cleaned_data["corrects"]).first() if self.cleaned_data["corrects"] else None

    def _task(self) -> NewTask | None:
        data = self.cleaned_data
        due_on = data["task_on"] or (data["task_when"] and day_of(data["task_when"], timezone.localdate()))
        if not due_on or self.seat.membership_id is None:
            return None
        title = data["task_title"] or data["text"].strip().splitlines()[0][:MOST_TITLE]
        return NewTask(title, due_on, data["task_for"].pk if data["task_for"] else self.seat.membership_id)


class QuickForm(DetailsForm):
    """The box on Today: one of one's own people, and a few words."""

    client = forms.ModelChoiceField(
        label=_("Write about"), queryset=Client.objects.none(), empty_label=_("Choose a person")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("client", "text", "kind", "audience")

    def __init__(self, data: Any = None, *, seat: Seat, **kwargs: Any) -> None:
        super().__init__(data, initial={"key": uuid7(), **kwargs.pop("initial", {})}, **kwargs)
        people = own_clients(seat)
        self.people = list(people.order_by("sort_key", "id")[:MOST_OWN])
        field = cast(forms.ModelChoiceField, self.fields["client"])
        field.queryset = people
        field.choices = [("", field.empty_label), *((client.pk, str(client)) for client in self.people)]
        self.fields["audience"].required = False

    def new(self, seat: Seat) -> NewEntry:
        details = vars(self.details())
        details["audience"] = details["audience"] or usual_audience(self.cleaned_data["client"], seat)
        return NewEntry(**details, key=self.cleaned_data["key"])


class ChangeEntryForm(DetailsForm):
    """One's own entry, within a day."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, entry: JournalEntry, data: Any = None) -> ChangeEntryForm:
        at = timezone.localtime(entry.happened_at)
        return cls(
            data,
            initial={
                "text": entry.text,
                "kind": entry.kind,
                "dimension": entry.dimension,
                "audience": entry.audience,
                "happened_on": at.date(),
                "happened_time": at.time().replace(microsecond=0),
                "seen_version": entry.version,
            },
        )

    def details_of(self, entry: JournalEntry) -> EntryDetails:
        """A time that nobody touched keeps its seconds."""
        details = self.details()
        if not {"happened_on", "happened_time"} & set(self.changed_data):
            return EntryDetails(**{**vars(details), "happened_at": entry.happened_at})
        return details


class TaskForm(forms.Form):
    title = forms.CharField(
        label=_("What is to be done"),
        max_length=MOST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    when = forms.ChoiceField(label=_("By when"), choices=When.choices, required=False, widget=forms.RadioSelect)
    on = DayField(label=_("Or by this day"), required=False)
    assignee = forms.ModelChoiceField(label=_("Who"), queryset=Colleague.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, client: Client, seat: Seat) -> None:
        super().__init__(data, initial={"when": When.WEEK, "assignee": seat.membership_id})
        _offer(self.fields["assignee"], list(who_may_open(client)))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("when") and not values.get("on") and "on" not in self.errors:
            self.add_error("on", _now("Say by when."))
        if values.get("on") and values["on"] < timezone.localdate():
            self.add_error("on", _now("This day is over."))
        return values

    def new(self) -> NewTask:
        data = self.cleaned_data
        due_on = data["on"] or day_of(data["when"], timezone.localdate())
        return NewTask(data["title"], due_on, data["assignee"].pk)


class HandTaskForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who"), queryset=Colleague.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, client: Client) -> None:
        super().__init__(data)
        _offer(self.fields["to"], list(who_may_open(client)))


class DocumentForm(forms.Form):
    attachments = FilesField(label=_("Photos and files"))
    title = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=uploads.MOST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("For example: school certificate. Left empty, it is the file's name."),
    )
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Audience.choices)

    def __init__(self, data: Any = None, files: Any = None, *, client: Client, seat: Seat) -> None:
        super().__init__(data, files, initial={"audience": usual_audience(client, seat)})
        self.fields["attachments"].widget.attrs["accept"] = uploads.ACCEPT

    def new(self) -> list[NewFile]:
        title = self.cleaned_data["title"]
        return [
            NewFile(title or file.title, file.source, file.content_type) for file in self.cleaned_data["attachments"]
        ]


def _offer(field: forms.Field, colleagues: Sequence[Colleague]) -> None:
    """These colleagues and no others, without asking for them again."""
    choice = cast(forms.ModelChoiceField, field)
    choice.queryset = Colleague.objects.filter(pk__in=[colleague.pk for colleague in colleagues])
    choice.choices = [(colleague.pk, colleague.name) for colleague in colleagues]
