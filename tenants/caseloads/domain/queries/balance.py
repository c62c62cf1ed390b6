"""How much each colleague carries: for supervisors. Aggregates, in the same few queries for any number of clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, DateField, ExpressionWrapper, F, Max, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from tenants.caseloads.domain.teams import responsible_roles
from tenants.caseloads.models import Case, Client, Task
from tenants.organisations.models import Colleague

# The last day on which a person with an open case does not yet count as not seen.
SEEN_UNTIL = ExpressionWrapper(
    Coalesce("client__last_contact_on", "opened_on") + F("programme__unseen_days"), output_field=DateField()
)
Key = UUID | None


@dataclass(frozen=True)
class Load:
    """`colleague` None stands for the people whom nobody is responsible for."""

    colleague: Colleague | None
    people: int
    last_contact: date | None
    cases: int
    unseen: int
    overdue: int

    @property
    def has_left(self) -> bool:
        return self.colleague is not None and self.colleague.ended_at is not None


def loads() -> list[Load]:
    """Nobody's people first, then those of colleagues who have left, then colleagues by name. Four queries."""
    people, cases, overdue = _people(), _cases(), _overdue()
    carriers = Q(role__in=responsible_roles(), ended_at=None) | Q(pk__in=[key for key in people if key])
    found: list[Colleague | None] = [None, *Colleague.objects.filter(carriers)]
    rows = [
        Load(who, *people.get(key, (0, None)), *cases.get(key, (0, 0)), overdue.get(key, 0))
        for who, key in ((who, who.pk if who else None) for who in found)
    ]
    return sorted(rows, key=lambda row: (row.colleague is not None, not row.has_left))


def _people() -> dict[Key, tuple[int, date | None]]:
    rows = Client.objects.present().order_by().values_list("assigned_to")
    counted = rows.annotate(number=Count("pk"), last=Max("last_contact_on"))
    return {key: (number, last) for key, number, last in counted}


def _cases() -> dict[Key, tuple[int, int]]:
    not_seen = Q(seen_until__lt=timezone.localdate())
    here = Case.objects.open().filter(client__held_at=None)  # whose record has moved is carried elsewhere
    rows = here.alias(seen_until=SEEN_UNTIL).order_by().values_list("client__assigned_to")
    counted = rows.annotate(number=Count("pk"), unseen=Count("client", distinct=True, filter=not_seen))
    return {key: (number, unseen) for key, number, unseen in counted}


def _overdue() -> dict[Key, int]:
    late = Task.objects.filter(done_at=None, due_on__lt=timezone.localdate(), client__held_at=None)
    return dict(late.order_by().values_list("assignee").annotate(number=Count("pk")))


def people_of(colleague: Colleague | None) -> QuerySet[Client]:
    """Those whom the colleague, or nobody, is responsible for, each with its open cases as `running`."""
    running = Prefetch("cases", Case.objects.open().select_related("programme"), to_attr="running")
    return Client.objects.present().filter(assigned_to=colleague and colleague.pk).prefetch_related(running)


def is_unseen(client: Client) -> bool:
    """Whether the client, as `people_of` gives it, was not seen for longer than a programme of theirs allows."""
    today = timezone.localdate()
    return any(
        (client.last_contact_on or case.opened_on) + timedelta(days=case.programme.unseen_days) < today
        for case in client.running  # type: ignore[attr-defined]
    )
