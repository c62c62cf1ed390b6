"""A POST that is sent again is done once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.idp.oidc.models import Client as OAuthClient
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import QueryDict
from django.test import Client as Browser
from django.utils import timezone

from api import idempotency
from api.v1.clients import views
from halka.authorization.roles import Role, Scope
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.models import Client
from tenants.integrations.domain.answers import remove_old_answers
from tenants.integrations.domain.sweeping import sweep
from tenants.integrations.models import IdempotentAnswer
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.domain.software import change_software
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.organisations.walls import connections as walls
from tests.api.conftest import at, is_problem, token_of
from tests.guards.crowd import remove

Make = Callable[..., SimpleNamespace]
PATH = "/api/v1/clients/"


@pytest.fixture
def writer(alpha: OrganisationRef, software: Make) -> SimpleNamespace:
    return software(alpha, Scope.CLIENTS_WRITE)


def add(api: Browser, key: str, name: str = "Nora", path: str = PATH) -> Any:
    asked = {"given_name": name, "place": "Skopje"}
    return api.post(path, asked, content_type="application/json", headers={"idempotency-key": key})


def clients(ref: OrganisationRef) -> int:
    with inside(ref):
        return Client.objects.count()


def test_the_second_time_the_first_answer_comes_again(writer: SimpleNamespace) -> None:
    first, second = add(writer.api, "k-1"), add(writer.api, "k-1")
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    for name in ("ETag", "Location", "Content-Type", "Cache-Control"):
        assert first[name] == second[name]
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert clients(writer.ref) == 1


def test_it_is_kept_sealed(writer: SimpleNamespace) -> None:
    add(writer.api, "k-1", name="Zazzerino")
    with inside(writer.ref):
        row = IdempotentAnswer.objects.values_list("key_hash", "fingerprint", "answer").get()
        assert str(IdempotentAnswer.objects.get()) == str(IdempotentAnswer.objects.get().pk)
    assert b"Zazzerino" not in bytes(row[2].token)
    assert "k-1" not in row


def test_the_order_of_names_is_nothing(writer: SimpleNamespace) -> None:
    add(writer.api, "k-1")
    turned = writer.api.post(
        PATH, '{"place": "Skopje", "given_name": "Nora"}', content_type="application/json",
        headers={"idempotency-key": "k-1"},
    )  # fmt: skip
    assert turned.status_code == 201
    assert clients(writer.ref) == 1


@pytest.mark.parametrize("other", [{"name": "Other"}, {"path": f"{PATH}?x=1"}])
def test_another_request_under_the_same_key_is_422(writer: SimpleNamespace, other: dict[str, str]) -> None:
    add(writer.api, "k-1")
    assert is_problem(add(writer.api, "k-1", **other), "idempotency_key_reused")
    assert clients(writer.ref) == 1


def test_a_key_is_its_callers_own(alpha: OrganisationRef, beta: OrganisationRef, software: Make) -> None:
    for ref in (alpha, alpha, beta):
        answer = add(software(ref, Scope.CLIENTS_WRITE).api, "k-1")
        assert "Idempotency-Replayed" not in answer
    assert (clients(alpha), clients(beta)) == (2, 1)


@pytest.mark.parametrize("key", ["", "x" * 256, "ključ", "a\tb"])
def test_a_bad_key_is_400(writer: SimpleNamespace, key: str) -> None:
    assert is_problem(add(writer.api, key), "bad_idempotency_key")
    assert clients(writer.ref) == 0


def test_what_was_refused_may_be_tried_again(writer: SimpleNamespace) -> None:
    assert add(writer.api, "k-1", name="").status_code == 422
    assert add(writer.api, "k-1", name="Nora").status_code == 201


def test_what_failed_is_not_kept_and_not_done(writer: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the verb itself was through."""
    with monkeypatch.context() as patched:
        patched.setattr(views, "_answer", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            add(writer.api, "k-1")
    assert clients(writer.ref) == 0
    assert add(writer.api, "k-1").status_code == 201
    assert clients(writer.ref) == 1


def test_after_a_day_it_is_a_new_request(writer: SimpleNamespace) -> None:
    add(writer.api, "k-1")
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        api = at(writer.ref, fresh_token(writer))
        assert "Idempotency-Replayed" not in add(api, "k-1")
        assert add(api, "k-1")["Idempotency-Replayed"] == "true"
    assert clients(writer.ref) == 2


def fresh_token(software: SimpleNamespace) -> str:
    told: str = token_of(software.ref, software.client_id, software.secret).json()["access_token"]
    return told


def test_old_answers_are_swept(writer: SimpleNamespace) -> None:
    add(writer.api, "k-1")
    with inside(writer.ref):
        assert remove_old_answers() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False), inside(writer.ref):
        assert sweep() == 1
        assert not IdempotentAnswer.objects.exists()


def test_whoever_is_erased_is_in_no_kept_answer(writer: SimpleNamespace, alpha: OrganisationRef, seat_in: Any) -> None:
    seat = seat_in(alpha, Role.MANAGER)
    gone = add(writer.api, "k-1").json()["id"]
    add(writer.api, "k-2", "Dora")
    with inside(alpha):
        erase_client(client=Client.objects.get(pk=gone), reason="asked", by=seat)
        assert [answer.answer["status"] for answer in IdempotentAnswer.objects.all()] == [201]
        assert gone not in str([answer.answer for answer in IdempotentAnswer.objects.all()])


def test_who_may_less_now_is_not_told_what_was_told_before(alpha: OrganisationRef, software: Make) -> None:
    both = software(alpha, Scope.CLIENTS_WRITE, Scope.REFERRALS_READ)
    add(both.api, "k-1")
    with inside(alpha):
        change_software(software=both.pk, name="Case system", scopes=[Scope.REFERRALS_READ], by=both.by)
    assert is_problem(add(both.api, "k-1"), "may_no_longer")


def test_other_methods_take_no_key(writer: SimpleNamespace) -> None:
    path = add(writer.api, "k-1")["Location"]
    for place in ("A", "B"):
        answer = writer.api.patch(
            path, {"place": place}, content_type="application/json", headers={"idempotency-key": "k-2", "if-match": "*"}
        )
        assert answer.json()["place"] == place


def test_a_forms_boundary_is_nothing() -> None:
    """What is uploaded again comes in another envelope; what counts is names and contents."""

    def fingerprint(content: bytes, name: str = "a.pdf") -> str:
        data = QueryDict(mutable=True)
        data.setlist("title", ["One", "Two"])
        data.setlist("file", [SimpleUploadedFile(name, content)])
        return idempotency._fingerprint(SimpleNamespace(data=data, method="POST", get_full_path=lambda: "/x"))  # type: ignore[arg-type]

    assert fingerprint(b"same") == fingerprint(b"same")
    assert len({fingerprint(b"same"), fingerprint(b"other"), fingerprint(b"same", "b.pdf")}) == 3


# --- at the same moment ---------------------------------------------------------------------------------------------
@pytest.fixture
def committed(login_walls: None) -> Iterator[OrganisationRef]:
    """An organisation with its own login, for what is committed; it is gone after the test."""
    for left in Organisation.objects.filter(schema_name="oncetwice"):  # by a run that was killed
        remove(left.ref())
    made = provision(new=NewOrganisation("oncetwice", {"en": "Once or twice"})).ref()
    yield made
    OAuthClient.objects.filter(software__organisation=made.id).delete()
    remove(made)


def at_once(times: int, work: Callable[[], Any]) -> list[Any]:
    """What each of the threads got, which began together."""
    barrier, found = Barrier(times), []

    def run() -> None:
        try:
            barrier.wait(30)
            found.append(work())
        finally:
            walls.close_all()
            connections.close_all()

    threads = [Thread(target=run) for _number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_at_the_same_moment_it_is_done_once(committed: OrganisationRef, software: Make) -> None:
    made = software(committed, Scope.CLIENTS_WRITE)
    for number in range(3):
        found = at_once(4, lambda key=f"k-{number}": add(at(committed, made.token), key))  # type: ignore[misc]
        assert [answer.status_code for answer in found] == [201] * 4
        assert len({answer.content for answer in found}) == 1
        assert sorted("Idempotency-Replayed" in answer for answer in found) == [False, True, True, True]
    assert clients(committed) == 3


def test_of_two_that_differ_one_is_refused(committed: OrganisationRef, software: Make) -> None:
    made = software(committed, Scope.CLIENTS_WRITE)
    found = at_once(2, lambda: add(at(committed, made.token), "k-1", name=str(uuid7())))
    assert sorted(answer.status_code for answer in found) == [201, 422]
    assert clients(committed) == 1


def test_of_two_changes_of_one_state_one_counts(committed: OrganisationRef, software: Make) -> None:
    """No time between the check of the ETag and the change."""
    made = software(committed, Scope.CLIENTS_WRITE)
    first = add(at(committed, made.token), "k-1")

    def change() -> Any:
        return at(committed, made.token).patch(
            first["Location"], {"place": str(uuid7())}, content_type="application/json",
            headers={"if-match": first["ETag"]},
        )  # fmt: skip

    assert sorted(answer.status_code for answer in at_once(4, change)) == [200, 412, 412, 412]


def test_roles_are_callers_too(alpha: OrganisationRef, member: Any, client_of: Any) -> None:
    api = client_of(member(alpha, Role.MENTOR), alpha)
    assert add(api, "k-1").content == add(api, "k-1").content
    assert clients(alpha) == 1
