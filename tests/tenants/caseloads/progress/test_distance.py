"""Ratings and what they say together: answers become numbers, and only a change looks like one."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halka.audit.models import Entry
from halka.common.errors import Refused
from tenants.caseloads.domain import scales as scale_verbs
from tenants.caseloads.domain.assessments import add_finding, end_finding, record_assessment
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.distance import assessments_of, distance_of
from tenants.caseloads.models import Assessment, Finding, Scale
from tenants.caseloads.scales.items import Item, share, stored
from tenants.organisations.isolation import inside
from tests.tenants.caseloads.progress.conftest import join

DAY = date(2026, 3, 1)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # for busy machines


@st.composite
def answered(draw):
    steps = draw(st.integers(2, 11))
    return draw(st.integers(0, steps - 1)), steps


@PATIENT
@given(answered(), st.booleans())
def test_every_answer_is_between_0_and_100_and_both_ends_are_reached(pair, rising):
    answer, steps = pair
    value = share(answer, steps=steps, rising=rising)
    assert 0 <= value <= 100
    assert share(answer, steps=steps, rising=not rising) == pytest.approx(100 - value)
    if answer + 1 < steps:
        assert (share(answer + 1, steps=steps, rising=rising) > value) is rising
    assert {share(0, steps=steps, rising=rising), share(steps - 1, steps=steps, rising=rising)} == {0, 100}


ITEMS = [
    Item("calm", "Calm", "psychological"),
    Item("noise", "Noise", "psychological", rising=False),
    Item("friends", "Friends", "social", network="support"),
]


def rating(answers, day=0, rater="mentor", items=ITEMS, family=None):
    """Nothing is saved: what is drawn needs no database."""
    scale = Scale(items=[stored(item) for item in items], family=family or Scale(name="a").pk)
    return SimpleNamespace(scale=scale, rater=rater, answers=answers, on=DAY + timedelta(days=day))


def ways(distance):
    return {
        (side.dimension.value, line.rater): [(point.on, point.value) for point in line.points]
        for side in distance.sides
        for line in side.lines
    }


def test_a_falling_question_counts_the_other_way():
    family = Scale(name="a").pk
    distance = distance_of(
        [rating({"calm": 0, "noise": 4}, family=family), rating({"calm": 4, "noise": 0}, 30, family=family)]
    )
    assert ways(distance) == {("psychological", "mentor"): [(DAY, 0), (DAY + timedelta(days=30), 100)]}
    [line] = distance.sides[0].lines
    assert (line.change, line.has_moved) == (100, True)


def test_both_views_stand_apart_and_their_gap_is_told():
    both = [rating({"calm": 4}, rater="client"), rating({"calm": 1}, 1, rater="mentor")]
    [side] = distance_of(both).sides
    assert [line.rater for line in side.lines] == ["client", "mentor"]
    assert side.gap == 75
    assert distance_of(both[:1]).sides[0].gap == 0


def test_a_question_that_is_left_out_or_asked_later_is_no_change():
    family = Scale(name="a").pk
    first = rating({"calm": 2, "noise": 2}, family=family)
    left_out = rating({"calm": 2}, 30, family=family)
    assert [value for _day, value in ways(distance_of([first, left_out]))["psychological", "mentor"]] == [50, 50]
    later = rating({"calm": 2, "noise": 0}, 60, family=family)
    begun = rating({"calm": 2}, family=family)
    assert [value for _day, value in ways(distance_of([begun, later]))["psychological", "mentor"]] == [75, 75]


def test_two_ratings_of_one_day_are_one_point_and_the_later_counts():
    family = Scale(name="a").pk
    distance = distance_of([rating({"calm": 0}, family=family), rating({"calm": 4}, family=family)])
    assert ways(distance)["psychological", "mentor"] == [(DAY, 100)]
    [line] = distance.sides[0].lines
    assert (line.change, line.has_moved) == (0, False)


def test_own_questions_meet_the_networks_through_their_mapping():
    theirs = Item("mapped", "Own words", "social", steps=11, network="support")
    distance = distance_of([rating({"friends": 0}), rating({"mapped": 10}, 30, items=[theirs])])
    assert ways(distance) == {("social", "mentor"): [(DAY, 0), (DAY + timedelta(days=30), 100)]}
    [item] = distance.items
    assert (item.text, item.dimension) == ("People I can count on", "social")


def test_questions_of_two_scales_that_stand_for_nothing_stay_apart():
    one = rating({"calm": 0}, items=ITEMS[:1])
    other = rating({"calm": 4}, 30, items=ITEMS[:1])
    distance = distance_of([one, other])
    assert [value for _day, value in ways(distance)["psychological", "mentor"]] == [50, 50]
    assert len(distance.items) == 2


def test_a_network_key_that_the_code_has_forgotten_counts_as_ones_own():
    distance = distance_of([rating({"old": 2}, items=[Item("old", "Old", "economic", network="forgotten")])])
    assert [(item.text, item.dimension) for item in distance.items] == [("Old", "economic")]


def test_questions_come_by_side_of_life():
    distance = distance_of([rating({"friends": 1}), rating({"calm": 1, "noise": 1})])
    assert [item.text for item in distance.items] == ["Calm", "Noise", "People I can count on"]


def test_the_days_that_it_spans():
    distance = distance_of([rating({"calm": 1}), rating({"friends": 1}, 40)])
    assert (distance.since, distance.until) == (DAY, DAY + timedelta(days=40))
    assert distance.days == [DAY, DAY + timedelta(days=40)]
    nothing = distance_of([])
    assert (nothing.since, nothing.until, nothing.days, nothing.sides) == (None, None, [], ())


@PATIENT
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6))
def test_the_way_is_the_mean_of_the_ways_of_its_questions(pairs):
    family = Scale(name="a").pk
    distance = distance_of(
        [rating({"calm": calm, "noise": noise}, day, family=family) for day, (calm, noise) in enumerate(pairs)]
    )
    [line] = distance.sides[0].lines
    items = [item.line for item in distance.items]
    for place, point in enumerate(line.points):
        assert point.value == pytest.approx(sum(item.points[place].value for item in items) / 2)


# --- recording
@pytest.fixture
def short(seat):
    return scale_verbs.scales_in_use()[1]


def record(client, scale, seat, today, **changes):
    values = {"rater": "mentor", "answers": {"hope": 3}, "on": today}
    return record_assessment(client=client, scale=scale, **{**values, **changes}, by=seat)


def test_a_rating_is_kept_with_its_scale_and_audited_without_answers(seat, ana, short, today):
    made = record(ana, short, seat, today, note="Slept better", case=join(ana))
    saved = Assessment.objects.select_related("scale").get()
    assert (saved.answers, saved.note, saved.scale_id) == ({"hope": 3}, "Slept better", short.pk)
    assert saved.recorded_by_id == seat.membership_id
    entry = Entry.objects.get(action="assessment.recorded")
    assert (entry.target_id, entry.about_id, entry.detail) == (str(made.pk), ana.pk, {"rater": "mentor"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rater": "neighbour"}, "who rated"),
        ({"answers": {}}, "at least one"),
        ({"answers": {"unknown": 1}}, "no such question"),
        ({"answers": {"hope": 5}}, "no such answer"),
        ({"answers": {"hope": -1}}, "no such answer"),
        ({"answers": {"hope": True}}, "no such answer"),
        ({"answers": {"hope": "3"}}, "no such answer"),
        ({"on": date(2999, 1, 1)}, "not come yet"),
    ],
)
def test_what_is_refused(seat, ana, short, today, changes, words):
    with pytest.raises(Refused, match=words):
        record(ana, short, seat, today, **changes)
    assert not Assessment.objects.exists()
    assert not Scale.objects.exists()


def test_a_draft_is_not_answered_and_a_case_is_the_persons_own(seat, ana, short, today):
    draft = scale_verbs.scale_from(scale=short, name="Draft", by=seat)
    with pytest.raises(Refused, match="not in use"):
        record(ana, draft, seat, today)
    other = add_client(details=ClientDetails(given_name="Beni"), by=seat)
    with pytest.raises(Refused, match="somebody else"):
        record(ana, short, seat, today, case=join(other))


def test_a_scale_put_away_while_the_page_was_open_still_takes_the_rating(seat, ana, short, today):
    retired = scale_verbs.retire(scale=short, by=seat)
    assert record(ana, retired, seat, today).scale_id == short.pk


def test_ratings_are_read_in_one_query_in_the_order_of_days(seat, ana, short, today, django_assert_num_queries):
    record(ana, short, seat, today)
    record(ana, short, seat, today - timedelta(days=3))
    with django_assert_num_queries(1):
        found = assessments_of(ana)
        assert [assessment.scale.standard for assessment in found] == ["short", "short"]
    assert found[0].on < found[1].on


def test_ratings_of_another_organisation_are_not_counted(alpha, beta, seat_in, today):
    stranger, here = seat_in(beta), seat_in(alpha)
    with inside(beta):
        theirs = add_client(details=ClientDetails(given_name="Ana"), by=stranger)
        record(theirs, scale_verbs.scales_in_use()[1], stranger, today)
    with inside(alpha):
        ours = add_client(details=ClientDetails(given_name="Ana"), by=here)
        assert assessments_of(ours) == []
        assert not Assessment.objects.exists()
        assert not Scale.objects.exists()


# --- findings
def test_a_finding_holds_until_it_ends_and_stays_on_record(seat, ana, today):
    finding = add_finding(client=ana, kind="strength", text=" Bakes bread ", dimension="economic", on=today, by=seat)
    assert (Finding.objects.get().text, finding.noted_by_id) == ("Bakes bread", seat.membership_id)
    ended = end_finding(finding=finding, on=today, by=seat)
    again = end_finding(finding=finding, on=today + timedelta(days=5), by=seat)
    assert ended.ended_on == again.ended_on == today
    assert list(Entry.objects.filter(action__startswith="finding").values_list("action", "detail").order_by("id")) == [
        ("finding.added", {"finding": "strength"}),
        ("finding.ended", {"finding": "strength"}),
    ]


def test_a_finding_does_not_end_before_it_was_noted(seat, ana, today):
    finding = add_finding(client=ana, kind="need", text="A room", on=today, by=seat)
    assert end_finding(finding=finding, on=today - timedelta(days=9), by=seat).ended_on == today


@pytest.mark.parametrize(
    "changes", [{"kind": "fault"}, {"dimension": "other"}, {"text": "  "}], ids=["kind", "dimension", "text"]
)
def test_a_finding_says_what_it_is(seat, ana, today, changes):
    with pytest.raises(Refused):
        add_finding(client=ana, on=today, by=seat, **{"kind": "need", "text": "A room", **changes})
    assert not Finding.objects.exists()
