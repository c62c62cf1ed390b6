"""The life of working groups. Free text in here is about the work of organisations, never about a client.

People are named by their seats alone: whoever's organisation is closed has no name in here any more.
"""

from network_registry.working_groups.models.decisions import Decision
from network_registry.working_groups.models.documents import Document, DocumentVersion
from network_registry.working_groups.models.feeds import MeetingFeed
from network_registry.working_groups.models.meetings import (
    AgendaPoint,
    Answer,
    Attendance,
    Meeting,
    Minutes,
    MinutesNote,
)
from network_registry.working_groups.models.rooms import Charter, GroupSeat, MemberOrganisation, Person

__all__ = [
    "AgendaPoint",
    "Answer",
    "Attendance",
    "Charter",
    "Decision",
    "Document",
    "DocumentVersion",
    "GroupSeat",
    "Meeting",
    "MeetingFeed",
    "MemberOrganisation",
    "Minutes",
    "MinutesNote",
    "Person",
]
