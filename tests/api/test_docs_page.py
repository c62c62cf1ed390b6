"""The description of the API as a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from api.v1 import docs
from halka.authorization.roles import Role, Scope
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from tests.api.test_schema_read import COMMITTED

PAGE = "/api/v1/docs/"


def test_every_operation_stands_there(alpha: OrganisationRef, member: Any, client_of: Callable[..., Client]) -> None:
    answer = client_of(member(alpha, Role.VIEWER), alpha).get(PAGE)
    assert answer.status_code == 200
    shown = re.findall(r"<b>([A-Z]+)</b> (\S+)</code>", answer.content.decode())
    written = COMMITTED.read_text()
    paths = re.split(r"^  (/api/\S+):$", written.partition("components:\n  schemas:")[0], flags=re.MULTILINE)[1:]
    operations = [
        (method.upper(), path)
        for path, described in zip(paths[::2], paths[1::2], strict=True)
        for method in re.findall(r"^    ([a-z]+):$", described, flags=re.MULTILINE)
    ]
    assert sorted(shown) == sorted(operations)
    assert len(operations) > 50


def test_an_operation_says_what_it_takes(alpha: OrganisationRef, member: Any, client_of: Callable[..., Client]) -> None:
    page = client_of(member(alpha, Role.MANAGER), alpha).get(PAGE).content.decode()
    part = unescape(page.partition('id="referrals_add"')[2].partition("</details>")[0])
    for words in ("referrals:write", "Idempotency-Key", "Writes a referral", "consent_missing", "recipient"):
        assert words in part
    example = json.loads(re.search(r"<code>({.*?})</code>", part, flags=re.DOTALL)[1])  # type: ignore[index]
    assert example["service"] == "mentoring"
    assert example["consent"]["scopes"] == ["identity"]
    assert example["consent"]["expires_on"] == "2027-05-30"
    assert "Try it" not in part


def test_what_only_reads_is_tried_with_a_link(
    alpha: OrganisationRef, member: Any, client_of: Callable[..., Client]
) -> None:
    manager = client_of(member(alpha, Role.MANAGER), alpha)
    links = re.findall(r'href="(/api/v1/[^"]*)">\s*Try it', manager.get(PAGE).content.decode())
    assert "/api/v1/referrals/" in links
    for link in links:
        assert resolve(link, WORKSPACE_URLS)
        assert manager.get(link, headers={"accept": "text/html,*/*;q=0.8"})["Content-Type"] == "application/json"


def test_it_is_made_once_for_each_language(
    alpha: OrganisationRef, member: Any, client_of: Callable[..., Client]
) -> None:
    docs._groups.cache_clear()
    client = client_of(member(alpha, Role.MANAGER), alpha)
    first = client.get(PAGE).content
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(PAGE).content) == len(first)
    assert len(queries) < 20
    in_persian = client_of(member(alpha, Role.MANAGER, language="fa"), alpha).get(PAGE).content.decode()
    assert "/api/v1/referrals/" in in_persian
    assert docs._groups.cache_info().currsize == 2


def test_software_is_led_to_the_schema(alpha: OrganisationRef, software: Any) -> None:
    answer = software(alpha, Scope.EVENTS_READ).api.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, "/api/v1/schema/")
