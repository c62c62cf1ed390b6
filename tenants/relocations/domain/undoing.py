"""Undoing a move within its time: who may, and what was added to the record since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
Prints = dict[str, dict[str, str]]


def ask_undo(*, relocation: Relocation, reason: str, note: str = "", loses: bool = False, by: Seat) -> None:
    """The record goes back as it was when it left.

    The target says with `loses` that what it has added since goes too; the sender cannot say that for it, so where
    something was added its undoing is refused by the worker. Raises PermissionDenied, TooLate, NotMovable, WouldLose,
    DealingMoved, ReasonMissing.
    """
    require(Permission.RIGHTS_MANAGE, by)
    if not relocation.shared.may_be_undone:
        raise TooLate(_("This cannot be undone any more."))
    with transaction.atomic():
        if relocation.direction == Direction.IN:
            if against := standing_against(relocation):
                raise NotMovable(" ".join(against))
            if added(relocation) and not loses:
                raise WouldLose(_("Work was done on the record since it came. Confirm that it is erased too."))
        relocation.undo_note, relocation.loses = note, loses
        relocation.save(update_fields=["undo_note", "loses"])
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


def added(relocation: Relocation) -> dict[str, int]:
    """On the target's side: label of a model -> rows that were added or changed since the record came."""
    assert relocation.client is not None
    now = fingerprints(
        {model._meta.label: keys for model, keys in rows_about(relocation.client).items()},
    )
    counts: dict[str, int] = {}
    for label, prints in now.items():
        before: Mapping[str, str] = relocation.written.get(label, {})
        differs = sum(before.get(key) != found for key, found in prints.items())
        if differs and label not in NOT_COUNTED:
            counts[label] = differs
    return counts


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
