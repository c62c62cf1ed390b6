"""What an organisation holds about a person, as the person reads it on their own page.

Facts are shown as they are. What colleagues wrote freely (note, health, journal, documents) is counted and dated, not
shown: a phone is read by those around a person too, and such texts name other people. The whole of it is in the copy
that the organisation hands over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from halka.audit.actions import label_of
from halka.audit.domain import THEMSELVES
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.calendars import format_day, localise_digits
from halka.common.privacy import Kind, fields_of
from halka.common.years import typed_year
from tenants.caseloads.enums.clients import Language
from tenants.caseloads.enums.journal import Audience, EntryKind
from tenants.caseloads.models import Assessment, Client, Document, Experience, Goal, JournalEntry, Task
from tenants.organisations.models import Colleague

FREE_TEXT: Final = frozenset({"note", "health"})
TECHNICAL: Final = frozenset({"search_key", "sort_key", "national_number_index"})
WINS: Final = 20
GOALS: Final = 20
LAST_DIGITS: Final = 3


@dataclass(frozen=True)
class Group:
    """Facts of one kind, in words."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counted:
    """Texts that are not shown: how many there are, and of which days."""

    label: str
    number: int
    first: date | datetime | None = None
    last: date | datetime | None = None


@dataclass(frozen=True)
class Look:
    """One act of somebody on the record."""

    at: datetime
    who: str
    what: str
    times: int = 1


def headings() -> dict[Kind, str]:
    return {
        Kind.IDENTITY: _("Who you are"),
        Kind.CONTACT: _("How we reach you"),
        Kind.BACKGROUND: _("What you bring along"),
        Kind.SENSITIVE: _("Your situation"),
        Kind.HEALTH: _("Your health"),
        Kind.OFFICIAL: _("Number from the state"),
    }


def groups_of(client: Client) -> list[Group]:
    """The facts of the record itself by their kinds; kinds with nothing in them are left out."""
    found = []
    for kind, heading in headings().items():
        lines = tuple(
            (_label(client, name), text)
            for name in fields_of(Client, kind)
            if name not in TECHNICAL and (text := _text(client, name))
        )
        if kind == Kind.BACKGROUND:
            lines += tuple(_experiences(client))
        if lines:
            found.append(Group(heading, lines))
    return found


def _label(client: Client, name: str) -> str:
    return capfirst(str(client._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _text(client: Client, name: str) -> str:
    value = getattr(client, name)
    if value in (None, "", []):
        return ""
    if name in FREE_TEXT:
        return _("Something is written here. You can ask for a copy.")
    if name == "national_number":
        return _("ends with %(digits)s") % {"digits": localise_digits(value[-LAST_DIGITS:])}
    return _in_words(client._meta.get_field(name), value)


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, list):
        return _listed(field.name, value)
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return str(choices[value])
    if isinstance(field, models.DateField):
        return format_day(value)
    return typed_year(value) if field.name == "birth_year" else str(value)


def names_in_list(client: Client, name: str) -> str:
    """What the codes of a list of the record mean."""
    return _listed(name, getattr(client, name))


def _listed(name: str, values: list[str]) -> str:
    choices = _names_of_list(name)
    return ", ".join(str(choices.get(value, value)) for value in values)


def _names_of_list(name: str) -> dict[str, Any]:
    if name == "languages":
        return dict(Language.choices)
    from tenants.caseloads.domain.vulnerabilities import choices

    return dict(choices())


def _experiences(client: Client) -> Iterator[tuple[str, str]]:
    for row in Experience.objects.filter(client=client).order_by("id"):
        years = "–".join(typed_year(year) for year in (row.from_year, row.to_year) if year)
        yield str(row.get_kind_display()), " · ".join(part for part in (row.title, row.at, years) if part)


def counted(client: Client) -> list[Counted]:
    """What colleagues wrote down from day to day: kinds, numbers, days."""
    rows = (
        JournalEntry.objects.filter(client=client)
        .exclude(kind=EntryKind.SMALL_WIN)
        .order_by()
        .values("kind")
        .annotate(number=Count("pk"), first=Min("happened_at"), last=Max("happened_at"))
    )
    journal = {row["kind"]: row for row in rows}
    found = [
        Counted(str(kind.label), journal[kind]["number"], journal[kind]["first"], journal[kind]["last"])
        for kind in EntryKind
        if kind in journal
    ]
    others: tuple[tuple[str, Any, str], ...] = (
        (_("Documents"), Document, "added_at"),
        (_("Tasks that we do for you"), Task, "created_at"),
        (_("Answers about your progress"), Assessment, "on"),
    )
    for label, model, moment in others:
        sums = model.objects.filter(client=client).aggregate(
            number=Count("pk"), first=Min(moment), last=Max(moment)
        )  # fmt: skip
        if sums["number"]:
            found.append(Counted(label, **sums))
    return found


def small_wins(client: Client) -> list[JournalEntry]:
    """The newest ones that the whole team reads: these are the person's own."""
    wins = JournalEntry.objects.filter(client=client, kind=EntryKind.SMALL_WIN, audience=Audience.TEAM)
    return list(wins.order_by("-happened_at", "-id")[:WINS])


def goals(client: Client) -> list[Goal]:
    """What the person agreed to reach."""
    agreed = Goal.objects.filter(plan__case__client=client, plan__case__closed_on=None, plan__state="agreed")
    return list(agreed.order_by("plan_id", "position", "id")[:GOALS])


def looks_at(client: Client) -> models.QuerySet[Entry]:
    """Everything that the audit says about the person and those who were merged into them."""
    keys = [client.pk, *Client.objects.filter(merged_into=client.pk).values_list("pk", flat=True)]
    return Entry.objects.filter(about_id__in=keys)


def told(entries: list[Entry]) -> list[Look]:
    """Who it was by their work, not by name; what they did; when."""
    users = {entry.actor_user_id for entry in entries if entry.actor_user_id}
    roles: dict[int, str] = dict(Colleague.objects.filter(user_id__in=users).values_list("user_id", "role"))
    return [Look(entry.at, _who(entry, roles), label_of(entry.action)) for entry in entries]


def drawn_together(looks: list[Look]) -> list[Look]:
    """The same act of the same kind of person, one after the other on one day, as one line."""
    found: list[Look] = []
    for look in looks:
        last = found[-1] if found else None
        if last and (last.who, last.what) == (look.who, look.what) and _day(last.at) == _day(look.at):
            found[-1] = replace(last, times=last.times + 1)
        else:
            found.append(look)
    return found


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _who(entry: Entry, roles: dict[int, str]) -> str:
    if entry.is_support:
        return _("Support of the network")
    if "software" in entry.detail:
        return _("The organisation's own software")
    if "link" in entry.detail:
        return _("Somebody who answered by a link")
    if entry.actor_user_id is None:
        return _("You") if entry.actor_name == THEMSELVES.name else _("The computer program")
    role = roles.get(entry.actor_user_id)
    return str(Role(role).label) if role else _("Somebody who worked here")
