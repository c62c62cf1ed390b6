from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS, workspace_host
from halka.common.current import OrganisationRef
from tenants.caseloads.domain import own_page
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client
from tenants.learning.domain import groups, planning, sessions
from tenants.learning.domain.attendance import write_attendance
from tenants.learning.models import AdoptedCurriculum, Attendance, Group, Participant, Session
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tests.tenants.learning.conftest import unit_of

Sign = Callable[..., Browser]
MONDAY = datetime(2026, 3, 2, 16, tzinfo=UTC)
GROUP = {"name": "Spring", "starts_on": "2 3 2026", "places": "1", "share": "75", "seen_version": "0"}


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def mentor(alpha: OrganisationRef, member: Callable[..., User]) -> User:
    return member(alpha, Role.MENTOR)


@pytest.fixture
def browser(alpha: OrganisationRef, mentor: User, client_of: Sign) -> Browser:
    return client_of(mentor, alpha)


@pytest.fixture
def by(alpha: OrganisationRef, mentor: User) -> Seat:
    membership = Membership.objects.get(user=mentor, organisation_id=alpha.id)
    return Seat(mentor.pk, membership.pk, Role.MENTOR, mentor.name)


@pytest.fixture
def group(alpha: OrganisationRef, adopted: AdoptedCurriculum, by: Seat) -> Group:
    """With two sessions: one today, one next week."""
    details = groups.GroupDetails(
        name="Spring", starts_on=date(2026, 3, 2), facilitator_id=by.membership_id, room="Blue room"
    )
    series = sessions.Series(first=date(2026, 3, 2), begins=time(14), ends=time(15), times=2, spread=True)
    with inside(alpha):
        made = groups.add_group(curriculum=adopted, details=details, by=by)
        sessions.make_series(group=made, series=series, by=by)
    return made


def person(alpha: OrganisationRef, name: str, by: Seat) -> Client:
    with inside(alpha):
        return add_client(details=ClientDetails(given_name=name), assigned_to=by.membership_id, by=by)


def joined(alpha: OrganisationRef, group: Group, name: str, by: Seat) -> Participant:
    client = person(alpha, name, by)
    with inside(alpha):
        return groups.join_group(group=group, client=client, by=by)


def first_of(alpha: OrganisationRef, group: Group) -> Session:
    with inside(alpha):
        return Session.objects.filter(group=group).order_by("starts_at")[0]


def page(browser: Browser, path: str, status: int = 200, **query: Any) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_group_from_the_first_page_to_its_people(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Browser, by: Seat
) -> None:
    assert "No group is running" in page(browser, "/learning/groups/")
    assert "No group has ended yet" in page(browser, "/learning/groups/", state="ended")
    assert "New group" in page(browser, "/learning/groups/add/")
    bad = {**GROUP, "curriculum": str(adopted.pk), "ends_on": "1 3 2026", "facilitator_id": by.membership_id}
    answer = browser.post("/learning/groups/add/", {**bad, "second_facilitator_id": by.membership_id})
    assert "cannot end before it begins" in answer.content.decode()
    assert "Choose somebody else" in answer.content.decode()
    path = browser.post("/learning/groups/add/", {**bad, "ends_on": ""}).url
    assert "Nobody is in the group yet" in page(browser, path)
    series = {"day": "2 3 2026", "begins": "14:00", "ends": "13:00", "times": "3", "every": "1", "spread": "on"}
    assert "cannot end before it begins" in browser.post(f"{path}series/", series).content.decode()
    assert browser.post(f"{path}series/", {**series, "ends": "15:30"}).url == path
    assert "Who came?" in page(browser, path)
    ana, ben = (person(alpha, name, by) for name in ("Ana", "Ben"))
    assert "Ana" in page(browser, f"{path}join/", q="ana")
    assert "Nobody of this name" in page(browser, f"{path}join/", q="zoran")
    assert browser.post(f"{path}join/", {"client": ana.pk}).url == path
    assert browser.post(f"{path}join/", {"client": ben.pk}).url == path
    assert "Ben is on the waiting list." in page(browser, path)
    assert "In the group, or waiting" in page(browser, f"{path}join/", q="ana")
    assert browser.post(f"{path}join/", {"client": ana.pk}).url == path
    assert "in the group already" in page(browser, path)
    assert browser.post(f"{path}join/", {"client": "x"}).status_code == 404
    with inside(alpha):
        place = Participant.objects.get(client=ana)
    assert browser.post(f"{path}people/{place.pk}/leave/").url == path
    assert "Waiting list" not in page(browser, path)
    for do, words in (("end", "This group ended on"), ("reopen", "End this group")):
        assert browser.post(f"{path}end/", {"do": do}).url == path
        assert words in page(browser, path)


def test_an_ended_group_takes_no_session(alpha: OrganisationRef, group: Group, browser: Browser, by: Seat) -> None:
    with inside(alpha):
        groups.end_group(group=group, by=by)
    path = f"/learning/groups/{group.pk}/"
    hours = {"day": "2 3 2026", "begins": "14:00", "ends": "15:00"}
    browser.post(f"{path}series/", {**hours, "times": "3", "every": "1"})
    assert "Take it up again first" in page(browser, path)
    browser.post(f"{path}sessions/add/", {**hours, "seen_version": "0"})
    assert "Take it up again first" in page(browser, path)
    assert "Spring" in page(browser, "/learning/groups/", state="ended")


def test_two_people_change_a_group(alpha: OrganisationRef, group: Group, browser: Browser) -> None:
    path = f"/learning/groups/{group.pk}/edit/"
    assert "Change the group" in page(browser, path)
    first = {**GROUP, "seen_version": "1", "initial-name": "Spring", "initial-room": "Blue room"}
    assert browser.post(path, {**first, "room": "Hall"}).status_code == 302
    answer = browser.post(path, {**first, "room": "Garden"})
    assert answer.status_code == 409
    assert "Hall" in answer.content.decode()
    assert "Hall" in page(browser, f"/learning/groups/{group.pk}/")


def test_a_session_is_added_changed_and_cancelled(
    alpha: OrganisationRef, group: Group, adopted: AdoptedCurriculum, browser: Browser
) -> None:
    with inside(alpha):
        hope, ask = (str(unit_of(adopted, key).pk) for key in ("hope", "ask"))
    path = f"/learning/groups/{group.pk}/sessions/add/"
    typed = {"day": "3 3 2026", "begins": "۱۰:۰۰", "ends": "11:00", "seen_version": "0", "units": [ask, hope]}
    assert "New session" in page(browser, path)
    assert browser.post(path, {**typed, "begins": ""}).status_code == 200
    address = browser.post(path, typed).url
    text = page(browser, address)
    assert text.index("Hope") < text.index("Ask")
    assert "Blue room" in text
    assert "Change the session" in page(browser, f"{address}edit/")
    assert browser.post(f"{address}edit/", {**typed, "day": ""}).status_code == 200
    changed = {**typed, "seen_version": "1", "initial-day": "3 3 2026", "initial-begins": "10:00"}
    assert browser.post(f"{address}edit/", {**changed, "room": "Hall"}).url == address
    answer = browser.post(f"{address}edit/", {**changed, "room": "Garden", "begins": "09:00"})
    assert answer.status_code == 409
    assert "Hall" in answer.content.decode()
    assert browser.post(f"{address}cancel/", {"do": "cancel", "why": "x" * 300}).url == address
    assert "This session is cancelled" in page(browser, address)
    assert "This session is cancelled" in page(browser, f"{address}attendance/")
    assert browser.post(f"{address}cancel/", {"do": "restore"}).url == address
    assert "still to come" in page(browser, f"{address}attendance/")


def test_a_whole_group_on_one_page(alpha: OrganisationRef, group: Group, browser: Browser, by: Seat) -> None:
    people = {name: joined(alpha, group, name, by) for name in ("Ana", "Ben", "Cid")}
    session = first_of(alpha, group)
    path = f"/learning/sessions/{session.pk}/attendance/"
    assert "Mark everybody as there" in page(browser, path)
    assert page(browser, path, all="came").count("checked") == 3
    words = {"Ana": "came", "Ben": "late", "Cid": "absent"}
    sent = {f"came-{people[name].client_id}": word for name, word in words.items()}
    assert browser.post(path, {**sent, "seen_version": "0"}).url == f"/learning/sessions/{session.pk}/"
    text = page(browser, f"/learning/sessions/{session.pk}/")
    assert text.index("Ana") < text.index("Late") < text.index("Absent")
    answer = browser.post(path, {f"came-{people['Cid'].client_id}": "excused", "seen_version": "0"})
    assert answer.status_code == 409
    assert "Saved now:" in answer.content.decode()
    assert "Excused" in answer.content.decode()
    browser.post(path, {f"came-{people['Cid'].client_id}": "excused", "seen_version": "1"})
    browser.post(path, {f"came-{people['Ana'].client_id}": "clear", "seen_version": "2"})
    assert browser.post(path, {f"came-{people['Ana'].client_id}": "fly", "seen_version": "x"}).status_code == 409
    with inside(alpha):
        found = dict(Attendance.objects.values_list("client__given_name", "came"))
    assert found == {"Ben": "late", "Cid": "excused"}
    browser.post(f"/learning/sessions/{session.pk}/cancel/", {"do": "cancel"})
    assert "Clear that first" in page(browser, f"/learning/sessions/{session.pk}/")
    with inside(alpha):
        later = Session.objects.filter(group=group).order_by("-starts_at")[0]
    browser.post(f"/learning/sessions/{later.pk}/attendance/", {"seen_version": "0"})
    assert "still to come" in page(browser, f"/learning/sessions/{later.pk}/")


def test_a_volunteer_writes_down_who_came_without_seeing_what_is_taught(
    alpha: OrganisationRef, group: Group, member: Callable[..., User], client_of: Sign
) -> None:
    volunteer = client_of(member(alpha, Role.VOLUNTEER), alpha)
    path = f"/learning/sessions/{first_of(alpha, group).pk}/"
    page(volunteer, path, 403)
    assert "Nobody whose record you may open" in page(volunteer, f"{path}attendance/")
    assert volunteer.post(f"{path}attendance/", {"seen_version": "0"}).url == f"{path}attendance/"


def test_the_facilitator_sees_the_session_on_today(alpha: OrganisationRef, group: Group, browser: Browser) -> None:
    text = page(browser, "/")
    assert "Today's sessions" in text
    assert "Spring" in text
    assert "Spring" in page(browser, "/learning/calendar/")
    assert "No session this week" in page(browser, "/learning/calendar/", week="2026-02-16")
    for week in ("x", "9999-12-31"):
        assert "Spring" in page(browser, "/learning/calendar/", week=week, whose="all")


def test_a_session_with_one_person_alone_is_closed_like_their_record(
    alpha: OrganisationRef,
    group: Group,
    adopted: AdoptedCurriculum,
    browser: Browser,
    by: Seat,
    member: Callable[..., User],
    client_of: Sign,
) -> None:
    place = joined(alpha, group, "Ana", by)
    with inside(alpha):
        planning.add_unit(client=place.client, unit=unit_of(adopted, "hope"), by=by)
        hope = str(unit_of(adopted, "hope").pk)
    path = f"/clients/{place.client_id}/learning/sessions/add/"
    assert "Within the group" in page(browser, path)
    typed = {"day": "2 3 2026", "begins": "8:00", "ends": "9:00", "seen_version": "0", "units": [hope]}
    assert browser.post(path, {**typed, "day": ""}).status_code == 200
    assert browser.post(path, {**typed, "group": group.pk}).url == f"/clients/{place.client_id}/learning/"
    assert "Hope" in page(browser, f"/clients/{place.client_id}/learning/")
    with inside(alpha):
        session = Session.objects.get(client=place.client)
    address = f"/learning/sessions/{session.pk}/"
    assert "With one person alone" in page(browser, address)
    assert "Ana alone" in page(browser, f"{address}edit/")
    sent = {f"came-{place.client_id}": "came", "seen_version": "0"}
    assert browser.post(f"{address}attendance/", sent).url == address
    colleague = client_of(member(alpha, Role.MENTOR), alpha)
    for where in ("", "edit/", "attendance/"):
        assert "Ana" not in page(colleague, address + where, 403)
    assert "Ana" not in page(colleague, "/learning/calendar/", whose="all")
    assert "Ana" not in (text := page(colleague, f"/learning/groups/{group.pk}/"))
    assert "1 more person is in a colleague" in text
    leave = f"/learning/groups/{group.pk}/people/{place.pk}/leave/"
    assert colleague.post(leave).status_code == 403


def test_without_a_group_a_session_is_for_the_person_alone(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Browser, by: Seat
) -> None:
    ana = person(alpha, "Ana", by)
    assert "In no group so far" in page(browser, f"/clients/{ana.pk}/learning/")
    typed = {"day": "2 3 2026", "begins": "8:00", "ends": "9:00", "seen_version": "0"}
    assert browser.post(f"/clients/{ana.pk}/learning/sessions/add/", typed).status_code == 302
    with inside(alpha):
        session = Session.objects.get(client=ana)
    assert "Change the session" in page(browser, f"/learning/sessions/{session.pk}/edit/")


def test_a_certificate_in_the_persons_language(
    alpha: OrganisationRef, group: Group, browser: Browser, by: Seat, mentor: User, client_of: Sign
) -> None:
    place = joined(alpha, group, "Ana", by)
    path = f"/learning/groups/{group.pk}/people/{place.pk}/certificate/"
    assert browser.post(path).url == f"/learning/groups/{group.pk}/"
    assert "once the person has completed" in page(browser, f"/learning/groups/{group.pk}/")
    with inside(alpha), time_machine.travel(datetime(2026, 3, 10, tzinfo=UTC)):
        for session in Session.objects.all():
            write_attendance(session=session, came={place.client_id: "came"}, seen_version=0, by=by)
    with time_machine.travel(datetime(2026, 3, 10, tzinfo=UTC), tick=True):
        again = client_of(mentor, alpha)
        text = page(again, f"/learning/groups/{group.pk}/")
        assert "Completed" in text
        assert text.count('method="post"') <= text.count("csrfmiddlewaretoken")
        answer = again.post(path, {"lang": "fa"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_people_see_on_their_own_page_when_they_are_expected(alpha: OrganisationRef, group: Group, by: Seat) -> None:
    place = joined(alpha, group, "Ana", by)
    with inside(alpha):
        link = own_page.make_link(client=place.client, language="en", by=by)
    browser = Browser(headers={"host": workspace_host(alpha.short_name)})
    browser.post(reverse("me-door", WORKSPACE_URLS, args=[link.token]), {"code": link.code})
    text = page(browser, "/me/learning/")
    assert "You are expected" in text
    assert "9 March 2026" in text
    assert "Blue room" in text


def test_nothing_of_another_organisation(
    alpha: OrganisationRef, beta: OrganisationRef, group: Group, by: Seat, member: Callable[..., User], client_of: Sign
) -> None:
    place = joined(alpha, group, "Ana", by)
    session = first_of(alpha, group)
    stranger = client_of(member(beta, Role.MANAGER), beta)
    for path in (f"/learning/groups/{group.pk}/", f"/learning/sessions/{session.pk}/attendance/"):
        page(stranger, path, 404)
    assert stranger.post(f"/learning/groups/{group.pk}/people/{place.pk}/leave/").status_code == 404
    assert "Spring" not in page(stranger, "/learning/groups/")
    assert "Spring" not in page(stranger, "/learning/calendar/", whose="all")


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_number_of_queries_for_one_and_three(
    alpha: OrganisationRef, group: Group, browser: Browser, by: Seat, django_assert_num_queries: Any, count: int
) -> None:
    for name in ("Ana", "Ben", "Cid")[:count]:
        joined(alpha, group, name, by)
    session = first_of(alpha, group)
    with inside(alpha):
        later = Session.objects.exclude(pk=session.pk)
        if count == 1:
            later.delete()
    paths = {
        f"/learning/groups/{group.pk}/": 17,
        f"/learning/sessions/{session.pk}/attendance/": 12,
        "/learning/calendar/": 8,
        "/learning/groups/": 8,
    }
    for path, number in paths.items():
        page(browser, path)
        with django_assert_num_queries(number):
            page(browser, path)
