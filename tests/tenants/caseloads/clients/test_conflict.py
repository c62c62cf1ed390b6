"""Two people change the same client: the second sees both versions and chooses; nothing is lost."""

import re
from dataclasses import asdict
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest

from halka.authorization.roles import Role
from tenants.caseloads.domain.clients import ClientDetails, change_client, details_of
from tenants.caseloads.models import Client, VulnerabilityChoice
from tenants.organisations.isolation import inside

BEFORE = {
    "given_name": "Ana",
    "family_name": "Kos",
    "birth_year": 1990,
    "sex": "female",
    "phone": "1",
    "languages": ["sq", "tr"],
    "national_number": "0101990450007",
    "note": "old",
}


def fields_of(response):
    """What the page's form would send, as the browser has it before anything is typed."""
    text = response.content.decode().split("<main", 1)[1]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", text):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if attributes.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        sent.setdefault(unescape(attributes["name"]), []).append(unescape(attributes.get("value", "")))
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"\s+selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    for name, value in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL):
        sent[name] = [unescape(value)]
    sent.pop("csrfmiddlewaretoken", None)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


@pytest.fixture
def record(worker, add):
    client = add(**BEFORE)
    client.address = f"/clients/{client.pk}/edit/"
    return client


@pytest.fixture
def meanwhile(worker, record, seat_in):
    """A colleague saves these details while the form is open."""
    colleague = seat_in(worker.ref)

    def save(**details):
        with inside(worker.ref):
            seen = Client.objects.get(pk=record.pk).version
            details = ClientDetails(**{**BEFORE, **details})
            change_client(client=record, details=details, seen_version=seen, by=colleague)

    return save


def saved(worker):
    with inside(worker.ref):
        client = Client.objects.get()
        return SimpleNamespace(version=client.version, **asdict(details_of(client)))


def test_saving_what_the_form_showed_changes_nothing(worker, record):
    sent = fields_of(worker.browser.get(record.address))
    assert worker.browser.post(record.address, sent).status_code == 302
    assert saved(worker).version == 1


def test_a_change_is_saved(worker, record):
    sent = fields_of(worker.browser.get(record.address))
    response = worker.browser.post(record.address, {**sent, "note": "new", "birth_year": ""}, follow=True)
    assert "Saved." in response.content.decode()
    assert (saved(worker).note, saved(worker).birth_year, saved(worker).version) == ("new", None, 2)


def test_a_mistake_keeps_the_version_and_what_was_typed(worker, record):
    sent = fields_of(worker.browser.get(record.address))
    response = worker.browser.post(record.address, {**sent, "email": "at home", "note": "typed"})
    again = fields_of(response)
    assert (again["note"], again["initial-note"], again["seen_version"]) == ("typed", "old", "1")


def test_both_versions_field_by_field(worker, record, meanwhile):
    sent = fields_of(worker.browser.get(record.address))
    meanwhile(note="theirs", phone="2", sex="")
    response = worker.browser.post(record.address, {**sent, "note": "mine", "place": "Valjevo"})
    assert response.status_code == 409
    rows = {row.name: (row.theirs, row.mine, row.is_mine) for row in response.context["rows"]}
    assert rows == {
        "note": ("theirs", "mine", True),
        "phone": ("2", "1", False),  # untouched by the second person: theirs is offered
        "sex": ("", "Female", False),
        "place": ("", "Valjevo", True),
    }
    assert saved(worker).note == "theirs"


def test_choosing_as_offered_loses_nobodys_change(worker, record, meanwhile):
    sent = fields_of(worker.browser.get(record.address))
    meanwhile(note="theirs", phone="2", birth_year=1991)
    page = worker.browser.post(record.address, {**sent, "note": "mine", "place": "Valjevo"})
    choices = fields_of(page)
    assert choices["keep-note"] == "mine"
    assert worker.browser.post(record.address, {**choices, "keep-note": "theirs"}).status_code == 302
    client = saved(worker)
    assert (client.note, client.phone, client.place, client.birth_year) == ("theirs", "2", "Valjevo", 1991)
    assert client.version == 3


def test_a_third_change_while_choosing_is_shown_again(worker, record, meanwhile):
    sent = fields_of(worker.browser.get(record.address))
    meanwhile(note="theirs")
    choices = fields_of(worker.browser.post(record.address, {**sent, "note": "mine"}))
    meanwhile(note="third")
    page = worker.browser.post(record.address, choices)
    assert page.status_code == 409
    assert [(row.theirs, row.mine) for row in page.context["rows"]] == [("third", "mine")]
    assert worker.browser.post(record.address, fields_of(page)).status_code == 302
    assert saved(worker).note == "mine"


def test_when_both_wrote_the_same_there_is_nothing_to_choose(worker, record, meanwhile):
    sent = fields_of(worker.browser.get(record.address))
    meanwhile(note="same")
    response = worker.browser.post(record.address, {**sent, "note": "same"}, follow=True)
    assert "Somebody else has saved the same just before you." in response.content.decode()
    assert saved(worker).version == 2


def test_days_in_jalali_are_compared_as_days(alpha, member, client_of, add):
    client = add(given_name="زهرا", born_on=date(1991, 3, 1))
    browser = client_of(member(alpha, Role.CASEWORKER, language="fa", calendar="jalali"), alpha)
    page = browser.get(f"/clients/{client.pk}/edit/")
    sent = fields_of(page)
    assert sent["born_on"] == sent["initial-born_on"] == "۱۳۶۹/۱۲/۱۰"
    with inside(alpha):
        saved = Client.objects.get()
        saved.version, saved.note = 2, "theirs"
        saved.save()
    page = browser.post(f"/clients/{client.pk}/edit/", {**sent, "born_on": "۱۳۶۹/۱۲/۱۱"})
    assert {row.name for row in page.context["rows"]} == {"born_on", "note"}
    assert {row.name: row.is_mine for row in page.context["rows"]} == {"born_on": True, "note": False}
    assert browser.post(f"/clients/{client.pk}/edit/", {**fields_of(page), "keep-born_on": "theirs"}).status_code == 302
    with inside(alpha):
        assert Client.objects.get().born_on == date(1991, 3, 1)


def test_lists_are_compared_as_lists_and_chosen_as_one(worker, record, meanwhile):
    sent = fields_of(worker.browser.get(record.address))
    assert sent["languages"] == sent["initial-languages"] == ["sq", "tr"]
    meanwhile(languages=["tr", "mk", "sq"], vulnerabilities=["debt"])
    page = worker.browser.post(record.address, {**sent, "languages": ["tr"]})
    rows = {row.name: (row.theirs, row.mine, row.is_mine) for row in page.context["rows"]}
    assert rows == {
        "languages": ("Macedonian, Albanian, Turkish", "Turkish", True),
        "vulnerabilities": ("In debt", "", False),
    }
    assert worker.browser.post(record.address, {**fields_of(page), "keep-languages": "theirs"}).status_code == 302
    assert (saved(worker).languages, saved(worker).vulnerabilities) == (["mk", "sq", "tr"], ["debt"])


class TestTheSealedNumber:
    """It is on no page; nothing typed keeps it."""

    NUMBER = BEFORE["national_number"]

    def post(self, worker, record, **changed):
        sent = fields_of(worker.browser.get(record.address))
        return lambda: worker.browser.post(record.address, {**sent, **changed})

    def test_the_form_shows_its_end_alone(self, worker, record):
        text = worker.browser.get(record.address).content.decode()
        assert self.NUMBER not in text
        assert "•••007 is kept, sealed." in text

    def test_left_alone_it_stays(self, worker, record):
        assert self.post(worker, record, note="new")().status_code == 302
        assert saved(worker).national_number == self.NUMBER

    def test_another_takes_its_place(self, worker, record):
        self.post(worker, record, national_number="22")()
        assert saved(worker).national_number == "22"

    def test_it_is_taken_away(self, worker, record):
        self.post(worker, record, no_number="on")()
        assert saved(worker).national_number == ""
        assert "no_number" not in worker.browser.get(record.address).context["form"].fields

    @pytest.mark.parametrize(("choice", "number"), [("theirs", "333333"), ("mine", "")])
    def test_it_is_chosen_without_being_shown(self, worker, record, meanwhile, choice, number):
        post = self.post(worker, record, no_number="on")
        meanwhile(national_number="333333")
        page = post()
        assert "333333" not in page.content.decode()
        assert [(row.theirs, row.mine, row.is_mine) for row in page.context["rows"]] == [("•••333", "", True)]
        answer = worker.browser.post(record.address, {**fields_of(page), "keep-national_number": choice})
        assert answer.status_code == 302
        assert saved(worker).national_number == number

    def test_somebody_elses_new_number_is_no_conflict_for_who_left_it_alone(self, worker, record, meanwhile):
        post = self.post(worker, record)
        meanwhile(national_number="333333")
        assert "the same just before you" in worker.browser.get(post()["Location"]).content.decode()
        assert saved(worker).national_number == "333333"


def test_a_hidden_line_stays_with_the_record_that_names_it(worker, add):
    with inside(worker.ref):
        VulnerabilityChoice.objects.create(key="debt", is_active=False)
    client = add(given_name="Ana", vulnerabilities=["debt"])
    page = worker.browser.get(f"/clients/{client.pk}/edit/")
    assert ("debt", "In debt") in page.context["form"].fields["vulnerabilities"].choices
    other = worker.browser.get("/clients/add/").context["form"].fields["vulnerabilities"].choices
    assert "debt" not in dict(other)
