"""What can go wrong in the directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from halka.common.errors import EditedMeanwhile, Refused

if TYPE_CHECKING:
    from network_registry.directory.models import Offer


class OfferedAlready(Refused):
    """The service is offered at this place already."""


class NotOffered(Refused):
    """Nobody offers this now: the service was withdrawn, or the organisation takes nobody."""


class AskedAlready(Refused):
    """This was asked today: an organisation asks for the same offer once a day."""


class AnsweredAlready(Refused):
    """A colleague was faster."""


class CapacityMeanwhile(EditedMeanwhile):
    """Some free places were confirmed by somebody else after they were shown: `saved` has them as they are now."""

    def __init__(self, message: str, saved: Mapping[UUID, Offer]) -> None:
        super().__init__(message)
        self.saved = saved
