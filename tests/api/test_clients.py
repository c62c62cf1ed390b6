"""Clients through the API: by people and by software."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from tenants.caseloads.domain.cases import enrol
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.programmes import ProgrammeDetails, add_programme
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.organisations.isolation import inside
from tests.api.conftest import is_problem
from tests.factories.caseloads import ClientFactory

Make = Callable[..., SimpleNamespace]
PATH = "/api/v1/clients/"
SEALED = {"national_number", "health", "note"}


@pytest.fixture
def reader(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.CLIENTS_READ)


@pytest.fixture
def writer(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.CLIENTS_WRITE)


@pytest.fixture
def person(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Any:
    """Somebody in a colleague's care, with everything that a record can hold."""
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        return ClientFactory(known=True, assigned_to_id=seat.membership_id)


def entries(ref: OrganisationRef) -> list[tuple[str, str, dict[str, Any]]]:
    with inside(ref):
        return list(Entry.objects.order_by("id").values_list("action", "actor_name", "detail"))


def patch(api: Browser, pk: UUID, values: dict[str, Any], **headers: str) -> Any:
    if not headers:
        headers = {"if-match": api.get(f"{PATH}{pk}/")["ETag"]}
    return api.patch(f"{PATH}{pk}/", values, content_type="application/json", headers=headers)


def test_one_person(person: Client, reader: SimpleNamespace) -> None:
    answer = reader.api.get(f"{PATH}{person.pk}/")
    assert answer.status_code == 200
    told = answer.json()
    assert not SEALED & told.keys()
    for text in ("0101990450007", "Flour", "baker"):
        assert text not in answer.content.decode()
    assert told["id"] == str(person.pk)
    assert (told["given_name"], told["birth_year"], told["vulnerabilities"]) == (
        person.given_name, 1990, ["long_term"],
    )  # fmt: skip
    assert told["assigned_to"]["membership"] == str(person.assigned_to_id)
    assert told["created_at"].endswith("Z")
    assert told["abilities"] == {"change": False}
    assert entries(reader.ref)[-1] == (
        "client.viewed", "Case system", {"page": "api-client", "software": str(reader.pk)},
    )  # fmt: skip


def test_the_list_is_of_all_for_software(person: Client, reader: SimpleNamespace, beta: OrganisationRef) -> None:
    with inside(beta):
        ClientFactory(given_name="Elsewhere")
    told = reader.api.get(PATH).json()
    assert [row["id"] for row in told["results"]] == [str(person.pk)]
    assert not SEALED & told["results"][0].keys()
    assert entries(reader.ref)[-1] == ("client.listed", "Case system", {"shown": 1, "software": str(reader.pk)})


def test_the_list_of_a_colleague_is_their_own(
    alpha: OrganisationRef, person: Client, seat_in: Callable[..., Seat], client_of: Callable[..., Browser]
) -> None:
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        own = ClientFactory(assigned_to_id=seat.membership_id)
    api = client_of(User.objects.get(pk=seat.user_id), alpha)
    assert [row["id"] for row in api.get(PATH).json()["results"]] == [str(own.pk)]
    assert is_problem(
        api.get(f"{PATH}{person.pk}/"), "not_allowed", detail="This person is in the care of a colleague."
    )


def test_of_another_organisation_nothing_is_found(beta: OrganisationRef, reader: SimpleNamespace) -> None:
    with inside(beta):
        foreign = ClientFactory()
    assert is_problem(reader.api.get(f"{PATH}{foreign.pk}/"), "not_found")


def test_filters(alpha: OrganisationRef, person: Client, reader: SimpleNamespace) -> None:
    now = timezone.now()
    with inside(alpha):
        early = ClientFactory(changed_at=now - timedelta(days=2))
        Client.objects.filter(pk=person.pk).update(changed_at=now)
        late = ClientFactory(changed_at=now - timedelta(hours=1))

    def found(**query: Any) -> list[str]:
        return [row["id"] for row in reader.api.get(PATH, query).json()["results"]]

    assert found(reference=person.reference) == [str(person.pk)]
    assert found(reference="nobody's") == []
    since = (now - timedelta(days=1)).isoformat()
    assert found(updated_since=since) == [str(late.pk), str(person.pk)]
    assert found() == [str(late.pk), str(early.pk), str(person.pk)]
    first = reader.api.get(PATH, {"updated_since": since, "limit": 1}).json()
    rest = reader.api.get(first["next"]).json()
    assert [row["id"] for row in rest["results"]] == [str(person.pk)]
    assert rest["next"] is None
    assert is_problem(
        reader.api.get(PATH, {"updated_since": "yesterday"}),
        "invalid_fields",
        fields=[
            {
                "field": "updated_since",
                "code": "invalid",
                "message": "Datetime has wrong format. Use one of these formats instead: "
                "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
            }
        ],
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    alpha: OrganisationRef, reader: SimpleNamespace, django_assert_num_queries: Any, seat_in: Any, rows: int
) -> None:
    reader.api.get(PATH)
    seats = [seat_in(alpha, Role.MENTOR) for _number in range(rows)]
    with inside(alpha):
        for seat in seats:
            ClientFactory(known=True, assigned_to_id=seat.membership_id)
    with django_assert_num_queries(7):
        reader.api.get(PATH)


@pytest.mark.parametrize("scope", sorted(set(Scope) - {Scope.CLIENTS_READ, Scope.CLIENTS_WRITE}))
def test_other_scopes_read_nobody(alpha: OrganisationRef, person: Client, software: Make, scope: Scope) -> None:
    api = software(alpha, scope).api
    for path in (PATH, f"{PATH}{person.pk}/"):
        answer = api.get(path)
        assert is_problem(
            answer, "insufficient_scope", detail="This software may not: “Read the clients one works with”."
        )
        assert answer["WWW-Authenticate"].endswith('scope="clients:read clients:write"')


def test_reading_is_not_writing(person: Client, reader: SimpleNamespace) -> None:
    detail = "This software may not: “Add and change clients”."
    post = reader.api.post(PATH, {"given_name": "New"}, content_type="application/json")
    assert is_problem(post, "insufficient_scope", detail=detail)
    assert is_problem(patch(reader.api, person.pk, {"given_name": "New"}), "insufficient_scope", detail=detail)


# --- adding -------------------------------------------------------------------------------------------------------
def test_adds(alpha: OrganisationRef, writer: SimpleNamespace, seat_in: Callable[..., Seat]) -> None:
    mentor = seat_in(alpha, Role.MENTOR)
    asked = {
        "given_name": "Nora", "born_on": "1990-05-01", "national_number": "0105990455017", "reference": "X-1",
        "languages": ["sq", "mk"], "vulnerabilities": ["long_term"], "assigned_to": str(mentor.membership_id),
    }  # fmt: skip
    answer = writer.api.post(PATH, asked, content_type="application/json")
    assert answer.status_code == 201
    told = answer.json()
    assert answer["Location"] == f"{PATH}{told['id']}/"
    assert "national_number" not in told
    assert (told["given_name"], told["born_on"], told["languages"]) == ("Nora", "1990-05-01", ["mk", "sq"])
    assert told["assigned_to"] == {"membership": str(mentor.membership_id), "name": mentor.name}
    assert told["abilities"] == {"change": True}
    assert writer.api.get(answer["Location"])["ETag"] == answer["ETag"]
    with inside(alpha):
        saved = Client.objects.get(pk=told["id"])
        assert saved.national_number == "0105990455017"
        assert saved.created_by_id is None
    assert ("client.added", "Case system", {"software": str(writer.pk)}) in entries(alpha)


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({}, ("given_name", "required")),
        ({"given_name": " "}, ("given_name", "required")),
        ({"given_name": "A" * 101}, ("given_name", "max_length")),
        ({"given_name": "A", "born_on": "01.05.1990"}, ("born_on", "invalid")),
        ({"given_name": "A", "born_on": "2999-01-01"}, ("born_on", "invalid")),
        ({"given_name": "A", "born_on": "1800-01-01"}, ("born_on", "invalid")),
        ({"given_name": "A", "birth_year": 1800}, ("birth_year", "invalid")),
        ({"given_name": "A", "birth_year": 1990, "born_on": "1990-01-01"}, ("birth_year", "invalid")),
        ({"given_name": "A", "vulnerabilities": ["unheard-of"]}, ("vulnerabilities", "invalid_choice")),
        ({"given_name": "A", "languages": ["klingon"]}, ("languages.0", "invalid_choice")),
        ({"given_name": "A", "languages": ["sq", "klingon"]}, ("languages.1", "invalid_choice")),
        ({"given_name": "A", "assigned_to": str(uuid4())}, ("assigned_to", "does_not_exist")),
        ({"given_name": "A", "reference": "TAKEN"}, ("reference", "unique")),
    ],
)
def test_what_is_wrong_is_named(
    alpha: OrganisationRef, writer: SimpleNamespace, asked: dict[str, Any], fault: tuple[str, str]
) -> None:
    with inside(alpha):
        add_client(details=ClientDetails(given_name="Other", reference="TAKEN"), by=writer.by)
    answer = writer.api.post(PATH, asked, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_fields"
    assert [(found["field"], found["code"]) for found in answer.json()["fields"]] == [fault]
    with inside(alpha):
        assert Client.objects.count() == 1


# --- changing -----------------------------------------------------------------------------------------------------
def test_changes_what_is_sent(person: Client, writer: SimpleNamespace) -> None:
    answer = patch(writer.api, person.pk, {"phone": "+389 71 000 000"})
    assert answer.status_code == 200
    assert (answer.json()["phone"], answer.json()["place"]) == ("+389 71 000 000", person.place)
    with inside(writer.ref):
        saved = Client.objects.get(pk=person.pk)
        assert (saved.note, saved.health, saved.national_number) == (person.note, person.health, person.national_number)
        assert saved.version == 2
    acts = [action for action, *_rest in entries(writer.ref) if action != "client.viewed"]
    assert acts[-1] == "client.changed"


def test_hands_over(alpha: OrganisationRef, person: Client, writer: SimpleNamespace, seat_in: Any) -> None:
    other = seat_in(alpha, Role.MENTOR)
    answer = patch(writer.api, person.pk, {"assigned_to": str(other.membership_id), "place": "Skopje"})
    assert answer.json()["assigned_to"]["name"] == other.name
    same = patch(writer.api, person.pk, {"assigned_to": str(other.membership_id)})
    assert same["ETag"] == answer["ETag"]
    nobody = patch(writer.api, person.pk, {"assigned_to": None})
    assert nobody.json()["assigned_to"] is None


def test_a_taken_number_is_422(alpha: OrganisationRef, person: Client, writer: SimpleNamespace) -> None:
    with inside(alpha):
        add_client(details=ClientDetails(given_name="Other", reference="TAKEN"), by=writer.by)
    answer = patch(writer.api, person.pk, {"reference": "TAKEN", "place": "Skopje"})
    assert [(found["field"], found["code"]) for found in answer.json()["fields"]] == [("reference", "unique")]
    with inside(alpha):
        assert Client.objects.get(pk=person.pk).place == person.place


def test_a_volunteer_on_the_team_writes_no_number(
    alpha: OrganisationRef, seat_in: Callable[..., Seat], client_of: Callable[..., Browser]
) -> None:
    seat = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        client = ClientFactory(assigned_to_id=seat.membership_id)
        steps = add_programme(details=ProgrammeDetails(name="Steps", starts_on=date(2020, 1, 1)), by=seat)
        consent = Consent.objects.create(
            client=client, purpose=ConsentPurpose.ENROLMENT, expires_on=timezone.localdate() + timedelta(days=9),
            language="en", how_given="signed", scopes=["identity"],
        )  # fmt: skip
        enrol(client=client, programme=steps, consent=consent, profession=Profession.VOLUNTEER, by=seat)
    api = client_of(User.objects.get(pk=seat.user_id), alpha)
    detail = "The national number is for those who work with the person by profession."
    assert is_problem(patch(api, client.pk, {"national_number": "1"}), "not_allowed", detail=detail)
    assert patch(api, client.pk, {"place": "Skopje"}).status_code == 200


def test_a_merged_record_leads_on(alpha: OrganisationRef, person: Client, writer: SimpleNamespace) -> None:
    with inside(alpha):
        other = ClientFactory()
        Client.objects.filter(pk=person.pk).update(merged_into=other.pk)
    answer = writer.api.get(f"{PATH}{person.pk}/")
    assert (answer.status_code, answer.json()["code"], answer.json()["into"]) == (404, "merged", str(other.pk))


# --- ETags --------------------------------------------------------------------------------------------------------
def test_without_if_match_nothing_is_changed(person: Client, writer: SimpleNamespace) -> None:
    answer = writer.api.patch(f"{PATH}{person.pk}/", {"place": "X"}, content_type="application/json")
    assert is_problem(answer, "if_match_missing")


@pytest.mark.parametrize("wanted", ['"0123456789abcdef.0"', "nonsense", '""', 'W/"0123456789abcdef"'])
def test_another_state_is_412(person: Client, writer: SimpleNamespace, wanted: str) -> None:
    answer = patch(writer.api, person.pk, {"place": "X"}, **{"if-match": wanted})
    assert is_problem(answer, "changed_meanwhile")
    again = patch(writer.api, person.pk, {"place": "X"}, **{"if-match": answer["ETag"]})
    assert again.status_code == 200


@pytest.mark.parametrize("wrap", ["{}", "W/{}", '"other", {}', "*"])
def test_the_state_that_was_seen_is_changed(person: Client, writer: SimpleNamespace, wrap: str) -> None:
    """Also where compression has weakened the tag, and where it was read in another language."""
    etag = writer.api.get(f"{PATH}{person.pk}/", headers={"accept-language": "fa"})["ETag"]
    assert patch(writer.api, person.pk, {"place": "X"}, **{"if-match": wrap.format(etag)}).status_code == 200
    assert patch(writer.api, person.pk, {"place": "Y"}, **{"if-match": etag}).status_code == 412


def test_what_is_known_is_not_sent_again(person: Client, writer: SimpleNamespace) -> None:
    path = f"{PATH}{person.pk}/"
    etag = writer.api.get(path)["ETag"]
    for known in (etag, f"W/{etag}", "*", f'"x", {etag}'):
        answer = writer.api.get(path, headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    patch(writer.api, person.pk, {"place": "X"})
    assert writer.api.get(path, headers={"if-none-match": etag}).status_code == 200


def test_the_same_state_seen_otherwise_is_sent(
    person: Client, reader: SimpleNamespace, writer: SimpleNamespace
) -> None:
    path = f"{PATH}{person.pk}/"
    etag = reader.api.get(path)["ETag"]
    assert writer.api.get(path, headers={"if-none-match": etag}).status_code == 200


def test_times_are_of_utc(person: Client, reader: SimpleNamespace) -> None:
    with time_machine.travel("2026-05-01T12:00:00Z", tick=False), inside(reader.ref):
        client = ClientFactory(changed_at=timezone.now())
    fresh = reader.api.get(f"{PATH}{client.pk}/", headers={"authorization": f"Bearer {reader.token}"}).json()
    assert fresh["changed_at"] == "2026-05-01T12:00:00Z"
