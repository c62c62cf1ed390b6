"""Joining needs a valid consent, leaving needs nothing, coming back keeps the history."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from halka.audit.domain import SYSTEM
from halka.audit.models import Entry
from tenants.caseloads.domain.cases import (
    close_case,
    enrol,
    leave_case,
    may_reopen,
    months_after,
    record_follow_up,
    reopen_case,
)
from tenants.caseloads.domain.programmes import end_programme
from tenants.caseloads.enums.cases import POSITIVE_EXITS, ExitKind, Held, Profession
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.errors import CaseClosed, ConsentNotValid, EnrolledAlready, ProgrammeNotRunning
from tenants.caseloads.models import Case, Exit, FollowUp, TeamMember
from tests.factories.caseloads import ClientFactory


def actions():
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


def test_joining(seat, person, programme, agree):
    consent = agree(person)
    case = enrol(
        client=person,
        programme=programme,
        consent=consent,
        opened_on=date(2026, 3, 1),
        expectations="A place of her own",
        profession=Profession.PSYCHOLOGIST,
        by=seat,
    )
    saved = Case.objects.get()
    assert (saved.pk, saved.number, saved.opened_on, saved.is_open) == (case.pk, 1, date(2026, 3, 1), True)
    assert (saved.expectations, saved.consent, saved.changed_by_id) == (
        "A place of her own",
        consent,
        seat.membership_id,
    )
    assert list(case.team.values_list("colleague", "profession")) == [(seat.membership_id, Profession.PSYCHOLOGIST)]
    entry = Entry.objects.get(action="case.opened")
    assert (entry.target_id, entry.about_id) == (str(case.pk), person.pk)


def test_the_system_is_on_no_team(person, programme, agree):
    case = enrol(client=person, programme=programme, consent=agree(person), by=SYSTEM)
    assert (case.opened_on, case.team.exists()) == (timezone.localdate(), False)


@pytest.mark.parametrize(
    "values",
    [
        {"withdrawn_at": timezone.now(), "withdrawn_how": "spoken"},
        {"expires_on": date(2020, 1, 1)},
        {"purpose": ConsentPurpose.EVALUATION},
        {"purpose": ConsentPurpose.STORY},
    ],
    ids=["withdrawn", "expired", "for evaluation", "for a story"],
)
def test_no_joining_without_a_valid_consent_to_take_part(seat, person, programme, agree, values):
    with pytest.raises(ConsentNotValid):
        enrol(client=person, programme=programme, consent=agree(person, **values), by=seat)
    assert not Case.objects.exists()
    assert "case.opened" not in actions()


def test_another_persons_consent_does_not_count(seat, person, programme, agree):
    with pytest.raises(ConsentNotValid):
        enrol(client=person, programme=programme, consent=agree(ClientFactory()), by=seat)


def test_a_consent_to_another_programme_does_not_count(seat, person, programme, case, set_up):
    with pytest.raises(ConsentNotValid, match="another programme"):
        enrol(client=person, programme=set_up("Other"), consent=case.consent, by=seat)


def test_nobody_joins_what_does_not_run(seat, person, programme, agree):
    with pytest.raises(ProgrammeNotRunning):
        enrol(client=person, programme=end_programme(programme=programme, by=seat), consent=agree(person), by=seat)


def test_nobody_joins_twice(seat, person, programme, case, join, set_up):
    with pytest.raises(EnrolledAlready):
        enrol(client=person, programme=programme, consent=case.consent, by=seat)
    assert join(person, set_up("Other")).number == 1


def test_leaving_keeps_no_reason_and_coming_back_keeps_the_history(seat, person, programme, case):
    left = leave_case(case=case, by=seat)
    assert (left.closed_on, left.version) == (timezone.localdate(), 2)
    gone = Exit.objects.get()
    assert (gone.kind, gone.note, gone.on, gone.recorded_by_id) == ("left", "", left.closed_on, seat.membership_id)
    assert not FollowUp.objects.exists()
    assert not TeamMember.objects.filter(ended_at=None).exists()
    assert left.consent.is_valid
    assert Entry.objects.get(action="case.left").detail == {}
    again = enrol(client=person, programme=programme, consent=case.consent, by=seat)
    assert (again.number, again.is_open) == (2, True)
    assert list(Case.objects.order_by("number").values_list("number", "closed_on")) == [(1, left.closed_on), (2, None)]


def test_there_is_no_field_for_blame():
    assert {field.name for field in Exit._meta.concrete_fields} == {
        "id", "case", "kind", "note", "on", "recorded_at", "recorded_by",
    }  # fmt: skip


def test_the_consent_can_end_with_it(seat, case):
    leave_case(case=case, withdraw=True, by=seat)
    case.consent.refresh_from_db()
    assert (case.consent.is_valid, case.consent.withdrawn_how) == (False, "spoken")
    assert "consent.withdrawn" in actions()


def test_a_consent_that_was_taken_back_before_stays_as_it_is(seat, person, programme, case):
    taken = timezone.now() - timedelta(days=3)
    type(case.consent).objects.update(withdrawn_at=taken, withdrawn_how="own_page")
    leave_case(case=case, withdraw=True, by=seat)
    case.consent.refresh_from_db()
    assert (case.consent.withdrawn_at, case.consent.withdrawn_how) == (taken, "own_page")


def test_who_joins_tomorrow_can_leave_today(seat, person, programme, agree):
    tomorrow = timezone.localdate() + timedelta(days=1)
    case = enrol(client=person, programme=programme, consent=agree(person), opened_on=tomorrow, by=seat)
    assert leave_case(case=case, by=seat).closed_on == tomorrow


def test_nobody_leaves_twice(seat, case):
    leave_case(case=case, by=seat)
    with pytest.raises(CaseClosed):
        leave_case(case=case, by=seat)
    with pytest.raises(CaseClosed):
        close_case(case=case, kind=ExitKind.JOB, by=seat)


@pytest.mark.parametrize("kind", ExitKind)
def test_positive_ends_are_asked_about_later(seat, case, kind):
    closed = close_case(case=case, kind=kind, note="Bakes now", by=seat)
    assert (closed.exit.kind, closed.exit.note, closed.exit.is_positive) == (kind, "Bakes now", kind in POSITIVE_EXITS)
    months = list(FollowUp.objects.values_list("months", flat=True))
    assert months == ([1, 3, 6, 12] if kind in POSITIVE_EXITS else [])
    assert Entry.objects.get(action="case.closed").detail == {"exit": kind}


def test_seven_ends_are_positive_and_leaving_is_not_among_them():
    assert len(POSITIVE_EXITS) == 7
    assert ExitKind.LEFT not in POSITIVE_EXITS


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 6, 1), 6, date(2026, 12, 1)),
    ],
)
def test_months_later(day, months, later):
    assert months_after(day, months) == later


def test_an_exit_by_mistake_is_taken_back_with_the_team(seat, case):
    gone = TeamMember.objects.create(case=case, name="Earlier", profession="partner", ended_at=timezone.now())
    closed = close_case(case=case, kind=ExitKind.JOB, by=seat)
    assert may_reopen(closed)
    again = reopen_case(case=closed, by=seat)
    assert (again.is_open, again.version) == (True, 3)
    assert not Exit.objects.exists()
    assert not FollowUp.objects.exists()
    assert list(again.team.filter(ended_at=None).values_list("colleague", flat=True)) == [seat.membership_id]
    gone.refresh_from_db()
    assert gone.ended_at is not None
    assert Entry.objects.get(action="case.reopened").detail == {"exit": "job"}
    assert close_case(case=again, kind=ExitKind.OTHER, by=seat).exit.kind == "other"


def test_what_is_open_has_no_exit_to_take_back(seat, case):
    assert not may_reopen(case)
    with pytest.raises(CaseClosed):
        reopen_case(case=case, by=seat)


def test_an_exit_stands_after_a_fortnight(seat, case):
    closed = close_case(case=case, kind=ExitKind.JOB, by=seat)
    Exit.objects.update(recorded_at=timezone.now() - timedelta(days=15))
    with pytest.raises(CaseClosed, match="stands"):
        reopen_case(case=closed, by=seat)


def test_an_exit_stands_once_it_was_asked_about(seat, case):
    closed = close_case(case=case, kind=ExitKind.JOB, by=seat)
    record_follow_up(follow_up=closed.exit.follow_ups.first(), held=Held.YES, by=seat)
    with pytest.raises(CaseClosed):
        reopen_case(case=closed, by=seat)


def test_who_came_back_is_not_in_twice(seat, person, programme, case):
    closed = close_case(case=case, kind=ExitKind.JOB, by=seat)
    enrol(client=person, programme=programme, consent=case.consent, by=seat)
    with pytest.raises(EnrolledAlready):
        reopen_case(case=closed, by=seat)


def test_nothing_goes_on_without_consent(seat, case):
    closed = leave_case(case=case, withdraw=True, by=seat)
    with pytest.raises(ConsentNotValid):
        reopen_case(case=closed, by=seat)


def test_what_held_is_written_down_and_can_be_mended(seat, case):
    closed = close_case(case=case, kind=ExitKind.JOB, by=seat)
    first = closed.exit.follow_ups.first()
    asked = timezone.localdate() - timedelta(days=1)
    record_follow_up(follow_up=first, held=Held.PARTLY, note="Fewer hours", on=asked, by=seat)
    saved = FollowUp.objects.get(pk=first.pk)
    assert (saved.held, saved.note, saved.done_on, saved.done_by_id) == (
        "partly", "Fewer hours", asked, seat.membership_id,
    )  # fmt: skip
    assert record_follow_up(follow_up=first, held=Held.YES, by=seat).done_on == timezone.localdate()
    entry = Entry.objects.filter(action="follow_up.done").order_by("id").last()
    assert (entry.detail, entry.about_id) == ({"held": "yes", "months": 1}, case.client_id)
