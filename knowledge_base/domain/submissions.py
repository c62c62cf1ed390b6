"""A member's text leaves its organisation: called inside of it, with its own rights. The network takes it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from knowledge_base.enums import SubmissionState
from knowledge_base.errors import NotInGroup, NotYours
from knowledge_base.models import Submission, SubmittedText
from knowledge_base.pieces import FIELDS
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import WorkingGroup


@dataclass(frozen=True)
class Offered:
    """All that leaves. `signed`: the organisation is named; `group_id`: for this working group alone."""

    kind: str
    language: str
    values: Mapping[str, str]
    signed: bool
    group_id: UUID | None = None


def submit(*, offered: Offered, submission_id: UUID | None = None, by: Seat) -> Submission:
    """For the first time, or corrected after it came back. Raises NotYours, NotInGroup."""
    from knowledge_base.tasks import take_in

    here = required_organisation().id
    with transaction.atomic():
        if submission_id is None:
            if offered.group_id is not None and not _is_in(offered.group_id, here):
                raise NotInGroup
            submission = Submission(organisation_id=here, group_id=offered.group_id)
            submission.save(force_insert=True)
        else:
            returned = Submission.objects.filter(organisation_id=here, state=SubmissionState.RETURNED)
            found = returned.filter(pk=submission_id, withdrawn_at=None).first()
            if found is None:
                raise NotYours
            submission = found
        SubmittedText.objects.create(
            submission=submission,
            round=submission.round + 1,
            kind=offered.kind,
            language=offered.language,
            values={name: offered.values.get(name, "") for name in FIELDS[offered.kind]},
            signed_by_id=here if offered.signed else None,
        )
        record(action="submission.sent", on=submission, detail={"round": submission.round + 1}, by=by)
        send_after_commit(take_in, str(submission.pk))
    return submission


def _is_in(group_id: UUID, here: UUID) -> bool:
    return WorkingGroup.objects.filter(pk=group_id, organisations=here).exists()


def withdraw(*, submission_id: UUID, by: Seat) -> None:
    """Nobody reads it any more. What is published is the editors' to take off the site. Raises NotYours."""
    from knowledge_base.tasks import take_in

    own = Submission.objects.filter(pk=submission_id, organisation_id=required_organisation().id, withdrawn_at=None)
    with transaction.atomic():
        if not own.exclude(state=SubmissionState.PUBLISHED).update(withdrawn_at=timezone.now()):
            raise NotYours
        record(action="submission.withdrawn", on=Submission(pk=submission_id), by=by)
        send_after_commit(take_in, str(submission_id))
