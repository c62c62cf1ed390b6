"""How far a person travelled while the recipient worked with them: numbers a side of life, no answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from tenants.caseloads.domain.distance import Line, assessments_of, distance_of
from tenants.caseloads.enums.assessments import Rater
from tenants.referrals.models import Referral


def distance_since(referral: Referral) -> dict[str, list[float]]:
    """Dimension -> [when the work began, last], 0 to 100; empty where nobody rated.

    As the person sees it, where they rated themselves, else as the mentor does.
    """
    started = referral.envelope.started_at
    if referral.client is None or started is None:
        return {}
    began = timezone.localdate(started)
    sides = distance_of(assessments_of(referral.client)).sides
    return {side.dimension.value: _between(_line(side.lines), began) for side in sides}


def _line(lines: Sequence[Line]) -> Line:
    return next((line for line in lines if line.rater == Rater.CLIENT), lines[0])


def _between(line: Line, began: date) -> list[float]:
    before = [point for point in line.points if point.on <= began]
    first = before[-1] if before else line.first
    return [round(first.value, 1), round(line.last.value, 1)]
