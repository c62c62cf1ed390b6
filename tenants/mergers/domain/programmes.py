"""Programmes of a merger: found in what remains by name and beginning, or made there under the same name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from halka.common.folding import folded
from halka.common.identifiers import uuid7
from network_registry.membership.domain import mergers as network
from network_registry.membership.models import Merger
from tenants.caseloads.enums.cases import ProgrammeState
from tenants.caseloads.models import Case, KeptFigure, Programme, Target
from tenants.mergers.crossing import ProgrammeAs
from tenants.organisations.isolation import inside

APART: Final = ("key", "targets", "kept")


def bring(merger: Merger) -> dict[UUID, UUID]:
    """Programme there -> programme here. Which are made is kept before they are, so that nothing is made twice."""
    with inside(merger.absorbed.ref()):
        theirs = [_told(programme) for programme in Programme.objects.order_by("pk")]
    if "programmes" not in merger.moved:
        with inside(merger.remaining.ref()):
            here = {(folded(each.name), each.starts_on): each.pk for each in Programme.objects.order_by("-pk")}
        known = {each.key: here.get((folded(each.name), each.starts_on)) for each in theirs}
        made = {str(key): str(uuid7()) for key, found in known.items() if found is None}
        mapping = {**{str(key): str(found) for key, found in known.items() if found}, **made}
        network.go_on(merger, moved={**merger.moved, "programmes": mapping, "made": list(made.values())})
    mapping_now, made_now = merger.mapping("programmes"), set(merger.keys("made"))
    with inside(merger.remaining.ref()), transaction.atomic():
        network.check_turn(merger)
        there = set(Programme.objects.filter(pk__in=made_now).values_list("pk", flat=True))
        for each in theirs:
            key = mapping_now[each.key]
            if str(key) in made_now and key not in there:
                _make(key, each)
    return mapping_now


def _make(key: UUID, told: ProgrammeAs) -> None:
    Programme.objects.create(id=key, **{k: v for k, v in asdict(told).items() if k not in APART})
    for model, numbers in ((Target, told.targets), (KeptFigure, told.kept)):
        for measure, number in numbers:
            model.objects.create(programme_id=key, measure=measure, number=number)


def give_back(merger: Merger) -> None:
    """Those that were made end here, unless somebody else takes part in them by now."""
    with inside(merger.remaining.ref()), transaction.atomic():
        running = Case.objects.open().filter(programme=OuterRef("pk"))
        made = Programme.objects.running().filter(pk__in=merger.keys("made"))
        empty = Programme.objects.filter(pk__in=merger.keys("made"), cases=None)
        KeptFigure.objects.filter(programme__in=empty).delete()  # who was erased there counts there
        made.exclude(Exists(running)).update(
            state=ProgrammeState.ENDED, changed_at=timezone.now(), version=F("version") + 1
        )


def _told(programme: Programme) -> ProgrammeAs:
    return ProgrammeAs(
        key=programme.pk,
        name=programme.name,
        funder=programme.funder,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        territory=programme.territory,
        objectives=programme.objectives,
        target_group=programme.target_group,
        consent_wording=programme.consent_wording,
        consent_months=programme.consent_months,
        unseen_days=programme.unseen_days,
        state=programme.state,
        targets=tuple(Target.objects.filter(programme=programme).values_list("measure", "number")),
        kept=tuple(KeptFigure.objects.filter(programme=programme).values_list("measure", "number")),
    )
