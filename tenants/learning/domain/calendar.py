"""Reading sessions: the week, today, and those of one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from halka.authorization.roles import Seat
from tenants.caseloads.models import Client
from tenants.learning.models import Session

NEXT: Final = 8  # sessions on a person's own page


def readable(sessions: QuerySet[Any], seat: Seat) -> Any:
    """Of people's own sessions only those of records that the person may open."""
    own = Client.objects.present().reachable_by(seat).filter(pk=OuterRef("client"))
    return sessions.filter(Q(client=None) | Exists(own))


def with_names(sessions: QuerySet[Any]) -> QuerySet[Any]:
    return sessions.select_related(
        "group__facilitator", "group__second_facilitator", "client", "facilitator", "noted_by"
    ).prefetch_related("units")


def week_of(day: date, seat: Seat, *, only_own: bool) -> list[dict[str, Any]]:
    """Seven days from Monday on, each with its sessions."""
    first = day - timedelta(days=day.weekday())
    sessions = Session.objects.led_by(seat.membership_id) if only_own else Session.objects.all()
    found = list(with_names(readable(sessions, seat).on(first, first + timedelta(days=6))))
    days = [first + timedelta(days=number) for number in range(7)]
    return [{"day": each, "sessions": _on(found, each)} for each in days]


def _on(sessions: Iterable[Session], day: date) -> list[Session]:
    return [each for each in sessions if timezone.localdate(each.starts_at) == day]


def todays(seat: Seat) -> list[Session]:
    """What the person leads today."""
    today = timezone.localdate()
    own = Session.objects.led_by(seat.membership_id).on(today, today)
    return list(with_names(readable(own, seat)))


def clashing(sessions: list[Session]) -> list[Session]:
    """Those of them whose room or leader has another session at the same time. Two queries."""
    own = list(with_names(Session.objects.standing().filter(pk__in=[each.pk for each in sessions])))
    if not own:
        return []
    first, last = min(each.starts_at for each in own), max(each.ends_at for each in own)
    around = list(with_names(Session.objects.standing().filter(starts_at__lt=last, ends_at__gt=first)))
    return [each for each in own if any(_clash(each, other) for other in around)]


def _clash(one: Session, other: Session) -> bool:
    if one.pk == other.pk or one.starts_at >= other.ends_at or other.starts_at >= one.ends_at:
        return False
    return bool((one.place and one.place == other.place) or (one.leader and one.leader == other.leader))


def sessions_of_person(client: Client) -> list[Session]:
    """With them alone, the next ones last; what is cancelled is not among them."""
    return list(client.learning_sessions.standing().prefetch_related("units"))


def ahead_of(client: Client) -> list[Session]:
    """What comes next for somebody: of their groups, and alone."""
    groups = client.learning_groups.enrolled().values("group")
    own = Q(client=client) | Q(client=None, group__in=groups)
    ahead = Session.objects.standing().filter(own, ends_at__gt=timezone.now())
    return list(with_names(ahead)[:NEXT])
