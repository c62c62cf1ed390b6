"""Background work of joining: thin, primitives in. What is called organisations.* runs where the owner's password
is."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings

from network_registry.membership.domain import expiring, tidying, writing, writing_licences
from network_registry.membership.domain import opening as openings
from tenants.organisations.domain.provisioning import refill_spares
from tenants.organisations.tasks import OrganisationTask

RETRIED: dict[str, Any] = {
    "autoretry_for": (SMTPException, OSError),
    "retry_backoff": 10,
    "retry_jitter": True,
    "max_retries": 8,
}


@shared_task(name="membership.write_applicant", **RETRIED)
def write_applicant(application_id: str, about: str) -> None:
    writing.write_applicant(UUID(application_id), about)


@shared_task(name="membership.tell_reviewers", **RETRIED)
def tell_reviewers(application_id: str, about: str) -> int:
    return writing.tell_reviewers(UUID(application_id), about)


@shared_task(name="membership.tell_change_asked", **RETRIED)
def tell_change_asked(request_id: str) -> int:
    return writing.tell_change_asked(UUID(request_id))


@shared_task(name="membership.tell_change_decided", base=OrganisationTask, **RETRIED)
def tell_change_decided(request_id: str) -> int:
    return writing.tell_change_decided(UUID(request_id))


@shared_task(name="membership.look_after_licences")
def look_after_licences() -> dict[str, int]:
    return expiring.look_after()


@shared_task(name="membership.tell_licence_ends", base=OrganisationTask, **RETRIED)
def tell_licence_ends(licence_id: str) -> int:
    return writing_licences.tell_holder(UUID(licence_id))


@shared_task(name="membership.tell_reviewers_licence_ends", **RETRIED)
def tell_reviewers_licence_ends(licence_id: str) -> int:
    return writing_licences.tell_reviewers(UUID(licence_id))


@shared_task(name="membership.tidy")
def tidy() -> int:
    return tidying.tidy()


@shared_task(name="organisations.open")
def open_workspace(opening_id: str) -> bool:
    """What fails for a reason of ours is told to whoever looks after Halka, and taken up again by `open_due`."""
    return openings.open_workspace(opening=UUID(opening_id))


@shared_task(name="organisations.open_batch")
def open_batch(batch_id: str) -> int:
    """One after the other, so that a sheet does not take all workers; how many are open now."""
    return openings.open_batch(batch=UUID(batch_id))


@shared_task(name="organisations.make_ready")
def make_ready(count: int) -> int:
    """As many prepared schemas more as a sheet will need, while somebody still looks at it; how many were made."""
    return refill_spares(target=settings.SPARE_ORGANISATIONS + count)


@shared_task(name="organisations.open_due")
def open_due() -> int:
    """Goes on with what a stopped worker left behind; how many are open now."""
    return openings.open_all(openings.due())
