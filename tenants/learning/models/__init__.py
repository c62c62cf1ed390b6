"""What the organisation teaches."""

from tenants.learning.models.curricula import AdoptedCurriculum, AdoptedModule, AdoptedUnit, Settlement

__all__ = ["AdoptedCurriculum", "AdoptedModule", "AdoptedUnit", "Settlement"]
