"""What an organisation's role reaches of working groups: those that it is a member of, in its own people's names.

The group's convening organisation keeps its meetings; all members write minutes until they are approved. What is
frozen then stays so by triggers too (migration 0002). What an organisation wrote itself it reads also after it has left
the group, to take it along.
"""

from tenants.organisations.walls.grants import OWN, Grant


def _in(column: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM organisations_workinggroup_organisations AS own "
        f"WHERE own.workinggroup_id = {column} AND own.organisation_id {OWN})"
    )


def _open(column: str, more: str = "") -> str:
    """The charter's own policy says whose it is."""
    return (
        f"EXISTS (SELECT 1 FROM working_groups_charter AS own WHERE own.group_id = {column} "
        f"AND own.closed_at IS NULL{more})"
    )


CONVENED = f" AND own.convener_id {OWN}"


def _of_meeting(column: str, more: str = "") -> str:
    return (
        "EXISTS (SELECT 1 FROM working_groups_meeting AS met JOIN working_groups_charter AS own "
        f"ON own.group_id = met.group_id WHERE met.id = {column}{more})"
    )


def _of_point(column: str, more: str = "") -> str:
    return (
        "EXISTS (SELECT 1 FROM working_groups_agendapoint AS point JOIN working_groups_meeting AS met "
        "ON met.id = point.meeting_id JOIN working_groups_charter AS own ON own.group_id = met.group_id "
        f"WHERE point.id = {column}{more})"
    )


def _own_member(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM organisations_membership AS own WHERE own.id = {column})"  # its own policy


def _own_seat(column: str) -> str:
    """Whoever is named by it is of our own: nobody speaks in the name of another organisation's people."""
    return (
        f"EXISTS (SELECT 1 FROM working_groups_groupseat AS named WHERE named.id = {column} "
        f"AND named.organisation_id {OWN})"
    )


GOES_ON = " AND own.closed_at IS NULL AND met.approved_at IS NULL"
APPROVED = " AND own.closed_at IS NULL AND met.approved_at IS NOT NULL"
STANDS = " AND own.closed_at IS NULL AND met.cancelled_at IS NULL"
_POINT_OF = "working_groups_agendapoint.meeting_id"
_KEPT = _of_meeting(_POINT_OF, GOES_ON + CONVENED)
_PROPOSED = (
    f"working_groups_agendapoint.organisation_id {OWN} AND working_groups_agendapoint.state = 'proposed' "
    f"AND {_of_meeting(_POINT_OF, GOES_ON)}"
)
_DOCUMENT = "EXISTS (SELECT 1 FROM working_groups_document AS file WHERE file.id = document_id{more})"

_OF_OPEN = f" AND {_open('file.group_id')}"
_OF_OURS = f" AND {_in('file.group_id')}"  # not of one that we have left, whoever added the document
_CALLED = _open("working_groups_meeting.group_id", CONVENED)
_ANSWERED = f"organisation_id {OWN} AND {_of_meeting('working_groups_answer.meeting_id', STANDS)}"
_MINUTED = _of_point("working_groups_minutes.point_id", GOES_ON)
_ADDED = f"organisation_id {OWN} AND {_open('working_groups_document.group_id')}"


def _read_above(table: str) -> Grant:
    """The secretariat reads what its groups do."""
    return Grant(table, rows="true", written_rows="false", added_rows="false", secretariat=True)


GRANTS = (
    Grant("working_groups_charter", select=("*",), rows=_in("working_groups_charter.group_id"), written_rows="false"),
    Grant(
        "working_groups_charter",
        insert=("*",),
        update=("names", "purpose", "convener_id", "closed_at"),
        rows="true",
        secretariat=True,
    ),
    # Views: names of those who sit in one's own groups, and the organisations there.
    Grant("working_groups_person", select=("*",)),
    Grant("working_groups_memberorganisation", select=("*",)),
    Grant(
        "working_groups_groupseat",
        select=("*",),
        insert=("*",),
        update=("is_convener", "ended_at"),
        rows=f"organisation_id {OWN} OR {_in('working_groups_groupseat.group_id')}",
        written_rows=f"organisation_id {OWN}",
        added_rows=f"organisation_id {OWN} AND {_own_member('membership_id')} "
        f"AND {_open('working_groups_groupseat.group_id')}",
    ),
    _read_above("working_groups_groupseat"),
    Grant(
        "working_groups_meeting",
        select=("*",),
        insert=("*",),
        update=(
            "title", "starts_at", "ends_at", "time_zone", "place", "link", "invited_at", "cancelled_at", "approved_at",
            "approved_by_id", "sequence", "version",
        ),
        rows=_in("working_groups_meeting.group_id"),
        written_rows=_CALLED,
        changed_rows=f"{_CALLED} AND (approved_by_id IS NULL OR {_own_seat('approved_by_id')})",
        added_rows=f"approved_at IS NULL AND {_CALLED} AND {_own_seat('called_by_id')}",
    ),
    _read_above("working_groups_meeting"),
    Grant(
        "working_groups_agendapoint",
        select=("*",),
        insert=("*",),
        update=("state", "order", "title", "details", "minutes_planned", "version"),
        delete=True,
        rows=f"working_groups_agendapoint.organisation_id {OWN} OR {_of_meeting(_POINT_OF)}",
        written_rows=f"{_KEPT} OR ({_PROPOSED})",
        added_rows=f"working_groups_agendapoint.organisation_id {OWN} AND ({_KEPT} OR ({_PROPOSED})) "
        f"AND {_own_seat('by_id')}",
    ),
    _read_above("working_groups_agendapoint"),
    Grant(
        "working_groups_minutes",
        select=("*",),
        insert=("*",),
        update=("text", "by_id", "written_at", "version"),
        rows=_of_point("working_groups_minutes.point_id"),
        written_rows=_MINUTED,
        changed_rows=f"{_MINUTED} AND {_own_seat('by_id')}",
        added_rows=f"{_MINUTED} AND {_own_seat('by_id')}",
    ),
    _read_above("working_groups_minutes"),
    Grant(
        "working_groups_answer",
        select=("*",),
        insert=("*",),
        update=("reply", "at"),
        rows=f"organisation_id {OWN} OR {_of_meeting('working_groups_answer.meeting_id')}",
        written_rows=_ANSWERED,
        added_rows=f"{_ANSWERED} AND {_own_seat('seat_id')}",
    ),
    _read_above("working_groups_answer"),
    Grant(
        "working_groups_attendance",
        select=("*",),
        insert=("*",),
        update=("presence",),
        delete=True,
        rows=_of_meeting("working_groups_attendance.meeting_id"),
        written_rows=_of_meeting("working_groups_attendance.meeting_id", GOES_ON),
    ),
    _read_above("working_groups_attendance"),
    Grant(
        "working_groups_minutesnote",
        select=("*",),
        insert=("*",),
        rows=_of_meeting("working_groups_minutesnote.meeting_id"),
        written_rows="false",
        added_rows=f"{_of_meeting('working_groups_minutesnote.meeting_id', APPROVED)} AND {_own_seat('by_id')}",
    ),
    _read_above("working_groups_minutesnote"),
    Grant(
        "working_groups_decision",
        select=("*",),
        insert=("*",),
        update=("text", "responsible_id", "due_on", "state", "note", "changed_at", "version"),
        delete=True,
        rows=_in("working_groups_decision.group_id"),
        written_rows=_open("working_groups_decision.group_id"),
        added_rows=_of_point(
            "working_groups_decision.point_id", f"{GOES_ON} AND met.group_id = working_groups_decision.group_id"
        ),
    ),
    _read_above("working_groups_decision"),
    Grant(
        "working_groups_document",
        select=("*",),
        insert=("*",),
        delete=True,
        rows=f"organisation_id {OWN} OR {_in('working_groups_document.group_id')}",
        written_rows=_ADDED,
        added_rows=f"{_ADDED} AND {_own_seat('by_id')}",
    ),
    _read_above("working_groups_document"),
    # A document goes with all its versions, those of others among them.
    Grant(
        "working_groups_documentversion",
        select=("*",),
        insert=("*",),
        delete=True,
        rows=f"organisation_id {OWN} OR {_DOCUMENT.format(more=_OF_OURS)}",
        written_rows=_DOCUMENT.format(more=f" AND file.organisation_id {OWN}{_OF_OPEN}"),
        added_rows=f"organisation_id {OWN} AND {_DOCUMENT.format(more=_OF_OPEN)} AND {_own_seat('by_id')}",
    ),
    _read_above("working_groups_documentversion"),
    Grant(
        "working_groups_meetingfeed",
        select=("*",),
        insert=("*",),
        update=("revoked_at",),
        rows=f"organisation_id {OWN}",
        added_rows=f"organisation_id {OWN} AND {_own_member('membership_id')}",
    ),
)  # fmt: skip
