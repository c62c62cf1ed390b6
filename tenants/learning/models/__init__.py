"""What the organisation teaches, and what each person learns."""

from tenants.learning.models.curricula import AdoptedCurriculum, AdoptedModule, AdoptedUnit, Settlement
from tenants.learning.models.plans import PlannedUnit

__all__ = ["AdoptedCurriculum", "AdoptedModule", "AdoptedUnit", "PlannedUnit", "Settlement"]
