"""Mergers on the Today page."""

from __future__ import annotations

from typing import Any

from halka.common.addresses import origin
from network_registry.membership.enums import MergerMatter, MergerState
from network_registry.membership.models import Merger, MergerAnswer


def waiting(request: Any) -> dict[str, Any] | None:
    """Those that a manager here has to answer."""
    here = request.organisation.id
    said = MergerAnswer.objects.filter(organisation=here, about=MergerMatter.MERGE).values("merger")
    found = Merger.objects.with_sides().of(here).filter(state=MergerState.PROPOSED).exclude(pk__in=said)
    mergers = list(found[:1])  # of one organisation there is one at a time
    return {"waiting": mergers} if mergers else None


def became(request: Any) -> dict[str, Any] | None:
    """Where the work goes on, for everybody in an organisation that was absorbed and is not yet erased."""
    if not request.organisation.reads_only:
        return None
    merged = Merger.objects.with_sides().filter(absorbed=request.organisation.id, state=MergerState.MERGED).first()
    return {"remaining": merged.remaining, "address": origin(merged.remaining.host)} if merged else None
