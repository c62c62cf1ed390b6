"""Everything an organisation holds about the people it works with."""

from tenants.caseloads.models.assessments import Assessment, Finding, Scale
from tenants.caseloads.models.cases import Case, EmergencyAccess, Exit, FollowUp, TeamMember
from tenants.caseloads.models.clients import Client, Experience, Merge, VulnerabilityChoice
from tenants.caseloads.models.consents import (
    Consent,
    ConsentOffer,
    Correction,
    Erasure,
    KeptFigure,
    PersonalLink,
    RetentionRule,
)
from tenants.caseloads.models.history import TRACKED
from tenants.caseloads.models.journal import Document, JournalEntry, JournalHabit, Mention, Task
from tenants.caseloads.models.plans import Goal, Plan, Step
from tenants.caseloads.models.programmes import Programme, Target
from tenants.caseloads.models.work import ColumnMapping, Draft, Job, SavedList

__all__ = [
    "TRACKED",
    "Assessment",
    "Case",
    "Client",
    "ColumnMapping",
    "Consent",
    "ConsentOffer",
    "Correction",
    "Document",
    "Draft",
    "EmergencyAccess",
    "Erasure",
    "Exit",
    "Experience",
    "Finding",
    "FollowUp",
    "Goal",
    "Job",
    "JournalEntry",
    "JournalHabit",
    "KeptFigure",
    "Mention",
    "Merge",
    "PersonalLink",
    "Plan",
    "Programme",
    "RetentionRule",
    "SavedList",
    "Scale",
    "Step",
    "Target",
    "Task",
    "TeamMember",
    "VulnerabilityChoice",
]
