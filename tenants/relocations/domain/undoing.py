"""Undoing a move within its time: who may, and what was added to the record since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.domain import relocations as network
from network_registry.exchange.relocation_enums import RelocationState
from tenants.caseloads.domain.queries.person import rows_about
from tenants.caseloads.models import Merge
from tenants.referrals.enums import Direction
from tenants.relocations.carrying import Written, standing_in_the_way
from tenants.relocations.domain.asking import advance_soon, require
from tenants.relocations.errors import NotMovable, TooLate, WouldLose
from tenants.relocations.models import Relocation

# No work on the record: ways to it, and what machinery notes beside it.
NOT_COUNTED: Final = frozenset(
    {"relocations.Relocation", "referrals.Presence", "caseloads.PersonalLink", "caseloads.EmergencyAccess"}
)
CONFIRMED: Final = "confirmed"  # beside the labels of what arrived: the mark of what may go too
Prints = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Since:
    """Label of a model -> rows that were added or changed; `mark` stands for all that is there now."""

    counts: Mapping[str, int]
    mark: str


def ask_undo(
    *, relocation: Relocation, reason: str, note: str = "", loses: bool = False, seen: str | None = None, by: Seat
) -> None:
    """The record goes back as it was when it left.

    The target says with `loses` that what it has added since goes too, as `seen` by its mark and nothing more; the
    sender cannot say that for it, so where something was added its undoing is refused by the worker. Raises
    PermissionDenied, TooLate, NotMovable, WouldLose, DealingMoved, ReasonMissing.
    """
    require(Permission.RIGHTS_MANAGE, by)
    if not relocation.may_be_undone:
        raise TooLate(_("This cannot be undone any more."))
    with transaction.atomic():
        if relocation.direction == Direction.IN:
            if against := standing_against(relocation):
                raise NotMovable(" ".join(against))
            _confirm(relocation, loses, seen)
        relocation.undo_note, relocation.loses = note, loses
        relocation.save(update_fields=["undo_note", "loses", "written"])
        network.move(relocation.shared, to=RelocationState.UNDOING, reason=reason)
        record(action="relocation.undoing", on=relocation, detail={"reason": reason}, by=by)
        advance_soon(relocation)


def standing_against(relocation: Relocation) -> list[str]:
    """On the target's side: in words, what has to be ended before the record can go back."""
    if relocation.client is None:
        return [_("The record is not here any more.")]
    merges = Merge.objects.filter(Q(kept=relocation.client) | Q(absorbed=relocation.client), undone_at=None)
    if merges.exists():
        return [_("The record was merged with another one since. Take the two apart first.")]
    return standing_in_the_way(relocation.client.pk)


def _confirm(relocation: Relocation, loses: bool, seen: str | None) -> None:
    found = since(relocation)
    if found.counts and not loses:
        raise WouldLose(_("Work was done on the record since it came. Confirm that it is erased too."))
    if found.counts and seen not in (None, found.mark):
        raise WouldLose(_("Somebody has worked on the record since you opened the page. Look, and confirm again."))
    relocation.written = {**relocation.written, CONFIRMED: {CONFIRMED: found.mark}}


def goes_too(relocation: Relocation) -> bool:
    """On the target's side: whether nothing was added since the record came, but what somebody confirmed to go."""
    found = since(relocation)
    confirmed = relocation.written.get(CONFIRMED, {}).get(CONFIRMED) if relocation.loses else None
    return not found.counts or found.mark == confirmed


def since(relocation: Relocation) -> Since:
    """On the target's side: what was added or changed since the record came."""
    assert relocation.client is not None
    rows = {model._meta.label: keys for model, keys in rows_about(relocation.client).items()}
    now = fingerprints({label: keys for label, keys in rows.items() if label not in NOT_COUNTED})
    counts: dict[str, int] = {}
    for label, prints in now.items():
        before: Mapping[str, str] = relocation.written.get(label, {})
        if differs := sum(before.get(key) != found for key, found in prints.items()):
            counts[label] = differs
    return Since(counts, hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest())


def added(relocation: Relocation) -> dict[str, int]:
    """The numbers of `since`."""
    return dict(since(relocation).counts)


def keep_prints(relocation: Relocation, written: Written) -> None:
    """What has just arrived, so that changes are seen. Not saved."""
    relocation.written = fingerprints(written.rows)


def fingerprints(rows: Mapping[str, Iterable[UUID]]) -> Prints:
    """Label of a model -> key of a row -> a digest of all it holds, sealed values as they lie. One query a model."""
    found: Prints = {}
    for label, keys in rows.items():
        model: Any = apps.get_model(label)
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT kept.id::text, md5(kept::text) FROM {table} AS kept WHERE kept.id = ANY(%s::uuid[])",
                [[str(key) for key in keys]],
            )
            found[label] = dict(cursor.fetchall())
    return found
