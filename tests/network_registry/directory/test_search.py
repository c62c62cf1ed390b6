"""What is found, in which order, and what is not shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halka.common.current import OrganisationRef
from network_registry.directory.domain import entries
from network_registry.directory.domain.search import Point, Results, Wanted, search
from network_registry.directory.domain.services import ClosedDays, change_service, close_on
from network_registry.directory.gazetteer import distance, town_named
from network_registry.directory.models import Entry, Offer, Service
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

Make = Callable[..., Offer]
TETOVO = Point(42.010, 20.971)
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def names(results: Results) -> list[str]:
    return [str(found.offer.service) for found in results.found]


@pytest.fixture
def find(alpha: OrganisationRef) -> Callable[..., Results]:
    """As somebody of alpha's looks."""

    def make(*, cursor: str = "", size: int = 20, now: datetime | None = None, **wanted: Any) -> Results:
        with inside(alpha):
            return search(Wanted(**wanted), cursor=cursor, size=size, now=now)

    return make


def test_the_nearest_come_first(find: Any, offered: Make, alpha: OrganisationRef, beta: OrganisationRef) -> None:
    for place in ("Skopje", "Gostivar", "Valjevo", "مشهد", "Tetovë", "Bogovinje"):
        offered(beta, f"In {place}", place)
    offered(alpha, "Nowhere", "Atlantis")
    found = find(near=TETOVO)
    assert names(found) == ["In Tetovë", "In Bogovinje", "In Gostivar", "In Skopje", "In Valjevo", "In مشهد"]
    ways = [one.metres for one in found.found]
    assert ways == sorted(ways)
    town = town_named("Valjevo")
    assert town is not None
    assert found.found[4].metres == round(distance(TETOVO.latitude, TETOVO.longitude, town.latitude, town.longitude))
    assert names(find(near=TETOVO, within=30_000)) == ["In Tetovë", "In Bogovinje", "In Gostivar"]
    assert "Nowhere" in names(find())


def test_pages_of_the_nearest_go_on_and_back(find: Any, offered: Make, beta: OrganisationRef) -> None:
    """Several at one place and some far away, two at a time, in both directions."""
    for number, place in enumerate(["Tetovo", "Tetovo", "Tetovo", "Gostivar", "Skopje", "Bitola", "Tehran"]):
        offered(beta, f"{number}", place)
    pages, cursor = [], ""
    while True:
        part = find(near=TETOVO, cursor=cursor, size=2)
        pages.append(names(part))
        if not part.next:
            break
        cursor = part.next
    flat = [name for page in pages for name in page]
    assert sorted(flat[:3]) == ["0", "1", "2"]
    assert flat[3:] == ["3", "4", "5", "6"]
    back = [pages[-1]]
    while part.previous:
        part = find(near=TETOVO, cursor=part.previous, size=2)
        back.insert(0, names(part))
    assert [name for page in back for name in page] == flat


def test_without_a_place_by_name_page_by_page(find: Any, offered: Make, beta: OrganisationRef) -> None:
    for name in ("Žabe", "Alma", "Čaj", "Cvet"):
        offered(beta, name)
    first = find(size=3)
    assert names(first) == ["Alma", "Cvet", "Čaj"]
    assert names(find(size=3, cursor=first.next)) == ["Žabe"]
    assert first.found[0].metres is None


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"need": "training"}, ["Sewing"]),
        ({"language": "sq"}, ["Mentoring"]),
        ({"has_places": True}, ["Sewing"]),
        ({"text": "šivenje"}, ["Sewing"]),
        ({"text": "SIVENJE"}, ["Sewing"]),
        ({"text": "шивење"}, ["Sewing"]),
        ({"text": "sivenja"}, ["Sewing"]),
        ({"text": "mentroing"}, ["Mentoring"]),
        ({"text": "Beta"}, ["Mentoring", "Sewing"]),
        ({"text": "tetovo mentor"}, ["Mentoring"]),
        ({"text": "xylophone"}, []),
        ({"text": "?"}, ["Mentoring", "Sewing"]),
        ({"text": "xq"}, []),
    ],
)
def test_each_wish_narrows(
    find: Any, offered: Make, beta: OrganisationRef, wanted: dict[str, Any], expected: list[str]
) -> None:
    offered(beta, "Mentoring", "Tetovo", languages=("sq", "mk"), free=0)
    offered(beta, "", "Valjevo", names={"en": "Sewing", "sr": "Šivenje"}, need="training", languages=("sr",), free=2)
    assert names(find(**wanted)) == expected
    assert names(find(near=TETOVO, **wanted)) == expected


def test_typing_mistakes_are_told(find: Any, offered: Make, beta: OrganisationRef) -> None:
    offered(beta, "Mentoring")
    assert not find(text="mentoring").is_guess
    assert find(text="mentroing").is_guess
    assert not find(text="zzzzzzz").is_guess


def test_open_now_counts_in_the_organisations_time(
    find: Any, offered: Make, alpha: OrganisationRef, beta: OrganisationRef, seat_in: Any
) -> None:
    Organisation.objects.filter(pk=beta.id).update(time_zone="Asia/Tehran")  # three and a half hours ahead
    in_tehran = offered(beta, "Tehran's")
    offered(alpha, "Universal")
    assert sorted(names(find(open_now=True, now=MONDAY_NOON))) == ["Tehran's", "Universal"]
    later = MONDAY_NOON.replace(hour=13)
    assert names(find(open_now=True, now=later)) == ["Universal"]
    assert names(find(open_now=True, now=MONDAY_NOON.replace(hour=5))) == ["Tehran's"]
    assert find(open_now=True, now=datetime(2026, 11, 22, 12, tzinfo=UTC)).found == []
    day, seat = date(2026, 11, 23), seat_in(beta, "manager")
    with inside(beta):
        close_on(location=in_tehran.location, add=ClosedDays(day, day), by=seat)
    assert names(find(open_now=True, now=MONDAY_NOON)) == ["Universal"]
    assert {str(one.offer.service): one.opening.is_open for one in find(now=MONDAY_NOON).found} == {
        "Tehran's": False,
        "Universal": True,
    }


def test_what_is_not_shown_is_not_found(
    find: Any, offered: Make, alpha: OrganisationRef, beta: OrganisationRef, seat_in: Any
) -> None:
    offered(beta, "Hidden", is_published=False)
    shown = offered(beta, "Shown")
    assert names(find()) == ["Shown"]
    assert names(find(without=beta.id)) == []
    Organisation.objects.filter(pk=beta.id).update(state="suspended")
    assert names(find()) == []
    Organisation.objects.filter(pk=beta.id).update(state="active")
    seat = seat_in(beta, "manager")
    with inside(beta):
        service = Service.objects.get(pk=shown.service_id)
        change_service(service=service, details=_details(service, is_published=False), seen_version=1, by=seat)
    assert names(find()) == []


def _details(service: Service, **changes: Any) -> Any:
    from network_registry.directory.domain.services import ServiceDetails

    values = {"names": service.names, "descriptions": service.descriptions, "need": service.need, **changes}
    return ServiceDetails(**values)


def test_every_night_the_rows_are_written_anew(
    find: Any, offered: Make, beta: OrganisationRef, monkeypatch: Any
) -> None:
    monkeypatch.setattr(entries, "AT_ONCE", 2)
    for number in range(3):
        offered(beta, f"Service {number}")
    Organisation.objects.filter(pk=beta.id).update(names={"en": "Renamed Centre"})
    assert names(find(text="renamed")) == []
    Entry.objects.all().delete()
    assert entries.renew_all() == 3
    assert len(names(find(text="renamed"))) == 3


def test_as_many_queries_for_three_as_for_one(find: Any, offered: Make, beta: OrganisationRef) -> None:
    counts = []
    for _turn in range(2):
        offered(beta, "Mentoring", "Tetovo")
        with CaptureQueriesContext(connection) as queries:
            find(text="mentoring", near=TETOVO, language="", open_now=False)
        counts.append(len(queries))
        offered(beta, "Mentoring", "Skopje")
    assert counts[0] == counts[1]


def test_a_changed_cursor_leads_to_the_first_page(find: Any, offered: Make, beta: OrganisationRef) -> None:
    offered(beta, "Mentoring")
    for cursor in ("x", "WyJiIl0", "%%%"):
        assert names(find(near=TETOVO, cursor=cursor)) == ["Mentoring"]
    with time_machine.travel(MONDAY_NOON, tick=False):
        assert find().found[0].opening.is_open
