"""The people of a merger: each gets a place in what remains, and gives it back when that is undone.

Runs under the network's rights, since nobody reaches memberships of two organisations otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.membership.domain import mergers as network
from network_registry.membership.models import Merger
from tenants.organisations.isolation import inside, send_after_commit
from tenants.organisations.models import Membership


def in_both(merger: Merger) -> int:
    """How many of the absorbed organisation's people have an account in both already."""
    there = Membership.objects.active().filter(organisation=merger.remaining_id).values("user")
    return Membership.objects.active().filter(organisation=merger.absorbed_id, user__in=there).count()


def bring(merger: Merger) -> dict[UUID, UUID]:
    """Once. Membership there -> membership here, of all who work there. Who has left it gets nothing back by it."""
    from tenants.mergers.tasks import welcome

    if "memberships" not in merger.moved:
        with transaction.atomic():
            new = [key for coming in _coming(merger) if (key := _seat(coming, merger.remaining_id))]
            network.go_on(merger, moved={**merger.moved, "memberships": new})
            if new:
                send_after_commit(welcome, merger.remaining.schema_name, str(merger.pk), new)
    _note(merger, "member.joined")
    here = dict(Membership.objects.filter(organisation=merger.remaining_id).values_list("user", "pk"))
    return {coming.pk: here[coming.user_id] for coming in _coming(merger) if coming.user_id in here}


def keeper(merger: Merger, colleagues: Mapping[UUID, UUID]) -> UUID | None:
    """The membership here of a manager who came along: whoever was in the care of somebody who left is in theirs."""
    managers = [coming.pk for coming in _coming(merger) if coming.role == Role.MANAGER]
    return next((colleagues[key] for key in managers if key in colleagues), None)


def give_back(merger: Merger) -> None:
    """Memberships that the merger made have ended."""
    keys = merger.keys("memberships")
    with transaction.atomic():
        still = Membership.objects.filter(pk__in=keys, ended_at=None)
        still.update(ended_at=timezone.now(), version=F("version") + 1)
    _note(merger, "member.ended")


def stays_without_manager(merger: Merger) -> bool:
    """Whether all who look after what remains came along."""
    keepers = Membership.objects.active().filter(organisation=merger.remaining_id, role=Role.MANAGER)
    return not keepers.exclude(pk__in=merger.keys("memberships")).exists()


def _coming(merger: Merger) -> list[Membership]:
    return list(Membership.objects.active().filter(organisation=merger.absorbed_id).order_by("pk"))


def _seat(coming: Membership, remaining: UUID) -> str:
    """The key of the membership that is made, or begins again; nothing for whoever works there already."""
    made, is_new = Membership.objects.get_or_create(
        organisation_id=remaining, user_id=coming.user_id, defaults={"role": coming.role}
    )
    if not is_new and made.ended_at is None:
        return ""
    again = Membership.objects.filter(pk=made.pk, ended_at__isnull=False)
    again.update(role=coming.role, started_at=timezone.now(), ended_at=None, version=F("version") + 1)
    return str(made.pk)


def _note(merger: Merger, action: str) -> None:
    """In the audit of what remains, once for each."""
    keys = merger.keys("memberships")
    with inside(merger.remaining.ref()), transaction.atomic():
        network.check_turn(merger)
        since = Entry.objects.filter(action=action, target_id__in=keys, at__gte=merger.begun_at)
        known = set(since.values_list("target_id", flat=True))
        for membership in Membership.objects.filter(pk__in=keys).order_by("pk"):
            if str(membership.pk) not in known:
                record(action=action, on=membership, detail={"role": membership.role}, by=SYSTEM)
