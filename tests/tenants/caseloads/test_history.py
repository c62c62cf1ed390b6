"""The page of a record's history: who changed what, from what to what, and who looked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from tenants.caseloads.domain.clients import assign_client, change_client, details_of
from tenants.caseloads.domain.consents import NewConsent, record_consent, withdraw_consent
from tenants.caseloads.domain.queries import history
from tenants.caseloads.domain.queries.history import timeline_of
from tenants.caseloads.models import Case, Client, Consent, Exit, FollowUp, Goal, Plan, Programme, Step, TeamMember
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.conftest import at_work

CONSENT = NewConsent(
    recipient=None, purpose="contact", scopes=["contact"], how_given="signed", expires_on=date(2099, 1, 1)
)


def url(client, **query):
    return reverse("client-history", args=[client.pk], urlconf=WORKSPACE_URLS, query=query or None)


@pytest.fixture
def lead(alpha, member, client_of):
    return at_work(alpha, Role.SUPERVISOR, member, client_of)


def seat_of(at) -> Seat:
    return Seat(at.user.pk, at.membership.pk, Role(at.membership.role), at.user.name)


def change(client, by, **details):
    from dataclasses import replace

    fresh = Client.objects.get(pk=client.pk)
    return change_client(
        client=fresh, details=replace(details_of(fresh), **details), seen_version=fresh.version, by=seat_of(by)
    )


def moments(response):
    return response.context["timeline"].moments


def told(moment):
    return [(part.noun, part.label, [(c.label, c.before, c.after) for c in part.changes]) for part in moment.parts]


def test_who_changed_what_from_what_to_what(lead, add):
    ana = add(given_name="Ana", place="Tetovo", note="Wants to bake.")
    with inside(lead.ref):
        change(ana, lead, place="Skopje", note="Bakes.", born_on=date(1990, 5, 4), languages=["sr"], sex="female")
    response = lead.browser.get(url(ana))
    looked, changed, added = moments(response)
    assert (looked.what, looked.who, looked.is_look) == ("Opened a client's page", lead.user.name, True)
    assert (changed.what, changed.who) == ("Changed a client", lead.user.name)
    assert told(changed) == [
        (
            "Client",
            "update",
            [
                ("Date of birth", "", "4 May 1990"),
                ("Sex", "", "Female"),
                ("Place", "Tetovo", "Skopje"),
                ("Also speaks", "", "Serbian"),
                ("Note", "Wants to bake.", "Bakes."),
            ],
        )
    ]
    assert [line[1] for line in told(added)] == ["insert"]
    assert ("Given name", "", "Ana") in told(added)[0][2]
    html = response.content.decode()
    assert "<del>" in html
    assert "Bakes." in html


def test_a_colleague_is_told_by_name(lead, add):
    ana = add(given_name="Ana")
    with inside(lead.ref):
        assign_client(client=ana, to=lead.membership.pk, by=seat_of(lead))
    assigned = moments(lead.browser.get(url(ana)))[1]
    assert told(assigned) == [("Client", "update", [("Responsible", "", lead.user.name)])]


def test_filters_and_unknown_words(lead, add):
    ana = add(given_name="Ana")
    assert [m.is_look for m in moments(lead.browser.get(url(ana, show="looks")))] == [True]
    assert [m.is_look for m in moments(lead.browser.get(url(ana, show="changes")))] == [False]
    for before in ("nonsense", "2026-13-45T00:00:00Z", "2026-01-01T00:00:00"):
        assert lead.browser.get(url(ana, show="nonsense", before=before)).status_code == 200


@pytest.fixture
def whole(lead):
    """A client of alpha's with a row in every table that has a history; all of it gone to `rows`."""
    with inside(lead.ref):
        today = timezone.localdate()
        ana = ClientFactory(given_name="Ana")
        programme = Programme.objects.create(name="Bakery", starts_on=today)
        consent = Consent.objects.create(
            client=ana, purpose="enrolment", scopes=["identity"], how_given="signed", language="en", expires_on=today
        )
        case = Case.objects.create(client=ana, programme=programme, consent=consent, opened_on=today)
        team = TeamMember.objects.create(case=case, colleague_id=lead.membership.pk, profession="mentor")
        gone = Exit.objects.create(case=case, kind="job", on=today, recorded_by_id=lead.membership.pk)
        follow_up = FollowUp.objects.create(exit=gone, months=3, due_on=today)
        plan = Plan.objects.create(case=case, review_on=today)
        goal = Goal.objects.create(plan=plan, text="Bake")
        step = Step.objects.create(goal=goal, text="Buy flour")
    return ana, [team, follow_up, gone, step, goal, plan, case, consent]


def test_every_part_of_the_record_is_told_and_what_is_gone_too(lead, whole):
    ana, rows = whole
    with inside(lead.ref):
        for row in rows:
            row.delete()
        parts = [line for moment in timeline_of(ana).moments for line in told(moment)]
    nouns = ["Client", "Consent", "Case", "Team member", "Exit", "Follow-up", "Plan", "Goal", "Step of a plan"]
    assert {noun for noun, label, _ in parts if label == "insert"} == set(nouns)
    assert {noun for noun, label, _ in parts if label == "delete"} == set(nouns[1:])
    assert ("Step of a plan", "delete", [("What is done", "Buy flour", "")]) in parts
    case = next(changes for noun, label, changes in parts if (noun, label) == ("Case", "insert"))
    assert ("Programme", "", "Bakery") in case
    consent = next(changes for noun, label, changes in parts if (noun, label) == ("Consent", "insert"))
    assert ("What it covers", "", "Name, age and sex") in consent


def test_without_an_entry_the_row_tells_who_it_was(lead, whole):
    ana, _rows = whole
    with inside(lead.ref):
        Client.objects.filter(pk=ana.pk).update(place="Bitola")
        found = {line[0]: moment for moment in timeline_of(ana).moments for line in told(moment)}
    assert (found["Exit"].who, found["Exit"].what) == (lead.user.name, "Changed")
    assert found["Client"].who == "Halka"


def test_health_and_official_numbers_are_for_those_who_read_them(lead, add):
    ana = add(given_name="Ana", health="Asthma.", national_number="2304990450001")
    with inside(lead.ref):
        shown = {c[0]: c[2] for c in told(timeline_of(ana).moments[0])[0][2]}
        hidden = {c[0]: c[2] for c in told(timeline_of(ana, reads_health=False).moments[0])[0][2]}
    assert (shown["Health"], shown["National number"]) == ("Asthma.", "ends with 001")
    assert (hidden["Health"], hidden["National number"]) == ("•••", "•••")
    assert hidden["Given name"] == "Ana"


def test_nothing_worth_telling_is_not_told(lead, whole):
    ana, _rows = whole
    with inside(lead.ref):
        before = len(timeline_of(ana).moments)
        Step.objects.update(position=7)
        assert len(timeline_of(ana).moments) == before


def test_pages_lead_to_the_end_and_repeat_nothing(lead, add, monkeypatch):
    monkeypatch.setattr(history, "SIZE", 4)
    monkeypatch.setattr(history, "FETCHED", 7)
    ana = add(given_name="Ana")
    with inside(lead.ref):
        for number in range(11):
            record(action=f"x.{number}", on=ana, by=seat_of(lead))
        found, before = [], None
        for _turn in range(20):
            page = timeline_of(ana, before=before, show="changes")
            found += [moment.what for moment in page.moments]
            before = page.next
            if before is None:
                break
    assert [what for what in found if what.startswith("x.")] == [f"x.{number}" for number in reversed(range(11))]
    assert found[-1] == "Added a client"
    assert len(found) == 12


def test_the_page_links_to_what_is_older_and_back(lead, add, monkeypatch):
    monkeypatch.setattr(history, "SIZE", 1)
    ana = add(given_name="Ana")
    first = lead.browser.get(url(ana))
    assert first.context["previous_url"] == ""
    second = lead.browser.get(url(ana) + first.context["next_url"])
    assert second.context["previous_url"] == "?"
    assert moments(second)[0].at < moments(first)[0].at
    assert lead.browser.get(url(ana, before=(timezone.now() - timedelta(days=999)).isoformat())).status_code == 200


def test_it_is_for_the_one_responsible_and_for_supervision(alpha, beta, add, member, client_of, worker, lead):
    pool = add(given_name="Ana")
    own = add(given_name="Ben", assigned_to=worker.membership.pk)
    assert worker.browser.get(url(pool)).status_code == 403
    assert worker.browser.get(url(own)).status_code == 200
    assert lead.browser.get(url(own)).status_code == 200
    assert at_work(alpha, Role.AUDITOR, member, client_of).browser.get(url(own)).status_code == 403
    assert at_work(beta, Role.MANAGER, member, client_of).browser.get(url(own)).status_code == 404
    assert url(own) in worker.browser.get(reverse("client", args=[own.pk], urlconf=WORKSPACE_URLS)).content.decode()
    overview = worker.browser.get(reverse("client", args=[pool.pk], urlconf=WORKSPACE_URLS)).content.decode()
    assert url(pool) not in overview


def test_another_organisations_record_with_the_same_key_is_not_mixed_in(beta, lead, add):
    ana = add(given_name="Ana")
    with inside(beta):
        ClientFactory(id=ana.pk, given_name="Somebody else", place="Far away")
    assert "Far away" not in lead.browser.get(url(ana)).content.decode()


def test_reading_the_history_is_written_down_and_counts_as_a_look(lead, add):
    ana = add(given_name="Ana")
    lead.browser.get(url(ana))
    with inside(lead.ref):
        entry = Entry.objects.get(action="client.viewed")
    assert (entry.about_id, entry.detail) == (ana.pk, {"page": "client-history"})


def test_it_costs_the_same_for_one_and_for_three(lead, whole):
    ana, _rows = whole

    def touch():
        with inside(lead.ref), connection.cursor() as cursor:
            cursor.execute("UPDATE caseloads_step SET due_on = coalesce(due_on, current_date) + 1")
            cursor.execute("UPDATE caseloads_goal SET item = item || 'x'")
            Client.objects.filter(pk=ana.pk).update(place=timezone.now().isoformat())
            Case.objects.update(expectations="")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            lead.browser.get(url(ana))
        return len(captured)

    touch()
    lead.browser.get(url(ana))
    one = queries()
    touch()
    touch()
    assert queries() == one
    assert one < 60


def test_years_moments_and_own_lists_read_as_people_write_them(lead, add):
    ana = add(given_name="Ana")
    with inside(lead.ref):
        change(ana, lead, birth_year=1980, vulnerabilities=["debt"])
        consent = record_consent(client=ana, new=CONSENT, by=seat_of(lead))
        withdraw_consent(consent=consent, how="spoken", by=seat_of(lead))
    parts = [part for moment in moments(lead.browser.get(url(ana))) for part in told(moment)]
    lines = [line for _noun, _label, changes in parts for line in changes]
    assert ("Year of birth", "", "1980") in lines
    assert ("What makes it hard", "", "In debt") in lines
    [(_label, before, after)] = [line for line in lines if line[0] == "Withdrawn"]
    assert before == ""
    assert str(timezone.localdate().year) in after
