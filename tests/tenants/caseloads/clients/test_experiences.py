"""Work and learning: lines that are added, changed and removed on the person's page, with a script or without."""

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.domain.experiences import (
    ExperienceDetails,
    add_experience,
    change_experience,
    experiences_of,
    remove_experience,
)
from tenants.caseloads.models import Experience
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory

HTMX = {"hx-request": "true"}
BAKER = ExperienceDetails(kind="job", title="Baker", at="Mill", from_year=2001, to_year=2004)


@pytest.fixture
def seat(alpha, seat_in):
    seat = seat_in(alpha)
    with inside(alpha):
        yield seat


def test_what_goes_on_first_then_the_newest(seat):
    client = ClientFactory()
    for title, years in {
        "no years": {},
        "old": {"from_year": 1990, "to_year": 1995},
        "open start": {"from_year": 2000},
        "new": {"from_year": 2001, "to_year": 2010},
        "now": {"from_year": 1980, "is_current": True},
    }.items():
        add_experience(client=client, details=ExperienceDetails("job", title, **years), by=seat)
    assert [line.title for line in experiences_of(client)] == ["now", "new", "old", "open start", "no years"]
    assert str(experiences_of(client)[0]) == "now"


def test_each_change_is_written_down_about_the_person(seat):
    client = ClientFactory()
    line = add_experience(client=client, details=BAKER, by=seat)
    change_experience(line=line, details=BAKER, by=seat)
    changed = change_experience(line=line, details=ExperienceDetails("job", "Cook", is_current=True), by=seat)
    assert (changed.title, changed.at, changed.to_year, changed.is_current) == ("Cook", "", None, True)
    remove_experience(line=changed, by=seat)
    assert not Experience.objects.exists()
    entries = Entry.objects.order_by("id").values_list("action", "about_id")
    assert list(entries) == [(f"experience.{what}", client.pk) for what in ("added", "changed", "removed")]


class TestThePages:
    DATA = {"kind": "job", "title": "Baker", "at": "Mill", "from_year": "2001", "to_year": "2004"}

    @pytest.fixture
    def client(self, add):
        return add(given_name="Ana")

    @pytest.fixture
    def line(self, worker, client, seat_in):
        seat = seat_in(worker.ref)
        with inside(worker.ref):
            return add_experience(client=client, details=BAKER, by=seat)

    def test_without_a_script(self, worker, client):
        address = f"/clients/{client.pk}/experience/add/"
        assert "<main" in worker.browser.get(address).content.decode()
        assert worker.browser.post(address, self.DATA)["Location"] == f"/clients/{client.pk}/#experience"
        text = worker.browser.get(f"/clients/{client.pk}/").content.decode()
        assert "Baker" in text
        assert "2001–2004" in text

    def test_in_place(self, worker, client, line):
        address = f"/clients/{client.pk}/experience/{line.pk}/"
        form = worker.browser.get(address, headers=HTMX).content.decode()
        assert "<main" not in form
        assert 'value="Baker"' in form
        part = worker.browser.post(address, {**self.DATA, "title": "Cook"}, headers=HTMX).content.decode()
        assert part.lstrip().startswith('<section class="card" id="experience"')
        assert "Cook" in part

    def test_a_draft_ends_with_the_part_that_is_saved(self, worker, client):
        address = f"/clients/{client.pk}/experience/add/"
        data = {**self.DATA, "_draft": f"/clients/{client.pk}/#experience", "_draft_page": "ab"}
        assert worker.browser.post(address, data, headers=HTMX)["Halka-Draft"] == "sent"
        mistaken = worker.browser.post(address, {**data, "title": ""}, headers=HTMX)
        assert "Halka-Draft" not in mistaken

    @pytest.mark.parametrize(
        ("sent", "field", "message"),
        [
            ({"title": ""}, "title", "required"),
            ({"kind": "other"}, "kind", "valid choice"),
            ({"to_year": "1999"}, "to_year", "It cannot end before it begins."),
            ({"is_current": "on"}, "to_year", "Either it goes on or it has ended."),
            ({"from_year": "soon"}, "from_year", "four digits"),
        ],
    )
    def test_a_mistake_is_told_beside_its_field(self, worker, client, sent, field, message):
        page = worker.browser.post(f"/clients/{client.pk}/experience/add/", {**self.DATA, **sent})
        assert message in " ".join(page.context["form"].errors[field])
        with inside(worker.ref):
            assert not Experience.objects.exists()

    def test_removing(self, worker, client, line):
        address = f"/clients/{client.pk}/experience/{line.pk}/remove/"
        assert worker.browser.get(address).status_code == 405
        assert "Nothing is written down yet." in worker.browser.post(address, headers=HTMX).content.decode()
        assert worker.browser.post(address).status_code == 404

    def test_a_line_is_its_own_persons(self, worker, client, line, add, beta, member, client_of):
        other = add(given_name="Other")
        assert worker.browser.post(f"/clients/{other.pk}/experience/{line.pk}/remove/").status_code == 404
        assert worker.browser.get(f"/clients/{other.pk}/experience/{line.pk}/").status_code == 404
        stranger = client_of(member(beta, Role.MANAGER), worker.ref)
        assert stranger.post(f"/clients/{client.pk}/experience/{line.pk}/remove/").status_code == 404

    @pytest.mark.parametrize(
        ("years", "words"),
        [
            ({"from_year": 2001, "is_current": True}, "since 2001"),
            ({"is_current": True}, ">now<"),
            ({"from_year": 2001}, ">2001<"),
            ({"to_year": 2004}, ">2004<"),
            ({"from_year": 2001, "to_year": 2001}, ">2001<"),
        ],
    )
    def test_years_in_words(self, worker, client, years, words):
        with inside(worker.ref):
            Experience.objects.create(client=client, kind="job", title="Baker", **years)
        assert words in worker.browser.get(f"/clients/{client.pk}/").content.decode()
