from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.authorization.roles import Role, Scope
from network_registry.exchange.enums import State
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Document
from tenants.organisations.isolation import inside
from tenants.referrals.models import Enclosure, Referral
from tests.api.conftest import is_problem
from tests.tenants.referrals.test_enclosing import SCOPES


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def consent(consent: Any) -> Any:
    """Covers documents too."""
    return lambda **values: consent(**{"scopes": SCOPES, **values})


def url(pk: object) -> str:
    return f"/api/v1/referrals/{pk}/documents/"


def send(client: Client, pk: object, content: bytes = b"It is certified", name: str = "Certificate.txt") -> Any:
    return client.post(url(pk), {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_sent_listed_read_and_taken_back(
    at_sender: Client, at_target: Client, referred: Any, tasks: Any, sender: SimpleNamespace
) -> None:
    made = referred(State.ACCEPTED)
    with tasks():
        response = send(at_sender, made.out)
    assert response.status_code == 201
    body = response.json()
    assert body == {
        "id": body["id"], "is_ours": True, "by": sender.seat.name, "title": "Certificate",
        "content": f"{url(made.out)}{body['id']}/content/", "content_type": "text/plain", "size": 15,
        "audience": "team", "at": body["at"], "taken_back_at": None,
    }  # fmt: skip
    assert response["Location"] == f"{url(made.out)}{body['id']}/"
    there = {**body, "is_ours": False, "by": None, "content": f"{url(made.into)}{body['id']}/content/"}
    assert at_target.get(url(made.into)).json() == {"results": [there], "next": None, "previous": None}
    assert at_target.get(f"{url(made.into)}{body['id']}/").json() == there
    content = at_target.get(there["content"])
    assert b"".join(content.streaming_content) == b"It is certified"
    assert (content["Content-Type"], content["Cache-Control"]) == ("text/plain", "private, no-store")
    assert is_problem(at_target.post(f"{url(made.into)}{body['id']}/take-back/"), "not_found")
    with tasks():
        assert at_sender.post(f"{url(made.out)}{body['id']}/take-back/").status_code == 204
    gone = at_target.get(url(made.into)).json()["results"][0]
    assert (gone["title"], gone["content"], gone["taken_back_at"] is None) == (None, None, False)
    assert is_problem(at_target.get(there["content"]), "not_found")


def test_without_consent_or_acceptance_it_is_409(at_sender: Client, referred: Any) -> None:
    response = send(at_sender, referred(State.OPENED).out)
    assert (response.status_code, response.json()["code"]) == (409, "refused")


@pytest.mark.parametrize(
    ("content", "name"), [(b"<html>", "page.html"), (b"x" * (10 * 1024 * 1024 + 1), "big.txt"), (b"", "empty.txt")]
)
def test_bad_files_are_refused_beside_the_field(
    at_sender: Client, referred: Any, sender: SimpleNamespace, content: bytes, name: str
) -> None:
    made = referred(State.ACCEPTED)
    response = send(at_sender, made.out, content, name)
    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["fields"]] == ["file"]
    assert at_sender.post(url(made.out), {}).status_code == 422
    assert is_problem(at_sender.post(url(made.out), {}, content_type="application/json"), "unsupported_media_type")
    with inside(sender.ref):
        assert Document.objects.count() == 0


def test_software_needs_the_scope_for_what_was_told(
    software: Any, at_sender: Client, referred: Any, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    with tasks():
        key = send(at_sender, made.out).json()["id"]
    plain = software(target.ref, Scope.REFERRALS_READ, Scope.REFERRALS_WRITE)
    for address in (url(made.into), f"{url(made.into)}{key}/", f"{url(made.into)}{key}/content/"):
        assert is_problem(
            plain.api.get(address), "insufficient_scope",
            detail="This software may not: “Read what was told with a referral: names and details”.",
        )  # fmt: skip
    trusted = software(target.ref, Scope.REFERRALS_READ, Scope.DISCLOSURES_READ)
    assert b"".join(trusted.api.get(f"{url(made.into)}{key}/content/").streaming_content) == b"It is certified"
    with inside(target.ref):
        Enclosure.objects.update(audience=Audience.PROFESSIONALS)
    assert is_problem(trusted.api.get(f"{url(made.into)}{key}/content/"), "not_found")
    assert trusted.api.get(url(made.into)).json()["results"][0]["title"] is None


def test_what_is_restricted_is_shown_to_nobody(
    at_sender: Client, at_target: Client, referred: Any, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    with tasks():
        send(at_sender, made.out)
        at_sender.post(
            f"/api/v1/referrals/{made.out}/messages/", {"text": "Good day"}, content_type="application/json"
        )  # fmt: skip
    with inside(target.ref):
        Referral.objects.update(restricted_at=timezone.now())
    assert at_target.get(url(made.into)).json()["results"] == []
    assert at_target.get(f"/api/v1/referrals/{made.into}/messages/").json()["results"] == []


def test_the_other_organisations_documents_do_not_exist_here(at_target: Client, referred: Any) -> None:
    assert is_problem(at_target.get(url(referred(State.ACCEPTED).out)), "not_found")


def test_who_may_only_read_sends_nothing(
    referred: Any, sender: SimpleNamespace, member: Any, client_of: Callable[..., Client]
) -> None:
    made = referred(State.ACCEPTED)
    manager = client_of(member(sender.ref, Role.SUPERVISOR), sender.ref)
    assert send(manager, made.out).status_code == 201


def test_one_document_costs_as_much_as_three(at_sender: Client, referred: Any) -> None:
    made = referred(State.ACCEPTED)
    send(at_sender, made.out)
    at_sender.get(url(made.out))
    with CaptureQueriesContext(connection) as one:
        at_sender.get(url(made.out))
    send(at_sender, made.out)
    send(at_sender, made.out)
    with CaptureQueriesContext(connection) as three:
        at_sender.get(url(made.out))
    assert len(one) == len(three)
