"""Own services through the API, and saying how many places are free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from halka.audit.models import Entry
from halka.authorization.roles import Scope
from halka.common.current import OrganisationRef
from network_registry.directory.models import Offer
from tenants.organisations.isolation import inside
from tests.api.conftest import is_problem
from tests.network_registry.directory.conftest import offered

__all__ = ["offered"]
Make = Callable[..., SimpleNamespace]


@pytest.fixture
def writer(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.SERVICES_WRITE)


@pytest.fixture
def offer(alpha: OrganisationRef, offered: Callable[..., Offer]) -> Offer:
    return offered(alpha, free=3, weeks=2)


def confirm(api: Any, path: str, values: dict[str, Any], etag: str | None = None) -> Any:
    headers = {"if-match": etag or api.get(path)["ETag"]}
    return api.patch(path, values, content_type="application/json", headers=headers)


def test_own_services_with_their_places(
    beta: OrganisationRef, offer: Offer, offered: Callable[..., Offer], writer: SimpleNamespace
) -> None:
    offered(beta, "Elsewhere")
    listed = writer.api.get("/api/v1/services/").json()["results"]
    assert [(row["id"], row["name"], row["need"]) for row in listed] == [
        (str(offer.service_id), "Mentoring", "mentoring")
    ]
    place = listed[0]["offers"][0]
    assert (place["id"], place["free_places"], place["waiting_weeks"]) == (str(offer.pk), 3, 2)
    assert place["location"]["place"] == "Tetovo"
    one = writer.api.get(f"/api/v1/services/{offer.service_id}/")
    assert one.json() == listed[0]
    again = writer.api.get(f"/api/v1/services/{offer.service_id}/", headers={"if-none-match": one["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    alpha: OrganisationRef, offered: Any, writer: SimpleNamespace, django_assert_num_queries: Any, rows: int
) -> None:
    writer.api.get("/api/v1/services/")
    for number in range(rows):
        offered(alpha, f"Service {number}")
    with django_assert_num_queries(7):
        writer.api.get("/api/v1/services/")


def test_of_another_organisation_nothing_is_found_or_changed(
    beta: OrganisationRef, offered: Callable[..., Offer], writer: SimpleNamespace
) -> None:
    """Though every member may read it in the directory."""
    foreign = offered(beta, free=1)
    for path in (f"/api/v1/services/{foreign.service_id}/", f"/api/v1/offers/{foreign.pk}/"):
        assert is_problem(writer.api.get(path), "not_found")
    refused = confirm(writer.api, f"/api/v1/offers/{foreign.pk}/", {"free_places": 9}, "*")
    assert is_problem(refused, "not_found")
    assert Offer.objects.get(pk=foreign.pk).free_places == 1


def test_confirms_what_is_true_now(offer: Offer, writer: SimpleNamespace) -> None:
    path = f"/api/v1/offers/{offer.pk}/"
    with time_machine.travel(datetime.fromisoformat("2036-01-01T10:00:00+00:00"), tick=False):
        api = writer.renewed()
        answer = confirm(api, path, {"free_places": 0})
        assert answer.status_code == 200
        told = answer.json()
        assert (told["free_places"], told["waiting_weeks"]) == (0, 2)
        assert told["confirmed_at"] == "2036-01-01T10:00:00Z"
        assert api.get(path)["ETag"] == answer["ETag"]
        assert confirm(api, path, {"free_places": None, "waiting_weeks": None}).json()["free_places"] is None
    with inside(writer.ref):
        assert Entry.objects.filter(action="capacity.confirmed", actor_name="Case system").count() == 2


def test_what_was_confirmed_meanwhile_is_412(offer: Offer, writer: SimpleNamespace) -> None:
    path = f"/api/v1/offers/{offer.pk}/"
    etag = writer.api.get(path)["ETag"]
    confirm(writer.api, path, {"free_places": 1})
    assert is_problem(confirm(writer.api, path, {"free_places": 2}, etag), "changed_meanwhile")


@pytest.mark.parametrize(
    "values", [{"free_places": -1}, {"free_places": 501}, {"waiting_weeks": 105}, {"free_places": "x"}]
)
def test_numbers_nobody_believes_are_422(offer: Offer, writer: SimpleNamespace, values: dict[str, Any]) -> None:
    answer = confirm(writer.api, f"/api/v1/offers/{offer.pk}/", values)
    assert [fault["field"] for fault in answer.json()["fields"]] == list(values)


def test_who_only_reads_confirms_nothing(alpha: OrganisationRef, offer: Offer, software: Make) -> None:
    answer = confirm(software(alpha, Scope.DIRECTORY_READ).api, f"/api/v1/offers/{offer.pk}/", {"free_places": 1})
    detail = "This software may not: “Say how many places are free and how long people wait”."
    assert is_problem(answer, "insufficient_scope", detail=detail)
