"""What became of a client's record, moment by moment: who changed what, and who looked.

Changes come from the events that the database keeps of every row, acts from the audit. A verb writes both in one go, so
the events around an entry of the audit are shown as one moment with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from halka.audit.actions import actor_of, label_of, words_of
from halka.audit.history import HistoryEvent, events_of
from halka.audit.models import Entry
from halka.common.calendars import format_day, format_moment, localise_digits
from halka.common.privacy import Kind, fields_of
from halka.common.years import typed_year
from tenants.caseloads.domain import vulnerabilities
from tenants.caseloads.enums.clients import Language
from tenants.caseloads.enums.consents import ConsentScope
from tenants.caseloads.models import (
    Case,
    Client,
    Consent,
    Exit,
    FollowUp,
    Goal,
    Plan,
    Programme,
    Scale,
    Step,
    TeamMember,
)
from tenants.organisations.models import Colleague, Organisation

SIZE: Final = 25  # moments on a page
FETCHED: Final = 120  # rows of each kind, before they are put together
AROUND: Final = 500  # rows of each kind within TOGETHER
TOGETHER: Final = timedelta(seconds=3)  # between a change and the entry that tells of it
LOOKS: Final = ("client.viewed", "client.number_shown", "document.opened", "referral.viewed")
# Columns that say nothing by themselves: keys, what hangs together, what is told beside the change.
SILENT: Final = frozenset(
    {"id", "client", "case", "plan", "goal", "exit", "consent", "created_at", "created_by", "changed_at", "changed_by",
     "recorded_at", "recorded_by", "withdrawal_recorded_by", "version", "number", "position", "item", "unit",
     "started_at", "published_at", "wording", "given_at"}
)  # fmt: skip
WHO: Final = ("changed_by_id", "recorded_by_id", "done_by_id")
NAMED: Final = (Colleague, Organisation, Programme, Scale, Client)  # what a column may refer to, and is shown by name
LAST_DIGITS: Final = 3


@dataclass(frozen=True)
class Change:
    """One field, as it was and as it is since; either may be empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Part:
    """What happened to one row of the record: `noun` was `insert`ed, `update`d or `delete`d."""

    noun: str
    label: str
    changes: tuple[Change, ...]


@dataclass
class Moment:
    at: datetime
    who: str
    what: str
    action: str = ""
    is_support: bool = False
    detail: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def is_look(self) -> bool:
        return self.action in LOOKS


@dataclass(frozen=True)
class Timeline:
    """Moments, the newest first; `next` is when the next page goes on, None at the end."""

    moments: list[Moment]
    next: datetime | None


def timeline_of(
    client: Client, *, before: datetime | None = None, show: str | None = None, reads_health: bool = True
) -> Timeline:
    """A page of the record's history. `show` is "changes" or "looks" for these alone.

    Without `reads_health`, what the reader may not read is told as changed, not shown.
    """
    events, horizons = [], []
    if show != "looks":
        for queryset in _histories(client):
            rows, last = _page(queryset.annotate(earlier=_earlier(queryset.model)), "pgh_created_at", before)
            events += rows
            horizons.append(last)
    entries, last = _page(_entries(client, show), "at", before)
    horizon = max((moment for moment in [*horizons, last] if moment), default=None)
    groups = [group for group in _together(events, entries) if before is None or group.at < before]
    if horizon is not None:  # what lies beyond it may be known in part only
        known = [group for group in groups if group.at > horizon + TOGETHER]
        groups = known or [group for group in groups if group.at >= horizon]
    shown = groups[:SIZE]
    more = len(groups) > SIZE or horizon is not None
    teller = _Teller(shown, reads_health=reads_health)
    moments = [moment for group in shown if (moment := teller.moment(group))]
    return Timeline(moments, shown[-1].at if shown and more else None)


# --- rows ---------------------------------------------------------------------------------------------------
def _histories(client: Client) -> Iterator[models.QuerySet[Any]]:
    """The events of every row that belongs to the client, of rows that are gone too."""

    def of(model: type[models.Model], **parents: Any) -> models.QuerySet[Any]:
        return events_of(model).objects.filter(**parents)

    def keys(model: type[models.Model], **parents: Any) -> models.QuerySet[Any]:
        return of(model, **parents).order_by().values("pgh_obj")

    cases = keys(Case, client=client.pk)
    plans = keys(Plan, case__in=cases)
    yield of(Client, pgh_obj=client.pk)
    yield of(Consent, client=client.pk)
    yield of(Case, client=client.pk)
    yield of(TeamMember, case__in=cases)
    yield of(Exit, case__in=cases)
    yield of(FollowUp, exit__in=keys(Exit, case__in=cases))
    yield of(Plan, case__in=cases)
    yield of(Goal, plan__in=plans)
    yield of(Step, goal__in=keys(Goal, plan__in=plans))


def _earlier(model: Any) -> Subquery:
    """The key of the event of the same row before this one."""
    same = model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_created_at__lt=OuterRef("pgh_created_at"))
    return Subquery(same.order_by("-pgh_created_at").values("pgh_id")[:1])


def _entries(client: Client, show: str | None) -> models.QuerySet[Entry]:
    entries = Entry.objects.filter(about_id=client.pk)
    if show == "looks":
        return entries.filter(action__in=LOOKS)
    return entries.exclude(action__in=LOOKS) if show == "changes" else entries


def _page(queryset: models.QuerySet[Any], by: str, before: datetime | None) -> tuple[list[Any], datetime | None]:
    """The rows before the moment, those just after it that may belong to them, and how far back all is known."""
    queryset = queryset.order_by(f"-{by}", "-pk")
    around: list[Any] = []
    if before is not None:
        around = list(queryset.filter(**{f"{by}__gte": before, f"{by}__lt": before + TOGETHER})[:AROUND])
        queryset = queryset.filter(**{f"{by}__lt": before})
    rows = list(queryset[:FETCHED])
    return around + rows, getattr(rows[-1], by) if len(rows) == FETCHED else None


# --- what belongs together ----------------------------------------------------------------------------------
@dataclass
class _Group:
    at: datetime
    entry: Entry | None = None
    events: list[Any] = field(default_factory=list)


def _together(events: Iterable[Any], entries: Iterable[Entry]) -> list[_Group]:
    """Each entry with the events of its act; events that no entry tells of stand alone. The newest first."""
    groups = [_Group(entry.at, entry) for entry in entries]
    acts = [group for group in groups if group.entry is not None and group.entry.action not in LOOKS]
    for event in events:
        near = [group for group in acts if abs(group.at - event.pgh_created_at) <= TOGETHER]
        if near:
            min(near, key=_distance(event)).events.append(event)
        else:
            groups.append(_Group(event.pgh_created_at, events=[event]))
    return sorted(groups, key=lambda group: group.at, reverse=True)


def _distance(event: Any) -> Callable[[_Group], tuple[bool, timedelta]]:
    """An entry about the very row goes before a nearer one about another."""

    def of(group: _Group) -> tuple[bool, timedelta]:
        assert group.entry is not None
        return group.entry.target_id != str(event.pgh_obj_id), abs(group.at - event.pgh_created_at)

    return of


# --- in words -----------------------------------------------------------------------------------------------
class _Teller:
    """Puts groups into words; what they refer to is asked for once, for all of them."""

    def __init__(self, groups: list[_Group], *, reads_health: bool) -> None:
        events = [event for group in groups for event in group.events]
        self.reads_health = reads_health
        self.states = self._states(events)
        self.names = self._names(events)
        self.people = {str(pk): name for pk, name in Colleague.objects.values_list("pk", "name")}
        self.hard = dict(vulnerabilities.choices()) if events else {}

    def _states(self, events: list[Any]) -> dict[tuple[type, int], HistoryEvent]:
        """The states before the events."""
        keys: dict[Any, list[int]] = defaultdict(list)
        for event in events:
            if event.earlier is not None:
                keys[type(event)].append(event.earlier)
        return {(model, row.pk): row for model, pks in keys.items() for row in model.objects.filter(pk__in=pks)}

    def _names(self, events: list[Any]) -> dict[UUID, str]:
        keys: dict[Any, set[UUID]] = {model: set() for model in NAMED}
        for state in [*events, *self.states.values()]:
            for column in state._meta.concrete_fields:
                value = getattr(state, column.attname) if column.related_model in keys else None
                if value is not None:
                    keys[column.related_model].add(value)
        found = [row for model, pks in keys.items() if pks for row in model.objects.filter(pk__in=pks)]
        return {row.pk: str(row) for row in found}

    def moment(self, group: _Group) -> Moment | None:
        """None where nothing that people read has changed."""
        told = [self._part(event) for event in sorted(group.events, key=lambda event: event.pgh_created_at)]
        parts = [part for part in told if part.changes]
        if group.entry is None:
            keys = [getattr(group.events[0], name, None) for name in WHO]
            who = next((self.names[key] for key in keys if key in self.names), "")
            return Moment(group.at, who or _("Halka"), _("Changed"), parts=parts) if parts else None
        entry = group.entry
        detail = {key: value for key, value in entry.detail.items() if key not in ("fields", "from", "to")}
        return Moment(
            at=entry.at,
            who=actor_of(entry),
            what=label_of(entry.action),
            action=entry.action,
            is_support=entry.is_support,
            detail=words_of(detail if parts else entry.detail, self.people),
            parts=parts,
        )

    def _part(self, event: Any) -> Part:
        before = self.states.get((type(event), event.earlier)) if event.pgh_label != "insert" else None
        after = event
        if event.pgh_label == "delete":
            before, after = event, None
        changes = [
            change
            for column in event._meta.concrete_fields
            if column.name not in SILENT and not column.name.startswith("pgh_")
            if (change := self._change(event, column, before, after))
        ]
        return Part(capfirst(str(event.pgh_tracked_model._meta.verbose_name)), event.pgh_label, tuple(changes))

    def _change(self, event: Any, column: Any, before: Any, after: Any) -> Change | None:
        old, new = (getattr(state, column.attname) if state is not None else None for state in (before, after))
        if (old or None) == (new or None) and not isinstance(old, bool):
            return None
        label = capfirst(str(column.verbose_name))
        if not self.reads_health and column.name in _guarded(event.pgh_tracked_model):
            return Change(label, "•••" if old else "", "•••" if new else "")
        words = Change(label, self._shown(column, old), self._shown(column, new))
        return words if words.before or words.after else None

    def _shown(self, column: Any, value: Any) -> str:
        if value is None or value == "" or value == []:
            return ""
        if column.related_model in NAMED:
            return self.names.get(value, "")
        if isinstance(value, datetime):
            return format_moment(value)
        if isinstance(value, date):
            return format_day(value)
        if isinstance(value, list):
            known = self._choices(column)
            return ", ".join(str(known.get(item, item)) for item in value)
        if column.name == "national_number":
            return _("ends with %(digits)s") % {"digits": localise_digits(value[-LAST_DIGITS:])}
        if column.name == "birth_year":
            return typed_year(value)
        known = dict(getattr(column, "flatchoices", None) or (Language.choices if column.name == "language" else ()))
        return str(known.get(value, localise_digits(value) if isinstance(value, int) else value))

    def _choices(self, column: Any) -> Mapping[str, str | Promise]:
        if column.name == "vulnerabilities":
            return self.hard
        if column.name == "scopes":
            return dict(ConsentScope.choices)
        return dict(column.base_field.flatchoices) if isinstance(column, ArrayField) else {}


def _guarded(model: type[models.Model]) -> set[str]:
    return {name for kind in (Kind.HEALTH, Kind.OFFICIAL) for name in fields_of(model, kind)}
