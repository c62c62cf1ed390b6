"""What of organisations is asked when somebody looks whether the installation works."""

from __future__ import annotations

from django.db.models import Count, Min
from django.utils import timezone

from tenants.organisations.domain.preparation import shared_tables_are_current
from tenants.organisations.enums import State, WorkKind
from tenants.organisations.models import DueWork, Organisation
from tenants.organisations.walls.versions import expected_version


def migrations() -> str:
    """Organisations that are behind answer 503 themselves; the others go on."""
    return "" if shared_tables_are_current() else "the shared tables are on another version"


def organisations_by_state() -> dict[str, float]:
    counts = dict(Organisation.objects.values_list("state").annotate(Count("pk")).order_by())
    return {state.value: float(counts.get(state.value, 0)) for state in State}


def organisations_behind() -> dict[str, float]:
    """Those whose schema is on another version than the code."""
    running = Organisation.objects.exclude(state=State.CLOSED)
    return {"": float(running.exclude(schema_version__in=["", expected_version()]).count())}


def due_work_ages() -> dict[str, float]:
    """How long the oldest work of a kind is overdue, in seconds."""
    now = timezone.now()
    oldest = dict(DueWork.objects.filter(due_at__lte=now).values_list("kind").annotate(Min("due_at")).order_by())
    return {
        kind.value: (now - oldest[kind.value]).total_seconds() if kind.value in oldest else 0.0 for kind in WorkKind
    }
