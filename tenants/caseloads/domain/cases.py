"""Joining a programme, leaving it, and what is asked afterwards."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.enums.cases import (
    FOLLOW_UP_MONTHS,
    REOPEN_DAYS,
    ExitKind,
    Held,
    Profession,
    ProgrammeState,
)
from tenants.caseloads.enums.consents import ConsentPurpose, WithdrawnBy
from tenants.caseloads.errors import CaseClosed, ConsentNotValid, EnrolledAlready, ProgrammeNotRunning
from tenants.caseloads.models import Case, Client, Consent, Exit, FollowUp, Programme, TeamMember


def enrol(
    *,
    client: Client,
    programme: Programme,
    consent: Consent,
    opened_on: date | None = None,
    expectations: str = "",
    profession: str = Profession.MENTOR,
    by: Seat,
) -> Case:
    """The person joins the programme; `by` becomes the first on the team, as `profession`.

    Raises ProgrammeNotRunning, ConsentNotValid unless the consent is this person's, to take part, valid and not another
    programme's; EnrolledAlready.
    """
    if programme.state != ProgrammeState.RUNNING:
        raise ProgrammeNotRunning(_("This programme takes nobody now."))
    with transaction.atomic():
        _check(consent, client, programme)
        Client.objects.select_for_update().get(pk=client.pk)  # two people enrolling at once: one after the other
        earlier = Case.objects.filter(client=client, programme=programme)
        if earlier.open().exists():
            raise EnrolledAlready(_("This person takes part in the programme already."))
        case = Case.objects.create(
            client=client,
            programme=programme,
            consent=consent,
            number=earlier.count() + 1,
            expectations=expectations,
            opened_on=opened_on or timezone.localdate(),
            changed_by_id=by.membership_id,
        )
        if by.membership_id:
            TeamMember.objects.create(case=case, colleague_id=by.membership_id, profession=profession)
        record(action="case.opened", on=case, by=by)
    return case


def _check(consent: Consent, client: Client, programme: Programme) -> None:
    locked = Consent.objects.select_for_update().get(pk=consent.pk)  # it may be withdrawn at this moment
    if locked.client_id != client.pk or locked.purpose != ConsentPurpose.ENROLMENT or not locked.is_valid:
        raise ConsentNotValid(_("There is no valid consent of this person to take part. Ask for one first."))
    if Case.objects.filter(consent=locked).exclude(programme=programme).exists():
        raise ConsentNotValid(_("This consent was given for another programme. Ask for one to this programme."))


def leave_case(*, case: Case, withdraw: bool = False, by: Seat) -> Case:
    """The person leaves, as anybody may at any time: no reason is asked, and none is kept.

    With `withdraw` the consent ends too. Raises CaseClosed when the case has ended.
    """
    with transaction.atomic():
        closed = _close(case, ExitKind.LEFT, max(timezone.localdate(), case.opened_on), "", by)
        record(action="case.left", on=closed, by=by)
        if withdraw and closed.consent.withdrawn_at is None:
            withdraw_consent(consent=closed.consent, how=WithdrawnBy.SPOKEN, by=by)
    return closed


def close_case(*, case: Case, kind: str, on: date | None = None, note: str = "", by: Seat) -> Case:
    """How the case ended. After a positive exit it is asked at 1, 3, 6 and 12 months what held.

    Raises CaseClosed when it has ended already.
    """
    with transaction.atomic():
        closed = _close(case, kind, on or timezone.localdate(), note, by)
        record(action="case.closed", on=closed, detail={"exit": kind}, by=by)
    return closed


def _close(case: Case, kind: str, on: date, note: str, by: Seat) -> Case:
    saved = Case.objects.select_for_update().get(pk=case.pk)
    if not saved.is_open:
        raise CaseClosed(_("This case has ended already."))
    saved.closed_on = on
    _save(saved, by)
    ended = Exit.objects.create(case=saved, kind=kind, note=note, on=on, recorded_by_id=by.membership_id)
    saved.team.filter(ended_at=None).update(ended_at=ended.recorded_at)
    if ended.is_positive:
        FollowUp.objects.bulk_create(
            [FollowUp(exit=ended, months=months, due_on=months_after(on, months)) for months in FOLLOW_UP_MONTHS]
        )
    return saved


def may_reopen(case: Case) -> bool:
    """An exit that was recorded lately and that nothing was asked about yet may have been a mistake."""
    ended = getattr(case, "exit", None)
    return (
        ended is not None
        and ended.recorded_at > timezone.now() - timedelta(days=REOPEN_DAYS)
        and not ended.follow_ups.exclude(done_on=None).exists()
    )


def reopen_case(*, case: Case, by: Seat) -> Case:
    """Takes back an exit that was recorded by mistake: the case goes on, with the team it had.

    Raises CaseClosed when it is open or the exit stands for too long, EnrolledAlready when the person has come back
    meanwhile, ConsentNotValid when the consent has ended.
    """
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=case.client_id)
        saved = Case.objects.select_for_update().get(pk=case.pk)
        if not may_reopen(saved):
            raise CaseClosed(_("This exit stands. If the person comes back, enrol them again: the history stays."))
        if Case.objects.open().filter(client=saved.client_id, programme=saved.programme_id).exists():
            raise EnrolledAlready(_("This person takes part in the programme already."))
        if not saved.consent.is_valid:
            raise ConsentNotValid(_("The consent has ended. If the person comes back, enrol them again."))
        saved.team.filter(ended_at=saved.exit.recorded_at).update(ended_at=None)
        detail = {"exit": saved.exit.kind}
        saved.exit.delete()
        saved.closed_on = None
        _save(saved, by)
        record(action="case.reopened", on=saved, detail=detail, by=by)
    return Case.objects.get(pk=saved.pk)


def record_follow_up(*, follow_up: FollowUp, held: str, note: str = "", on: date | None = None, by: Seat) -> FollowUp:
    """What was found; what was written before is replaced. `held` is a value of Held."""
    with transaction.atomic():
        saved = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        saved.held, saved.note, saved.done_on = Held(held).value, note, on or timezone.localdate()
        saved.done_by_id = by.membership_id
        saved.save(force_update=True)
        case = Case.objects.get(exit=saved.exit_id)
        detail = {"held": saved.held, "months": saved.months}
        record(action="follow_up.done", on=saved, about=case.client_id, detail=detail, by=by)
    return saved


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _save(case: Case, by: Seat) -> None:
    case.changed_at = timezone.now()
    case.changed_by_id = by.membership_id
    case.version += 1
    case.save(force_update=True)
