"""Rows of a working group that beta convenes, and in which the secretariat is; for the guard of grants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.utils import timezone

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.working_groups import models as groups
from tenants.organisations.models import WorkingGroup

Make = Callable[[OrganisationRef, OrganisationRef, User], models.Model]


class _Room:
    """Makes what a sample leans on."""

    def __init__(self, beta: OrganisationRef, other: OrganisationRef, user: User) -> None:
        self.beta, self.user = beta, user
        self.group = WorkingGroup.objects.create(name=uuid7().hex)
        self.group.organisations.set([beta.id, other.id])
        self.charter = groups.Charter.objects.create(group=self.group, purpose="x", convener_id=beta.id)
        self.own = {"organisation_id": beta.id}
        membership = user.memberships.get(organisation_id=beta.id)
        self.seat = groups.GroupSeat.objects.create(group=self.charter, membership=membership, **self.own)

    def meeting(self, **values: Any) -> groups.Meeting:
        now = timezone.now()
        times = {"starts_at": now, "ends_at": now + timedelta(hours=1), "time_zone": "UTC"}
        return groups.Meeting.objects.create(group=self.charter, title="x", called_by=self.seat, **{**times, **values})

    def point(self) -> groups.AgendaPoint:
        return groups.AgendaPoint.objects.create(meeting=self.meeting(), title="x", by=self.seat, **self.own)

    def document(self) -> groups.Document:
        return groups.Document.objects.create(group=self.charter, title="x", by=self.seat, **self.own)


def _of(make: Callable[[_Room], models.Model]) -> Make:
    return lambda beta, other, user: make(_Room(beta, other, user))


ROWS: Final[dict[str, Make]] = {
    "organisations_workinggroup": _of(lambda room: room.group),
    "organisations_workinggroup_organisations": _of(
        lambda room: WorkingGroup.organisations.through.objects.get(workinggroup=room.group, organisation=room.beta.id)
    ),
    "working_groups_charter": _of(lambda room: room.charter),
    "working_groups_groupseat": _of(lambda room: room.seat),
    "working_groups_meeting": _of(lambda room: room.meeting()),
    "working_groups_agendapoint": _of(lambda room: room.point()),
    "working_groups_minutes": _of(
        lambda room: groups.Minutes.objects.create(point=room.point(), text="x", by=room.seat)
    ),
    "working_groups_answer": _of(
        lambda room: groups.Answer.objects.create(meeting=room.meeting(), seat=room.seat, reply="yes", **room.own)
    ),
    "working_groups_attendance": _of(
        lambda room: groups.Attendance.objects.create(meeting=room.meeting(), seat=room.seat, presence="present")
    ),
    "working_groups_minutesnote": _of(
        lambda room: groups.MinutesNote.objects.create(
            meeting=room.meeting(approved_at=timezone.now(), approved_by=room.seat), text="x", by=room.seat
        )
    ),
    "working_groups_decision": _of(
        lambda room: groups.Decision.objects.create(
            group=room.charter, point=room.point(), year=2026, number=1, text="x"
        )
    ),
    "working_groups_document": _of(lambda room: room.document()),
    "working_groups_documentversion": _of(
        lambda room: groups.DocumentVersion.objects.create(
            document=room.document(), number=1, content_type="text/plain", size=1, content=b"x", by=room.seat,
            **room.own,
        )
    ),
    "working_groups_meetingfeed": _of(
        lambda room: groups.MeetingFeed.objects.create(
            membership=room.seat.membership, token_hash=uuid7().hex, **room.own
        )
    ),
}  # fmt: skip
