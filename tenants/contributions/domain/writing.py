"""Writing down what was learned, and the ways of the text inside of the organisation and out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from knowledge_base.domain import submissions
from knowledge_base.domain.submissions import Offered
from knowledge_base.enums import SubmissionState
from knowledge_base.models import Submission
from network_registry.working_groups.domain.standing import acting
from tenants.contributions.domain.checking import check
from tenants.contributions.enums import TRANSITIONS, State
from tenants.contributions.errors import NotNow, StillOpen, Unfinished
from tenants.contributions.models import Contribution
from tenants.organisations.isolation import send_after_commit


def begin(*, kind: str, language: str, group: UUID | None = None, by: Seat) -> Contribution:
    """`group`: for this working group alone, in which the writer has a seat. Raises NoSeat, GroupClosed."""
    if group is not None:
        acting(group, by)
    with transaction.atomic():
        made = Contribution.objects.create(kind=kind, language=language, group=group, author_id=by.membership_id)
        record(action="contribution.begun", on=made, by=by)
    return made


def write(
    *,
    contribution: Contribution,
    step: str,
    values: Mapping[str, str],
    as_member: bool | None = None,
    seen_version: int,
    by: Seat,
) -> None:
    """One page of the form. Raises EditedMeanwhile, NotNow."""
    with transaction.atomic():
        saved = _locked(contribution, State.WRITING)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("This text was changed since you opened it."))
        saved.values.update(values)
        if as_member is not None:
            saved.as_member = as_member
        standing = {finding.key for finding in check(saved).findings}
        saved.decisions = {key: said for key, said in saved.decisions.items() if key in standing}
        _save(saved, "values", "as_member", "decisions")
        record(action="contribution.changed", on=saved, detail={"step": step}, by=by)


def offer(*, contribution: Contribution, by: Seat) -> None:
    """To those who release. Raises StillOpen, Unfinished, NotNow."""
    from tenants.contributions.tasks import tell_releasers

    with transaction.atomic():
        saved = _move(contribution, State.WRITING, State.OFFERED)
        _demand_ready(saved)
        saved.offered_at, saved.said = timezone.now(), ""
        _save(saved, "state", "offered_at", "said")
        record(action="contribution.offered", on=saved, by=by)
        send_after_commit(tell_releasers, *_address(saved))


def send_back(*, contribution: Contribution, said: str = "", by: Seat) -> None:
    """To whoever wrote it, with a word; also by the writer, who wants to go on. Raises NotNow."""
    from tenants.contributions.tasks import tell_sent_back

    with transaction.atomic():
        saved = _move(contribution, State.OFFERED, State.WRITING)
        saved.said = said
        _save(saved, "state", "said")
        record(action="contribution.sent_back", on=saved, by=by)
        if saved.author_id != by.membership_id:
            send_after_commit(tell_sent_back, *_address(saved))


def release(*, contribution: Contribution, seen_version: int, by: Seat) -> None:
    """Checks the very text that leaves, and lets it leave. Raises StillOpen, Unfinished, NotNow, EditedMeanwhile,
    NotInGroup."""
    with transaction.atomic():
        saved = _move(contribution, State.OFFERED, State.RELEASED)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("This text was changed since you opened it."))
        _demand_ready(saved)
        leaving = Offered(
            saved.kind, saved.language, dict(saved.values), signed=not saved.as_member, group_id=saved.group
        )
        sent = submissions.submit(offered=leaving, submission_id=saved.submission, by=by)
        saved.submission, saved.round = sent.pk, saved.round + 1
        saved.released_at, saved.released_by_id = timezone.now(), by.membership_id
        _save(saved, "state", "submission", "round", "released_at", "released_by")
        record(action="contribution.released", on=saved, detail={"round": saved.round}, by=by)


def correct(*, contribution: Contribution, by: Seat) -> None:
    """Takes up again what came back from the network. Raises NotNow."""
    with transaction.atomic():
        saved = _move(contribution, State.RELEASED, State.WRITING)
        if not came_back(saved):
            raise NotNow
        _save(saved, "state")
        record(action="contribution.changed", on=saved, by=by)


def withdraw(*, contribution: Contribution, by: Seat) -> None:
    """Nobody in the network reads it any more. Raises NotNow; NotYours for what is published."""
    with transaction.atomic():
        saved = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if saved.submission is None or saved.state == State.WITHDRAWN:
            raise NotNow
        submissions.withdraw(submission_id=saved.submission, by=by)
        saved.state = State.WITHDRAWN
        _save(saved, "state")
        record(action="contribution.withdrawn", on=saved, by=by)


def discard(*, contribution: Contribution, by: Seat) -> None:
    """What never left. Raises NotNow."""
    with transaction.atomic():
        saved = _locked(contribution, State.WRITING)
        if saved.submission is not None:
            raise NotNow
        record(action="contribution.discarded", on=saved, by=by)
        saved.delete()


def came_back(contribution: Contribution) -> bool:
    """The text of the last release, and no earlier one."""
    if contribution.submission is None:
        return False
    returned = Submission.objects.filter(state=SubmissionState.RETURNED, withdrawn_at=None)
    return returned.filter(pk=contribution.submission, round=contribution.round).exists()


def _demand_ready(contribution: Contribution) -> None:
    checked = check(contribution)
    if checked.missing:
        raise Unfinished
    if checked.open:
        raise StillOpen


def _locked(contribution: Contribution, state: State) -> Contribution:
    saved: Contribution | None = (
        Contribution.objects.select_for_update().filter(pk=contribution.pk, state=state).first()
    )
    if saved is None:
        raise NotNow
    return saved


def _move(contribution: Contribution, before: State, after: State) -> Contribution:
    assert after in TRANSITIONS[before]
    saved = _locked(contribution, before)
    saved.state = after
    return saved


def _save(contribution: Contribution, *fields: str) -> None:
    contribution.version += 1
    contribution.changed_at = timezone.now()
    contribution.save(update_fields=[*fields, "version", "changed_at"])


def _address(contribution: Contribution) -> tuple[Any, ...]:
    return required_organisation().short_name, str(contribution.pk)
