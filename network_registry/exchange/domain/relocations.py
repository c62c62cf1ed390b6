"""Beginning and moving on the move of a record, and finding what a worker has to do.

The caller holds the transaction.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.common.current import current_organisation, required_organisation
from network_registry.exchange.dealing_enums import ANSWER_DAYS
from network_registry.exchange.domain.envelopes import new_reference
from network_registry.exchange.enums import Side
from network_registry.exchange.errors import DealingMoved, ReasonMissing
from network_registry.exchange.models import DealingEvent, Relocation
from network_registry.exchange.relocation_enums import (
    MAY_SAY_NOTHING,
    RELOCATION_EDGES,
    RELOCATION_REASONS,
    UNDO_DAYS,
    RelocationState,
)

WAIT = timedelta(minutes=2)  # before a worker that said nothing is taken for dead


def begin(*, target_id: UUID, reason: str) -> Relocation:
    """From the organisation we are inside of. Raises ReasonMissing."""
    _check_reason(RelocationState.ASKED, reason)
    now = timezone.now()
    relocation: Relocation = Relocation.objects.create(
        reference=f"M{new_reference()[1:]}",
        sender_id=required_organisation().id,
        target_id=target_id,
        reason=reason,
        created_at=now,
        moved_at=now,
        due_at=now,
        expires_at=now + timedelta(days=ANSWER_DAYS),
    )
    _note(relocation)
    return relocation


def move(relocation: Relocation, *, to: RelocationState, reason: str = "", **changes: Any) -> DealingEvent:
    """Moves it on and notes the event.

    Raises DealingMoved unless its state in the database and our side allow it; ReasonMissing.
    """
    here = current_organisation()
    side = Side.SYSTEM if here is None else relocation.side_of(here.id)
    sources = [state for state, edges in RELOCATION_EDGES.items() if side in edges.get(to, ())]
    rows = Relocation.objects.select_for_update(no_key=True).filter(pk=relocation.pk, state__in=sources)
    locked = rows.first()
    if locked is None:
        raise DealingMoved(_("Somebody was faster: this cannot be done any more."))
    _check_reason(to, reason)
    now = max(timezone.now(), locked.moved_at)
    values = {"state": to, "reason": reason, "moved_at": now, "is_due": True, "due_at": now, "tries": 0, **changes}
    Relocation.objects.filter(pk=relocation.pk).update(**values, version=F("version") + 1)
    for name, value in {**values, "version": locked.version + 1}.items():
        setattr(relocation, name, value)
    return _note(relocation)


def _note(relocation: Relocation) -> DealingEvent:
    here = current_organisation()
    return DealingEvent.objects.create(
        dealing=relocation.pk,
        type=relocation.state,
        reason=relocation.reason,
        organisation_id=here.id if here else None,
    )


def _check_reason(state: RelocationState, reason: str) -> None:
    words = RELOCATION_REASONS.get(state)
    if not reason and (words is None or state in MAY_SAY_NOTHING):
        return
    if words is None or reason not in words.values:
        raise ReasonMissing(_("Say why, in one of the words that stand there."))


# --- for the worker, outside of any organisation --------------------------------------------------------------
def take(relocation_id: UUID) -> Relocation | None:
    """For this worker alone, until it says nothing for WAIT; None where there is nothing to do."""
    now = timezone.now()
    with transaction.atomic():
        rows = Relocation.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        found: Relocation | None = (
            rows.select_related("sender", "target").filter(pk=relocation_id, is_due=True, due_at__lte=now).first()
        )
        if found is not None:
            found.tries, found.due_at = found.tries + 1, now + WAIT
            found.save(update_fields=["tries", "due_at"])
    return found


def go_on(relocation: Relocation, *, done: int, total: int | None = None) -> None:
    """The worker is alive, and so far."""
    relocation.due_at, relocation.done = timezone.now() + WAIT, done
    if total is not None:
        relocation.total = total
    relocation.save(update_fields=["due_at", "done", "total"])


def finish(relocation: Relocation, *, seen: int) -> bool:
    """Nothing more to do for the version that was `seen`; False where it has moved on meanwhile."""
    return bool(Relocation.objects.filter(pk=relocation.pk, version=seen).update(is_due=False))


def give_back(relocation: Relocation, *, seen: int) -> None:
    """For another try soon, later each time."""
    wait = timedelta(seconds=15 * 2 ** min(relocation.tries, 6))
    Relocation.objects.filter(pk=relocation.pk, version=seen).update(due_at=timezone.now() + wait)


def due(limit: int) -> list[UUID]:
    """What workers have to do now, the longest first."""
    rows = Relocation.objects.filter(is_due=True, due_at__lte=timezone.now()).order_by("due_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def pass_due(limit: int) -> list[UUID]:
    """What nobody answered in time, and what is moved for good now; the keys of those that were moved on."""
    now = timezone.now()
    unanswered = Relocation.objects.filter(state=RelocationState.ASKED, expires_at__lte=now).order_by("expires_at")
    kept = Relocation.objects.filter(state=RelocationState.CARRIED, carried_at__lte=now - timedelta(days=UNDO_DAYS))
    moved = []
    for rows, to in ((unanswered, RelocationState.EXPIRED), (kept.order_by("carried_at"), RelocationState.SETTLING)):
        for relocation in rows[:limit]:
            try:
                with transaction.atomic():
                    move(relocation, to=to)
            except DealingMoved:  # somebody acted at this moment
                continue
            moved.append(relocation.pk)
    return moved
