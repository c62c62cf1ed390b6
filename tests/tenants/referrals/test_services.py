""" "Where can I send this person?", on its page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from network_registry.directory.models import Offer
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.organisations.isolation import inside
from tests.network_registry.directory.conftest import offered

__all__ = ["offered"]

Make = Callable[..., Offer]


@pytest.fixture
def seat(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MENTOR)


@pytest.fixture
def browser(seat: Seat, alpha: OrganisationRef, client_of: Callable[..., Browser]) -> Browser:
    from halka.accounts.models import User

    return client_of(User.objects.get(pk=seat.user_id), alpha)


@pytest.fixture
def person(alpha: OrganisationRef, seat: Seat) -> Callable[..., Any]:
    def make(**values: Any) -> Any:
        details = {"given_name": "Zorana", "family_name": "Izmišljena", "place": "Gostivar", "language": "sq", **values}
        with inside(alpha):
            return add_client(details=ClientDetails(**details), assigned_to=seat.membership_id, by=seat)

    return make


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<h2>\s*<a href="[^"]+"><bdi>([^<]+)</bdi>', page)


def test_the_nearest_with_a_map_and_its_table(browser: Browser, offered: Make, alpha: Any, beta: Any) -> None:
    offered(alpha, "Our own", "Tetovo")
    far, near = offered(beta, "Far", "Valjevo", free=0, weeks=3), offered(beta, "Near", "Gostivar", free=2)
    nowhere = offered(beta, "Nowhere", "Atlantis")
    page = text_of(browser.get("/services/", {"place": "Tetovo"}))
    assert names(page) == ["Near", "Far"]
    assert "24 km" in page
    assert "2 free places" in page
    assert "3 weeks of waiting" in page
    assert "confirmed" in page
    assert page.count('class="map-spot"') == 2
    for offer in (near, far):
        assert page.count(f'href="#offer-{offer.pk}"') == 2  # on the map and in its table
        assert f'id="offer-{offer.pk}"' in page
    assert "south" in page
    assert f"/services/{near.pk}/ask/" in page
    assert "Refer there" not in page  # nobody to refer
    by_name = text_of(browser.get("/services/"))
    assert names(by_name) == ["Far", "Near", "Nowhere"]
    assert str(nowhere.pk) in by_name


def test_the_page_knows_the_person(browser: Browser, offered: Make, beta: Any, alpha: Any, person: Any) -> None:
    offer = offered(beta, "Mentoring", "Gostivar", languages=("sq",))
    offered(beta, "In Serbian", "Gostivar", languages=("sr",))
    client = person()
    page = text_of(browser.get("/services/", {"client": str(client.pk)}))
    assert names(page) == ["Mentoring"]
    assert "Where can I send Zorana Izmišljena?" in page
    assert f'href="/clients/{client.pk}/refer/?offer={offer.pk}"' in page
    assert 'value="Gostivar"' in page
    detail = text_of(browser.get(f"/services/{offer.pk}/", {"client": str(client.pk)}))
    assert f'href="/clients/{client.pk}/refer/?offer={offer.pk}"' in detail
    other = text_of(browser.get("/services/", {"client": str(client.pk), "place": "", "language": ""}))
    assert names(other) == ["In Serbian", "Mentoring"]
    with inside(alpha):
        assert Entry.objects.filter(action="client.viewed", about_id=client.pk).count() == 3
    card = text_of(browser.get(f"/clients/{client.pk}/"))
    assert f"/services/?client={client.pk}" in card
    speaks_another = person(language="other", family_name="Druga")
    assert len(names(text_of(browser.get("/services/", {"client": str(speaks_another.pk)})))) == 2


def test_a_record_in_a_colleagues_care_stays_closed(
    browser: Browser, offered: Make, beta: Any, alpha: Any, person: Any, member: Any, client_of: Any
) -> None:
    client = person()
    offer = offered(beta)
    others = client_of(member(alpha, Role.CASEWORKER), alpha)
    for path in ("/services/", f"/services/{offer.pk}/"):
        answer = others.get(path, {"client": str(client.pk)})
        assert answer.status_code == 403
        assert "Zorana" not in answer.content.decode()
    assert browser.get("/services/", {"client": "x"}).status_code == 404
    assert browser.get("/services/", {"client": str(offer.pk)}).status_code == 404


def test_wishes_from_the_form(browser: Browser, offered: Make, beta: OrganisationRef) -> None:
    offered(beta, "Mentoring", "Tetovo", free=1)
    offered(beta, "Sewing", "Skopje", need="training", hours=())
    assert names(text_of(browser.get("/services/", {"need": "training"}))) == ["Sewing"]
    assert names(text_of(browser.get("/services/", {"free": "on"}))) == ["Mentoring"]
    assert names(text_of(browser.get("/services/", {"place": "Tetovo", "within": "10"}))) == ["Mentoring"]
    assert names(text_of(browser.get("/services/", {"open": "on"}))) in ([], ["Mentoring"])
    assert names(text_of(browser.get("/services/", {"need": "nonsense", "within": "far"}))) == ["Mentoring", "Sewing"]
    guess = text_of(browser.get("/services/", {"q": "mentroing"}))
    assert names(guess) == ["Mentoring"]
    assert "These look nearly the same" in guess
    unknown = text_of(browser.get("/services/", {"place": "Atlantis"}))
    assert "We do not know where “Atlantis” is" in unknown
    assert "Nothing found" in text_of(browser.get("/services/", {"q": "zzzzz"}))


def test_more_pages_keep_what_was_asked_for(
    browser: Browser, offered: Make, beta: OrganisationRef, monkeypatch: Any
) -> None:
    from tenants.referrals.services import views

    real = views.search
    monkeypatch.setattr(views, "search", lambda wanted, cursor: real(wanted, cursor=cursor, size=2))
    for number in range(3):
        offered(beta, f"Mentoring {number}", "Tetovo")
    first = browser.get("/services/", {"place": "Tetovo", "need": "mentoring"})
    address = first.context["next_url"]
    assert "place=Tetovo" in address
    second = browser.get(f"/services/{address}")
    assert names(text_of(second)) == ["Mentoring 2"]
    assert second.context["previous_url"]


def test_one_offer_in_full(browser: Browser, offered: Make, alpha: Any, beta: Any) -> None:
    offer = offered(
        beta, "Mentoring", descriptions={"en": "Somebody walks along."}, eligibility="Anybody", fees="5 EUR",
        application="Come by", languages=("sq",), target_groups=("roma",), minimum_age=15,
    )  # fmt: skip
    page = text_of(browser.get(f"/services/{offer.pk}/"))
    for words in ("Somebody walks along.", "Anybody", "5 EUR", "Come by", "Albanian", "Roma", "from 15",
                  "Monday – Friday", "+389 44 000 001", "never confirmed", "Ask for a place", "map-spot"):  # fmt: skip
        assert words in page, words
    older = offered(beta, "Young", maximum_age=30)
    assert "up to 30" in text_of(browser.get(f"/services/{older.pk}/"))
    between = offered(beta, "Between", minimum_age=15, maximum_age=30)
    assert "15 – 30" in text_of(browser.get(f"/services/{between.pk}/"))
    own = offered(alpha, "Own")
    page = text_of(browser.get(f"/services/{own.pk}/"))
    assert "This is your own" in page
    assert "Ask for a place" not in page
    hidden = offered(beta, "Hidden", is_published=False)
    assert browser.get(f"/services/{hidden.pk}/").status_code == 404


def test_a_viewer_looks_and_does_not_ask(offered: Make, alpha: Any, beta: Any, member: Any, client_of: Any) -> None:
    offered(beta)
    viewer = client_of(member(alpha, Role.VIEWER), alpha)
    page = text_of(viewer.get("/services/"))
    assert names(page) == ["Mentoring"]
    assert "/ask/" not in page


def test_in_persian(offered: Make, alpha: Any, beta: Any, member: Any, client_of: Any) -> None:
    offered(beta, names={"fa": "مربی‌گری", "en": "Mentoring"}, place="مشهد", free=3)
    reader = client_of(member(alpha, Role.MENTOR, language="fa"), alpha)
    page = text_of(reader.get("/services/", {"place": "نیشابور"}))
    assert names(page) == ["مربی‌گری"]
    assert "۷۳" in page
    assert 'direction="ltr"' in page


def test_as_many_queries_for_three_as_for_one(browser: Browser, offered: Make, beta: OrganisationRef) -> None:
    counts = []
    for turn in range(2):
        for _number in range(1 + turn):
            offered(beta, "Mentoring", "Tetovo")
        browser.get("/services/", {"place": "Tetovo"})
        with CaptureQueriesContext(connection) as queries:
            text_of(browser.get("/services/", {"place": "Tetovo"}))
        counts.append(len(queries))
    assert counts[0] == counts[1]
