"""What the journal and Today read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, DateField, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, CombinedExpression
from django.utils import timezone

from halka.authorization.roles import Seat
from tenants.caseloads.enums.journal import EntryKind
from tenants.caseloads.models import Case, Client, Document, JournalEntry, Mention, Task, TeamMember
from tenants.caseloads.policies import readable, readable_anywhere

NEWEST_FIRST: Final = ("-happened_at", "-id")
UNSEEN_DAYS: Final = 14  # without a programme that says otherwise
MOST_OWN: Final = 500
SOON: Final = timedelta(days=7)


def entries_of(client: Client, seat: Seat, kind: str = "") -> QuerySet[JournalEntry]:
    """What the person reads of the client's journal, with all that is shown beside an entry."""
    entries = readable(JournalEntry.objects.all(), seat, client)
    if kind:
        entries = entries.filter(kind=kind)
    return with_company(entries)


def with_company(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """With documents, mentions and what puts the entries right. One query each."""
    return entries.prefetch_related(
        Prefetch("documents", Document.objects.order_by("added_at")),
        Prefetch("mentions", Mention.objects.select_related("colleague").order_by("id")),
        Prefetch("corrections", JournalEntry.objects.only("id", "corrects", "client", "audience").order_by("id")),
    )


def own_clients(seat: Seat) -> QuerySet[Client]:
    """Those whom somebody is responsible for or on a team for. One query here, for the teams."""
    places = TeamMember.objects.filter(colleague=seat.membership_id, ended_at=None)
    on_teams = list(places.values_list("case__client", flat=True)[:MOST_OWN])
    own = Q(pk__in=on_teams)
    if seat.membership_id is not None:
        own |= Q(assigned_to=seat.membership_id)
    return Client.objects.present().filter(own)


def small_wins(seat: Seat, *, everybody: bool) -> QuerySet[JournalEntry]:
    """Of one's own people, or of all that the person may read."""
    wins = readable_anywhere(JournalEntry.objects.filter(kind=EntryKind.SMALL_WIN), seat)
    if not everybody:
        wins = wins.filter(client__in=list(own_clients(seat).values_list("pk", flat=True)[:MOST_OWN]))
    return wins.select_related("client")


# --- Today ---------------------------------------------------------------------------------------------------
def tasks_due(seat: Seat, *, until: date) -> QuerySet[Task]:
    """One's own open tasks of people whose records one may open, those due first in front."""
    mine = Task.objects.filter(assignee=seat.membership_id, done_at=None, due_on__lte=until)
    return mine.filter(client__in=Client.objects.reachable_by(seat)).select_related("client").order_by("due_on", "id")


def entries_to_read(seat: Seat) -> QuerySet[JournalEntry]:
    """Where the person was asked to read and has not yet."""
    unseen = Mention.objects.filter(colleague=seat.membership_id, seen_at=None)
    entries = readable_anywhere(JournalEntry.objects.filter(pk__in=unseen.values("entry")), seat)
    return entries.select_related("client").order_by("-created_at", "-id")


@dataclass(frozen=True)
class Unseen:
    """A client of one's own who was not in touch for longer than agreed. `since` is when they were added, if never."""

    client: Client
    since: date
    days: int
    never: bool


def not_seen(seat: Seat, today: date) -> Sequence[Unseen]:
    """One's own clients, the longest first; without those who have left all programmes. One query."""
    if seat.membership_id is None:
        return []
    open_cases = Case.objects.open().filter(client=OuterRef("pk"))
    shortest = open_cases.order_by().values("client").annotate(least=Min("programme__unseen_days")).values("least")
    clients = (
        Client.objects.present()
        .filter(Q(last_contact_on=None) | Q(last_contact_on__lt=today), assigned_to=seat.membership_id)
        .annotate(agreed=Subquery(shortest), has_left=Exists(Case.objects.filter(client=OuterRef("pk"))))
    )
    found = []
    for client in clients:
        if client.agreed is None and client.has_left:
            continue
        since = client.last_contact_on or timezone.localdate(client.created_at)
        days = (today - since).days
        if days > (client.agreed if client.agreed is not None else UNSEEN_DAYS):
            found.append(Unseen(client, since, days, client.last_contact_on is None))
    return sorted(found, key=lambda one: (-one.days, one.client.sort_key))


@dataclass(frozen=True)
class Overview:
    """The whole organisation in figures, for supervisors."""

    overdue: int
    unseen: int
    unassigned: int
    wins: int

    def __bool__(self) -> bool:
        return any((self.overdue, self.unseen, self.unassigned, self.wins))


def overview(today: date) -> Overview:
    """Four figures, four queries over indexes that hold what is open only. Whose record has moved counts elsewhere."""
    latest = CombinedExpression(
        Value(today, DateField()), Combinable.SUB, F("programme__unseen_days"), output_field=DateField()
    )
    cases = Case.objects.open().filter(client__merged_into=None, client__held_at=None)
    tasks = Task.objects.filter(client__held_at=None)
    entries = JournalEntry.objects.filter(client__held_at=None)
    late = Q(client__last_contact_on__lt=latest) | Q(client__last_contact_on=None, opened_on__lt=latest)
    return Overview(
        overdue=tasks.filter(done_at=None, due_on__lt=today).count(),
        unseen=cases.filter(late).aggregate(people=Count("client", distinct=True))["people"],
        unassigned=cases.filter(client__assigned_to=None).aggregate(people=Count("client", distinct=True))["people"],
        wins=entries.filter(kind=EntryKind.SMALL_WIN, happened_at__gt=timezone.now() - SOON).count(),
    )
