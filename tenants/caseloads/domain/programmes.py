"""Setting up, changing and ending programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.enums.cases import ProgrammeState
from tenants.caseloads.errors import ProgrammeNotRunning
from tenants.caseloads.models import Programme, Target

Targets = Mapping[str, int]


@dataclass(frozen=True)
class ProgrammeDetails:
    """What people write down of a programme."""

    name: str
    starts_on: date
    ends_on: date | None = None
    funder: str = ""
    territory: str = ""
    objectives: str = ""
    target_group: str = ""
    consent_wording: str = ""
    consent_months: int = 12
    unseen_days: int = 14
    state: str = ProgrammeState.RUNNING


DETAILS = tuple(detail.name for detail in fields(ProgrammeDetails))


def add_programme(*, details: ProgrammeDetails, targets: Targets | None = None, by: Seat) -> Programme:
    """`targets` maps values of TargetMeasure to numbers."""
    with transaction.atomic():
        programme = Programme(**asdict(details), changed_by_id=by.membership_id)
        programme.changed_at = programme.created_at
        programme.save(force_insert=True)
        _set_targets(programme, targets or {})
        record(action="programme.added", on=programme, by=by)
    return programme


def change_programme(
    *, programme: Programme, details: ProgrammeDetails, targets: Targets, seen_version: int, by: Seat
) -> Programme:
    """Writes what differs; returns the programme as it is now. Targets that are not named are removed.

    Raises EditedMeanwhile when the programme is no longer the version that `by` has seen.
    """
    with transaction.atomic():
        saved = Programme.objects.select_for_update().get(pk=programme.pk)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this programme since you opened it."))
        changed = [name for name in DETAILS if getattr(saved, name) != getattr(details, name)]
        if targets != targets_of(saved):
            changed.append("targets")
        if changed:
            for name, value in asdict(details).items():
                setattr(saved, name, value)
            _set_targets(saved, targets)
            _save(saved, by)
            record(action="programme.changed", on=saved, detail={"fields": changed}, by=by)
    return saved


def end_programme(*, programme: Programme, by: Seat) -> Programme:
    """Nobody joins any more; open cases go on to their own ends. Raises ProgrammeNotRunning if it has ended."""
    with transaction.atomic():
        saved = Programme.objects.select_for_update().get(pk=programme.pk)
        if saved.state == ProgrammeState.ENDED:
            raise ProgrammeNotRunning(_("This programme has ended already."))
        saved.state = ProgrammeState.ENDED
        today = timezone.localdate()
        if saved.ends_on is None or saved.ends_on > today:
            saved.ends_on = max(today, saved.starts_on)
        _save(saved, by)
        record(action="programme.ended", on=saved, by=by)
    return saved


def targets_of(programme: Programme) -> dict[str, int]:
    return dict(programme.targets.values_list("measure", "number"))


def _set_targets(programme: Programme, targets: Targets) -> None:
    programme.targets.exclude(measure__in=targets).delete()
    Target.objects.bulk_create(
        [Target(programme=programme, measure=measure, number=number) for measure, number in targets.items()],
        update_conflicts=True,
        unique_fields=["programme", "measure"],
        update_fields=["number"],
    )


def _save(programme: Programme, by: Seat) -> None:
    programme.changed_at = timezone.now()
    programme.changed_by_id = by.membership_id
    programme.version += 1
    programme.save(force_update=True)
