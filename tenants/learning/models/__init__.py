"""What the organisation teaches, to whom and when, and what each person learns."""

from tenants.learning.models.curricula import AdoptedCurriculum, AdoptedModule, AdoptedUnit, Settlement
from tenants.learning.models.groups import Group, Participant
from tenants.learning.models.plans import PlannedUnit
from tenants.learning.models.sessions import Attendance, CalendarFeed, Session, SessionUnit

__all__ = [
    "AdoptedCurriculum",
    "AdoptedModule",
    "AdoptedUnit",
    "Attendance",
    "CalendarFeed",
    "Group",
    "Participant",
    "PlannedUnit",
    "Session",
    "SessionUnit",
    "Settlement",
]
