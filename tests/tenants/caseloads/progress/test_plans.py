"""Plans: what is agreed stays, steps move on, a big change makes a new plan, and nobody's words are lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.domain import plans as verbs
from tenants.caseloads.domain import scales
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.plans import GoalDetails, StepDetails
from tenants.caseloads.domain.queries.plans import (
    cases_with_plans,
    current_plan,
    next_steps,
    plan_with,
    reviews_due,
    steps_due,
)
from tenants.caseloads.enums.assessments import GoalState, PlanState
from tenants.caseloads.models import Case, Goal, Plan, Scale, Step
from tenants.organisations.isolation import inside
from tests.tenants.caseloads.progress.conftest import join


@pytest.fixture
def plan(case, seat, today):
    return verbs.begin_plan(case=case, review_on=today + timedelta(days=60), language="en", by=seat)


@pytest.fixture
def details(seat, today):
    return GoalDetails(
        text="I want to bake",
        dimension="economic",
        steps=[
            StepDetails("Ask the baker", due_on=today + timedelta(days=3)),
            StepDetails("Write to the school", colleague=seat.membership_id, due_on=today + timedelta(days=2)),
            StepDetails("Drive her there", other="Her brother"),
        ],
    )


@pytest.fixture
def goal(plan, details, seat):
    return verbs.add_goal(plan=plan, details=details, by=seat)


def agreed(plan, seat, today, how="signed"):
    now = Plan.objects.get(pk=plan.pk)
    return verbs.agree_plan(plan=now, how=how, on=today, seen_version=now.version, by=seat)


def as_details(goal, **changes):
    """What a form that changes nothing would send."""
    goal = Goal.objects.get(pk=goal.pk)
    steps = [StepDetails(step.text, step.colleague_id, step.other, step.due_on, step.pk) for step in goal.steps.all()]
    return replace(GoalDetails(goal.text, goal.dimension, goal.scale, goal.item, steps), **changes)


def now(goal):
    return verbs.seen(Goal.objects.get(pk=goal.pk))


def actions():
    return list(Entry.objects.filter(target_model="caseloads.plan").order_by("id").values_list("action", flat=True))


def texts(goal):
    return [step.text for step in Goal.objects.get(pk=goal.pk).steps.all()]


def test_a_case_has_one_plan_that_counts(plan, case, seat, today):
    assert verbs.begin_plan(case=case, review_on=today, language="sq", by=seat) == plan
    assert actions() == ["plan.begun"]
    assert Entry.objects.get(action="plan.begun").about_id == case.client_id


def test_a_closed_case_gets_none(case, seat, today):
    Case.objects.update(closed_on=today)
    with pytest.raises(Refused, match="closed"):
        verbs.begin_plan(case=case, review_on=today, language="en", by=seat)


def test_a_goal_is_kept_with_who_does_what_by_when(goal, plan, seat, today):
    assert texts(goal) == ["Ask the baker", "Write to the school", "Drive her there"]
    person, colleague, other = goal.steps.all()
    assert (person.colleague_id, person.other) == (None, "")
    assert (colleague.colleague_id, other.other) == (seat.membership_id, "Her brother")
    second = verbs.add_goal(plan=plan, details=GoalDetails(" Sleep "), by=seat)
    assert (goal.position, second.position, second.text) == (0, 1, "Sleep")


def test_a_goal_has_words(plan, seat):
    with pytest.raises(Refused, match="wants to reach"):
        verbs.add_goal(plan=plan, details=GoalDetails("  "), by=seat)


def test_a_goal_may_move_a_question_of_the_network_that_is_not_kept_yet(plan, seat):
    scale = scales.scales_in_use()[0]
    goal = verbs.add_goal(plan=plan, details=GoalDetails("Hope", scale=scale, item="hope"), by=seat)
    assert (Scale.objects.get().pk, goal.scale_id, goal.item) == (scale.pk, scale.pk, "hope")
    loose = verbs.add_goal(plan=plan, details=GoalDetails("Hope", scale=scale), by=seat)
    assert (loose.scale_id, loose.item) == (None, "")


def test_changing_a_goal_of_a_draft(goal, seat, today):
    first, second, _third = as_details(goal).steps
    wanted = as_details(
        goal, text="I want to cook", steps=[second, replace(first, text="Ask twice"), StepDetails("New")]
    )
    verbs.change_goal(goal=goal, details=wanted, seen_before=now(goal), by=seat)
    assert Goal.objects.get().text == "I want to cook"
    assert texts(goal) == ["Write to the school", "Ask twice", "New"]
    assert Step.objects.filter(pk=first.pk).exists()


def test_a_step_of_another_goal_is_not_taken_over(goal, plan, seat):
    other = verbs.add_goal(plan=plan, details=GoalDetails("Other", steps=[StepDetails("Mine")]), by=seat)
    foreign = other.steps.get().pk
    wanted = as_details(goal, steps=[StepDetails("Stolen", pk=foreign)])
    verbs.change_goal(goal=goal, details=wanted, seen_before=now(goal), by=seat)
    assert (texts(other), texts(goal)) == (["Mine"], ["Stolen"])


def test_the_second_to_change_a_goal_is_told(goal, seat):
    seen = now(goal)
    verbs.change_goal(goal=goal, details=as_details(goal, text="First"), seen_before=seen, by=seat)
    with pytest.raises(EditedMeanwhile):
        verbs.change_goal(goal=goal, details=as_details(goal, text="Second"), seen_before=seen, by=seat)
    assert Goal.objects.get().text == "First"


def test_a_tick_or_another_goal_is_nothing_to_be_told(goal, plan, seat, today):
    seen = now(goal)
    verbs.tick_step(step=goal.steps.first(), done=True, on=today, by=seat)
    verbs.add_goal(plan=plan, details=GoalDetails("Other"), by=seat)
    assert verbs.change_goal(goal=goal, details=as_details(goal), seen_before=seen, by=seat)


def test_what_is_done_stays_in_the_plan(goal, seat, today):
    done = goal.steps.first()
    verbs.tick_step(step=done, done=True, on=today, by=seat)
    verbs.change_goal(goal=goal, details=as_details(goal, steps=[]), seen_before=now(goal), by=seat)
    assert texts(goal) == [done.text]


def test_ticking(goal, seat, today):
    step = goal.steps.first()
    for _again in range(2):
        assert verbs.tick_step(step=step, done=True, on=today, by=seat).done_on == today
    assert verbs.tick_step(step=step, done=False, on=today, by=seat).done_on is None
    assert actions()[-2:] == ["step.done", "step.undone"]


def test_agreeing_binds_the_goals_and_leaves_the_steps(goal, plan, details, seat, today):
    saved = agreed(plan, seat, today)
    assert (saved.state, saved.agreed_on, saved.agreed_how) == (PlanState.AGREED, today, "signed")
    with pytest.raises(Refused, match="make a new plan"):
        verbs.add_goal(plan=plan, details=details, by=seat)
    with pytest.raises(Refused, match="make a new plan"):
        verbs.remove_goal(goal=goal, by=seat)
    with pytest.raises(Refused):
        agreed(plan, seat, today)
    wanted = as_details(goal, text="Something else", steps=[StepDetails("Only this")])
    verbs.change_goal(goal=goal, details=wanted, seen_before=now(goal), by=seat)
    assert (Goal.objects.get().text, texts(goal)) == ("I want to bake", ["Only this"])


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"how": "shouted"}, Refused),
        ({"on": "tomorrow"}, Refused),
        ({"seen_version": 1}, EditedMeanwhile),
    ],
)
def test_agreeing_needs_a_way_a_day_and_what_was_seen(goal, plan, seat, today, changes, error):
    saved = Plan.objects.get()
    values = {"how": "spoken", "on": today, "seen_version": saved.version, **changes}
    if values["on"] == "tomorrow":
        values["on"] = today + timedelta(days=1)
    with pytest.raises(error):
        verbs.agree_plan(plan=saved, **values, by=seat)
    assert Plan.objects.get().state == PlanState.DRAFT


def test_a_plan_without_a_goal_is_not_agreed(plan, seat, today):
    with pytest.raises(Refused, match="needs a goal"):
        agreed(plan, seat, today)


def test_goals_come_out_one_way_or_another(goal, seat, today):
    for _again in range(2):
        saved = verbs.close_goal(goal=goal, state="partly", on=today, by=seat)
    assert (saved.state, saved.closed_on) == (GoalState.PARTLY, today)
    assert verbs.close_goal(goal=goal, state="open", on=today, by=seat).closed_on is None
    assert actions()[-2:] == ["goal.closed", "goal.opened"]


def test_taking_a_goal_out_of_a_draft(goal, seat):
    verbs.remove_goal(goal=goal, by=seat)
    assert not Goal.objects.exists()
    assert not Step.objects.exists()


def test_the_day_of_the_next_look(goal, plan, seat, today):
    later = today + timedelta(days=90)
    for _again in range(2):
        assert verbs.change_plan(plan=plan, review_on=later, language="sq", by=seat).language == "sq"
    agreed(plan, seat, today)
    verbs.change_plan(plan=plan, review_on=later + timedelta(days=1), language="sq", by=seat)
    verbs.change_plan(plan=plan, review_on=later, language="sq", by=seat)
    assert actions()[-4:] == ["plan.changed", "plan.agreed", "plan.reviewed", "plan.changed"]


def test_a_big_change_makes_a_new_plan_and_keeps_the_old_one(goal, plan, details, seat, today):
    reached = verbs.add_goal(plan=plan, details=GoalDetails("Sleep"), by=seat)
    with pytest.raises(Refused, match="draft"):
        verbs.replace_plan(plan=plan, by=seat)
    agreed(plan, seat, today)
    verbs.tick_step(step=goal.steps.first(), done=True, on=today, by=seat)
    verbs.close_goal(goal=reached, state="reached", on=today, by=seat)
    draft = verbs.replace_plan(plan=plan, by=seat)
    assert draft.state == PlanState.DRAFT
    assert [(goal.text, goal.dimension, texts(goal)) for goal in draft.goals.all()] == [
        ("I want to bake", "economic", ["Write to the school", "Drive her there"])
    ]
    old = Plan.objects.get(pk=plan.pk)
    assert (old.state, old.goals.count(), len(texts(goal))) == (PlanState.REPLACED, 2, 3)
    for verb in (
        lambda: verbs.tick_step(step=goal.steps.first(), done=False, on=today, by=seat),
        lambda: verbs.close_goal(goal=goal, state="dropped", on=today, by=seat),
        lambda: verbs.change_goal(goal=goal, details=details, seen_before=now(goal), by=seat),
        lambda: verbs.change_plan(plan=plan, review_on=today, language="en", by=seat),
        lambda: verbs.replace_plan(plan=plan, by=seat),
    ):
        with pytest.raises(Refused, match="replaced"):
            verb()


def test_throwing_the_new_draft_away_brings_the_agreed_plan_back(goal, plan, seat, today):
    agreed(plan, seat, today)
    verbs.discard_draft(plan=verbs.replace_plan(plan=plan, by=seat), by=seat)
    back = Plan.objects.get()
    assert (back.pk, back.state, back.agreed_on) == (plan.pk, PlanState.AGREED, today)
    with pytest.raises(Refused):
        verbs.discard_draft(plan=back, by=seat)


def test_throwing_the_first_draft_away(goal, plan, seat):
    verbs.discard_draft(plan=plan, by=seat)
    assert not Plan.objects.exists()


# --- reading
def test_the_plans_of_a_person_cost_the_same_however_many_there_are(
    ana, goal, plan, details, seat, today, django_assert_num_queries
):
    agreed(plan, seat, today)
    draft = verbs.replace_plan(plan=plan, by=seat)
    second = join(ana, name="Second", closed_on=today)
    with django_assert_num_queries(4):
        cases = cases_with_plans(ana)
        assert [step.text for goal in cases[0].all_plans[0].goals.all() for step in goal.steps.all()]
        assert {str(step.colleague) for goal in cases[0].all_plans[0].goals.all() for step in goal.steps.all()} > {
            "None"
        }
    assert [case.is_open for case in cases] == [True, False]
    assert current_plan(cases[0]) == draft
    assert current_plan(cases[1]) is None
    assert cases[1] == second
    assert plan_with(ana, plan.pk).case == cases[0]
    with pytest.raises(Plan.DoesNotExist):
        plan_with(ana, second.pk)


def test_next_steps_are_what_is_open_and_due_first(ana, goal, plan, seat, today):
    assert [step.text for step in next_steps(ana)] == ["Write to the school", "Ask the baker", "Drive her there"]
    verbs.tick_step(step=goal.steps.last(), done=True, on=today, by=seat)
    assert len(next_steps(ana)) == 2
    verbs.close_goal(goal=goal, state="dropped", on=today, by=seat)
    assert not next_steps(ana)


def test_ones_own_steps_that_are_due(goal, plan, ana, seat, today):
    assert [step.text for step in steps_due(seat, today + timedelta(days=2))] == ["Write to the school"]
    assert not steps_due(seat, today + timedelta(days=1))
    Case.objects.update(closed_on=today)
    assert not steps_due(seat, today + timedelta(days=2))


def test_reviews_are_due_to_who_is_responsible(alpha, plan, case, seat, today):
    soon = today + timedelta(days=60)
    assert [due.case.client.given_name for due in reviews_due(seat, soon)] == ["Ana"]
    assert not reviews_due(seat, today)
    case.client.assigned_to_id = None
    case.client.save()
    assert not reviews_due(seat, soon)


def test_a_step_for_somebody_who_may_not_open_the_record_is_not_shown(alpha, member, seat_in, today):
    worker, volunteer = seat_in(alpha), seat_in(alpha, Role.VOLUNTEER)
    with inside(alpha):
        ana = add_client(details=ClientDetails(given_name="Ana"), assigned_to=worker.membership_id, by=worker)
        plan = verbs.begin_plan(case=join(ana), review_on=today, language="en", by=worker)
        steps = [StepDetails("Practise reading", colleague=volunteer.membership_id, due_on=today)]
        verbs.add_goal(plan=plan, details=GoalDetails("Read", steps=steps), by=worker)
        assert not steps_due(volunteer, today)


def test_plans_of_another_organisation_are_not_seen(alpha, beta, seat_in, today):
    stranger, here = seat_in(beta), seat_in(alpha)
    with inside(beta):
        theirs = add_client(details=ClientDetails(given_name="Ana"), assigned_to=stranger.membership_id, by=stranger)
        plan = verbs.begin_plan(case=join(theirs), review_on=today, language="en", by=stranger)
        steps = [StepDetails("Theirs", colleague=here.membership_id, due_on=today)]
        verbs.add_goal(plan=plan, details=GoalDetails("Theirs", steps=steps), by=stranger)
    with inside(alpha):
        assert not steps_due(here, today)
        assert not reviews_due(here, today)
        assert not Plan.objects.exists()
