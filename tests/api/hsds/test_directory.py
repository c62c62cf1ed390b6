"""The public directory: every answer is what HSDS 3.1 says, and holds nothing that is not shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker

from api.hsds.description import PATHS, openapi
from api.hsds.taxonomies import TAXONOMIES, TERMS
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from network_registry.directory.domain.services import ClosedDays, close_on
from network_registry.directory.hours import Span
from network_registry.directory.models import Location, Offer, Service
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

PUBLISHED = json.loads(Path(__file__).with_name("hsds-3.1.json").read_text())
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
formats = FormatChecker(formats=())


@formats.checks("uuid", raises=ValueError)
def _uuid(value: Any) -> bool:
    return str(UUID(value)) == value


@formats.checks("date-time", raises=ValueError)
def _moment(value: Any) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


@formats.checks("date", raises=ValueError)
def _date(value: Any) -> bool:
    return bool(date.fromisoformat(value))


@formats.checks("uri", raises=ValueError)
def _uri(value: Any) -> bool:
    return all(urlsplit(value)[:2])


def faults(body: Any, kind: str) -> list[str]:
    """What the published schema has against it."""
    schema = {**PUBLISHED, "$ref": f"#/$defs/{kind}"}
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema, format_checker=formats).iter_errors(body)
    ]


def against_ours(body: Any, path: str) -> list[str]:
    """What our own description has against it."""
    described = openapi()
    content = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**content, "components": described["components"]}
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema, format_checker=formats).iter_errors(body)
    ]


@pytest.fixture
def anybody(client_of: Callable[..., Client]) -> Client:
    return client_of(None)


@pytest.fixture
def get(anybody: Client) -> Callable[..., Any]:
    """The JSON of an answer."""

    def ask(path: str, **query: Any) -> Any:
        answer = anybody.get(f"/hsds/v3{path}", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return ask


@pytest.fixture
def rich(alpha: OrganisationRef, beta: OrganisationRef, offered: Any, seat_in: Any) -> Iterator[Offer]:
    """An offer with all that it can have, one of a bare service, and one that is not shown."""
    Organisation.objects.filter(pk=beta.id).update(time_zone="Asia/Tehran", logo_type="image/png", parent=alpha.id)
    with time_machine.travel(NOW, tick=False):
        offered(alpha, "Hidden", is_published=False)
        offered(alpha, "Bare", "Atlantis", hours=())
        offer = offered(
            beta,
            "",
            names={"sr": "Mentorstvo", "en": "Mentoring"},
            descriptions={"en": "Somebody walks along."},
            dimension="social",
            eligibility="Anybody",
            fees="5 EUR",
            application="Come by",
            languages=("sq", "rom"),
            target_groups=("roma", "young"),
            minimum_age=15,
            maximum_age=30,
            free=2,
            weeks=3,
            hours=(
                Span(0, time(8), time(16)),
                Span(1, time(8), time(16)),
                Span(2, time(9), time(12)),
            ),
        )
        Location.objects.filter(pk=offer.location_id).update(
            accessibility=["lift"], postal_code="1200", address="Main 1"
        )
        Offer.objects.filter(pk=offer.pk).update(phone="+389 44 000 002")
        seat = seat_in(beta, Role.MANAGER)
        with inside(beta):
            holidays = ClosedDays(NOW.date(), NOW.date() + timedelta(days=2), "Holidays")
            close_on(location=offer.location, add=holidays, by=seat)
            past = ClosedDays(NOW.date() - timedelta(days=9), NOW.date() - timedelta(days=8))
            close_on(location=offer.location, add=past, by=seat)
        yield offer


KINDS = {
    "/services": "service",
    "/service_at_locations": "service_at_location",
    "/locations": "location",
    "/organizations": "organization",
    "/taxonomies": "taxonomy",
    "/taxonomy_terms": "taxonomy_term",
}


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
@pytest.mark.parametrize("full", [{}, {"full": "true"}, {"full_service": "true"}])
def test_lists_and_details_are_what_hsds_says(
    rich: Offer, get: Any, path: str, kind: str, full: dict[str, str]
) -> None:
    takes = PATHS[path][2].split()
    page = get(path, **{name: value for name, value in full.items() if name in takes})
    assert faults(page, "page") == []
    assert against_ours(page, path) == []
    assert page["total_items"] == len(page["contents"]) == page["size"] > 0
    assert (page["first_page"], page["last_page"], page["empty"], page["total_pages"]) == (True, True, False, 1)
    for row in page["contents"]:
        assert faults(row, kind) == []
        detail = get(f"{path}/{row['id']}")
        assert faults(detail, kind) == []
        assert against_ours(detail, f"{path}/{{id}}") == []
        assert detail["id"] == row["id"]


def test_a_service_in_full(rich: Offer, get: Any) -> None:
    body = get(f"/services/{rich.service_id}")
    link = body.pop("service_at_locations")[0]
    place = link.pop("location")
    attributes = body.pop("attributes")
    capacity = body.pop("capacities")[0]
    languages = body.pop("languages")
    assert {name: value for name, value in body.items() if name not in ("id", "organization_id", "organization")} == {
        "name": "Mentoring",
        "alternate_name": "Mentorstvo",
        "description": "Somebody walks along.",
        "status": "active",
        "application_process": "Come by",
        "fees_description": "5 EUR",
        "eligibility_description": "Anybody",
        "minimum_age": 15,
        "maximum_age": 30,
        "assured_date": "2026-11-23",
        "last_modified": "2026-11-23T12:00:00.000Z",
    }
    assert body["organization"]["name"] == "Beta Centre"
    assert body["organization"]["logo"].endswith("beta.halka.localhost:8000/logo/")
    assert [one["taxonomy_term"]["code"] for one in attributes] == ["mentoring", "social", "young", "roma"]
    assert (capacity["available"], capacity["updated"]) == (2, "2026-11-23T12:00:00.000Z")
    assert capacity["description"] == "House, Tetovo · 3 weeks of waiting"
    assert [one["code"] for one in languages] == ["sq", "rom"]
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in link["schedules"]] == [
        ("MO,TU", "08:00+03:30", "16:00+03:30"),
        ("WE", "09:00+03:30", "12:00+03:30"),
    ]
    assert link["schedules"][0]["timezone"] == 3.5
    assert link["schedules"][0]["notes"] == "Closed: 2026-11-23/2026-11-25 Holidays"
    assert link["phones"][0]["number"] == "+389 44 000 002"
    assert (place["latitude"], place["longitude"]) == (42.010, 20.971)
    assert place["addresses"][0]["postal_code"] == "1200"
    assert place["accessibility"][0]["description"] == "Lift"


def test_what_is_empty_is_left_out_and_what_is_demanded_stands(rich: Offer, get: Any) -> None:
    bare = next(row for row in get("/services", full="true")["contents"] if row["name"] == "Bare")
    assert "alternate_name" not in bare
    assert "capacities" not in bare
    assert bare["fees_description"] == "Free"
    place = bare["service_at_locations"][0]["location"]
    assert "latitude" not in place
    assert place["addresses"][0]["postal_code"] == ""


def test_only_what_is_shown_by_active_organisations(
    rich: Offer, get: Any, anybody: Client, beta: OrganisationRef
) -> None:
    hidden = Service.objects.get(is_published=False)
    assert anybody.get(f"/hsds/v3/services/{hidden.pk}").status_code == 404
    assert "Hidden" not in json.dumps(get("/services", full="true"))
    for state in ("provisional", "suspended", "closed"):
        Organisation.objects.filter(pk=beta.id).update(state=state)
        for path in ("/services", "/service_at_locations", "/locations", "/organizations"):
            assert str(beta.id) not in json.dumps(get(path))
        assert anybody.get(f"/hsds/v3/services/{rich.service_id}").status_code == 404
        assert anybody.get(f"/hsds/v3/service_at_locations/{rich.pk}").status_code == 404
        assert anybody.get(f"/hsds/v3/locations/{rich.location_id}").status_code == 404
        assert anybody.get(f"/hsds/v3/organizations/{beta.id}").status_code == 404
    Organisation.objects.filter(pk=beta.id).update(state="active")
    Offer.objects.filter(pk=rich.pk).update(is_offered=False)
    assert get(f"/services/{rich.service_id}")["status"] == "temporarily closed"
    assert anybody.get(f"/hsds/v3/locations/{rich.location_id}").status_code == 404


def test_the_secretariat_is_no_provider(secretariat: OrganisationRef, get: Any) -> None:
    assert str(secretariat.id) not in json.dumps(get("/organizations"))


def term(code: str) -> str:
    return str(next(one.id for one in TERMS if one.code == code))


def taxonomy(code: str) -> str:
    return str(next(one.id for one in TAXONOMIES if one.code == code))


def test_wishes_add_up(rich: Offer, get: Any, alpha: OrganisationRef, beta: OrganisationRef) -> None:
    def names(path: str = "/services", **query: Any) -> list[str]:
        return sorted(row.get("name") or row["service"]["name"] for row in get(path, **query)["contents"])

    for path in ("/services", "/service_at_locations"):
        assert names(path) == ["Bare", "Mentoring"]
        assert names(path, taxonomy_term_id=term("mentoring")) == ["Bare", "Mentoring"]
        assert names(path, taxonomy_term_id=term("roma")) == ["Mentoring"]
        assert names(path, taxonomy_term_id=uuid4()) == []
        assert names(path, taxonomy_id=taxonomy("group")) == ["Mentoring"]
        assert names(path, taxonomy_id=taxonomy("dimension")) == ["Mentoring"]
        assert names(path, taxonomy_id=uuid4()) == []
        assert names(path, organization_id=alpha.id) == ["Bare"]
        assert names(path, taxonomy_term_id=term("roma"), organization_id=alpha.id) == []
        assert names(path, search="mentorstvo") == ["Mentoring"]
        assert names(path, search="менторство тетово") == ["Mentoring"]
        assert names(path, modified_after="2026-11-23T12:00:00Z") == ["Bare", "Mentoring"]
        assert names(path, modified_after="2026-11-23T12:00:01Z") == []
    Offer.objects.filter(pk=rich.pk).update(changed_at=NOW + timedelta(hours=1))
    assert names(modified_after="2026-11-23T12:30:00Z") == ["Mentoring"]
    assert names("/service_at_locations", postcode="1200") == ["Mentoring"]
    assert names("/locations", search="tetovo") == ["House"]
    assert names("/organizations", search="beta") == ["Beta Centre"]
    assert names("/organizations", taxonomy_term_id=term("roma")) == ["Beta Centre"]
    assert names("/organizations", taxonomy_id=taxonomy("group")) == ["Beta Centre"]
    assert names("/taxonomies", search="needs") == ["Needs"]
    assert names("/taxonomy_terms", search="work practice") == ["Work practice"]
    assert len(names("/taxonomy_terms", taxonomy_id=taxonomy("dimension"))) == 3
    assert names("/taxonomy_terms", parent_id=uuid4()) == []


def test_pages_are_numbered(rich: Offer, get: Any) -> None:
    first, second = (get("/services", per_page=1, page=number) for number in (1, 2))
    assert {first["contents"][0]["name"], second["contents"][0]["name"]} == {"Bare", "Mentoring"}
    assert (first["total_items"], first["total_pages"], first["first_page"], first["last_page"]) == (2, 2, True, False)
    assert (second["page_number"], second["size"], second["first_page"], second["last_page"]) == (2, 1, False, True)
    beyond = get("/taxonomy_terms", page=9)
    assert (beyond["empty"], beyond["contents"], beyond["last_page"]) == (True, [], True)
    minimal = get("/services", minimal="true", per_page=1)
    assert minimal["size"] == 2
    assert {tuple(row) for row in minimal["contents"]} == {("id", "modified_date")}
    assert against_ours(minimal, "/services") == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/services?page=0", "page"),
        ("/services?per_page=501", "per_page"),
        ("/services?format=ndjson", "format"),
        ("/services?taxonomy_id=needs", "taxonomy_id"),
        ("/services?modified_after=yesterday", "modified_after"),
        ("/organizations?full=perhaps", "full"),
    ],
)
def test_what_cannot_be_read_is_a_problem(db: None, anybody: Client, path: str, field: str) -> None:
    answer = anybody.get(f"/hsds/v3{path}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid_fields"
    assert [fault["field"] for fault in answer.json()["fields"]] == [field]


@pytest.mark.parametrize(
    "path", ["/services/1", f"/services/{UUID(int=1)}", f"/taxonomies/{UUID(int=1)}", "/nothing", "/services/"]
)
def test_what_is_not_there_is_a_problem(db: None, anybody: Client, path: str) -> None:
    answer = anybody.get(f"/hsds/v3{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_nothing_is_changed_here(db: None, anybody: Client) -> None:
    answer = anybody.post("/hsds/v3/services", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_any_cache_may_keep_an_answer(rich: Offer, anybody: Client, member: Any, client_of: Any, alpha: Any) -> None:
    answer = anybody.get("/hsds/v3/services")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Accept-Language" in answer["Vary"]
    same = anybody.get("/hsds/v3/services", headers={"if-none-match": answer["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", answer["ETag"])
    in_serbian = anybody.get("/hsds/v3/services", headers={"accept-language": "sr", "if-none-match": answer["ETag"]})
    assert in_serbian.status_code == 200
    assert "Mentorstvo" in {row["name"] for row in in_serbian.json()["contents"]}
    browser = client_of(member(alpha, Role.MENTOR, language="fa"))
    signed_in = browser.get("/hsds/v3/services")
    assert (signed_in["ETag"], signed_in["Cache-Control"]) == (answer["ETag"], answer["Cache-Control"])


def test_an_address_may_ask_so_often(db: None, anybody: Client, settings: Any) -> None:
    settings.API_READS_PER_MINUTE = 2
    with time_machine.travel(NOW, tick=False):
        answers = [anybody.get("/hsds/v3/") for _turn in range(3)]
        other = anybody.get("/hsds/v3/", REMOTE_ADDR="192.0.2.7")
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[1]["RateLimit-Remaining"] == "0"
    assert answers[2]["Retry-After"] == "60"
    assert answers[2].json()["code"] == "too_many_requests"
    assert other.status_code == 200


def test_about_and_the_description(db: None, get: Any, anybody: Client) -> None:
    about = get("/")
    assert faults(about, "about") == []
    assert against_ours(about, "/") == []
    served = get(urlsplit(about["openapi_url"]).path.removeprefix("/hsds/v3"))
    committed = (Path(settings.ROOT) / "docs" / "generated" / "hsds.json").read_text()
    assert served == json.loads(committed)


def test_our_shapes_know_no_field_that_hsds_does_not() -> None:
    kinds = {"ServiceAtLocation": "service_at_location", "TaxonomyTerm": "taxonomy_term",
             "ServiceCapacity": "service_capacity"}  # fmt: skip
    for name, shape in openapi()["components"]["schemas"].items():
        kind = PUBLISHED["$defs"].get(kinds.get(name, name.lower()))
        if kind:
            assert set(shape["properties"]) <= set(kind["properties"]), name
            assert set(kind["required"]) <= set(shape["required"]) | {"contents"}, name


@pytest.mark.parametrize("path", ["/services", "/service_at_locations", "/locations", "/organizations"])
def test_as_many_queries_for_three_as_for_one(
    offered: Any, alpha: OrganisationRef, beta: OrganisationRef, anybody: Client, path: str
) -> None:
    counts = []
    for _turn in range(2):
        offered(alpha, free=1)
        with CaptureQueriesContext(connection) as queries:
            anybody.get(f"/hsds/v3{path}", {"full": "true"} if path != "/locations" else {})
        counts.append(len(queries))
        offered(beta, free=1)
    assert counts[0] == counts[1]
