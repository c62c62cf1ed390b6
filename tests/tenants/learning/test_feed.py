from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.learning.domain import feeds, groups, sessions
from tenants.learning.models import AdoptedCurriculum, Session
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def mentor(alpha: OrganisationRef, member: Callable[..., User]) -> User:
    return member(alpha, Role.MENTOR)


@pytest.fixture
def by(alpha: OrganisationRef, mentor: User) -> Seat:
    membership = Membership.objects.get(user=mentor, organisation_id=alpha.id)
    return Seat(mentor.pk, membership.pk, Role.MENTOR, mentor.name)


@pytest.fixture
def plan(alpha: OrganisationRef, adopted: AdoptedCurriculum, by: Seat) -> list[Session]:
    """Two sessions of a group, the second cancelled, and one with Zazzerina alone."""
    series = sessions.Series(first=date(2026, 3, 3), begins=time(14), ends=time(15), times=2, spread=True)
    details = groups.GroupDetails(
        name="Spring; Tuesdays, at two", starts_on=date(2026, 3, 2), facilitator_id=by.membership_id, room="Blue room"
    )
    with inside(alpha):
        group = groups.add_group(curriculum=adopted, details=details, by=by)
        made = sessions.make_series(group=group, series=series, by=by)
        sessions.cancel_session(session=made[1], why="Snow", by=by)
        client = add_client(details=ClientDetails(given_name="Zazzerina"), assigned_to=by.membership_id, by=by)
        hours = sessions.SessionDetails(MONDAY, MONDAY.replace(hour=10), facilitator_id=by.membership_id)
        made.append(sessions.add_session(group=None, client=client, details=hours, by=by))
    return made


def fetch(ref: OrganisationRef, token: str) -> Any:
    return Browser(headers={"host": workspace_host(ref.short_name)}).get(f"/learning/calendar/{token}.ics")


def test_a_calendar_that_names_nobody(alpha: OrganisationRef, plan: list[Session], by: Seat) -> None:
    with inside(alpha):
        token = feeds.make_feed(by=by)
    answer = fetch(alpha, token)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART:20260303T140000Z\r\n" in text
    assert "SUMMARY:Spring\\; Tuesdays\\, at two\r\n" in text
    assert "LOCATION:Blue room" in text
    assert "DESCRIPTION:Hope\\nSteps" in text
    assert "SUMMARY:Individual session" in text
    assert text.count("STATUS:CANCELLED") == 1
    assert "Zazzerina" not in text
    assert "Snow" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_address_is_shown_once_and_can_be_ended(
    alpha: OrganisationRef, plan: list[Session], mentor: User, client_of: Callable[..., Browser]
) -> None:
    browser, path = client_of(mentor, alpha), "/learning/calendar/address/"
    assert "Make the address" in browser.get(path).content.decode()
    first = shown(browser.post(path, {"do": "make"}))
    assert first not in browser.get(path).content.decode()
    assert fetch(alpha, first).status_code == 200
    second = shown(browser.post(path, {"do": "make"}))
    assert fetch(alpha, first).status_code == 404
    assert fetch(alpha, second).status_code == 200
    assert browser.post(path, {"do": "end"}).status_code == 302
    assert fetch(alpha, second).status_code == 404


def shown(answer: Any) -> str:
    found = re.search(r"/learning/calendar/([\w-]+)\.ics", answer.content.decode())
    assert found
    return found[1]


def test_it_opens_nothing_elsewhere_and_nothing_for_those_who_left(
    alpha: OrganisationRef, beta: OrganisationRef, plan: list[Session], by: Seat
) -> None:
    with inside(alpha):
        token = feeds.make_feed(by=by)
    assert fetch(beta, token).status_code == 404
    Organisation.objects.filter(pk=alpha.id).update(state=State.SUSPENDED)
    assert fetch(alpha, token).status_code == 404
    Organisation.objects.filter(pk=alpha.id).update(state=State.ACTIVE, schema_version="0")
    assert fetch(alpha, token).status_code == 503
    Organisation.objects.filter(pk=alpha.id).update(schema_version=alpha.schema_version)
    for change in ({"role": Role.AUDITOR}, {"role": Role.MENTOR, "ended_at": timezone.now()}):
        Membership.objects.filter(pk=by.membership_id).update(**change)
        assert fetch(alpha, token).status_code == 404
