from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import RequestFactory, override_settings
from django.urls import path

from halka.authorization.roles import Permission, Role, Seat
from halka.common import navigation
from halka.common.navigation import Site


def page(request):
    raise AssertionError("never called")


urlpatterns = [
    path("", page, name="today"),
    path("clients/", page, name="clients"),
    path("clients/archive/", page, name="archive"),
    path("members/", page, name="members"),
    path("figures/", page, name="figures"),
]
CASEWORKER = Seat(1, 1, Role.CASEWORKER, "Ada")
AUDITOR = Seat(2, 2, Role.AUDITOR, "Ben")


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_entries", [])
    navigation.register("Clients", "clients", "people", Permission.CLIENT_VIEW, order=20)
    navigation.register("Today", "today", "sun", order=10)
    navigation.register("Archive", "archive", "clipboard", Permission.CLIENT_VIEW, order=30)
    navigation.register("Members", "members", "people", site=Site.NETWORK)
    navigation.register("Figures", "figures", "graph-up", order=40, kinds={"secretariat"})
    with override_settings(ROOT_URLCONF=__name__):
        yield


def seen(path: str = "/", seat: Seat | None = None, kind: str = "ngo", site: Site = Site.WORKSPACE):
    request = RequestFactory().get(path)
    request.seat, request.organisation = seat, SimpleNamespace(kind=kind)
    return navigation.links_for(request, site)


def labels(**about) -> list[str]:
    return [str(link.label) for link in seen(**about)]


def test_entries_come_in_order_and_by_permission() -> None:
    assert labels(seat=CASEWORKER) == ["Today", "Clients", "Archive"]
    assert labels(seat=AUDITOR) == ["Today"]


def test_without_a_seat_only_what_needs_no_permission() -> None:
    assert labels(seat=None) == ["Today"]
    assert [link.label for link in navigation.links_for(RequestFactory().get("/"), Site.WORKSPACE)] == ["Today"]


def test_sites_are_apart() -> None:
    assert labels(seat=CASEWORKER, site=Site.NETWORK) == ["Members"]


def test_some_entries_are_for_one_kind_of_organisation() -> None:
    assert "Figures" in labels(seat=AUDITOR, kind="secretariat")
    assert "Figures" not in labels(seat=AUDITOR)


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Today"), ("/clients/", "Clients"), ("/clients/7/", "Clients"), ("/clients/archive/", "Archive")],
)
def test_the_page_one_is_on_is_marked_once(path: str, current: str) -> None:
    assert [link.label for link in seen(path, CASEWORKER) if link.is_current] == [current]


def test_nothing_is_marked_elsewhere() -> None:
    assert not [link for link in seen("/preferences/", CASEWORKER) if link.is_current]


def test_registering_twice_replaces() -> None:
    navigation.register("My clients", "clients", "people", Permission.CLIENT_VIEW, order=5)
    assert labels(seat=CASEWORKER) == ["My clients", "Today", "Archive"]
