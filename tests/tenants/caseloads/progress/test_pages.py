"""Pages of progress, scales and plans: who may, what they show, what comes back after a mistake."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import ROLES, Role, Seat
from halka.common.errors import Refused
from halka.common.sections import rendered
from tenants.caseloads.domain import plans as plan_verbs
from tenants.caseloads.domain import scales as scale_verbs
from tenants.caseloads.domain.assessments import add_finding, record_assessment
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.plans import GoalDetails, StepDetails
from tenants.caseloads.models import Assessment, Exit, Finding, Goal, JournalEntry, Plan, Scale, Step
from tenants.caseloads.scales import network
from tenants.caseloads.scales.items import Item
from tenants.organisations.isolation import inside
from tests.tenants.caseloads.conftest import at_work
from tests.tenants.caseloads.progress.conftest import join

FULL, SHORT = (scale.pk for scale in network.SCALES)


def fields_of(response):
    """What the page's largest form would send, as the browser has it before anything is typed."""
    forms = re.findall(r"<form[^>]*>.*?</form>", response.content.decode().split("<main", 1)[1], re.DOTALL)
    form = max(forms, key=len)
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if attributes.get("type") != "radio" or " checked" in tag:
            sent[unescape(attributes["name"])] = unescape(attributes.get("value", ""))
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"\s+selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(value)
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@pytest.fixture
def lead(alpha, member, client_of):
    return at_work(alpha, Role.SUPERVISOR, member, client_of)


@pytest.fixture
def seat(worker):
    return Seat(worker.user.pk, worker.membership.pk, Role.CASEWORKER, worker.user.name)


@pytest.fixture
def ana(worker, seat):
    with inside(worker.ref):
        return add_client(
            details=ClientDetails(given_name="Ana", language="sl"), assigned_to=worker.membership.pk, by=seat
        )


@pytest.fixture
def case(worker, ana):
    with inside(worker.ref):
        return join(ana)


@pytest.fixture
def plan(worker, case, seat, today):
    steps = [
        StepDetails("Ask the baker", due_on=today),
        StepDetails("Call", colleague=worker.membership.pk, due_on=today),
    ]
    with inside(worker.ref):
        plan = plan_verbs.begin_plan(case=case, review_on=today + timedelta(days=5), language="sl", by=seat)
        plan_verbs.add_goal(plan=plan, details=GoalDetails("I want to bake", "economic", steps=steps), by=seat)
        return Plan.objects.get()


def rated(worker, client, seat, *ratings):
    """Each rating is (days ago, rater, answer of every question)."""
    with inside(worker.ref):
        scale = scale_verbs.scale_with(SHORT)
        for days, rater, answer in ratings:
            record_assessment(
                client=client,
                scale=scale,
                rater=rater,
                answers={item["key"]: answer for item in scale.items},
                on=timezone.localdate() - timedelta(days=days),
                by=seat,
            )


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[1]).split())


# --- progress
def test_before_the_first_rating(worker, ana):
    page = worker.browser.get(f"/clients/{ana.pk}/progress/")
    assert "No rating yet" in page.content.decode()
    assert '<svg class="chart"' not in page.content.decode()
    assert "Distance travelled" not in worker.browser.get(f"/clients/{ana.pk}/").content.decode()


def test_the_way_is_drawn_told_and_put_in_a_table(worker, ana, seat, case):
    rated(worker, ana, seat, (60, "mentor", 1), (30, "client", 4), (0, "mentor", 3))
    with inside(worker.ref):
        JournalEntry.objects.create(
            client=ana, kind="small_win", text="She smiled", author_name="A", author_id=seat.membership_id
        )
        Exit.objects.create(case=case, kind="small_change", on=timezone.localdate())
    page = worker.browser.get(f"/clients/{ana.pk}/progress/")
    html, text = page.content.decode(), text_of(page)
    assert html.count('<svg class="chart"') == 3
    assert ("chart-star" in html, "chart-flag" in html, "style=" in html.split("<main", 1)[1]) == (True, True, False)
    assert "She smiled" in text
    assert "A small change achieved" in text
    assert re.search(r"Mentor: \+50 since .*?, from 25 to 75\.", text)
    assert "The person sees it brighter than the mentor" in text
    with inside(worker.ref):
        entry = Entry.objects.filter(action="client.viewed").latest("id")
    assert entry.detail == {"page": "client-progress"}


def test_the_gap_the_other_way_and_hardly_any_change(worker, ana, seat):
    rated(worker, ana, seat, (60, "mentor", 3), (30, "client", 1), (0, "mentor", 3))
    text = text_of(worker.browser.get(f"/clients/{ana.pk}/progress/"))
    assert "The mentor sees it brighter" in text
    assert "about the same since" in text


def test_in_persian_time_runs_from_right_to_left(alpha, member, client_of, worker, ana, seat):
    rated(worker, ana, seat, (60, "mentor", 1), (0, "mentor", 3))
    browser = client_of(member(alpha, Role.MANAGER, language="fa", calendar="jalali"), alpha)
    html = browser.get(f"/clients/{ana.pk}/progress/").content.decode()
    assert 'direction="rtl"' in html
    first, last = re.search(r'chart-series-2"><path d="M([\d.]+) [\d.]+L([\d.]+)', html).groups()
    assert float(first) > float(last)
    assert "\u2066+۵۰\u2069" in html


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_progress(worker, ana, seat, number, django_assert_num_queries):
    rated(worker, ana, seat, *((day, "mentor", 2) for day in range(number)))
    with inside(worker.ref):
        for place in range(number):
            add_finding(client=ana, kind="need", text=f"Need {place}", on=ana.created_at.date(), by=seat)
    worker.browser.get(f"/clients/{ana.pk}/progress/")
    with django_assert_num_queries(QUERIES_OF_PROGRESS):
        worker.browser.get(f"/clients/{ana.pk}/progress/")


QUERIES_OF_PROGRESS = 13


def test_rating(worker, ana, case):
    address = f"/clients/{ana.pk}/progress/rate/"
    page = worker.browser.get(address)
    assert page.context["scale"].pk == FULL
    data = {"rater": "mentor", "on": "1/3/2026", "note": "Long talk", "answer-hope": "3", "answer-fear": "0"}
    response = worker.browser.post(f"{address}?scale={SHORT}", data, follow=True)
    assert "Saved. This is where Ana stands now." in response.content.decode()
    with inside(worker.ref):
        saved = Assessment.objects.get()
        assert (saved.scale_id, saved.answers, saved.note, saved.case_id) == (SHORT, {"hope": 3}, "Long talk", case.pk)
    assert worker.browser.get(address).context["scale"].pk == SHORT
    detail = text_of(worker.browser.get(f"/clients/{ana.pk}/progress/{saved.pk}/"))
    assert "Long talk" in detail
    assert "4 of 5" in detail
    assert "Left out" in detail


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"answer-hope": "9"}, "Select a valid choice"),
        ({}, "Answer at least one question."),
        ({"answer-hope": "1", "on": "1/1/2190"}, "This day has not come yet."),
        ({"answer-hope": "1", "rater": "nobody"}, "Select a valid choice"),
    ],
)
def test_a_mistake_loses_nothing(worker, ana, data, message):
    sent = {"rater": "client", "on": "1/3/2026", "note": "Long\nstory", "answer-talk": "", **data}
    page = worker.browser.post(f"/clients/{ana.pk}/progress/rate/?scale={SHORT}", sent)
    assert message in page.content.decode()
    assert "Long\nstory" in page.content.decode()
    with inside(worker.ref):
        assert not Assessment.objects.exists()


def test_a_scale_put_to_draft_meanwhile_is_refused_in_words(worker, ana, monkeypatch):
    def refuse(**_values):
        raise Refused("Not now.")

    monkeypatch.setattr("tenants.caseloads.views.assessments.record_assessment", refuse)
    data = {"rater": "client", "on": "1/3/2026", "answer-talk": "1"}
    assert "Not now." in worker.browser.post(f"/clients/{ana.pk}/progress/rate/", data).content.decode()


def test_where_no_scale_is_in_use_there_is_nothing_to_rate(worker, ana, seat):
    with inside(worker.ref):
        for scale in scale_verbs.scales_in_use():
            scale_verbs.retire(scale=scale, by=seat)
    assert worker.browser.get(f"/clients/{ana.pk}/progress/rate/").status_code == 404


def test_in_the_clients_hands_the_page_speaks_their_language_and_leads_nowhere(worker, ana):
    address = f"/clients/{ana.pk}/progress/own/"
    page = worker.browser.get(address).content.decode()
    assert '<html lang="sl"' in page
    assert '/clients/"' not in page
    assert 'lang="fa" dir="rtl"' in re.sub(r"\s+", " ", worker.browser.get(f"{address}?lang=fa").content.decode())
    assert '<html lang="sl"' in worker.browser.get(f"{address}?lang=tlh").content.decode()
    assert worker.browser.post(address, {}).status_code == 200
    thanks = worker.browser.post(address, {"answer-hope": "4"})
    assert thanks.status_code == 200
    with inside(worker.ref):
        saved = Assessment.objects.get()
    assert (saved.rater, saved.answers, saved.scale_id) == ("client", {"hope": 4}, SHORT)


def test_findings(worker, ana):
    address = f"/clients/{ana.pk}/findings/"
    mistake = worker.browser.post(address, {"kind": "strength", "text": "", "dimension": "social"})
    assert "This field is required." in mistake.content.decode()
    worker.browser.post(address, {"kind": "strength", "text": "Sings well", "dimension": "social"})
    with inside(worker.ref):
        finding = Finding.objects.get()
    assert "Sings well" in text_of(worker.browser.get(f"/clients/{ana.pk}/progress/"))
    page = worker.browser.post(f"{address}{finding.pk}/end/", follow=True)
    assert "What no longer holds" in page.content.decode()
    with inside(worker.ref):
        assert Finding.objects.get().ended_on is not None


# --- scales
def test_making_a_scale_with_buttons_alone(lead):
    assert "None yet." in lead.browser.get("/scales/").content.decode()
    assert "This field is required." in lead.browser.post("/scales/add/", {"name": ""}).content.decode()
    address = lead.browser.post("/scales/add/", {"name": "Ours", "start": ""})["Location"]
    sent = fields_of(lead.browser.get(address))
    assert sent["items-TOTAL_FORMS"] == "1"
    first = {**sent, "items-0-text": "Sleeping", "items-0-low": "Badly"}
    page = lead.browser.post(address, {**first, "do": "add"})
    sent = fields_of(page)
    assert (sent["items-TOTAL_FORMS"], sent["items-0-text"], sent["items-1-text"]) == ("2", "Sleeping", "")
    sent["items-1-text"] = "Cooking"
    sent = fields_of(lead.browser.post(address, {**sent, "do": "up-1"}))
    assert [sent["items-0-text"], sent["items-1-text"], sent["items-1-low"]] == ["Cooking", "Sleeping", "Badly"]
    sent = fields_of(lead.browser.post(address, {**sent, "do": "down-0"}))
    for nothing in ("up-0", "down-1", "up-7"):
        sent = fields_of(lead.browser.post(address, {**sent, "do": nothing}))
    assert [sent["items-0-text"], sent["items-1-text"]] == ["Sleeping", "Cooking"]
    with inside(lead.ref):
        assert Scale.objects.get().items == []
    refused = lead.browser.post(address, {**sent, "do": "publish"}).content.decode()
    assert "Say what the last answer means." in refused
    sent = fields_of(lead.browser.post(address, {**sent, "do": "remove-1"}))
    assert lead.browser.post(address, {**sent, "do": "save"}).status_code == 302
    sent = {**fields_of(lead.browser.get(address)), "items-0-high": "Well"}
    done = lead.browser.post(address, {**sent, "do": "publish"}, follow=True)
    assert "In use now." in done.content.decode()
    with inside(lead.ref):
        scale = Scale.objects.get()
        assert [(item["text"], item["low"], item["high"]) for item in scale.items] == [("Sleeping", "Badly", "Well")]
    assert lead.browser.get(address).status_code == 302
    assert "Sleeping" in text_of(lead.browser.get(f"/scales/{scale.pk}/"))


def test_an_empty_scale_is_not_put_to_use(lead):
    address = lead.browser.post("/scales/add/", {"name": "Ours", "start": ""})["Location"]
    sent = fields_of(lead.browser.get(address))
    page = lead.browser.post(address, {**sent, "do": "publish"})
    assert "Add at least one question." in page.content.decode()
    assert lead.browser.post(address, {**sent, "name": "", "do": "save"}).status_code == 200
    assert lead.browser.post(address, {"do": "add", "items-TOTAL_FORMS": "many"}).status_code == 200


def test_two_people_at_one_draft(lead, worker):
    address = lead.browser.post("/scales/add/", {"name": "Ours", "start": str(SHORT)})["Location"]
    mine = theirs = fields_of(lead.browser.get(address))
    lead.browser.post(address, {**theirs, "items-0-text": "Theirs", "do": "save"})
    page = lead.browser.post(address, {**mine, "items-0-text": "Mine", "do": "save"})
    assert page.status_code == 409
    assert "Theirs" in page.content.decode()
    again = fields_of(page)
    assert again["items-0-text"] == "Mine"
    assert lead.browser.post(address, {**again, "do": "save"}).status_code == 302
    with inside(lead.ref):
        assert Scale.objects.get().items[0]["text"] == "Mine"


def test_versions_and_putting_away(lead):
    begun = lead.browser.post(f"/scales/{SHORT}/next/")
    assert begun["Location"] == f"/scales/add/?start={SHORT}"
    assert f'value="{SHORT}" selected' in lead.browser.get(begun["Location"]).content.decode()
    address = lead.browser.post("/scales/add/", {"name": "Ours", "start": str(SHORT)})["Location"]
    lead.browser.post(address, {**fields_of(lead.browser.get(address)), "do": "publish"})
    scale = address.removesuffix("edit/")
    draft = lead.browser.post(f"{scale}next/")["Location"]
    assert draft != address
    assert "Other versions" in lead.browser.get(scale).content.decode()
    lead.browser.post(f"{draft.removesuffix('edit/')}state/", {"do": "discard"})
    lead.browser.post(f"{scale}state/", {"do": "retire"})
    assert "No longer used" in lead.browser.get("/scales/").content.decode()
    lead.browser.post(f"{scale}state/", {"do": "again"})
    lead.browser.post(f"/scales/{FULL}/state/", {"do": "retire"})
    with inside(lead.ref):
        assert [scale.name for scale in scale_verbs.scales_in_use()] == ["Six questions", "Ours"]
    assert lead.browser.post(f"{scale}state/", {"do": "burn"}).status_code == 404
    assert lead.browser.get("/scales/01990000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_scales(lead, worker, seat, number, django_assert_num_queries):
    with inside(lead.ref):
        for place in range(number):
            scale_verbs.new_scale(name=f"Scale {place}", items=[Item("", "A", "social")], by=seat)
    lead.browser.get("/scales/")
    with django_assert_num_queries(QUERIES_OF_SCALES):
        lead.browser.get("/scales/")


QUERIES_OF_SCALES = 7


# --- plans
def test_without_a_case_the_page_says_what_comes_first(worker, ana):
    page = worker.browser.get(f"/clients/{ana.pk}/plan/").content.decode()
    assert f"/clients/{ana.pk}/enrol/" in page


def test_a_plan_is_written_with_buttons_alone_agreed_and_printed(worker, ana, case, today):
    page = worker.browser.get(f"/clients/{ana.pk}/plan/")
    assert fields_of(page)["language"] == "sl"
    begin = f"/clients/{ana.pk}/plan/begin/{case.pk}/"
    over = worker.browser.post(begin, {"review_on": "1/1/2020", "language": "sl"})
    assert "This day is over." in over.content.decode()
    address = worker.browser.post(begin, {"review_on": "1/1/2190", "language": "sl"})["Location"]
    sent = fields_of(worker.browser.get(address))
    sent |= {"text": "I want to bake", "target": f"{FULL}:skills", "steps-0-text": "Ask", "steps-0-who": "other"}
    missing = worker.browser.post(address, {**sent, "do": "save"})
    assert "Write who does it." in missing.content.decode()
    sent = fields_of(worker.browser.post(address, {**sent, "steps-0-other": "Her aunt", "do": "add"}))
    assert (sent["steps-TOTAL_FORMS"], sent["steps-0-other"], sent["text"]) == ("2", "Her aunt", "I want to bake")
    sent |= {"steps-1-text": "Call", "steps-1-who": str(worker.membership.pk), "steps-1-due_on": "1/2/2190"}
    done = worker.browser.post(address, {**sent, "do": "save"}, follow=True)
    assert "I want to bake" in text_of(done)
    assert "Things I can do that are worth money" in text_of(done)
    with inside(worker.ref):
        plan = Plan.objects.get()
        assert [(step.other, step.colleague_id) for step in Step.objects.order_by("position")] == [
            ("Her aunt", None),
            ("", worker.membership.pk),
        ]
    agree = f"/clients/{ana.pk}/plan/{plan.pk}/agree/"
    form = {"how": "signed", "on": "1/3/2026", "seen_version": plan.version}
    assert "not come yet" in worker.browser.post(agree, {**form, "on": "1/1/2190"}).content.decode()
    stale = worker.browser.post(agree, {**form, "seen_version": 1}, follow=True)
    assert "look at it together once more" in stale.content.decode()
    agreed = worker.browser.post(agree, form, follow=True)
    assert "Signed on paper, 1 March 2026" in text_of(agreed)
    printed = worker.browser.get(f"/clients/{ana.pk}/plan/{plan.pk}/print/").content.decode()
    assert '<html lang="sl"' in printed
    assert "Her aunt" in printed
    assert worker.browser.get(f"/clients/{ana.pk}/plan/{case.pk}/print/").status_code == 404


def test_a_plan_that_exists_is_not_begun_twice(worker, ana, case, plan, today):
    begin = f"/clients/{ana.pk}/plan/begin/{case.pk}/"
    again = worker.browser.post(begin, {"review_on": "1/1/2190", "language": "sl"})
    assert again["Location"] == f"/clients/{ana.pk}/plan/?case={case.pk}"
    with inside(worker.ref):
        Plan.objects.all().delete()
        type(case).objects.update(closed_on=today)
    closed = worker.browser.post(begin, {"review_on": "1/1/2190", "language": "sl"}, follow=True)
    assert "This case is closed." in closed.content.decode()


def test_a_step_is_ticked_with_one_tap(worker, ana, plan):
    with inside(worker.ref):
        step = Step.objects.order_by("position").first()
    address = f"/clients/{ana.pk}/steps/{step.pk}/"
    assert worker.browser.post(address, {"done": "1"}).status_code == 302
    part = worker.browser.post(address, {"done": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in part
    assert "<html" not in part
    with inside(worker.ref):
        Plan.objects.update(state="replaced")
    refused = worker.browser.post(address, {"done": "1"}, follow=True)
    assert "replaced by a newer one" in refused.content.decode()


def test_two_people_at_one_goal(worker, ana, plan):
    with inside(worker.ref):
        goal = Goal.objects.get()
    address = f"/clients/{ana.pk}/goals/{goal.pk}/"
    sent = fields_of(worker.browser.get(address))
    assert (sent["steps-0-who"], sent["steps-1-who"]) == ("person", str(worker.membership.pk))
    worker.browser.post(address, {**sent, "text": "Theirs", "do": "save"})
    page = worker.browser.post(address, {**sent, "text": "Mine", "do": "save"})
    assert page.status_code == 409
    assert "Theirs" in page.content.decode()
    again = fields_of(page)
    assert again["text"] == "Mine"
    worker.browser.post(address, {**again, "do": "save"})
    with inside(worker.ref):
        assert Goal.objects.get().text == "Mine"
        Plan.objects.update(state="replaced")
    over = worker.browser.post(address, {**fields_of(worker.browser.get(address)), "do": "save"}, follow=True)
    assert "replaced by a newer one" in over.content.decode()


def test_an_agreed_goal_shows_its_words_and_takes_steps(worker, ana, plan, seat, today):
    with inside(worker.ref):
        goal = Goal.objects.get()
        plan_verbs.tick_step(step=goal.steps.first(), done=True, on=today, by=seat)
        version = Plan.objects.get().version
        plan_verbs.agree_plan(plan=plan, how="spoken", on=today, seen_version=version, by=seat)
    address = f"/clients/{ana.pk}/goals/{goal.pk}/"
    page = worker.browser.get(address)
    assert "Done. It stays in the plan." in page.content.decode()
    sent = {**fields_of(page), "text": "Changed", "steps-1-text": "Write", "do": "save"}
    worker.browser.post(address, sent)
    with inside(worker.ref):
        assert Goal.objects.get().text == "I want to bake"
        assert Step.objects.filter(position=1).get().text == "Write"
    assert "I want to bake" in worker.browser.post(address, {**sent, "do": "add"}).content.decode()


def test_a_goal_keeps_the_question_of_a_scale_that_was_put_away(worker, ana, plan, seat):
    with inside(worker.ref):
        scale = scale_verbs.scale_with(FULL)
        goal = plan_verbs.add_goal(plan=plan, details=GoalDetails("Talk", scale=scale, item="talk"), by=seat)
        scale_verbs.retire(scale=scale, by=seat)
    sent = fields_of(worker.browser.get(f"/clients/{ana.pk}/goals/{goal.pk}/"))
    assert sent["target"] == f"{FULL}:talk"


def test_goals_close_and_leave(worker, ana, plan):
    with inside(worker.ref):
        goal = Goal.objects.get()
    address = f"/clients/{ana.pk}/goals/{goal.pk}/"
    worker.browser.post(f"{address}close/", {"state": "reached"})
    assert worker.browser.post(f"{address}close/", {"state": "burnt"}).status_code == 302
    with inside(worker.ref):
        assert Goal.objects.get().state == "reached"
    worker.browser.post(f"{address}remove/")
    with inside(worker.ref):
        assert not Goal.objects.exists()


def test_a_new_plan_keeps_the_agreed_one_below(worker, ana, plan, seat, today):
    address = f"/clients/{ana.pk}/plan/{plan.pk}/"
    early = worker.browser.post(f"{address}again/", follow=True)
    assert "a draft can be changed" in early.content.decode()
    with inside(worker.ref):
        plan_verbs.agree_plan(plan=plan, how="spoken", on=today, seen_version=plan.version, by=seat)
    page = worker.browser.post(f"{address}again/", follow=True)
    assert "Earlier plans" in page.content.decode()
    with inside(worker.ref):
        draft = Plan.objects.get(state="draft")
    change = f"/clients/{ana.pk}/plan/{draft.pk}/change/"
    assert (
        "This day is over." in worker.browser.post(change, {"review_on": "1/1/2020", "language": "sl"}).content.decode()
    )
    worker.browser.post(change, {"review_on": "1/1/2190", "language": "sq"})
    with inside(worker.ref):
        assert Plan.objects.get(state="draft").language == "sq"
    worker.browser.post(f"/clients/{ana.pk}/plan/{draft.pk}/discard/")
    with inside(worker.ref):
        assert Plan.objects.get().state == "agreed"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_plan(worker, ana, case, plan, seat, number, django_assert_num_queries):
    with inside(worker.ref):
        for place in range(number - 1):
            steps = [StepDetails(f"Step {place}", colleague=worker.membership.pk)]
            plan_verbs.add_goal(plan=plan, details=GoalDetails(f"Goal {place}", steps=steps), by=seat)
    worker.browser.get(f"/clients/{ana.pk}/plan/")
    with django_assert_num_queries(QUERIES_OF_PLAN):
        worker.browser.get(f"/clients/{ana.pk}/plan/")


QUERIES_OF_PLAN = 12


# --- parts of other pages
def test_the_overview_and_today(worker, ana, plan, seat):
    rated(worker, ana, seat, (60, "mentor", 1), (0, "mentor", 3))
    overview = worker.browser.get(f"/clients/{ana.pk}/").content.decode()
    assert overview.count("chart-spark") == 3
    assert "75 (+50)" in overview
    assert "Ask the baker" in overview
    today = worker.browser.get("/").content.decode()
    assert "From the plans" in today
    assert "Look at the plan together" in today


def test_one_rating_has_no_change_yet(worker, ana, seat):
    rated(worker, ana, seat, (0, "client", 3))
    overview = text_of(worker.browser.get(f"/clients/{ana.pk}/"))
    assert "75 (" not in overview
    assert "The person: 75 on" in text_of(worker.browser.get(f"/clients/{ana.pk}/progress/"))


def test_network_support_sees_none_of_it(worker, ana, plan, seat, rf, monkeypatch):
    rated(worker, ana, seat, (0, "client", 3))
    request = rf.get("/")
    request.organisation = worker.ref
    request.seat = Seat(user_id=1, membership_id=None, role=None, name="Support", support_grant_id=ana.pk)
    with inside(worker.ref):
        html = "".join(part.html for part in rendered("client", request, client=ana))
        today = "".join(part.html for part in rendered("today", request))
    assert "chart-spark" not in html
    assert "Ask the baker" not in html
    assert "From the plans" not in today


PAGES = [
    ("client.view", "get", "/clients/{client}/progress/"),
    ("client.edit", "get", "/clients/{client}/progress/rate/"),
    ("client.edit", "get", "/clients/{client}/progress/own/"),
    ("client.edit", "post", "/clients/{client}/findings/"),
    ("client.view", "get", "/clients/{client}/plan/"),
    ("client.view", "get", "/clients/{client}/plan/{plan}/print/"),
    ("client.edit", "get", "/clients/{client}/plan/{plan}/goals/"),
    ("programme.manage", "get", "/scales/"),
    ("programme.manage", "get", "/scales/add/"),
]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MENTOR, Role.VOLUNTEER, Role.VIEWER, Role.AUDITOR])
@pytest.mark.parametrize(("permission", "method", "address"), PAGES)
def test_who_may(worker, ana, plan, member, client_of, role, permission, method, address):
    user = member(worker.ref, role)
    with inside(worker.ref):
        ana.assigned_to_id = user.memberships.get().pk
        ana.save(update_fields=["assigned_to"])
    response = getattr(client_of(user, worker.ref), method)(address.format(client=ana.pk, plan=plan.pk))
    assert response.status_code == (200 if permission in ROLES[role].permissions else 403)


@pytest.mark.parametrize(("_permission", "method", "address"), PAGES)
def test_another_organisation_finds_nothing(beta, worker, ana, plan, member, client_of, _permission, method, address):
    """Neither on alpha's host nor with alpha's keys on its own."""
    user = member(beta, Role.SUPERVISOR)
    address = address.format(client=ana.pk, plan=plan.pk)
    assert getattr(client_of(user, worker.ref), method)(address).status_code == 404
    if "{" not in address and "/clients/" in address:
        assert getattr(client_of(user, beta), method)(address).status_code == 404


def test_somebody_elses_rows_are_not_reached_through_ones_own_client(worker, ana, plan, add, seat):
    other = add(given_name="Other", assigned_to=worker.membership.pk)
    rated(worker, ana, seat, (0, "client", 3))
    with inside(worker.ref):
        goal, step, rating = Goal.objects.get(), Step.objects.first(), Assessment.objects.get()
        case = plan.case_id
        finding = add_finding(client=ana, kind="need", text="A", on=rating.on, by=seat)
    for method, path in (
        ("get", f"progress/{rating.pk}/"),
        ("post", f"findings/{finding.pk}/end/"),
        ("post", f"plan/begin/{case}/"),
        ("post", f"plan/{plan.pk}/agree/"),
        ("post", f"plan/{plan.pk}/change/"),
        ("get", f"plan/{plan.pk}/print/"),
        ("get", f"goals/{goal.pk}/"),
        ("post", f"goals/{goal.pk}/close/"),
        ("post", f"steps/{step.pk}/"),
    ):
        assert getattr(worker.browser, method)(f"/clients/{other.pk}/{path}").status_code == 404, path
