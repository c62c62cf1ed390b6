"""What nobody needs any more goes each night: drafts left lying, sheets not confirmed, and the people in what came to
nothing or is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network_registry.membership.domain.applying import forget_people
from network_registry.membership.enums import ApplicationState
from network_registry.membership.models import Application, Batch, Link
from tenants.organisations.enums import State

DRAFTS: Final = timedelta(days=60)  # twice as long as a link works
DECLINED: Final = timedelta(days=180)  # time enough to appeal
SHEETS: Final = timedelta(days=1)


def tidy() -> int:
    """How many applications were removed or emptied."""
    now = timezone.now()
    with transaction.atomic():
        Link.objects.filter(expires_at__lt=now - DRAFTS).delete()
        Batch.objects.filter(confirmed_at=None, created_at__lt=now - SHEETS).delete()
        drafts = Application.objects.filter(state=ApplicationState.DRAFT, changed_at__lt=now - DRAFTS)
        count = drafts.count()
        drafts.delete()
        refused = Q(state=ApplicationState.DECLINED, decided_at__lt=now - DECLINED)
        over = Application.objects.filter(refused | Q(organisation__state=State.CLOSED))
        for application in over.exclude(manager_email=""):
            forget_people(application)
            count += 1
    return count
