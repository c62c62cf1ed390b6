"""What the network knows of those who join it. Names of people are there for as long as they are needed, and read by
those alone who decide: `shared_grants` says by whom."""

from network_registry.membership.models.applications import Application, Event, Link, PaperFile
from network_registry.membership.models.changes import ChangeRequest
from network_registry.membership.models.licensing import (
    Agreement,
    FrameworkVersion,
    Licence,
    LicensingStep,
    StepCheck,
)
from network_registry.membership.models.mergers import Merger, MergerAnswer
from network_registry.membership.models.openings import Batch, FirstDay, Opening, OpeningStep

__all__ = [
    "Agreement",
    "Application",
    "Batch",
    "ChangeRequest",
    "Event",
    "FirstDay",
    "FrameworkVersion",
    "Licence",
    "LicensingStep",
    "Link",
    "Merger",
    "MergerAnswer",
    "Opening",
    "OpeningStep",
    "PaperFile",
    "StepCheck",
]
