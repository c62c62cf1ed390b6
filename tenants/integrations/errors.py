"""What can go wrong with webhooks."""

from halka.common.errors import Refused


class AddressRefused(Refused):
    """Nothing is sent to this address. The message tells nothing of what is or is not inside of our own network."""


class TooManyEndpoints(Refused):
    """The organisation has as many webhooks as one may have."""
