"""The organisation's own list of what makes it hard."""

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain import vulnerabilities as verbs
from tenants.caseloads.domain.vulnerabilities import (
    LineUsed,
    ListTooLong,
    WantedLine,
    change_list,
    choices,
    labels_of,
    lines,
    mark_of,
    remove_line,
)
from tenants.caseloads.enums.clients import Vulnerability
from tenants.caseloads.models import VulnerabilityChoice
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory

PAGE = "/settings/lists/"
USUAL = [(line.value, str(line.label)) for line in Vulnerability]


@pytest.fixture
def seat(alpha, seat_in):
    seat = seat_in(alpha, Role.SUPERVISOR)
    with inside(alpha):
        yield seat


def wanted(found=None, **changes):
    """The list as it is, with `key=(name, is_active)` in place of some lines."""
    return [WantedLine(line.key, *changes.get(line.key, (line.label, line.is_active))) for line in found or lines()]


def change(seat, add="", **changes):
    return change_list(wanted=wanted(**changes), add=add, seen_mark=mark_of(lines()), by=seat)


def test_the_usual_ones_in_their_order_before_anybody_changes_them(seat, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert choices() == USUAL
    with django_assert_num_queries(0):
        assert labels_of([]) == []


def test_hidden_ones_are_chosen_no_more_and_stay_where_they_are_named(seat):
    change(seat, debt=("In debt", False))
    assert "debt" not in dict(choices())
    assert choices(keep=["debt"]) == USUAL
    assert labels_of(["prison", "debt"]) == ["Released from prison", "In debt"]


def test_in_ones_own_words_and_back(seat):
    change(seat, debt=("Owes money", True))
    assert dict(choices())["debt"] == "Owes money"
    change(seat, debt=("", True))
    assert dict(choices())["debt"] == "In debt"
    assert VulnerabilityChoice.objects.get(key="debt").name == ""


def test_a_line_of_ones_own(seat):
    key = change(seat, add="Lives in a collective centre")[-1].key
    assert choices()[-1] == (key, "Lives in a collective centre")
    change(seat, **{key: ("", True)})
    assert choices()[-1] == (key, "Lives in a collective centre")  # one of one's own has no usual name
    assert str(VulnerabilityChoice.objects.get(key=key)) == "Lives in a collective centre"
    assert str(VulnerabilityChoice.objects.get(key="debt")) == "debt"


def test_the_order_is_kept(seat):
    found = wanted()
    change_list(wanted=found[::-1], seen_mark=mark_of(lines()), by=seat)
    assert [key for key, _label in choices()] == [line.key for line in found[::-1]]


def test_a_change_is_written_down_once_and_no_change_is_not(seat):
    change(seat)
    assert not Entry.objects.exists()
    change(seat, debt=("Owes money", True))
    assert Entry.objects.get().action == "list.changed"


def test_a_list_that_somebody_else_changed_is_refused(seat):
    seen = mark_of(lines())
    change(seat, add="New")
    with pytest.raises(EditedMeanwhile):
        change_list(wanted=wanted(), seen_mark=seen, by=seat)
    with pytest.raises(EditedMeanwhile):
        change_list(wanted=wanted()[1:], seen_mark=mark_of(lines()), by=seat)


def test_a_list_ends_somewhere(seat, monkeypatch):
    monkeypatch.setattr(verbs, "MOST", len(USUAL) + 1)
    change(seat, add="One")
    with pytest.raises(ListTooLong):
        change(seat, add="Two")


def test_only_what_no_record_names_is_taken_away(seat):
    used, unused = (change(seat, add=name)[-1].key for name in ("Used", "Unused"))
    ClientFactory(vulnerabilities=[used])
    with pytest.raises(LineUsed):
        remove_line(key=used, by=seat)
    remove_line(key=unused, by=seat)
    remove_line(key="debt", by=seat)  # a usual one is hidden, never taken away
    assert [line.label for line in lines()][-2:] == ["In debt", "Used"]
    assert Entry.objects.count() == 3


class TestThePage:
    @pytest.fixture
    def browser(self, alpha, member, client_of, settings):
        settings.DEMO = True
        return client_of(member(alpha, Role.SUPERVISOR), alpha)

    def sent(self, browser, **changed):
        form = browser.get(PAGE).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value() not in (False, None)}
        return {**data, **changed}

    def keys(self, alpha):
        with inside(alpha):
            return [line.key for line in lines()]

    def test_names_are_saved_with_whatever_button(self, alpha, browser):
        data = self.sent(browser, **{"name-debt": " Owes   money ", "add": "  New  line ", "up": "never_worked"})
        assert "The list is saved." in browser.post(PAGE, data, follow=True).content.decode()
        with inside(alpha):
            labels = [label for _key, label in choices()]
        assert labels[:2] == ["Never had a job", "Out of work for more than a year"]
        assert labels[-2:] == ["Owes money", "New line"]

    def test_lines_move_down_and_not_beyond_the_ends(self, alpha, browser):
        before = self.keys(alpha)
        browser.post(PAGE, self.sent(browser, down=before[0]))
        assert self.keys(alpha)[:2] == before[1::-1]
        browser.post(PAGE, self.sent(browser, up=before[1]))
        browser.post(PAGE, self.sent(browser, down="nothing"))
        assert self.keys(alpha)[:2] == before[1::-1]

    def test_unticking_hides(self, alpha, browser):
        data = self.sent(browser)
        del data["on-debt"]
        browser.post(PAGE, data)
        with inside(alpha):
            assert "debt" not in dict(choices())

    def test_taking_away(self, alpha, browser):
        browser.post(PAGE, self.sent(browser, add="New"))
        key = self.keys(alpha)[-1]
        with inside(alpha):
            client = ClientFactory(vulnerabilities=[key])
        page = browser.post(PAGE, self.sent(browser, remove=key), follow=True)
        assert "Records name this line." in page.content.decode()
        with inside(alpha):
            client.delete()
        browser.post(PAGE, self.sent(browser, remove=key))
        assert key not in self.keys(alpha)

    def test_the_second_to_save_sees_the_list_as_it_is_and_keeps_what_was_typed(self, alpha, browser):
        late = self.sent(browser, add="Mine")
        browser.post(PAGE, self.sent(browser, add="Theirs"))
        page = browser.post(PAGE, late)
        text = page.content.decode()
        assert page.status_code == 409
        assert 'value="Theirs"' in text
        assert 'value="Mine"' in text
        again = {**self.sent(browser), "mark": page.context["mark"], "add": "Mine"}
        assert browser.post(PAGE, again).status_code == 302

    def test_the_number_of_queries_does_not_grow(self, browser, django_assert_max_num_queries):
        for name in ("One", "Two", "Three"):
            browser.post(PAGE, self.sent(browser, add=name))
        with django_assert_max_num_queries(9):
            browser.get(PAGE)

    def test_each_organisation_has_its_own(self, browser, beta):
        browser.post(PAGE, self.sent(browser, add="Of alpha alone"))
        with inside(beta):
            assert choices() == USUAL
