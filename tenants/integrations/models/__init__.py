"""What connects an organisation's own software: its feed of events, and the endpoints that are told."""

from tenants.integrations.models.answers import IdempotentAnswer
from tenants.integrations.models.deliveries import Attempt, Delivery
from tenants.integrations.models.endpoints import Endpoint, EndpointSecret
from tenants.integrations.models.events import Event, EventCounter

__all__ = ["Attempt", "Delivery", "Endpoint", "EndpointSecret", "Event", "EventCounter", "IdempotentAnswer"]
