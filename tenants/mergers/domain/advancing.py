"""The worker: takes a merger on from whatever it finds. Killed at any point, it goes on or rolls back.

Everything is done in steps that may be begun again; the last one moves what both share, together with what becomes of
the absorbed organisation, in one transaction of the secretariat's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from network_registry.membership.domain import mergers as network
from network_registry.membership.enums import Actor, MergerObstacle, MergerState, MergerTrouble
from network_registry.membership.errors import Superseded
from network_registry.membership.models import Merger
from tenants.mergers.domain import belongings, people, programmes, records
from tenants.mergers.domain.counting import Numbers, own_obstacles, since, undo_obstacles
from tenants.mergers.domain.proposing import sides_of
from tenants.mergers.domain.telling import secretariat, tell_sides, tell_state
from tenants.organisations.domain import lifecycle
from tenants.organisations.domain.closing import FEWEST_DAYS, announce_closing
from tenants.organisations.enums import State, Why
from tenants.organisations.enums_leaving import ClosingState
from tenants.organisations.isolation import inside
from tenants.organisations.models import Closing, StateChange
from tenants.relocations.carrying import Landing, NotCarried, wait_for_writers

logger = logging.getLogger("halka.mergers")
MOST_TRIES: Final = 8  # then it is rolled back, as long as nobody has worked on what has arrived


def advance(merger_id: UUID) -> str:
    """As far as it goes now, outside of any organisation. The state that it came to, or nothing."""
    _conclude(merger_id)
    merger = network.take(merger_id)
    if merger is None:
        return ""
    try:
        STEPS[merger.state_now](merger)
    except Superseded:
        logger.warning("the merger %s was taken on by another worker", merger.pk)
        return ""
    except BaseException:
        network.give_back(merger)
        raise
    return str(merger.state)


def _conclude(merger_id: UUID) -> None:
    """From what both have answered."""
    with transaction.atomic():
        if network.settle_answers(merger_id):
            tell_state(Merger.objects.with_sides().get(pk=merger_id))


# --- one of two -----------------------------------------------------------------------------------------------
def _merge(merger: Merger) -> None:
    if not merger.trouble:
        try:
            _bring_all(merger)
        except Superseded:
            raise
        except Exception as error:
            is_blocked = isinstance(error, NotCarried) and not records.has_arrived(merger)
            if not is_blocked and (merger.tries < MOST_TRIES or not _lets_go(merger)):
                raise
            logger.exception("the merger %s is rolled back", merger.pk)
            trouble = MergerTrouble.BLOCKED if isinstance(error, NotCarried) else MergerTrouble.BROKEN
            network.go_on(merger, trouble=trouble, obstacles=_inside_absorbed(merger))
    if merger.trouble:
        _bring_back(merger)
        _finish(merger, "merger.failed", _failed)
        return
    _finish(merger, "merger.merged", _merged)


def _bring_all(merger: Merger) -> None:
    if merger.tries > 1:
        records.release_arrived(merger)  # a try that was to roll back may have held some
    if "memberships" not in merger.moved and (found := _inside_absorbed(merger)):
        raise NotCarried(" ".join(found))
    colleagues = people.bring(merger)
    belongings.bring(merger)
    source, target = merger.absorbed.ref(), merger.remaining.ref()
    landing = Landing(
        source=source.name(target.language),
        assignee=people.keeper(merger, colleagues),
        on=timezone.localdate(),
        ends=False,
        colleagues=colleagues,
        programmes=programmes.bring(merger),
        keeps_reference=True,
    )
    records.carry_all(merger, landing)


def _inside_absorbed(merger: Merger) -> Numbers:
    with inside(merger.absorbed.ref()):
        return own_obstacles()


def _lets_go(merger: Merger) -> bool:
    """All that has arrived is locked away, so that nobody works on what goes back; not where somebody has already, or
    something stands in the way."""
    with inside(merger.remaining.ref()):
        wait_for_writers()
        if since(_as_of_beginning(merger))["changed"] > 0:
            return False
    try:
        records.hold_arrived(merger)
    except NotCarried:
        return False
    return True


def _as_of_beginning(merger: Merger) -> Merger:
    return Merger(pk=merger.pk, merged_at=merger.begun_at)


def _merged(merger: Merger, by: Seat) -> None:
    _announce(merger, by)
    network.move(merger, MergerState.MERGED, actor=Actor.SYSTEM, merged_at=timezone.now(), due_at=None)


def _announce(merger: Merger, by: Seat) -> None:
    """The end of what is absorbed, unless somebody has announced it already."""
    if Closing.objects.filter(organisation=merger.absorbed_id, state=ClosingState.WAITING).exists():
        return
    with translation.override(merger.absorbed.language):
        reason = _("Merged with %(name)s. %(reason)s") % {"name": merger.remaining, "reason": merger.reason}
    announce_closing(organisation=merger.absorbed_id, reason=reason, days=FEWEST_DAYS, by=by)


def _failed(merger: Merger, by: Seat) -> None:
    network.move(merger, MergerState.FAILED, actor=Actor.SYSTEM, ended_at=timezone.now(), due_at=None)
    _resume(merger, by)


# --- two of one -----------------------------------------------------------------------------------------------
def _undo(merger: Merger) -> None:
    if not merger.moved.get("goes_back"):
        if trouble := _refused(merger):
            network.go_on(merger, trouble=trouble)
            _finish(merger, "merger.stays", _stays)
            return
        network.go_on(merger, moved={**merger.moved, "goes_back": True})
    _bring_back(merger)
    _finish(merger, "merger.undone", _undone)


def _refused(merger: Merger) -> MergerTrouble | None:
    """Asked again, since minutes have passed; otherwise all records are held by then."""
    records.release_arrived(merger)  # an earlier try may have held some
    with inside(merger.remaining.ref()):
        wait_for_writers()  # what they write is counted
    seen = look(merger)
    if seen["obstacles"]:
        network.go_on(merger, obstacles=seen["obstacles"])
        return MergerTrouble.BLOCKED
    answer = network.confirmed(merger)
    if seen["changed"] > (answer.counts["changed"] if answer else 0):
        return MergerTrouble.ADDED
    try:
        records.hold_arrived(merger)
    except NotCarried:
        return MergerTrouble.BLOCKED
    return None


def _bring_back(merger: Merger) -> None:
    """Whatever of it is here; once is enough."""
    records.return_all(merger)
    programmes.give_back(merger)
    belongings.give_back(merger)
    people.give_back(merger)


def _undone(merger: Merger, by: Seat) -> None:
    network.move(merger, MergerState.UNDONE, actor=Actor.SYSTEM, ended_at=timezone.now(), due_at=None)
    _resume(merger, by)


def _stays(merger: Merger, by: Seat) -> None:
    _announce(merger, by)
    network.move(merger, MergerState.MERGED, actor=Actor.SYSTEM, due_at=None)


def _resume(merger: Merger, by: Seat) -> None:
    """What it was before, unless it was suspended for another reason, or its licence has run out meanwhile."""
    asides = StateChange.objects.filter(organisation=merger.absorbed_id, after=State.SUSPENDED)
    last = asides.exclude(why=Why.CALLED_OFF).order_by("-at", "-id").first()
    if last is None or last.why != Why.MERGED:
        return
    try:
        lifecycle.resume(organisation=merger.absorbed_id, reason=merger.undo_reason, by=by, why=Why.PARTED)
    except lifecycle.CannotMove as refusal:
        logger.warning("the organisation %s stays suspended: %s", merger.absorbed_id, refusal)


# --- counting -------------------------------------------------------------------------------------------------
def look(merger: Merger) -> dict[str, Any]:
    """What was counted, kept with the merger: how many people are in both; of a merged one what was done since."""
    seen: dict[str, Any] = {"both": people.in_both(merger)}
    if merger.state in (MergerState.MERGED, MergerState.UNDOING):
        with inside(merger.remaining.ref()):
            seen |= {**since(merger), "obstacles": undo_obstacles(merger)}
        if number := belongings.used_otherwise(merger):
            seen["obstacles"][MergerObstacle.PLACES.value] = number
        if people.stays_without_manager(merger):
            seen["obstacles"][MergerObstacle.MANAGERS.value] = 1
    now = timezone.now()
    Merger.objects.filter(pk=merger.pk).update(seen=seen, seen_at=now)
    merger.seen, merger.seen_at = seen, now
    return seen


# --- the end of a step ----------------------------------------------------------------------------------------
def _finish(merger: Merger, action: str, act: Callable[[Merger, Seat], None]) -> None:
    """One entry in the audit of either organisation, then all that the network has to know at once."""
    detail = {
        **sides_of(merger),
        "records": merger.total,
        **({"trouble": str(merger.trouble)} if merger.trouble else {}),
    }
    for side in (merger.absorbed.ref(), merger.remaining.ref()):
        with inside(side), transaction.atomic():
            network.check_turn(merger)
            told = Entry.objects.filter(action=action, target_id=str(merger.pk), at__gte=_began(merger))
            if not told.exists():
                record(action=action, on=merger, detail=detail, by=SYSTEM)
    by = Seat(0, None, Role.SECRETARIAT, merger.undo_by_name or merger.begun_by_name)
    with inside(secretariat().ref()), transaction.atomic():
        network.check_turn(merger)
        act(merger, by)
        record(action=action, on=merger, detail=detail, by=SYSTEM)
        if action == "merger.stays":
            tell_sides(merger, "stays")
        else:
            tell_state(merger)


def _began(merger: Merger) -> datetime:
    """This attempt: one that was to be undone before may have stayed."""
    since_when = merger.undo_at if merger.state == MergerState.UNDOING else merger.begun_at
    assert since_when is not None
    return since_when


STEPS: Final[dict[MergerState, Callable[[Merger], None]]] = {
    MergerState.MERGING: _merge,
    MergerState.UNDOING: _undo,
}
