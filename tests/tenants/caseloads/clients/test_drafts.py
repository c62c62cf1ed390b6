"""Drafts: kept for their author alone, offered again, gone when the form has arrived or after two weeks."""

import base64
import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from halka.authorization.roles import Role
from tenants.caseloads.domain import drafts as verbs
from tenants.caseloads.domain.drafts import NewDraft, discard_drafts_about, find_draft, remove_old_drafts, save_draft
from tenants.caseloads.models import Draft
from tenants.caseloads.tasks.drafts import remove_old, remove_old_everywhere
from tenants.organisations.isolation import inside

ADD = "/clients/add/"
TYPED = {"given_name": ["Ana"], "languages": ["sq", "mk"]}


@pytest.fixture
def keep(worker):
    def make(status=200, browser=None, **sent):
        body = json.dumps({"form": ADD, "values": TYPED, **sent})
        response = (browser or worker.browser).post("/drafts/", body, content_type="application/json")
        assert response.status_code == status
        return response

    return make


def found(browser, form=ADD, page=""):
    return browser.get("/drafts/", {"form": form, "page": page}).json()


def test_what_is_typed_is_found_again(worker, keep):
    with time_machine.travel(datetime(2026, 3, 1, 14, 3, tzinfo=UTC), tick=False):
        assert keep(seen_version=3).json()["said"] == "Kept as a draft at 14:03."
        answer = found(worker.browser)
    assert answer["draft"] == {"values": TYPED, "seen_version": 3, "saved_at": "2026-03-01T14:03:00+00:00"}
    assert answer["offer"] == "You had begun to fill this in: 1 Mar 2026, 14:03."
    assert len(base64.b64decode(answer["key"])) == 32
    with inside(worker.ref):
        assert bytes(Draft.objects.values_list("values", flat=True).get().token).find(b"Ana") == -1


def test_nothing_was_begun(worker):
    answer = found(worker.browser)
    assert (answer["draft"], answer["offer"], answer["sent"]) == (None, "", False)


def test_the_later_one_replaces_the_earlier(worker, keep):
    keep()
    keep(values={"given_name": ["Anna"]})
    assert found(worker.browser)["draft"]["values"] == {"given_name": ["Anna"]}
    with inside(worker.ref):
        assert Draft.objects.count() == 1


def test_everything_taken_back_leaves_nothing(worker, keep):
    keep()
    assert keep(values={}).json()["said"] == ""
    assert found(worker.browser)["draft"] is None


def test_a_colleague_sees_neither_the_draft_nor_the_key(worker, keep, member, client_of):
    keep()
    colleague = client_of(member(worker.ref, Role.MANAGER), worker.ref)
    assert found(colleague)["draft"] is None
    assert found(colleague)["key"] != found(worker.browser)["key"]
    colleague.post("/drafts/discard/", {"form": ADD})
    assert found(worker.browser)["draft"] is not None


def test_another_organisation_has_neither(worker, keep, beta, member, client_of):
    keep()
    member(beta, Role.CASEWORKER, user=worker.user)
    there = client_of(worker.user, beta)
    assert found(there)["draft"] is None
    assert found(there)["key"] != found(worker.browser)["key"]


def test_throwing_away(worker, keep):
    keep()
    assert worker.browser.post("/drafts/discard/", {"form": ADD}).status_code == 204
    assert found(worker.browser)["draft"] is None


@pytest.mark.parametrize(
    "sent",
    [
        {"form": None},
        {"form": "clients/add/"},
        {"form": "/nowhere/"},
        {"form": "/clients/add/#" + "x" * 200},
        {"values": []},
        {"values": {"a": "text"}},
        {"values": {"a": [1]}},
        {"values": {"a" * 101: ["x"]}},
        {"values": {str(number): ["x"] for number in range(301)}},
        {"values": {"a": ["\ud800"]}},
        {"seen_version": "3"},
        {"seen_version": -1},
        {"seen_version": True},
        {"page": "not hex"},
        {"page": 7},
    ],
)
def test_what_is_no_draft_is_refused(worker, keep, sent):
    keep(400, **sent)
    with inside(worker.ref):
        assert not Draft.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 100_000])
def test_what_is_no_json_is_refused(worker, body):
    status = worker.browser.post("/drafts/", body, content_type="application/json").status_code
    assert status == (413 if len(body) > 60_000 else 400)


def test_what_is_too_long_is_refused(keep):
    keep(413, values={"note": ["x" * 60_000]})


def test_asking_and_discarding_take_an_address_of_ours(worker):
    assert worker.browser.get("/drafts/").status_code == 400
    assert worker.browser.get("/drafts/", {"form": ADD, "page": "?"}).status_code == 400
    assert worker.browser.post("/drafts/discard/", {"form": "https://example.org/"}).status_code == 400


def test_without_the_token_nothing_is_kept(worker, client_of):
    strict = client_of(worker.user, worker.ref)
    strict.handler.enforce_csrf_checks = True
    body = json.dumps({"form": ADD, "values": TYPED})
    assert strict.post("/drafts/", body, content_type="application/json").status_code == 403


class TestSending:
    PAGE = "0123456789abcdef"

    def send(self, worker, **typed):
        return worker.browser.post(ADD, {"_draft": ADD, "_draft_page": self.PAGE, **typed})

    def test_the_draft_ends_when_the_form_has_arrived(self, worker, keep):
        keep(page=self.PAGE)
        response = self.send(worker, given_name="Ana")
        assert response["Halka-Draft"] == "sent"
        assert response.cookies["halka_sent"].value == self.PAGE
        assert found(worker.browser)["draft"] is None

    def test_what_its_page_still_sends_is_not_kept(self, worker, keep):
        self.send(worker, given_name="Ana")
        assert keep(page=self.PAGE).json() == {"said": "", "offer": ""}
        assert found(worker.browser, page=self.PAGE)["sent"]
        keep(page="abc")
        assert found(worker.browser, page="abc")["draft"]

    def test_a_mistake_keeps_it(self, worker, keep):
        keep()
        response = self.send(worker)
        assert "Halka-Draft" not in response
        assert found(worker.browser)["draft"]

    @pytest.mark.parametrize("sent", [{"_draft": "/nowhere/"}, {"_draft_page": "?"}])
    def test_a_made_up_address_ends_nothing(self, worker, keep, sent):
        keep()
        response = worker.browser.post(ADD, {"given_name": "Ana", "_draft": ADD, **sent})
        assert response.status_code == 302
        assert found(worker.browser)["draft"]

    def test_without_a_page_there_is_no_cookie(self, worker, keep):
        keep()
        response = worker.browser.post(ADD, {"given_name": "Ana", "_draft": ADD})
        assert "halka_sent" not in response.cookies
        assert found(worker.browser)["draft"] is None


class TestKeeping:
    @pytest.fixture(autouse=True)
    def at_work(self, alpha, seat_in):
        self.seat = seat_in(alpha)
        with inside(alpha):
            yield

    def save(self, form=ADD):
        return save_draft(new=NewDraft(form, TYPED), by=self.seat)

    def test_the_oldest_go_when_there_are_too_many(self, monkeypatch):
        monkeypatch.setattr(verbs, "MOST", 2)
        for form in ("/1/", "/2/", "/3/"):
            self.save(form)
        assert set(Draft.objects.values_list("form", flat=True)) == {"/2/", "/3/"}

    def test_two_weeks_later_it_is_removed(self):
        with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
            self.save("/old/")
        with time_machine.travel(datetime(2026, 3, 15, 1, tzinfo=UTC)):
            self.save("/new/")
            assert remove_old_drafts() == 1
        assert find_draft(form="/new/", by=self.seat)

    def test_a_persons_drafts_go_with_the_person(self):
        pk = "01990000-0000-7000-8000-000000000000"
        self.save(reverse("client-edit", args=[pk], urlconf="halka.urls_workspace"))
        self.save()
        assert discard_drafts_about(client_id=pk) == 1
        assert find_draft(form=ADD, by=self.seat)

    def test_it_reads_as_its_address(self):
        assert str(self.save()) == ADD


def test_every_organisation_is_asked_at_night(alpha, secretariat, monkeypatch):
    asked = []
    monkeypatch.setattr(remove_old, "delay", asked.append)
    assert remove_old_everywhere() == len(asked)
    assert {"alpha", "secretariat"} <= set(asked)
    assert remove_old("alpha") == 0
