"""Writing a record, inside of the organisation that it goes to, under that organisation's keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone, translation

from halka.audit.domain import record as note
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.folding import folded
from halka.common.identifiers import uuid7
from halka.common.models import PrivateModel
from tenants.caseloads import keys
from tenants.caseloads.domain.vulnerabilities import lines
from tenants.caseloads.enums.assessments import ScaleState
from tenants.caseloads.enums.cases import ExitKind, ProgrammeState
from tenants.caseloads.enums.journal import Audience, EntryKind
from tenants.caseloads.models import Case, Client, Exit, JournalEntry, Programme, Scale, VulnerabilityChoice
from tenants.learning.models import AdoptedUnit
from tenants.organisations.models import Colleague
from tenants.relocations.carrying import noting
from tenants.relocations.carrying.adapting import ADAPTERS, NAME, SETTLED, Fitting, Values
from tenants.relocations.carrying.files import Copied
from tenants.relocations.carrying.record import Landing, ProgrammeAs, Record, Row, ScaleAs, Written


def write_record(record: Record, landing: Landing, *, copied: Copied | None = None, by: Seat) -> Written:
    """The whole record, or nothing of it. `copied` is what `copy_files` gave; a document without its file is left out.

    Written into the audit as `client.arrived`. Joins the caller's transaction.
    """
    written: dict[str, list[UUID]] = defaultdict(list)
    with transaction.atomic():
        stands, own_lines = _stands(record, landing), _own_lines(record)
        fit = Fitting(record, landing, stands, own_lines)
        for label, rows in _by_model(record):
            model = cast(type[PrivateModel], apps.get_model(label))
            fitted = (_instance(model, row, fit, copied or {}) for row in rows)
            made = [instance for instance in fitted if instance is not None]
            cast(Any, model)._base_manager.bulk_create(made)
            written[label] += [instance.pk for instance in made]
        client = Client.objects.get(pk=record.becomes)
        written[Exit._meta.label] += [each.pk for each in _close_cases(record, fit)] if landing.ends else []
        if landing.has_note:
            written[JournalEntry._meta.label].append(_note(client, record, landing).pk)
        counts = {label: len(found) for label, found in written.items() if found}
        note(action="client.arrived", on=client, detail={"rows": sum(counts.values())}, by=by)
    return Written(client.pk, {label: tuple(found) for label, found in written.items() if found})


def _by_model(record: Record) -> Iterator[tuple[str, list[Row]]]:
    """What refers to others after those; the record was read in this order."""
    found: dict[str, list[Row]] = {}
    for row in record.rows:
        found.setdefault(row.label, []).append(row)
    yield from found.items()


def _instance(model: type[PrivateModel], row: Row, fit: Fitting, copied: Copied) -> PrivateModel | None:
    values: Values = dict(row.values)
    if "file" in values:
        if (row.becomes, "file") not in copied:
            return None
        values["file"] = copied[row.becomes, "file"]
    if adapt := ADAPTERS.get(row.label):
        adapt(values, fit)
    for field in model._meta.concrete_fields:
        if field.is_relation and field.attname not in SETTLED.get(row.label, ()):
            values[field.attname] = _reference(field, values[field.attname], fit)
    instance = model(id=row.becomes, **values)
    if isinstance(instance, Client):
        names = (instance.given_name, instance.family_name)
        instance.search_key = keys.search_key(*names, instance.other_names, instance.phone)
        instance.sort_key = keys.sort_key(*names)
    return instance


def _reference(field: Any, key: UUID | None, fit: Fitting) -> UUID | None:
    """The key here of what a row names: carried along, found or made here, somebody who came along, or shared."""
    target: type[models.Model] = field.related_model
    if key is None:
        return None
    if target is Colleague:
        return fit.person(key)
    if not issubclass(target, PrivateModel):
        return key
    if (target._meta.label, key) in fit.becomes:
        return fit.becomes[target._meta.label, key]
    return fit.record.becomes if target is Client else fit.stands.get(key)


# --- what rows stand on -------------------------------------------------------------------------------------
def _stands(record: Record, landing: Landing) -> dict[UUID, UUID | None]:
    return {
        **{key: landing.programmes.get(key) or _programme(each, landing) for key, each in record.programmes.items()},
        **{key: _scale(each, landing) for key, each in record.scales.items()},
        **_units(record),
    }


def _programme(told: ProgrammeAs, landing: Landing) -> UUID:
    """Named after where it ran; the same for everybody who comes from there."""
    name = f"{told.name} ({landing.source})"[:NAME]
    found = Programme.objects.filter(name=name, starts_on=told.starts_on).order_by("pk").first()
    if found is None:
        found = Programme.objects.create(
            name=name,
            starts_on=told.starts_on,
            ends_on=told.ends_on,
            territory=told.territory,
            target_group=told.target_group,
            state=ProgrammeState.ENDED if landing.ends else ProgrammeState.RUNNING,
        )
    return found.pk


def _scale(told: ScaleAs, landing: Landing) -> UUID:
    """One with the very same questions, or one that answers stand on and nobody rates by."""
    for each in Scale.objects.exclude(state=ScaleState.DRAFT).order_by("pk"):
        if each.items == told.items:
            return each.pk
    made = Scale.objects.create(
        family=uuid7(),
        name=f"{told.name} ({landing.source})"[:120],
        description=told.description,
        items=told.items,
        standard=told.standard,
        state=ScaleState.RETIRED,
        published_at=told.published_at or timezone.now(),
    )
    return made.pk


def _units(record: Record) -> dict[UUID, UUID | None]:
    """Units of the same standard that are taught here too; of others none."""
    standards = {unit.standard for unit in record.units.values()}
    taught = AdoptedUnit.objects.filter(curriculum__standard__in=standards, curriculum__ended_at=None)
    here = {(standard, key): pk for pk, standard, key in taught.values_list("pk", "curriculum__standard", "key")}
    return {key: here.get((unit.standard, unit.key)) for key, unit in record.units.items()}


def _own_lines(record: Record) -> Mapping[str, str]:
    """Lines of the other organisation's own list by those of ours that say the same, or hidden ones made for them."""
    if not record.lines:
        return {}
    here = {folded(line.label): line.key for line in lines()}
    found: dict[str, str] = {}
    for key, name in record.lines.items():
        if folded(name) not in here:
            new = uuid7()
            VulnerabilityChoice.objects.create(id=new, key=str(new), name=name, is_active=False)
            here[folded(name)] = str(new)
        found[key] = here[folded(name)]
    return found


# --- what is made for it ------------------------------------------------------------------------------------
def _close_cases(record: Record, fit: Fitting) -> list[Exit]:
    """Cases that ran until now say how they ended."""
    running = [row for row in record.rows if row.label == Case._meta.label and dict(row.values)["closed_on"] is None]
    exits = [
        Exit(
            case_id=row.becomes,
            kind=ExitKind.TRANSFERRED,
            on=max(fit.landing.on, dict(row.values)["opened_on"]),
        )
        for row in running
    ]
    return Exit.objects.bulk_create(exits)


def _note(client: Client, record: Record, landing: Landing) -> JournalEntry:
    organisation = required_organisation()
    with translation.override(organisation.language):
        text = noting.text_of(record, landing)
    entry = JournalEntry(
        client=client,
        kind=EntryKind.HAND_OVER,
        text=text,
        audience=Audience.PROFESSIONALS,
        author_name=landing.source[:NAME],
    )
    entry.save(force_insert=True)
    return entry
