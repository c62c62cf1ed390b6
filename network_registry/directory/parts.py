"""The directory on the Today page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from halka.common.current import required_organisation
from network_registry.directory.domain.capacity import STALE
from network_registry.directory.models import CapacityQuestion, Offer, Service

SHOWN = 6
NEWS = timedelta(days=7)  # so long an answer counts as new


def with_offers(questions: Any) -> Any:
    """With all that a line says, in the same number of queries for any number of lines."""
    return questions.select_related("asker", "target", "offer__service__organisation", "offer__location").order_by(
        "-asked_at", "-id"
    )


def asked_of_us(request: Any) -> dict[str, Any] | None:
    """Questions for a place that wait for our answer."""
    waiting = CapacityQuestion.objects.filter(target=request.organisation.id, answer="")
    found = list(with_offers(waiting)[: SHOWN + 1])
    return {"questions": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def answered_to_us(request: Any) -> dict[str, Any] | None:
    """What others answered lately."""
    since = timezone.now() - NEWS
    found = list(
        with_offers(CapacityQuestion.objects.filter(asker=request.organisation.id, answered_at__gt=since))[:SHOWN]
    )
    return {"questions": found} if found else None


def to_confirm(request: Any) -> dict[str, Any] | None:
    """How many of our offers say nothing that others could rely on."""
    old = Q(confirmed_at=None) | Q(confirmed_at__lt=timezone.now() - STALE)
    shown = Offer.objects.filter(organisation=request.organisation.id, is_offered=True, service__is_published=True)
    count = shown.filter(old).count()
    return {"count": count} if count else None


def has_service() -> bool:
    """Whether anybody finds what we do."""
    return Service.objects.filter(organisation=required_organisation().id, is_published=True).exists()
