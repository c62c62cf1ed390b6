"""Setting up, changing and ending programmes; how far they have come."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from halka.audit.models import Entry
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain.cases import close_case, leave_case, record_follow_up
from tenants.caseloads.domain.programmes import (
    ProgrammeDetails,
    add_programme,
    change_programme,
    end_programme,
    targets_of,
)
from tenants.caseloads.domain.queries.programmes import counted, progress_of, risen
from tenants.caseloads.enums.cases import ExitKind, Held, ProgrammeState, TargetMeasure
from tenants.caseloads.errors import ProgrammeNotRunning
from tenants.caseloads.models import Assessment, JournalEntry, Programme, Scale
from tests.factories.caseloads import ClientFactory

STEPS = ProgrammeDetails(name="Steps", starts_on=date(2019, 9, 4), ends_on=date(2020, 9, 3), funder="City")


def entries():
    return list(Entry.objects.order_by("id").values_list("action", "detail"))


def test_adding_keeps_details_and_targets(seat):
    programme = add_programme(details=STEPS, targets={"enrolled": 24, "work": 8}, by=seat)
    saved = Programme.objects.get()
    assert (saved.name, saved.funder, saved.state, saved.version) == ("Steps", "City", "running", 1)
    assert (saved.changed_by_id, saved.changed_at) == (seat.membership_id, saved.created_at)
    assert targets_of(programme) == {"enrolled": 24, "work": 8}
    assert entries() == [("programme.added", {})]


def test_changing_names_the_fields_and_replaces_the_targets(seat):
    programme = add_programme(details=STEPS, targets={"enrolled": 24, "work": 8}, by=seat)
    details = ProgrammeDetails(name="Steps", starts_on=STEPS.starts_on, ends_on=STEPS.ends_on, funder="Ministry")
    targets = {"enrolled": 30, "held_6": 4}
    saved = change_programme(programme=programme, details=details, targets=targets, seen_version=1, by=seat)
    assert (saved.version, saved.funder, targets_of(saved)) == (2, "Ministry", {"enrolled": 30, "held_6": 4})
    assert entries()[1] == ("programme.changed", {"fields": ["funder", "targets"]})


def test_changing_nothing_writes_nothing(seat):
    programme = add_programme(details=STEPS, targets={"work": 8}, by=seat)
    saved = change_programme(programme=programme, details=STEPS, targets={"work": 8}, seen_version=1, by=seat)
    assert saved.version == 1
    assert len(entries()) == 1


def test_the_second_of_two_is_told(seat):
    programme = add_programme(details=STEPS, by=seat)
    change_programme(programme=programme, details=STEPS, targets={"work": 8}, seen_version=1, by=seat)
    with pytest.raises(EditedMeanwhile):
        change_programme(programme=programme, details=STEPS, targets={}, seen_version=1, by=seat)
    assert targets_of(programme) == {"work": 8}


@pytest.mark.parametrize("days", [None, 10, -10])
def test_ending(seat, days):
    today = timezone.localdate()
    ends_on = None if days is None else today + timedelta(days=days)
    programme = add_programme(details=ProgrammeDetails(name="A", starts_on=date(2020, 1, 1), ends_on=ends_on), by=seat)
    saved = end_programme(programme=programme, by=seat)
    assert (saved.state, saved.version) == (ProgrammeState.ENDED, 2)
    assert saved.ends_on == (ends_on if days == -10 else today)
    assert entries()[1] == ("programme.ended", {})
    with pytest.raises(ProgrammeNotRunning):
        end_programme(programme=programme, by=seat)


def test_one_that_has_not_begun_ends_on_its_first_day(seat):
    first = timezone.localdate() + timedelta(days=5)
    programme = add_programme(details=ProgrammeDetails(name="A", starts_on=first), by=seat)
    assert end_programme(programme=programme, by=seat).ends_on == first


def numbers(programme):
    reached = counted([programme])[programme.pk]
    return {line.label: (line.reached, line.number) for line in progress_of(programme, reached)}


def test_targets_say_how_far_the_programme_is(seat, set_up, join, django_assert_num_queries):
    measures = [measure for measure in TargetMeasure if measure != TargetMeasure.PROGRESS]
    programme = set_up(targets=dict.fromkeys(measures, 10))
    other = set_up("Other")
    people = ClientFactory.create_batch(5)
    cases = [join(client, programme) for client in people]
    far = join(people[0], other)
    year_ago = timezone.localdate() - timedelta(days=365)
    for case in (cases[0], cases[1], far):
        type(case).objects.filter(pk=case.pk).update(opened_on=year_ago - timedelta(days=9))
    close_case(case=cases[0], kind=ExitKind.JOB, on=year_ago, by=seat)
    close_case(case=cases[1], kind=ExitKind.TRAINING, on=year_ago, by=seat)
    close_case(case=cases[2], kind=ExitKind.SMALL_CHANGE, by=seat)
    leave_case(case=cases[3], by=seat)
    again = join(people[3], programme)
    for months, held in ((6, Held.CHANGED), (12, Held.YES)):
        record_follow_up(follow_up=cases[0].exit.follow_ups.get(months=months), held=held, by=seat)
    record_follow_up(follow_up=cases[1].exit.follow_ups.get(months=6), held=Held.NO, by=seat)
    for case in (again, again, far):
        JournalEntry.objects.create(client=case.client, case=case, kind="small_win", text="Spoke", author_name="N")
    JournalEntry.objects.create(client=cases[4].client, case=cases[4], kind="note", text="Note", author_name="N")
    assert numbers(programme) == {
        "People enrolled": (5, 10),
        "Positive exits": (3, 10),
        "Exits into work": (1, 10),
        "Exits into education or training": (1, 10),
        "Exits that held for six months": (1, 10),
        "People with at least one small win": (1, 10),
    }
    with django_assert_num_queries(3):
        both = counted([programme, other])
    assert (both[programme.pk]["cases"], both[programme.pk]["running"]) == (6, 2)
    assert (both[other.pk]["cases"], both[other.pk]["running"]) == (1, 1)


def test_a_programme_nobody_joined(programme):
    assert numbers(programme) == {}
    assert counted([programme])[programme.pk]["enrolled"] == 0


ITEMS = [{"key": "courage", "rising": True}, {"key": "debts", "rising": False}]


def test_people_whose_ratings_rose(seat, set_up, join):
    programme = set_up(targets={TargetMeasure.PROGRESS: 4})
    scale = Scale.objects.create(family=uuid4(), name="Steps", items=ITEMS)

    def rate(case, day, rater="client", **answers):
        on = date(2026, 1, day)
        Assessment.objects.create(client=case.client, case=case, scale=scale, rater=rater, answers=answers, on=on)

    risen_case, sunk, once, other_rater, fewer_debts = (join(ClientFactory(), programme) for _number in range(5))
    rate(risen_case, 1, courage=1, debts=2)
    rate(risen_case, 2, courage=0, debts=2)
    rate(risen_case, 3, courage=3, gone=9)
    rate(sunk, 1, courage=1)
    rate(sunk, 2, courage=3)
    rate(sunk, 3, courage=1)
    rate(once, 1, courage=4)
    rate(other_rater, 1, courage=1)
    rate(other_rater, 2, rater="mentor", courage=4)
    rate(fewer_debts, 1, debts=4)
    rate(fewer_debts, 2, debts=1)
    assert risen(programme) == 2
    assert numbers(programme) == {"People whose ratings rose": (2, 4)}
