"""Pages of programmes, cases, caseload and emergencies: what is shown, what is asked again, what is refused."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from tenants.caseloads.domain.cases import close_case, enrol, leave_case
from tenants.caseloads.domain.emergencies import break_glass
from tenants.caseloads.domain.programmes import ProgrammeDetails, add_programme, change_programme, targets_of
from tenants.caseloads.enums.cases import ExitKind
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.errors import CaseClosed, NotYoursToGive, ProgrammeNotRunning
from tenants.caseloads.models import Case, Client, Consent, EmergencyAccess, FollowUp, Programme, Task, TeamMember
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.conftest import at_work

REASON = "She called, the flat is on fire."


@pytest.fixture
def house(alpha, member, client_of, seat_in):
    """Alpha with `worker` and `lead` at their browsers, a `programme`, and `person` with an open `case` of worker's."""
    worker = at_work(alpha, Role.MENTOR, member, client_of)
    lead = at_work(alpha, Role.SUPERVISOR, member, client_of)
    other = at_work(alpha, Role.CASEWORKER, member, client_of)
    for each in (worker, lead, other):
        role = Membership.objects.get(pk=each.membership.pk).role
        each.seat = seat_of(each, role)
    with inside(alpha):
        programme = add_programme(
            details=ProgrammeDetails(name="Steps", starts_on=timezone.localdate()),
            targets={"enrolled": 3},
            by=lead.seat,
        )
        person = ClientFactory(given_name="Vesna", assigned_to_id=worker.membership.pk)
        case = enrol(
            client=person, programme=programme, consent=agreed(person), expectations="A garden", by=worker.seat
        )
    return SimpleNamespace(
        ref=alpha, worker=worker, lead=lead, other=other, programme=programme, person=person, case=case
    )


def seat_of(person, role):
    return Seat(person.user.pk, person.membership.pk, Role(role), person.user.name)


def agreed(client, **values):
    return Consent.objects.create(
        client=client, purpose=ConsentPurpose.ENROLMENT, scopes=["identity"], how_given="signed", language="en",
        **{"expires_on": timezone.localdate() + timedelta(days=30), **values},
    )  # fmt: skip


def text_of(answer):
    return answer.content.decode()


# --- programmes ---------------------------------------------------------------------------------------------
FORM = {"name": "Paths", "starts_on": "04/09/2019", "ends_on": "03/09/2020", "state": "running", "consent_months": "12",
        "unseen_days": "14", "target_work": "8"}  # fmt: skip


def test_setting_up_a_programme(house):
    answer = house.lead.browser.post("/programmes/add/", FORM, follow=True)
    assert "Paths is set up." in text_of(answer)
    assert "0 of 8" in text_of(answer)
    with inside(house.ref):
        assert targets_of(Programme.objects.get(name="Paths")) == {"work": 8}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"ends_on": "03/09/2018"}, "ends_on"),
        ({"consent_months": "0"}, "consent_months"),
        ({"target_work": "-3"}, "target_work"),
        ({"starts_on": "soon"}, "starts_on"),
    ],
)
def test_a_mistake_in_a_programme_is_told_beside_its_field(house, change, field):
    answer = house.lead.browser.post("/programmes/add/", {**FORM, "objectives": "Keep\nit", **change})
    assert field in answer.context["form"].errors
    assert "Keep\nit" in text_of(answer)


def test_changing_a_programme_and_seeing_both_versions(house):
    address = f"/programmes/{house.programme.pk}/edit/"
    shown = house.lead.browser.get(address).context["form"].initial["seen_version"]
    with inside(house.ref):
        details = ProgrammeDetails(name="Steps", starts_on=house.programme.starts_on, funder="City")
        change_programme(programme=house.programme, details=details, targets={}, seen_version=shown, by=house.lead.seat)
    answer = house.lead.browser.post(address, {**FORM, "seen_version": shown})
    assert answer.status_code == 409
    assert {(row.theirs, row.mine) for row in answer.context["differences"]} >= {("City", ""), ("Steps", "Paths")}
    again = answer.context["form"]["seen_version"].value()
    assert house.lead.browser.post(address, {**FORM, "seen_version": again}).status_code == 302
    with inside(house.ref):
        assert Programme.objects.get().name == "Paths"


def test_two_who_write_the_same_have_nothing_to_compare(house):
    address = f"/programmes/{house.programme.pk}/edit/"
    assert house.lead.browser.post(address, {**FORM, "seen_version": 1}).status_code == 302
    assert "saved the same" in text_of(house.lead.browser.post(address, {**FORM, "seen_version": 1}, follow=True))
    assert house.lead.browser.post(address, {**FORM, "name": ""}).status_code == 200


def test_ending_a_programme(house):
    address = f"/programmes/{house.programme.pk}/end/"
    assert "Nobody joins it any more" in text_of(house.lead.browser.post(address, follow=True))
    assert "has ended already" in text_of(house.lead.browser.post(address, follow=True))
    page = house.lead.browser.get(f"/programmes/{house.programme.pk}/edit/")
    assert "ended" in dict(page.context["form"].fields["state"].choices)
    assert "Ended" in text_of(house.worker.browser.get("/programmes/"))


def test_names_are_for_those_who_may_open_them_and_counts_for_all(house):
    address = f"/programmes/{house.programme.pk}/"
    assert "Vesna" in text_of(house.worker.browser.get(address))
    text = text_of(house.other.browser.get(address))
    assert "Vesna" not in text
    assert "1 of 3" in text
    with inside(house.ref):
        leave_case(case=house.case, by=house.worker.seat)
    assert "Chose to leave" in text_of(house.worker.browser.get(address + "?state=ended"))


def test_an_empty_list_of_programmes_says_what_to_do(alpha, member, client_of):
    assert "Set up a programme" in text_of(client_of(member(alpha, Role.SUPERVISOR), alpha).get("/programmes/"))
    assert "sets up the first one" in text_of(client_of(member(alpha, Role.MENTOR), alpha).get("/programmes/"))


def test_the_same_queries_for_one_row_and_for_three(house):
    pages = ["/programmes/", f"/programmes/{house.programme.pk}/", "/caseload/", "/emergencies/"]
    pages.append(f"/caseload/{house.worker.membership.pk}/")
    with inside(house.ref):
        break_glass(client=house.person, reason=REASON, by=house.other.seat)
    house.lead.browser.get(pages[0])  # the first page of a session asks more
    before = [queries_of(house.lead.browser, page) for page in pages]
    with inside(house.ref):
        for name in "AB":
            client = ClientFactory(assigned_to_id=house.worker.membership.pk)
            enrol(client=client, programme=house.programme, consent=agreed(client), by=house.worker.seat)
            add_programme(details=ProgrammeDetails(name=name, starts_on=timezone.localdate()), by=house.lead.seat)
            break_glass(client=client, reason=REASON, by=house.other.seat)
    assert [queries_of(house.lead.browser, page) for page in pages] == before
    assert max(before) < 25


def queries_of(browser, address):
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


# --- joining ------------------------------------------------------------------------------------------------
JOIN = {"opened_on": "01/03/2026", "expectations": "A garden", "profession": "mentor"}
AGREED = {"consent-scopes": ["identity"], "consent-how_given": "signed", "consent-language": "en",
          "consent-expires_on": "01/03/2090"}  # fmt: skip


def soon():
    return (timezone.localdate() + timedelta(days=200)).strftime("%d/%m/%Y")


def test_joining_with_a_new_consent(house):
    with inside(house.ref):
        client = ClientFactory(assigned_to_id=house.worker.membership.pk)
    address = f"/clients/{client.pk}/enrol/"
    assert "I can take this back at any time" in text_of(house.worker.browser.get(address))
    answer = house.worker.browser.post(address, {**JOIN, **AGREED, "consent-expires_on": soon()}, follow=True)
    assert "A garden" in text_of(answer)
    with inside(house.ref):
        case = Case.objects.get(client=client)
        assert (case.consent.purpose, case.consent.how_given, case.number) == ("enrolment", "signed", 1)
        assert "I can take this back at any time" in case.consent.wording


@pytest.mark.parametrize("missing", ["opened_on", "consent-how_given", "consent-expires_on"])
def test_without_a_whole_consent_nobody_joins(house, missing):
    with inside(house.ref):
        client = ClientFactory(assigned_to_id=house.worker.membership.pk)
    sent = {**JOIN, **AGREED, "consent-expires_on": soon(), missing: ""}
    answer = house.worker.browser.post(f"/clients/{client.pk}/enrol/", sent)
    assert answer.status_code == 200
    assert "A garden" in text_of(answer)
    with inside(house.ref):
        assert not Case.objects.filter(client=client).exists()
        assert not Consent.objects.filter(client=client).exists()


def test_coming_back_with_the_consent_that_is_there(house):
    with inside(house.ref):
        leave_case(case=house.case, by=house.worker.seat)
    address = f"/clients/{house.person.pk}/enrol/"
    assert "Use the one that was given before" in text_of(house.worker.browser.get(address))
    answer = house.worker.browser.post(address, {**JOIN, "consent": "existing"}, follow=True)
    assert "Other times" in text_of(answer)
    with inside(house.ref):
        assert Case.objects.get(closed_on=None).number == 2
        assert Consent.objects.count() == 1


def test_choosing_among_programmes(house):
    address = f"/clients/{house.person.pk}/enrol/"
    assert "There is no programme to join" in text_of(house.worker.browser.get(address))
    with inside(house.ref):
        first, second = (
            add_programme(details=ProgrammeDetails(name=name, starts_on=timezone.localdate()), by=house.lead.seat)
            for name in ("Harbour", "Meadow")
        )
    choice = text_of(house.worker.browser.get(address))
    assert "Harbour" in choice
    assert "Meadow" in choice
    assert "Join “Meadow”" in text_of(house.worker.browser.get(address, {"programme": second.pk}))
    assert "Which programme?" in text_of(house.worker.browser.get(address, {"programme": "nonsense"}))
    assert first.pk != second.pk


def test_somebody_else_was_faster(house, monkeypatch):
    with inside(house.ref):
        client = ClientFactory(assigned_to_id=house.worker.membership.pk)

    def ended(**_given):
        raise ProgrammeNotRunning("This programme takes nobody now.")

    monkeypatch.setattr("tenants.caseloads.views.cases.verbs.enrol", ended)
    sent = {**JOIN, **AGREED, "consent-expires_on": soon()}
    assert "takes nobody now" in text_of(house.worker.browser.post(f"/clients/{client.pk}/enrol/", sent))
    with inside(house.ref):
        assert not Consent.objects.filter(client=client).exists()


# --- the case -----------------------------------------------------------------------------------------------
def test_a_persons_programmes(house):
    text = text_of(house.worker.browser.get(f"/clients/{house.person.pk}/cases/"))
    assert "Steps" in text
    with inside(house.ref):
        client = ClientFactory(assigned_to_id=house.worker.membership.pk)
    assert "In no programme yet" in text_of(house.worker.browser.get(f"/clients/{client.pk}/cases/"))
    assert "Takes part in none now" in text_of(house.worker.browser.get(f"/clients/{client.pk}/"))


def test_the_case_shows_hopes_team_and_consent(house):
    text = text_of(house.worker.browser.get(f"/cases/{house.case.pk}/"))
    for words in ("Steps", "A garden", house.worker.user.name, "Signed on paper"):
        assert words in text
    with inside(house.ref):
        assert Entry.objects.filter(action="client.viewed", about_id=house.person.pk, detail={"page": "case"}).exists()


def test_leaving_is_one_click(house):
    address = f"/cases/{house.case.pk}/leave/"
    answer = house.worker.browser.post(address, {"withdraw": "on"}, follow=True)
    assert "They can come back at any time." in text_of(answer)
    assert "Chose to leave" in text_of(answer)
    assert "has ended already" in text_of(house.worker.browser.post(address, follow=True))
    with inside(house.ref):
        assert not Consent.objects.get().is_valid


def test_recording_an_end_and_what_held(house):
    address = f"/cases/{house.case.pk}/exit/"
    text = text_of(house.worker.browser.get(address))
    assert text.index("A small change achieved") < text.index("Chose to leave")
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%d/%m/%Y")
    for wrong in ({"kind": "", "on": ""}, {"kind": "job", "on": tomorrow}, {"kind": "job", "on": "01/01/2001"}):
        answer = house.worker.browser.post(address, {**wrong, "note": "Bakes"})
        assert answer.context["form"].errors
        assert "Bakes" in text_of(answer)
    today = timezone.localdate().strftime("%d/%m/%Y")
    page = text_of(house.worker.browser.post(address, {"kind": "job", "on": today, "note": "Bakes"}, follow=True))
    assert "Bakes" in page
    assert "after 6 months" in page
    assert house.worker.browser.get(address).status_code == 302
    follow_up = f"/cases/{house.case.pk}/follow-ups/1/"
    assert "What held after 1 month?" in text_of(house.worker.browser.get(follow_up))
    for on in ("01/01/2001", tomorrow):
        assert house.worker.browser.post(follow_up, {"held": "yes", "on": on}).context["form"].errors["on"]
    answer = house.worker.browser.post(follow_up, {"held": "partly", "on": today, "note": "Less"}, follow=True)
    assert "Partly" in text_of(answer)
    assert "Less" in text_of(house.worker.browser.get(follow_up))
    assert house.worker.browser.get(f"/cases/{house.case.pk}/follow-ups/2/").status_code == 404


def test_an_end_that_was_recorded_meanwhile(house, monkeypatch):
    def ended(**_given):
        raise CaseClosed("This case has ended already.")

    monkeypatch.setattr("tenants.caseloads.views.cases.verbs.close_case", ended)
    today = timezone.localdate().strftime("%d/%m/%Y")
    answer = house.worker.browser.post(f"/cases/{house.case.pk}/exit/", {"kind": "job", "on": today}, follow=True)
    assert "has ended already" in text_of(answer)


def test_taking_back_an_exit(house):
    with inside(house.ref):
        close_case(case=house.case, kind=ExitKind.JOB, by=house.worker.seat)
    address = f"/cases/{house.case.pk}/reopen/"
    assert "open the case again" in text_of(house.worker.browser.get(f"/cases/{house.case.pk}/"))
    assert "The case goes on." in text_of(house.worker.browser.post(address, follow=True))
    assert "This exit stands" in text_of(house.worker.browser.post(address, follow=True))


def test_the_team(house):
    address = f"/cases/{house.case.pk}/team/"
    assert house.other.browser.get(f"/cases/{house.case.pk}/").status_code == 403
    sent = {"colleague": house.other.membership.pk, "profession": "psychologist"}
    assert "is on the team now." in text_of(house.worker.browser.post(address, sent, follow=True))
    assert "Psychologist" in text_of(house.other.browser.get(f"/cases/{house.case.pk}/"))
    assert house.worker.browser.post(address, sent).context["colleague_form"].errors
    institution = {"outsider-name": "Ms Prentis", "outsider-institution": "School", "outsider-profession": "partner"}
    assert "Ms Prentis" in text_of(house.worker.browser.post(address + "?outsider", institution, follow=True))
    assert house.worker.browser.post(address + "?outsider", {}).context["outsider_form"].errors
    with inside(house.ref):
        place = TeamMember.objects.get(colleague=house.other.membership.pk)
    end = f"/cases/{house.case.pk}/team/{place.pk}/end/"
    answer = house.worker.browser.post(end, follow=True)
    assert "is off the team." in text_of(answer)
    assert "Who was on the team before" in text_of(answer)
    assert "off the team already" in text_of(house.worker.browser.post(end, follow=True))


def test_nobody_joins_a_team_of_a_case_that_has_ended_meanwhile(house):
    with inside(house.ref):
        leave_case(case=house.case, by=house.worker.seat)
    sent = {"colleague": house.other.membership.pk, "profession": "teacher"}
    answer = house.worker.browser.post(f"/cases/{house.case.pk}/team/", sent, follow=True)
    assert "nobody joins its team" in text_of(answer)


def test_whoever_takes_themselves_off_the_team_is_told_whose_it_is(house):
    with inside(house.ref):
        place = TeamMember.objects.create(case=house.case, colleague_id=house.other.membership.pk, profession="teacher")
    answer = house.other.browser.post(f"/cases/{house.case.pk}/team/{place.pk}/end/", follow=True)
    assert answer.status_code == 403
    assert f"{house.worker.user.name} is responsible." in text_of(answer)


# --- handing over -------------------------------------------------------------------------------------------
def test_handing_over_shows_up_in_today_until_it_is_opened(house):
    address = f"/clients/{house.person.pk}/hand-over/"
    assert house.worker.browser.get(address).status_code == 200
    assert house.worker.browser.post(address, {"to": ""}).context["form"].errors
    answer = house.worker.browser.post(address, {"to": house.other.membership.pk, "note": "Mornings"}, follow=True)
    assert "is responsible now, and is told." in text_of(answer)
    assert "Handed over to you" in text_of(house.other.browser.get("/"))
    assert house.other.browser.get(f"/clients/{house.person.pk}/").status_code == 200
    assert "Handed over to you" not in text_of(house.other.browser.get("/"))
    assert house.worker.browser.get(address).status_code == 403


def test_a_team_mate_hands_nobody_over(house):
    with inside(house.ref):
        TeamMember.objects.create(case=house.case, colleague_id=house.other.membership.pk, profession="teacher")
    assert house.other.browser.get(f"/clients/{house.person.pk}/hand-over/").status_code == 403


def test_a_hand_over_that_somebody_made_meanwhile(house, monkeypatch):
    def given(**_given):
        raise NotYoursToGive("Only the person responsible can.")

    monkeypatch.setattr("tenants.caseloads.views.teams.verbs.hand_over", given)
    answer = house.worker.browser.post(
        f"/clients/{house.person.pk}/hand-over/", {"to": house.other.membership.pk, "note": "Mornings"}
    )
    assert "Only the person responsible can." in text_of(answer)
    assert "Mornings" in text_of(answer)


def test_the_quick_way_obeys_the_same_rule(house):
    with inside(house.ref):
        nobodys = ClientFactory()
        TeamMember.objects.create(case=house.case, colleague_id=house.other.membership.pk, profession="teacher")
    theirs = f"/clients/{house.person.pk}/assign/"
    assert "Only the person responsible" in text_of(
        house.other.browser.post(theirs, {"to": house.other.membership.pk}, follow=True)
    )
    taken = house.other.browser.post(f"/clients/{nobodys.pk}/assign/", {"to": house.other.membership.pk}, follow=True)
    assert "is responsible now." in text_of(taken)
    with inside(house.ref):
        assert Client.objects.get(pk=house.person.pk).assigned_to_id == house.worker.membership.pk
        assert Client.objects.get(pk=nobodys.pk).assigned_to_id == house.other.membership.pk


# --- caseload -----------------------------------------------------------------------------------------------
def test_who_carries_how_much(house):
    today = timezone.localdate()
    with inside(house.ref):
        Case.objects.update(opened_on=today - timedelta(days=15))
        seen = ClientFactory(assigned_to_id=house.worker.membership.pk, last_contact_on=today - timedelta(days=3))
        enrol(client=seen, programme=house.programme, consent=agreed(seen), by=house.worker.seat)
        ClientFactory()
        Task.objects.create(
            client=seen, title="Call", due_on=today - timedelta(days=1), assignee_id=house.worker.membership.pk
        )
        Task.objects.create(client=seen, title="Call", due_on=today, assignee_id=house.worker.membership.pk)
    loads = house.lead.browser.get("/caseload/").context["loads"]
    by_key = {load.colleague and load.colleague.pk: load for load in loads}
    mine = by_key[house.worker.membership.pk]
    assert (mine.people, mine.cases, mine.unseen, mine.overdue) == (2, 2, 1, 1)
    assert mine.last_contact == today - timedelta(days=3)
    assert (loads[0].colleague, loads[0].people, by_key[house.other.membership.pk].people) == (None, 1, 0)
    page = house.lead.browser.get(f"/caseload/{house.worker.membership.pk}/")
    assert page.context["unseen"] == {house.person.pk}


def test_people_of_somebody_who_left_come_first(house):
    Membership.objects.filter(pk=house.worker.membership.pk).update(ended_at=timezone.now())
    loads = house.lead.browser.get("/caseload/").context["loads"]
    assert [load.colleague and load.colleague.pk for load in loads[:2]] == [None, house.worker.membership.pk]
    assert loads[1].has_left


def test_moving_several_people_at_once(house):
    with inside(house.ref):
        second = ClientFactory(assigned_to_id=house.worker.membership.pk)
        stays = ClientFactory(assigned_to_id=house.worker.membership.pk)
    address = f"/caseload/{house.worker.membership.pk}/"
    assert "Choose at least one person." in text_of(house.lead.browser.post(address, {"to": house.other.membership.pk}))
    answer = house.lead.browser.post(address, {"client": [second.pk], "note": "Leave"})
    assert str(second.pk) in answer.context["chosen"]
    sent = {"client": [house.person.pk, second.pk], "to": house.other.membership.pk, "note": "Leave"}
    assert "2 people are in the care of" in text_of(house.lead.browser.post(address, sent, follow=True))
    assert "has moved one of these people" in text_of(house.lead.browser.post(address, sent))
    with inside(house.ref):
        assert Client.objects.filter(assigned_to=house.other.membership.pk).count() == 2
        assert Client.objects.get(pk=stays.pk).assigned_to_id == house.worker.membership.pk
        assert Entry.objects.filter(action="client.handed_over").count() == 2
    assert house.lead.browser.get("/caseload/nobody/").status_code == 200


# --- emergencies --------------------------------------------------------------------------------------------
def test_a_closed_record_says_whom_to_ask_and_not_who_it_is(house):
    answer = house.other.browser.get(f"/clients/{house.person.pk}/")
    text = text_of(answer)
    assert answer.status_code == 403
    assert f"{house.worker.user.name} is responsible." in text
    assert "Vesna" not in text
    fragment = house.other.browser.get(f"/clients/{house.person.pk}/", headers={"hx-request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, f"/clients/{house.person.pk}/")


def test_a_team_without_anybody_responsible(house):
    with inside(house.ref):
        Client.objects.update(assigned_to=None)
    assert "A team looks after this person." in text_of(house.other.browser.get(f"/clients/{house.person.pk}/"))


def test_breaking_the_glass_and_what_a_supervisor_sees(house):
    address = f"/clients/{house.person.pk}/emergency/"
    answer = house.other.browser.post(address, {"reason": "quick 12345678"})
    assert (answer.status_code, "at least 10 letters" in text_of(answer)) == (403, True)
    assert "quick 12345678" in text_of(answer)
    assert house.other.browser.post(address, {"reason": "x"}).status_code == 403
    page = text_of(house.other.browser.post(address, {"reason": REASON}, follow=True))
    assert "Vesna" in page
    assert "You have this record open in an emergency until" in page
    house.other.browser.get(f"/cases/{house.case.pk}/")
    assert house.other.browser.post(address, {"reason": REASON}).status_code == 302
    for browser in (house.lead.browser, house.worker.browser):
        assert "Opened in an emergency" in text_of(browser.get("/"))
    assert "Opened in an emergency" not in text_of(house.other.browser.get("/"))
    shown = house.lead.browser.get("/emergencies/")
    assert REASON in text_of(shown)
    assert len(shown.context["rows"][0]["acts"]) == 2
    with inside(house.ref):
        access = EmergencyAccess.objects.get()
    review = f"/emergencies/{access.pk}/looked-at/"
    assert "Nothing to look at" in text_of(house.lead.browser.post(review, follow=True))
    assert "looked at this already" in text_of(house.lead.browser.post(review, follow=True))
    assert "Looked at by" in text_of(house.lead.browser.get("/emergencies/?show=all"))
    assert "Opened in an emergency" not in text_of(house.worker.browser.get("/"))


def test_nobody_marks_their_own(house):
    with inside(house.ref):
        break_glass(client=house.person, reason=REASON, by=house.other.seat)
    Membership.objects.filter(pk=house.other.membership.pk).update(role=Role.SUPERVISOR)
    assert "Somebody else looks at what you did yourself." in text_of(house.other.browser.get("/emergencies/"))


def test_volunteers_are_offered_no_emergency(house, member, client_of):
    browser = client_of(member(house.ref, Role.VOLUNTEER), house.ref)
    answer = browser.get(f"/clients/{house.person.pk}/")
    assert (answer.status_code, answer.context["form"]) == (403, None)


# --- Today --------------------------------------------------------------------------------------------------
def test_follow_ups_that_are_due(house):
    today = timezone.localdate()
    with inside(house.ref):
        close_case(case=house.case, kind=ExitKind.JOB, by=house.worker.seat)
    assert "Ask what held" not in text_of(house.worker.browser.get("/"))
    with inside(house.ref):
        FollowUp.objects.filter(months=1).update(due_on=today)
    text = text_of(house.worker.browser.get("/"))
    assert "Ask what held" in text
    assert "overdue" not in text
    assert "Ask what held" not in text_of(house.lead.browser.get("/"))
    with inside(house.ref):
        FollowUp.objects.filter(months=1).update(due_on=today - timedelta(days=1))
        Client.objects.update(assigned_to=None)
    assert "overdue" in text_of(house.lead.browser.get("/"))
    assert "Ask what held" not in text_of(house.other.browser.get("/"))
