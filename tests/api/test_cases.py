"""Cases, programmes and colleagues through the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from tenants.caseloads.domain.cases import enrol
from tenants.caseloads.domain.programmes import ProgrammeDetails, add_programme
from tenants.caseloads.enums.cases import ProgrammeState
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Case, Consent, Programme, TeamMember
from tenants.organisations.isolation import inside
from tests.api.conftest import is_problem
from tests.factories.caseloads import ClientFactory

Make = Callable[..., SimpleNamespace]
PATH = "/api/v1/cases/"


@pytest.fixture
def writer(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.CLIENTS_WRITE)


def story(ref: OrganisationRef, seat: Seat, *, enrolled: bool = True, name: str = "Steps") -> SimpleNamespace:
    """A person in somebody's care with a consent to take part, and a programme; to be called outside."""
    with inside(ref):
        client = ClientFactory(assigned_to_id=seat.membership_id)
        programme = add_programme(details=ProgrammeDetails(name=name, starts_on=date(2020, 1, 1)), by=seat)
        consent = Consent.objects.create(
            client=client, purpose=ConsentPurpose.ENROLMENT, expires_on=timezone.localdate() + timedelta(days=9),
            language="en", how_given="signed", scopes=["identity"],
        )  # fmt: skip
        case = None
        if enrolled:
            case = enrol(
                client=client, programme=programme, consent=consent, expectations="Work with wood.",
                opened_on=timezone.localdate() - timedelta(days=5), by=seat,
            )  # fmt: skip
    return SimpleNamespace(client=client, programme=programme, consent=consent, case=case)


@pytest.fixture
def mentor(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MENTOR)


def post(api: Browser, path: str, values: dict[str, Any], **headers: str) -> Any:
    return api.post(path, values, content_type="application/json", headers=headers)


def test_one_case(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    told = story(alpha, mentor)
    answer = writer.api.get(f"{PATH}{told.case.pk}/")
    assert answer.status_code == 200
    assert "wood" not in answer.content.decode()
    case = answer.json()
    assert case["client"] == {"id": str(told.client.pk), "name": str(told.client)}
    assert case["programme"] == {"id": str(told.programme.pk), "name": "Steps"}
    assert (case["number"], case["closed_on"], case["exit"]) == (1, None, None)
    assert case["abilities"] == {"close": True}
    assert writer.api.get(f"{PATH}{told.case.pk}/", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_of_another_organisation_nothing_is_found(
    beta: OrganisationRef, seat_in: Callable[..., Seat], writer: SimpleNamespace
) -> None:
    foreign = story(beta, seat_in(beta, Role.MENTOR))
    assert writer.api.get(PATH).json()["results"] == []
    assert is_problem(writer.api.get(f"{PATH}{foreign.case.pk}/"), "not_found")
    assert is_problem(post(writer.api, f"{PATH}{foreign.case.pk}/close/", {"exit": "job"}), "not_found")
    asked = {"client": str(foreign.client.pk), "programme": str(foreign.programme.pk)}
    assert post(writer.api, PATH, asked).status_code == 422


def test_the_list_and_its_filters(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    first, second = story(alpha, mentor), story(alpha, mentor, name="Leaps")
    post(writer.api, f"{PATH}{first.case.pk}/close/", {"exit": "job"})

    def found(**query: Any) -> list[str]:
        return [row["id"] for row in writer.api.get(PATH, query).json()["results"]]

    assert found() == [str(second.case.pk), str(first.case.pk)]
    assert found(open=True) == [str(second.case.pk)]
    assert found(open=False) == [str(first.case.pk)]
    assert found(client=first.client.pk) == [str(first.case.pk)]
    assert found(programme=second.programme.pk) == [str(second.case.pk)]
    assert writer.api.get(PATH, {"client": "x"}).status_code == 422


def test_colleagues_list_the_cases_of_their_own_clients(
    alpha: OrganisationRef, mentor: Seat, seat_in: Callable[..., Seat], client_of: Callable[..., Browser]
) -> None:
    other = seat_in(alpha, Role.MENTOR)
    own, _others = story(alpha, mentor), story(alpha, other, name="Leaps")
    api = client_of(User.objects.get(pk=mentor.user_id), alpha)
    assert [row["id"] for row in api.get(PATH).json()["results"]] == [str(own.case.pk)]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace, django_assert_num_queries: Any, rows: int
) -> None:
    writer.api.get(PATH)
    for number in range(rows):
        story(alpha, mentor, name=f"Steps {number}")
    with django_assert_num_queries(7):
        writer.api.get(PATH)


def test_enrols_on_the_consent_that_is_there(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    told = story(alpha, mentor, enrolled=False)
    asked = {"client": str(told.client.pk), "programme": str(told.programme.pk)}
    answer = post(writer.api, PATH, asked)
    assert answer.status_code == 201
    assert answer["Location"] == f"{PATH}{answer.json()['id']}/"
    assert answer.json()["opened_on"] == timezone.localdate().isoformat()
    with inside(alpha):
        case = Case.objects.get()
        assert case.consent_id == told.consent.pk
        assert not TeamMember.objects.exists()  # software is on nobody's team
    again = post(writer.api, PATH, asked)
    assert (again.status_code, again.json()["code"]) == (409, "refused")
    assert again.json()["detail"] == "This person takes part in the programme already."


def test_without_a_consent_nobody_is_enrolled(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    told = story(alpha, mentor, enrolled=False)
    with inside(alpha):
        Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_how="spoken")
    answer = post(writer.api, PATH, {"client": str(told.client.pk), "programme": str(told.programme.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert answer.json()["detail"].startswith("There is no valid consent of this person")


def test_what_is_wrong_is_named(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    told = story(alpha, mentor, enrolled=False)
    with inside(alpha):
        Programme.objects.update(state=ProgrammeState.ENDED)
    asked = {"client": str(told.client.pk), "programme": str(told.programme.pk), "opened_on": "2999-01-01"}
    answer = post(writer.api, PATH, asked)
    assert [(fault["field"], fault["code"]) for fault in answer.json()["fields"]] == [
        ("programme", "does_not_exist"), ("opened_on", "invalid"),
    ]  # fmt: skip
    assert writer.api.get("/api/v1/programmes/").json()["results"] == []
    nobody = post(writer.api, PATH, {"client": str(uuid4()), "programme": str(told.programme.pk)})
    assert nobody.status_code == 422


def test_programmes_that_take_people(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    told = story(alpha, mentor)
    assert writer.api.get("/api/v1/programmes/").json()["results"] == [
        {"id": str(told.programme.pk), "name": "Steps", "starts_on": "2020-01-01", "ends_on": None}
    ]


def test_closes(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace) -> None:
    told = story(alpha, mentor)
    path = f"{PATH}{told.case.pk}/"
    etag = writer.api.get(path)["ETag"]
    assert is_problem(post(writer.api, f"{path}close/", {"exit": "job"}, **{"if-match": '"x"'}), "changed_meanwhile")
    answer = post(writer.api, f"{path}close/", {"exit": "job"}, **{"if-match": etag})
    assert answer.status_code == 200
    assert (answer.json()["exit"], answer.json()["closed_on"]) == ("job", timezone.localdate().isoformat())
    assert answer.json()["abilities"] == {"close": False}
    assert answer["ETag"] != etag
    again = post(writer.api, f"{path}close/", {"exit": "job"})
    assert (again.status_code, again.json()["detail"]) == (409, "This case has ended already.")


@pytest.mark.parametrize("on", ["2999-01-01", "2019-01-01"])
def test_a_day_that_cannot_be_is_422(alpha: OrganisationRef, mentor: Seat, writer: SimpleNamespace, on: str) -> None:
    told = story(alpha, mentor)
    answer = post(writer.api, f"{PATH}{told.case.pk}/close/", {"exit": "job", "on": on})
    assert [fault["field"] for fault in answer.json()["fields"]] == ["on"]


def test_reading_is_not_writing(alpha: OrganisationRef, mentor: Seat, software: Make) -> None:
    told = story(alpha, mentor)
    reader = software(alpha, Scope.CLIENTS_READ)
    assert reader.api.get(f"{PATH}{told.case.pk}/").json()["abilities"] == {"close": False}
    for answer in (post(reader.api, PATH, {}), post(reader.api, f"{PATH}{told.case.pk}/close/", {"exit": "job"})):
        assert is_problem(answer, "insufficient_scope", detail="This software may not: “Add and change clients”.")


# --- colleagues -----------------------------------------------------------------------------------------------------
def test_colleagues_are_named_and_nothing_more(
    alpha: OrganisationRef, beta: OrganisationRef, mentor: Seat, seat_in: Callable[..., Seat], software: Make
) -> None:
    seat_in(beta, Role.MENTOR)
    auditor, gone = seat_in(alpha, Role.AUDITOR), seat_in(alpha, Role.MENTOR)
    User.objects.get(pk=gone.user_id).memberships.update(ended_at=timezone.now())
    rows = software(alpha, Scope.REFERRALS_READ).api.get("/api/v1/colleagues/").json()["results"]
    assert rows == [
        {"membership": str(auditor.membership_id), "name": auditor.name, "role": "auditor",
         "may_be_responsible": False},
        {"membership": str(mentor.membership_id), "name": mentor.name, "role": "mentor", "may_be_responsible": True},
    ]  # fmt: skip


def test_colleagues_are_not_for_every_scope(alpha: OrganisationRef, software: Make) -> None:
    answer = software(alpha, Scope.DIRECTORY_READ).api.get("/api/v1/colleagues/")
    assert is_problem(answer, "insufficient_scope", detail="This software may not: “See colleagues and their roles”.")
