"""Which clients somebody may open, as conditions of queries. `tenants.caseloads.access` is who asks."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from halka.authorization.roles import Permission, Seat


def _rows(name: str) -> models.QuerySet[Any]:
    """Models that refer to clients, and are defined after them."""
    return apps.get_model("caseloads", name)._default_manager.all()  # type: ignore[attr-defined]


def on_teams(seat: Seat) -> models.QuerySet[Any]:
    """The places that somebody has on teams of cases."""
    return _rows("TeamMember").filter(colleague=seat.membership_id, ended_at=None)


def emergencies(seat: Seat) -> models.QuerySet[Any]:
    """The emergency accesses of somebody that run now."""
    return _rows("EmergencyAccess").filter(colleague=seat.membership_id, until__gt=timezone.now())


def is_pool() -> Q:
    """Nobody is responsible for the person, and nobody is on a team for them."""
    team = _rows("TeamMember").filter(case__client=OuterRef("pk"), ended_at=None)
    return Q(assigned_to=None) & ~Exists(team)


class Reachable:
    """Part of the queries of clients."""

    def reachable_by(self, seat: Seat) -> Self:
        """Those whose records the person may open."""
        return self.filter(reach_of(seat))  # type: ignore[attr-defined,no-any-return]

    def kept_by(self, seat: Seat) -> Self:
        """Those whose records the person may open without an emergency."""
        return self.filter(reach_of(seat, in_emergencies=False))  # type: ignore[attr-defined,no-any-return]

    def with_reach(self, seat: Seat) -> Self:
        """Each with `is_reachable`, whether the person may open its record, and the end of their emergency access."""
        running = emergencies(seat).filter(client=OuterRef("pk")).order_by("-until").values("until")
        return self.annotate(  # type: ignore[attr-defined,no-any-return]
            is_reachable=models.Case(
                models.When(reach_of(seat), then=models.Value(True)),
                default=models.Value(False),
                output_field=models.BooleanField(),
            ),
            emergency_until=models.Subquery(running[:1]),
        )


def reach_of(seat: Seat, *, in_emergencies: bool = True) -> Q:
    """The condition on a client: supervision and support reach all, and software whose scopes let it read clients;
    others reach their own, their teams' and the pool. Nobody reaches a restricted record but those who run people's
    rights."""
    condition = _reach_by_work(seat, in_emergencies)
    return condition if seat.can(Permission.RIGHTS_MANAGE) else condition & Q(restricted_at=None)


def _reach_by_work(seat: Seat, in_emergencies: bool) -> Q:
    reads_all = seat.is_software and seat.can(Permission.CLIENT_VIEW)
    if reads_all or seat.can(Permission.CASE_SUPERVISE) or seat.is_support:
        return Q(pk__isnull=False)
    condition = Q(pk__in=[])
    if seat.membership_id is not None:
        condition = Q(assigned_to=seat.membership_id) | Exists(on_teams(seat).filter(case__client=OuterRef("pk")))
        if in_emergencies:
            condition |= Exists(emergencies(seat).filter(client=OuterRef("pk")))
    if seat.can(Permission.CLIENT_LOOKUP):
        condition |= is_pool()
    return condition
