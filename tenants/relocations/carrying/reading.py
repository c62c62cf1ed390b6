"""Reading a record whole, inside of the organisation that has it."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, Final, cast
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from halka.common.current import required_organisation
from halka.common.identifiers import uuid7
from halka.common.sealing.fields import BlindIndexField
from tenants.caseloads.domain.documents import COLUMN, with_files
from tenants.caseloads.domain.queries.person import Model, Rows, in_order, reachable_models, rows_about
from tenants.caseloads.enums.clients import Vulnerability
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Client, Document, JournalEntry, Programme, Scale, Task, VulnerabilityChoice
from tenants.caseloads.policies import AUTHORS
from tenants.learning.enums import THERE
from tenants.learning.models import AdoptedUnit, Attendance, Participant
from tenants.organisations.models import Colleague
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral
from tenants.relocations.carrying.decisions import CARRIED, DECISIONS, Fate
from tenants.relocations.carrying.record import File, Learned, ProgrammeAs, Record, Referred, Row, ScaleAs, UnitAs

# Columns that the other organisation makes by itself.
MADE_THERE: Final = {"caseloads.Client": frozenset({"search_key", "sort_key"})}
# What only its author reads was written for nobody else, so it goes to nobody else.
TO_ONESELF: Final[tuple[type[JournalEntry] | type[Document], ...]] = (JournalEntry, Document)
IN_PART: Final[frozenset[Model]] = frozenset({*TO_ONESELF, Task})


def read_record(client_id: UUID, *, authors: Collection[UUID] = ()) -> Record:
    """The record as it is now, held or not; as many queries for any number of rows but for what is joined to it.

    What colleagues wrote for themselves goes along only where they do: `authors` are memberships of those who come too.
    Raises Client.DoesNotExist; SealBroken, KeyMissing where something sealed cannot be opened.
    """
    with transaction.atomic():
        client = Client.every.get(pk=client_id)
        rows = _carried_rows(client, authors)
        becomes = _keys(rows)
        found = [row for model, keys in in_order(rows) for row in _rows_of(model, keys, becomes)]
        return Record(
            client_id=client_id,
            organisation_id=required_organisation().id,
            rows=tuple(found),
            files=tuple(_files(rows, becomes)),
            people=_people(found),
            programmes=_programmes(found),
            scales=_scales(found),
            units=_units(found),
            lines=_lines(client),
            learned=tuple(_learned(client_id)),
            referred=tuple(_referred(client_id)),
        )


def count_record(client_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows of each model would go along, and how many about the person would stay, without opening any.

    Labels of models -> numbers.
    """
    client = Client.every.get(pk=client_id)
    everything, carried = rows_about(client), _carried_rows(client)
    goes = {model._meta.label: len(keys) for model, keys in in_order(carried)}
    stays = {
        model._meta.label: len(keys - carried.get(model, set()))
        for model, keys in in_order(everything)
        if model is not Client and _is_told(model)
    }
    return goes, {label: number for label, number in stays.items() if number}


def _is_told(model: Model) -> bool:
    decision = DECISIONS[model._meta.label]
    return decision.about_person and (decision.fate != Fate.CARRIED or model in IN_PART)


# --- rows ---------------------------------------------------------------------------------------------------
def _carried_rows(client: Client, authors: Collection[UUID] = ()) -> Rows:
    """Records that were merged into this one gave it all they had, and stay."""
    carried = {model: keys for model, keys in rows_about(client).items() if model._meta.label in CARRIED}
    return _without_own_notes({**carried, Client: {client.pk}}, authors)


def _without_own_notes(rows: Rows, authors: Collection[UUID]) -> Rows:
    """And without tasks of such notes: away from the note everybody would read them."""
    kept = dict(rows)
    for model in TO_ONESELF:
        if keys := rows.get(model):
            own = model.objects.filter(pk__in=keys, audience=Audience.AUTHOR)
            kept[model] = keys - set(own.exclude(**{f"{AUTHORS[model]}__in": authors}).values_list("pk", flat=True))
    left = rows.get(JournalEntry, set()) - kept.get(JournalEntry, set())
    if left and (keys := rows.get(Task)):
        kept[Task] = keys - set(Task.objects.filter(pk__in=keys, entry__in=left).values_list("pk", flat=True))
    return kept


def _keys(rows: Rows) -> dict[tuple[str, UUID], UUID]:
    """New keys in the order of the old ones, which is the order in which lists show rows of one moment."""
    becomes: dict[tuple[str, UUID], UUID] = {}
    for model, keys in in_order(rows):
        made = sorted(uuid7() for _key in keys)
        becomes |= {(model._meta.label, key): new for key, new in zip(sorted(keys), made, strict=True)}
    return becomes


def _rows_of(model: Model, keys: set[UUID], becomes: dict[tuple[str, UUID], UUID]) -> list[Row]:
    columns = [field for field in model._meta.concrete_fields if not _is_made_there(model, field)]
    rows = cast(Any, model)._base_manager.filter(pk__in=keys).order_by("pk")
    label = model._meta.label
    return [
        Row(
            label,
            row.pk,
            becomes[label, row.pk],
            tuple((field.attname, copy.deepcopy(getattr(row, field.attname))) for field in columns),
        )
        for row in rows
    ]


def _is_made_there(model: Model, field: models.Field[Any, Any]) -> bool:
    own = MADE_THERE.get(model._meta.label, frozenset())
    return field.primary_key or field.name in own or isinstance(field, BlindIndexField)


def _files(rows: Rows, becomes: dict[tuple[str, UUID], UUID]) -> Iterable[File]:
    for row in with_files(rows):
        label, table = row._meta.label, row._meta.db_table
        yield File(label, becomes[label, row.pk], COLUMN, (table, COLUMN, str(row.pk)), row.file)


# --- what rows stand on -------------------------------------------------------------------------------------
def _referred_keys(rows: Iterable[Row], target: type[models.Model]) -> set[UUID]:
    """Keys of rows of `target` that these rows name."""
    names: dict[str, set[str]] = {
        model._meta.label: {field.attname for field in model._meta.concrete_fields if field.related_model is target}
        for model in reachable_models()
    }
    return {value for row in rows for name, value in row.values if value is not None and name in names[row.label]}


def _people(rows: Iterable[Row]) -> dict[UUID, str]:
    keys = _referred_keys(rows, Colleague)
    return dict(Colleague.objects.filter(pk__in=keys).values_list("pk", "name"))


def _programmes(rows: Iterable[Row]) -> dict[UUID, ProgrammeAs]:
    found = Programme.objects.filter(pk__in=_referred_keys(rows, Programme))
    return {
        each.pk: ProgrammeAs(each.name, each.starts_on, each.ends_on, each.territory, each.target_group)
        for each in found
    }


def _scales(rows: Iterable[Row]) -> dict[UUID, ScaleAs]:
    found = Scale.objects.filter(pk__in=_referred_keys(rows, Scale))
    return {
        each.pk: ScaleAs(each.name, each.description, each.items, each.standard, each.published_at) for each in found
    }


def _units(rows: Iterable[Row]) -> dict[UUID, UnitAs]:
    found = AdoptedUnit.objects.filter(pk__in=_referred_keys(rows, AdoptedUnit), base__isnull=False)
    return {
        pk: UnitAs(standard, key) for pk, standard, key in found.values_list("pk", "curriculum__standard", "key")
    }  # fmt: skip


def _lines(client: Client) -> dict[str, str]:
    own = [key for key in client.vulnerabilities if key not in Vulnerability.values]
    return dict(VulnerabilityChoice.objects.filter(key__in=own).values_list("key", "name"))


# --- what stays, and is told in a note ----------------------------------------------------------------------
def _learned(client_id: UUID) -> list[Learned]:
    groups = Participant.objects.filter(client=client_id).select_related("group__curriculum").order_by("pk")
    came: Counter[Any] = Counter()
    held: Counter[Any] = Counter()
    rows = Attendance.objects.filter(client=client_id, session__group__isnull=False, session__cancelled_at=None)
    for group, how in rows.values_list("session__group", "came"):
        held[group] += 1
        came[group] += how in THERE
    return [Learned(each.group.curriculum.title, came[each.group_id], held[each.group_id]) for each in groups]


def _referred(client_id: UUID) -> list[Referred]:
    rows = Referral.objects.filter(client=client_id).select_related("envelope", "other").defer("other__logo")
    return [
        Referred(
            row.envelope.service,
            row.envelope.state,
            row.direction == Direction.IN,
            str(row.other),
            timezone.localdate(row.envelope.moved_at),
        )
        for row in rows.order_by("pk")
    ]
