"""Taking a published curriculum over into the organisation, and ceasing to teach from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from knowledge_base.models import Adoption, PublishedModule, PublishedUnit, PublishedVersion
from tenants.learning.domain.contents import content_of
from tenants.learning.errors import AdoptedAlready, CurriculumEnded
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit


def adopt_curriculum(*, version: PublishedVersion, by: Seat) -> AdoptedCurriculum:
    """Copies the modules and units of the version; the network learns that somebody did. Raises AdoptedAlready."""
    standard = version.curriculum
    try:
        with transaction.atomic():
            adopted = AdoptedCurriculum(
                standard=standard.pk,
                base=version.pk,
                number=version.number,
                title=standard.title,
                language=standard.language,
                adopted_by_id=by.membership_id,
            )
            adopted.save(force_insert=True)
            _copy(version, adopted, by)
            # A row of an earlier time may still stand there.
            _ours(adopted).delete()
            Adoption.objects.create(
                organisation_id=required_organisation().id, curriculum_id=standard.pk, version_id=version.pk
            )
            record(action="curriculum.adopted", on=adopted, detail={"number": version.number}, by=by)
    except IntegrityError as error:
        raise AdoptedAlready from error
    return adopted


def end_adoption(*, curriculum: AdoptedCurriculum, by: Seat) -> AdoptedCurriculum:
    """Nothing more is taught from it; what was written stays to be read. Raises CurriculumEnded."""
    with transaction.atomic():
        saved = locked(curriculum.pk)
        saved.ended_at = timezone.now()
        saved.save(update_fields=["ended_at"])
        _ours(saved).delete()
        record(action="curriculum.ended", on=saved, by=by)
    return saved


def move_on(curriculum: AdoptedCurriculum, version: PublishedVersion, by: Seat) -> None:
    """Follows the version from now on. Within the transaction of what was decided last."""
    curriculum.base, curriculum.number = version.pk, version.number
    curriculum.save(update_fields=["base", "number"])
    _ours(curriculum).update(version_id=version.pk)
    record(action="curriculum.moved_on", on=curriculum, detail={"number": version.number}, by=by)


def locked(pk: UUID) -> AdoptedCurriculum:
    """The curriculum, kept from other hands until the transaction ends. Raises CurriculumEnded."""
    saved: AdoptedCurriculum = AdoptedCurriculum.objects.select_for_update().get(pk=pk)
    if saved.ended_at is not None:
        raise CurriculumEnded
    return saved


def new_module(curriculum: AdoptedCurriculum, base: PublishedModule, position: int) -> AdoptedModule:
    """A copy, unsaved."""
    return AdoptedModule(curriculum=curriculum, position=position, key=base.key, base=base.pk, **content_of(base))


def new_unit(
    module: AdoptedModule, base: PublishedUnit, position: int, by: Seat, *, is_left_out: bool = False
) -> AdoptedUnit:
    """A copy, unsaved."""
    return AdoptedUnit(
        curriculum_id=module.curriculum_id,
        module=module,
        position=position,
        key=base.key,
        base=base.pk,
        is_left_out=is_left_out,
        changed_by_id=by.membership_id,
        **content_of(base),
    )


def _copy(version: PublishedVersion, adopted: AdoptedCurriculum, by: Seat) -> None:
    modules = {base.pk: new_module(adopted, base, place) for place, base in enumerate(version.modules.all(), 1)}
    AdoptedModule.objects.bulk_create(modules.values())
    AdoptedUnit.objects.bulk_create(
        new_unit(modules[base.module_id], base, place, by) for place, base in enumerate(version.units.in_order(), 1)
    )


def _ours(curriculum: AdoptedCurriculum) -> Any:
    return Adoption.objects.filter(organisation_id=required_organisation().id, curriculum_id=curriculum.standard)
