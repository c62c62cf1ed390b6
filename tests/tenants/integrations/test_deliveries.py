"""Deliveries: in order, again after failures, given up after three days, and never twice at once."""

from __future__ import annotations

from halka.common.identifiers import uuid7
from tenants.integrations.domain.rounds import deliver_due
from tenants.integrations.models import Attempt, Delivery
from tenants.organisations.isolation import inside


def test_an_event_reaches_the_endpoint(alpha, endpoint, receiver, note) -> None:
    key = uuid7()
    with inside(alpha):
        event = note("accepted", of=key, reference="H-1")
    assert deliver_due(alpha) == (1, False)
    (message,) = receiver.messages
    assert message.id == str(event.pk)
    assert message.json == {
        "type": "referral.accepted",
        "timestamp": event.at.isoformat().replace("+00:00", "Z"),
        "data": {"state": "accepted", "reference": "H-1", "number": event.number, "referral": str(key)},
    }
    with inside(alpha):
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts, delivery.lease) == ("delivered", 1, None)
        attempt = Attempt.objects.get()
        assert (attempt.status, attempt.failure, attempt.number) == (204, "", 1)
    assert deliver_due(alpha) == (0, False)
    assert len(receiver.messages) == 1
