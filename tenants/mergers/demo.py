"""A merger that is proposed in the demo network: a circle of mutual help is to become part of a development centre."""

from __future__ import annotations

from halka.authorization.roles import Role, Seat
from tenants.mergers.domain.proposing import propose
from tenants.mergers.domain.telling import secretariat
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation

ABSORBED, REMAINING = "zingsnis", "kaimai"
REASON = "The circle has two clients and one room; the centre two streets away has the people and the workshops."


def load() -> None:
    """Both managers still have to answer."""
    absorbed, remaining = (Organisation.objects.get(schema_name=name).pk for name in (ABSORBED, REMAINING))
    with inside(secretariat().ref()):
        ada = Colleague.objects.filter(role=Role.SECRETARIAT).order_by("started_at", "id")[0]
        seat = Seat(ada.user_id, ada.pk, Role.SECRETARIAT, ada.name)
        propose(absorbed=absorbed, remaining=remaining, reason=REASON, by=seat)
