"""What `manage.py doctor` asks of licences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Max
from django.utils import timezone

from network_registry.membership.domain.expiring import WORKING
from network_registry.membership.enums import JOINED
from network_registry.membership.models import Licence
from tenants.organisations.doctor.findings import Finding, error, warning
from tenants.organisations.models import Organisation

SOON: Final = timedelta(days=30)


def licence(organisation: Organisation) -> Iterator[Finding]:
    """A member has one that is valid, in a network that grants them."""
    if organisation.kind not in JOINED or organisation.state not in WORKING:
        return
    last = Licence.objects.filter(organisation=organisation).aggregate(last=Max("valid_until"))["last"]
    today = timezone.localdate()
    if last is None:
        if Licence.objects.exists():
            yield warning(
                "No licence is on record.", "Grant one: Licences → Members without a licence, in the secretariat."
            )
    elif last < today:
        yield error(
            f"Its licence ended on {last}, and it still works.",
            "Renew it, or see why the task membership.look_after_licences does not run: it suspends it.",
        )
    elif last - today <= SOON:
        yield warning(f"Its licence ends on {last}.", "Renew it: Licences, in the secretariat.")
