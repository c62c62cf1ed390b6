"""Removing a person for good, with what the law lets stay.

Removed is every row that a walk along the references finds, wherever it lies, with its history, files, drafts and
finished background work. What stays names nobody: the audit, the count of an erasure, and a programme's figures.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from halka.audit import history
from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from halka.common.folding import folded
from halka.common.models import PrivateModel
from halka.common.sealing import files
from halka.common.sealing.keyring import keys_of
from tenants.caseloads.domain.documents import with_files
from tenants.caseloads.domain.queries.held import looks_at
from tenants.caseloads.domain.queries.person import (
    Rows,
    clients_in,
    has_history,
    history_of,
    in_order,
    rows_about,
)
from tenants.caseloads.domain.queries.programmes import figures_of
from tenants.caseloads.domain.reactions import client_going
from tenants.caseloads.enums.consents import ErasureReason
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models import Case, Client, Draft, Erasure, Job, KeptFigure, Programme
from tenants.organisations.isolation import after_commit

UUIDS: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
PURPOSE: Final = b"halka erasure"
RUNNING: Final = ("waiting", "running")

Obstacle = Callable[[Collection[UUID]], str]
_obstacles: list[Obstacle] = []


class NotErased(Refused):
    """Something is under way with the person; the message says what."""


def register_obstacle(find: Obstacle) -> None:
    """`find(keys of clients)` says in words what stands against erasing them, or nothing."""
    if find not in _obstacles:
        _obstacles.append(find)


@dataclass(frozen=True)
class Preview:
    """What would go and what would stay: (name of the kind, number)."""

    removed: tuple[tuple[str, int], ...]
    documents: int
    drafts: int
    audit: int
    programmes: tuple[str, ...]
    obstacles: tuple[str, ...] = field(default=())


def preview(client: Client) -> Preview:
    rows = rows_about(client)
    removed = tuple((str(model._meta.verbose_name_plural), len(keys)) for model, keys in in_order(rows))
    remembered = sum(history_of(model, keys).count() for model, keys in in_order(rows) if has_history(model))
    removed += ((_("earlier versions of these records"), remembered),)
    cases = Case.objects.filter(pk__in=rows.get(Case, ())).select_related("programme")
    return Preview(
        removed=removed,
        documents=len(with_files(rows)),
        drafts=len(_drafts_of(client, rows)),
        audit=looks_at(client).count(),
        programmes=tuple(sorted({case.programme.name for case in cases})),
        obstacles=tuple(obstacles_of(rows)),
    )


def obstacles_of(rows: Rows) -> list[str]:
    """In words, why the person cannot be erased now."""
    keys = clients_in(rows)
    found = []
    if Case.objects.open().filter(client__in=keys).exists():
        found.append(_("The person still takes part in a programme. Close the case first."))
    found += [words for find in _obstacles if (words := find(keys))]
    return found


def erase_client(*, client: Client, reason: str, uncounted: Collection[UUID] = (), by: Seat) -> Erasure:
    """Removes the person. Raises NotErased while a case is open or a referral under way.

    Programmes in `uncounted` keep no figures of them, since the person counts elsewhere for what they did there.
    """
    with transaction.atomic():
        locked = Client.objects.select_for_update().get(pk=client.pk)
        rows = rows_about(locked)
        against = obstacles_of(rows)
        if against:
            raise NotErased(" ".join(against))
        programmes = list(Programme.objects.filter(cases__in=rows.get(Case, ())).exclude(pk__in=uncounted).distinct())
        before = {programme.pk: figures_of(programme) for programme in programmes}
        reference = reference_of(locked.given_name, locked.family_name, locked.born_on or locked.birth_year)
        kept = looks_at(locked).count()
        for key in clients_in(rows):
            client_going(key, by=by)
        rows = rows_about(locked)  # what was written down about their going goes too
        removed = _remove(locked, rows, by)
        _keep_figures(programmes, before)
        erasure = Erasure.objects.create(
            by_id=by.membership_id,
            reason=ErasureReason(reason),
            reference=reference,
            removed=removed,
            kept={"audit.entry": kept},
        )
        record(action="client.erased", about=client.pk, detail={"why": reason}, by=by)
    return erasure


def _remove(client: Client, rows: Rows, by: Seat) -> dict[str, int]:
    """Rows, then what was remembered of them, then files. Returns label of a model -> number of rows."""
    names = [row.file for row in with_files(rows)]
    drafts = _drafts_of(client, rows)
    Draft.objects.filter(pk__in=drafts).delete()
    names += _forget_work()
    removed: dict[str, int] = {}
    for model, keys in reversed(list(in_order(rows))):
        removed[model._meta.label_lower] = _delete(model, keys)
    for model, keys in in_order(rows):
        if has_history(model):
            history.forget(model, keys, about=client.pk, by=by)
    if names:
        after_commit(lambda: _remove_files(names))
    return removed


def _delete(model: type[PrivateModel], keys: set[Any]) -> int:
    """Without Django's own cascade: everything that refers to these rows is in the walk already."""
    table = connection.ops.quote_name(model._meta.db_table)
    column = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s::uuid[])", [[str(key) for key in keys]])
        return int(cursor.rowcount)


def _remove_files(names: Iterable[str]) -> None:
    for name in names:
        files.remove(name)


def _drafts_of(client: Client, rows: Rows) -> list[UUID]:
    """Drafts of forms about the person, and drafts in which the name stands."""
    keys = {str(key) for found in rows.values() for key in found}
    name = folded(str(client))
    return [
        draft.pk
        for draft in Draft.objects.all()
        if keys & set(UUIDS.findall(draft.form)) or name in folded(json.dumps(draft.values, ensure_ascii=False))
    ]


def forget_sheets() -> None:
    """Lists that were exported in the last day cannot be fetched any more: somebody's record goes elsewhere."""
    exported = Job.objects.filter(kind=JobKind.EXPORT, state=JobState.DONE)
    names = list(exported.exclude(result="").values_list("result", flat=True))
    exported.delete()
    if names:
        after_commit(lambda: _remove_files(names))


def _forget_work() -> list[str]:
    """Sheets and copies of the last day may hold the person: they go before their time."""
    jobs = Job.objects.exclude(state__in=RUNNING).exclude(file="", result="")
    names = [name for pair in jobs.values_list("file", "result") for name in pair if name]
    jobs.delete()
    return names


def _keep_figures(programmes: list[Programme], before: dict[UUID, dict[str, int]]) -> None:
    """What the person counted for goes on counting, in numbers that are about nobody."""
    for programme in programmes:
        now = figures_of(programme)
        for measure, number in before[programme.pk].items():
            lost = number - now.get(measure, 0)
            if lost > 0:
                kept, _made = KeptFigure.objects.get_or_create(programme=programme, measure=measure)
                KeptFigure.objects.filter(pk=kept.pk).update(number=models.F("number") + lost)


# --- the same person asks again ----------------------------------------------------------------------------
def reference_of(given_name: str, family_name: str, born: date | int | None, *, key_number: int | None = None) -> str:
    """A keyed digest of name and birth: without the organisation's keys nobody can try names against it."""
    keys = keys_of(required_organisation().id)
    key = keys.newest if key_number is None else keys.numbered(key_number)
    names = " ".join(sorted(folded(f"{given_name} {family_name}").split()))
    year = born.year if isinstance(born, date) else born or ""
    secret = key.derived(PURPOSE, b"")
    return hmac.new(secret, f"{names}\0{year}".encode(), hashlib.sha256).hexdigest()


def erasures_of(given_name: str, family_name: str, born: date | int | None) -> models.QuerySet[Erasure]:
    """Those of somebody with this name and year of birth, under any of the organisation's keys."""
    numbers = keys_of(required_organisation().id).by_number
    references = {reference_of(given_name, family_name, born, key_number=number) for number in numbers}
    return Erasure.objects.filter(reference__in=references).order_by("-at")


def looked_up(*, given_name: str, family_name: str, birth_year: int | None, by: Seat) -> list[Erasure]:
    """For somebody who asks whether they were erased; that it was looked up is audited."""
    record(action="erasure.looked_up", by=by)
    return list(erasures_of(given_name, family_name, birth_year))
