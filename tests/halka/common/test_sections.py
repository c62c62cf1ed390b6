"""Parts that apps put onto pages: order, permission, kind of organisation, nothing to show."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from halka.authorization.roles import Permission, Role, Seat
from halka.common import sections


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr(sections, "_sections", {})
    return "place"


def shown(request, **about):
    return [(part.html.strip(), part.aside) for part in sections.rendered("place", request, **about)]


@pytest.fixture
def request_of(db):
    def make(role=Role.VIEWER, kind="ngo"):
        request = RequestFactory().get("/")
        request.seat = Seat(1, None, role, "Ana")
        request.organisation = SimpleNamespace(
            kind=kind, name=lambda language: "Alpha", colour="teal", idle_minutes=None
        )
        request.memberships = []
        return request

    return make


CRUMB = "components/avatar.html"


def named(name):
    return lambda request, **about: {"name": name}


def test_in_order_and_only_at_their_place(place, request_of):
    sections.register(place, "components/brand.html", lambda request: {"href": "/second"}, order=2)
    sections.register(place, CRUMB, named("Ana Kos"), order=1, aside=True)
    sections.register("elsewhere", CRUMB, named("Nobody"))
    first, second = shown(request_of())
    assert ("AK" in first[0], first[1]) == (True, True)
    assert ("/second" in second[0], second[1]) == (True, False)


def test_the_same_template_replaces_the_earlier_one(place, request_of):
    sections.register(place, CRUMB, named("Ana Kos"))
    sections.register(place, CRUMB, named("Berta Zupan"))
    (only,) = shown(request_of())
    assert "BZ" in only[0]


def test_nothing_to_show_is_left_out(place, request_of):
    sections.register(place, CRUMB, lambda request: None)
    assert shown(request_of()) == []


@pytest.mark.parametrize(("role", "count"), [(Role.VIEWER, 1), (Role.AUDITOR, 0)])
def test_by_permission(place, request_of, role, count):
    sections.register(place, CRUMB, named("Ana"), Permission.CLIENT_VIEW)
    assert len(shown(request_of(role))) == count


@pytest.mark.parametrize(("kind", "count"), [("branch", 1), ("ngo", 0)])
def test_by_kind_of_organisation(place, request_of, kind, count):
    sections.register(place, CRUMB, named("Ana"), kinds={"branch", "secretariat"})
    assert len(shown(request_of(kind=kind))) == count


def test_what_the_page_passes_on_reaches_context_and_template(place, request_of):
    sections.register(place, CRUMB, lambda request, name: {"large": name == "Ana Kos"})
    (part,) = shown(request_of(), name="Ana Kos")
    assert "AK" in part[0]
    assert "avatar-large" in part[0]
