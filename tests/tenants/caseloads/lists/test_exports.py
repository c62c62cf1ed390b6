"""Exports: what the page shows and the owner may open, as a sheet without formulas."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.domain import exports
from tenants.caseloads.models import Client, Job
from tenants.caseloads.tasks.jobs import run_job
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tests.factories.caseloads import ClientFactory


def export(browser, query="", columns=("given_name", "place"), sealed=(), kind="xlsx", run=True):
    answer = browser.post(f"/clients/export/?{query}", {"columns": columns, "sealed": sealed, "format": kind})
    assert answer.status_code == 302, answer.content.decode()
    pk = answer["Location"].split("/")[-2]
    if not run:
        return pk
    run_job("alpha", pk)
    response = browser.get(f"/jobs/{pk}/file/")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if kind == "csv":
        return content.decode("utf-8-sig").splitlines()
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


@pytest.fixture
def hers(worker, seat_in):
    other = seat_in(worker.ref)
    with inside(worker.ref):
        ClientFactory(given_name="Mine", place="Bled", assigned_to_id=worker.membership.pk, national_number="12345")
        ClientFactory(given_name="Hers", place="Kranj", assigned_to_id=other.membership_id, national_number="67890")
        ClientFactory(given_name="Pool", place="=1+1")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Mine"}),
        ("scope=pool", {"Pool"}),
        ("scope=all&q=family", {"Mine", "Pool"}),
        ("scope=all", set()),
        ("scope=mine&place=Kranj", set()),
    ],
)
def test_a_caseworkers_export_holds_nobody_out_of_reach(worker, hers, query, names):
    rows = export(worker.browser, query, columns=["given_name"], sealed=["national_number"])
    assert rows[0] == ["Given name", "National number"]
    assert {row[0] for row in rows[1:]} == names
    assert "67890" not in str(rows)


def test_formulas_are_made_plain_in_both_kinds(worker, hers):
    assert export(worker.browser, "scope=pool")[1] == ["Pool", "'=1+1"]
    assert export(worker.browser, "scope=pool", kind="csv") == ["Given name,Place", "Pool,'=1+1"]


def test_every_column_in_pages(worker, monkeypatch):
    from tenants.caseloads import columns

    monkeypatch.setattr(exports, "AT_ONCE", 2)
    with inside(worker.ref):
        ClientFactory.create_batch(
            5, known=True, languages=["en", "sr"], vulnerabilities=["debt"], health="Asthma", education="primary",
            assigned_to_id=worker.membership.pk, last_contact_on="2024-01-02",
        )  # fmt: skip
    rows = export(
        worker.browser,
        "sort=-name",
        columns=[column.key for column in columns.ALL if not column.sealed],
        sealed=list(columns.SEALED),
    )
    assert [len(row) for row in rows] == [len(columns.ALL)] * 6
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["Also speaks"], found["What makes it hard"]) == ("English, Serbian", "In debt")
    assert (found["Health"], found["Note"]) == ("Asthma", "Wants to become a baker.")
    assert rows[1][1] > rows[5][1]


def test_it_is_audited_with_columns_and_number_and_no_words(worker, hers):
    export(worker.browser, "place=Bled")
    with inside(worker.ref):
        assert Entry.objects.get(action="client.exported").detail == {
            "shown": 1, "filters": ["place"], "columns": ["given_name", "place"], "format": "xlsx",
        }  # fmt: skip
        assert Entry.objects.filter(action="job.fetched").count() == 1


def test_what_was_seen_by_one_role_is_not_handed_to_another(alpha, member, client_of, hers):
    user = member(alpha, Role.SUPERVISOR)
    browser = client_of(user, alpha)
    before, after = export(browser, run=False), export(browser, run=False)
    run_job("alpha", before)
    Membership.objects.filter(user=user).update(role=Role.CASEWORKER)
    run_job("alpha", after)
    assert browser.get(f"/jobs/{before}/file/").status_code == 403
    with inside(alpha):
        assert Job.objects.get(pk=after).state == "failed"
        assert not Job.objects.get(pk=after).result


def test_reach_is_that_of_the_moment_it_runs(worker, hers):
    pk = export(worker.browser, run=False)
    with inside(worker.ref):
        Client.objects.filter(given_name="Mine").delete()
    run_job("alpha", pk)
    assert "0 clients are in the file." in worker.browser.get(f"/jobs/{pk}/").content.decode()


def test_the_form_asks_for_columns_and_offers_the_way_back(worker, hers):
    page = worker.browser.get("/clients/export/?scope=all&q=mine&sex=female").content.decode()
    assert 'href="/clients/?scope=all&amp;q=mine&amp;sex=female"' in page
    for scope in ("mine", "pool"):
        assert worker.browser.get(f"/clients/export/?scope={scope}").status_code == 200
    answer = worker.browser.post("/clients/export/", {"format": "csv"})
    assert "Choose at least one column." in answer.content.decode()


def test_who_may_not_export_is_not_offered_it(alpha, member, client_of):
    browser = client_of(member(alpha, Role.MENTOR), alpha)
    assert browser.get("/clients/export/").status_code == 403
    with inside(alpha):
        ClientFactory(given_name="Pool")
    assert "/clients/export/" not in browser.get("/clients/?scope=pool").content.decode()


def test_beta_stays_out(worker, beta, hers):
    with inside(beta):
        ClientFactory(given_name="Leak", family_name="Family")
    assert "Leak" not in str(export(worker.browser, "scope=all&q=family"))


def test_what_is_for_professionals_stays_out_where_somebody_is_a_volunteer(worker, seat_in):
    from tenants.caseloads.models import Case, Consent, Programme, TeamMember

    other = seat_in(worker.ref)
    with inside(worker.ref):
        programme = Programme.objects.create(name="One", starts_on="2024-01-01")
        for name, profession in (("Helped", "volunteer"), ("Treated", "psychologist")):
            client = ClientFactory(
                given_name=name, health="Asthma", national_number="12345", note="Note",
                assigned_to_id=other.membership_id,
            )  # fmt: skip
            consent = Consent.objects.create(
                client=client,
                purpose="enrolment",
                scopes=[],
                how_given="signed",
                language="en",
                expires_on="2099-01-01",
            )
            case = Case.objects.create(client=client, programme=programme, consent=consent, opened_on="2024-01-01")
            TeamMember.objects.create(case=case, colleague_id=worker.membership.pk, profession=profession)
    rows = export(worker.browser, columns=["given_name"], sealed=["national_number", "health"])
    assert {row[0]: row[1:] for row in rows[1:]} == {"Helped": [None, None], "Treated": ["12345", "Asthma"]}
