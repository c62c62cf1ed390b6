"""Writing in a person's journal: contacts, notes and small wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.identifiers import uuid7
from halka.common.uploads import NewFile
from tenants.caseloads.domain.documents import add_document, forget_files
from tenants.caseloads.domain.mentions import ask_to_read
from tenants.caseloads.domain.tasks import NewTask, add_task
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.journal import CONTACTS, Audience, EntryKind
from tenants.caseloads.models import Case, Client, Document, JournalEntry, JournalHabit, Task
from tenants.caseloads.policies import professions_of
from tenants.organisations.models import Colleague

CHANGE_WITHIN: Final = timedelta(hours=24)
REMOVE_WITHIN: Final = timedelta(minutes=10)


class KeyTaken(Refused):
    """An entry with this key is somebody else's, or about another person."""


class NotYourEntry(Refused):
    """Only the author changes an entry."""


class TooLate(Refused):
    """The time for changing or removing the entry is over."""


@dataclass(frozen=True)
class EntryDetails:
    """What an entry says. `kind`, `audience` and `dimension` are values of their enums."""

    kind: str
    text: str
    happened_at: datetime
    audience: str = Audience.TEAM
    dimension: str = ""


@dataclass(frozen=True)
class NewEntry(EntryDetails):
    """An entry with what goes with it. `key` is made where it is typed: the same key is written once.

    Without a `case` it belongs to the person's only open one, if there is only one.
    """

    case: Case | None = None
    corrects: JournalEntry | None = None
    ask: Sequence[Colleague] = ()
    task: NewTask | None = None
    files: Sequence[NewFile] = ()
    key: UUID = field(default_factory=uuid7)


DETAILS: Final = ("kind", "text", "happened_at", "audience", "dimension")


def write_entry(*, client: Client, new: NewEntry, by: Seat) -> JournalEntry:
    """Writes the entry, and moves the day of the last contact forward. Sent again, it returns what stands.

    Raises KeyTaken, mentions.CannotRead, tasks.CannotOpen.
    """
    case = new.case or _only_case(client)
    entry = JournalEntry(
        pk=new.key,
        client=client,
        case=case,
        corrects=new.corrects,
        profession=profession_on(case, client, by),
        author_id=by.membership_id,
        author_name=by.name,
        **{name: getattr(new, name) for name in DETAILS},
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            found = JournalEntry.objects.filter(pk=new.key).first()
            if found is None:
                raise
            return _same(found, entry)
        _note_contact(entry)
        _remember(new.audience, by)
        for file in new.files:
            add_document(client=client, **vars(file), audience=new.audience, entry=entry, by=by)
        if new.task:
            add_task(client=client, new=new.task, entry=entry, by=by)
        if new.ask:
            ask_to_read(entry=entry, colleagues=new.ask, by=by)
        record(action="entry.written", on=entry, detail={"kind": entry.kind}, by=by)
    return entry


def change_entry(*, entry: JournalEntry, details: EntryDetails, seen_version: int, by: Seat) -> JournalEntry:
    """Writes what is different; returns the entry as it is now. Documents of the entry are read by whom it is.

    Raises NotYourEntry, TooLate, EditedMeanwhile.
    """
    with transaction.atomic():
        saved = JournalEntry.objects.select_for_update().get(pk=entry.pk)
        _only_author(saved, by)
        if not may_change(saved, by):
            raise TooLate(_("An entry can be changed for a day. Write one that puts it right instead."))
        if saved.version != seen_version:
            raise EditedMeanwhile(_("This entry was changed in another window since you opened it."))
        changed = [name for name in DETAILS if getattr(saved, name) != getattr(details, name)]
        if not changed:
            return saved
        was_contact_on = _contact_day(saved)
        for name in changed:
            setattr(saved, name, getattr(details, name))
        saved.version += 1
        saved.changed_at = timezone.now()
        saved.save(force_update=True)
        if "audience" in changed:
            saved.documents.update(audience=saved.audience)
        _recall_contact(saved.client_id, was_contact_on)
        _note_contact(saved)
        record(action="entry.changed", on=saved, detail={"fields": changed}, by=by)
    return saved


def remove_entry(*, entry: JournalEntry, by: Seat) -> None:
    """Takes back what was just written, with its documents and tasks. That it was there stays in the audit.

    Raises NotYourEntry, TooLate.
    """
    with transaction.atomic():
        saved = JournalEntry.objects.select_for_update().get(pk=entry.pk)
        _only_author(saved, by)
        if not may_remove(saved, by):
            raise TooLate(_("An entry can be removed for ten minutes. Write one that puts it right instead."))
        forget_files(Document.objects.filter(entry=saved))
        Document.objects.filter(entry=saved).delete()
        Task.objects.filter(entry=saved).delete()
        record(action="entry.removed", on=saved, detail={"kind": saved.kind}, by=by)
        was_contact_on = _contact_day(saved)
        saved.delete()
        _recall_contact(entry.client_id, was_contact_on)


def may_change(entry: JournalEntry, seat: Seat) -> bool:
    return _is_own(entry, seat) and timezone.now() < entry.created_at + CHANGE_WITHIN


def may_remove(entry: JournalEntry, seat: Seat) -> bool:
    return _is_own(entry, seat) and timezone.now() < entry.created_at + REMOVE_WITHIN


def usual_audience(client: Client, seat: Seat) -> Audience:
    """What somebody chose last; else by what they are: what a psychologist hears stays with psychologists."""
    habit = JournalHabit.objects.filter(colleague=seat.membership_id).first()
    if habit is not None:
        return Audience(habit.audience)
    is_psychologist = Profession.PSYCHOLOGIST in professions_of(seat, client)
    return Audience.PROFESSION if is_psychologist else Audience.TEAM


def _remember(audience: str, seat: Seat) -> None:
    if seat.membership_id is None:
        return
    if not JournalHabit.objects.filter(colleague=seat.membership_id, audience=audience).exists():
        JournalHabit.objects.update_or_create(colleague_id=seat.membership_id, defaults={"audience": audience})


def profession_on(case: Case | None, client: Client, seat: Seat) -> str:
    """What somebody is on the team of the case; else on that of another case of the person."""
    professions = professions_of(seat, client)
    if len(professions) > 1 and case is not None:
        here = case.team.filter(colleague=seat.membership_id, ended_at=None).values_list("profession", flat=True)
        professions = frozenset(here) & professions or professions
    return min(professions, default="")


def _is_own(entry: JournalEntry, seat: Seat) -> bool:
    return seat.membership_id is not None and entry.author_id == seat.membership_id


def _only_author(entry: JournalEntry, seat: Seat) -> None:
    if not _is_own(entry, seat):
        raise NotYourEntry(_("Only the one who wrote it changes an entry."))


def _only_case(client: Client) -> Case | None:
    cases = list(Case.objects.open().filter(client=client)[:2])
    return cases[0] if len(cases) == 1 else None


def _same(found: JournalEntry, entry: JournalEntry) -> JournalEntry:
    if (found.client_id, found.author_id) != (entry.client_id, entry.author_id):
        raise KeyTaken(_("This could not be saved. Copy your text, open the page again and try once more."))
    return found


# --- the day of the last contact -----------------------------------------------------------------------------
def _contact_day(entry: JournalEntry) -> date | None:
    return timezone.localdate(entry.happened_at) if entry.kind in CONTACTS else None


def _note_contact(entry: JournalEntry) -> None:
    day = _contact_day(entry)
    if day is not None:
        earlier = Q(last_contact_on=None) | Q(last_contact_on__lt=day)
        Client.objects.filter(earlier, pk=entry.client_id).update(last_contact_on=day)


def _recall_contact(client_id: UUID, day: date | None) -> None:
    """Takes the last contact back where it was this day's, and what told of it is gone."""
    if day is None or not Client.objects.filter(pk=client_id, last_contact_on=day).exists():
        return
    kinds = [kind for kind in EntryKind if kind in CONTACTS]
    contacts = JournalEntry.objects.filter(client=client_id, kind__in=kinds).order_by("-happened_at", "-id")
    latest = contacts.first()
    Client.objects.filter(pk=client_id).update(last_contact_on=latest and timezone.localdate(latest.happened_at))
