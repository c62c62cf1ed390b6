"""Reading the audit: what was asked for, and each entry in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit import subjects
from halka.audit.actions import actor_of, label_of, words_of
from halka.audit.models import Entry
from halka.audit.subjects import Subject
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef, required_organisation
from halka.common.paging import slice_of
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague

KEYS: Final = ("-at", "-id")
BATCH: Final = 1_000  # entries that an export reads at once


@dataclass(frozen=True)
class Wanted:
    """Which entries: of whom, of which act, about which client, in which days (both count)."""

    who: int | None = None
    what: str = ""
    client: UUID | None = None
    since: date | None = None
    until: date | None = None

    def names(self) -> list[str]:
        """What narrows the entries down; for the audit, which repeats no values."""
        return [name for name, value in vars(self).items() if value]


@dataclass(frozen=True)
class Row:
    """An entry in words."""

    at: datetime
    who: str
    is_support: bool
    what: str
    on: str
    about: Subject | None
    detail: list[tuple[str, str]]
    entry: Entry


def entries_of(wanted: Wanted) -> Any:
    found = Entry.objects.all()
    if wanted.who:
        found = found.filter(actor_user_id=wanted.who)
    if wanted.what:
        found = found.filter(action=wanted.what)
    if wanted.client:
        found = found.filter(about_id=wanted.client)
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_midnight(wanted.until, after=True))
    return found


def _midnight(day: date, *, after: bool = False) -> datetime:
    """The beginning or the end of the day, where the organisation is."""
    try:
        day += timedelta(days=after)
    except OverflowError:
        return datetime.max.replace(tzinfo=timezone.get_default_timezone())
    return timezone.make_aware(datetime.combine(day, time.min))


def colleagues() -> list[tuple[UUID, int, str]]:
    """(key, account, name) of everybody who is or was here."""
    return list(Colleague.objects.values_list("pk", "user_id", "name"))


def rows_of(entries: Iterable[Entry], names: Mapping[str, str], seat: Seat) -> list[Row]:
    """`names` maps keys of colleagues to names. One query, for the clients that the reader may see."""
    entries = list(entries)
    about = subjects.named(seat, {entry.about_id for entry in entries if entry.about_id})
    return [
        Row(
            at=entry.at,
            who=actor_of(entry),
            is_support=entry.is_support,
            what=label_of(entry.action),
            on=names.get(entry.target_id) or _noun(entry.target_model),
            about=about.get(entry.about_id) if entry.about_id else None,
            detail=words_of(entry.detail, names),
            entry=entry,
        )
        for entry in entries
    ]


def _noun(model: str) -> str:
    try:
        return str(apps.get_model(model)._meta.verbose_name) if model else ""
    except LookupError:
        return model


# --- export -------------------------------------------------------------------------------------------------
def sheet_of(wanted: Wanted, seat: Seat) -> Iterator[list[str]]:
    """The entries as lines of a sheet, the newest first; read in parts, each inside of the organisation.

    The parts are asked for while the file goes out, when the request has left the organisation already.
    """
    organisation = required_organisation()
    names = {str(pk): name for pk, _user, name in colleagues()}
    yield [_("When"), _("Who"), _("Account"), _("Network support"), _("What"), _("Code"), _("Kind of record"),
           _("Record"), _("About"), _("Client"), _("Detail")]  # fmt: skip
    cursor = ""
    while True:
        rows, cursor = _part(organisation, wanted, seat, names, cursor)
        for row in rows:
            yield _line(row)
        if not cursor:
            return


def _part(
    organisation: OrganisationRef, wanted: Wanted, seat: Seat, names: Mapping[str, str], cursor: str
) -> tuple[list[Row], str]:
    with inside(organisation):
        part = slice_of(entries_of(wanted), keys=KEYS, cursor=cursor, size=BATCH)
        return rows_of(part.items, names, seat), part.next


def _line(row: Row) -> list[str]:
    entry = row.entry
    return [
        timezone.localtime(row.at).isoformat(sep=" ", timespec="seconds"),
        row.who,
        str(entry.actor_user_id or ""),
        _("Yes") if row.is_support else "",
        row.what,
        entry.action,
        row.on,
        entry.target_id,
        str(entry.about_id or ""),
        row.about.name if row.about else "",
        " · ".join(f"{name}: {value}" for name, value in row.detail),
    ]
