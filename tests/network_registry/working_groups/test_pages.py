"""The pages of groups: who finds them, what they refuse, what two editors see, how many queries a list takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from network_registry.working_groups.domain import decisions, documents, founding, meetings
from network_registry.working_groups.domain.decisions import DecisionDetails
from network_registry.working_groups.models import (
    AgendaPoint,
    Answer,
    Attendance,
    Charter,
    Decision,
    GroupSeat,
    Meeting,
    Minutes,
)
from tenants.organisations.directory import forget_hosts
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation, WorkingGroup
from tests.network_registry.working_groups.conftest import Somebody, details
from tests.network_registry.working_groups.test_documents import paper


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def room(group: Charter) -> str:
    return f"/working-groups/{group.pk}/"


@pytest.fixture
def all_pages(room: str, approved: Meeting, meeting: Meeting, ann: Somebody, group: Charter) -> list[str]:
    """Addresses of everything in the group that can be read."""
    with inside(ann.ref):
        document = documents.add_document(group=group.pk, file=paper(), by=ann.by)
    return [
        room, f"{room}meetings/", f"{room}meetings/{approved.pk}/", f"{room}meetings/{meeting.pk}/",
        f"{room}decisions/", f"{room}documents/", f"{room}documents/{document.pk}/",
        f"{room}documents/{document.pk}/1/",
    ]  # fmt: skip


def test_members_read_it_and_strangers_find_nothing(
    all_pages: list[str], ann: Somebody, ben: Somebody, secretary: Somebody, somebody: Callable[..., Somebody],
    alpha: OrganisationRef, secretariat: OrganisationRef,
) -> None:  # fmt: skip
    """Not even a colleague, or their manager, without a seat; the secretariat reads what its groups do."""
    outside = [somebody(alpha, Role.MANAGER), somebody(alpha), somebody(secretariat, Role.EDITOR)]
    for path in all_pages:
        for who in (ann, ben, secretary):
            assert who.get(path).status_code == 200, path
        for who in outside:
            assert who.get(path).status_code == 404, path


def test_people_of_another_organisation_find_nothing_on_their_own_host(
    all_pages: list[str], group: Charter, ben: Somebody
) -> None:
    group.group.organisations.remove(ben.ref.id)
    for path in all_pages:
        assert ben.get(path).status_code == 404, path


def test_the_list_is_ones_own(
    group: Charter, ann: Somebody, alpha: OrganisationRef, somebody: Callable[..., Somebody]
) -> None:
    assert "Loans" in text_of(ann.get("/working-groups/"))
    colleague, manager = somebody(alpha), somebody(alpha, Role.MANAGER)
    assert "Loans" not in text_of(colleague.get("/working-groups/"))
    shown = text_of(manager.get("/working-groups/"))
    assert f"/working-groups/{group.pk}/people/" in shown
    assert "You are in no working group" in shown
    assert "Loans" in text_of(ann.get("/"))
    assert "Loans" not in text_of(colleague.get("/"))


def test_a_group_that_is_closed_is_not_on_today(group: Charter, ann: Somebody, room: str) -> None:
    Charter.objects.update(closed_at=timezone.now())
    assert "Loans" not in text_of(ann.get("/"))
    shown = text_of(ann.get(room))
    assert "This working group is closed" in shown
    assert "Call a meeting" not in shown
    assert ann.get(f"{room}meetings/call/").status_code == 404


def test_people_of_a_suspended_organisation_read(room: str, ben: Somebody, meeting: Meeting) -> None:
    Organisation.objects.filter(pk=ben.ref.id).update(state="suspended")
    forget_hosts(ben.ref.id)
    assert ben.get(room).status_code == 200
    page = f"{room}meetings/{meeting.pk}/"
    assert "Do you come?" not in text_of(ben.get(page))
    assert ben.post(f"{page}answer/", {"reply": "yes"}).status_code == 403
    assert not Answer.objects.exists()


def test_whoever_is_closed_has_no_name_any_more(room: str, meeting: Meeting, ann: Somebody, ben: Somebody) -> None:
    """What their people said stays, as that of their organisation."""
    ben.post(f"{room}meetings/{meeting.pk}/answer/", {"reply": "yes"})
    assert ben.user.name in text_of(ann.get(f"{room}meetings/{meeting.pk}/"))
    Organisation.objects.filter(pk=ben.ref.id).update(state="closed")
    shown = text_of(ann.get(f"{room}meetings/{meeting.pk}/"))
    assert ben.user.name not in shown
    assert "A former member" in shown
    assert "Beta Centre" in shown


FOUND: dict[str, Any] = {"name_en": "Credits", "purpose": "Credits that help", "seen_version": 0}


def test_the_secretariat_founds_by_page(
    secretary: Somebody, alpha: OrganisationRef, beta: OrganisationRef, ann: Somebody
) -> None:
    path = "/working-groups/founded/add/"
    assert secretary.get(path).status_code == 200
    nothing = text_of(secretary.post(path, {"purpose": "Kept words", "seen_version": 0}))
    assert "Give the group a name" in nothing
    assert "Kept words" in nothing
    refused = secretary.post(path, {**FOUND, "organisations": [str(beta.id)], "convener": str(alpha.id)})
    assert "belongs to it" in text_of(refused)
    both = {"organisations": [str(alpha.id), str(beta.id)], "convener": str(beta.id)}
    taken = secretary.post(path, {**FOUND, "name_en": "Loans", **both})
    assert "already" in text_of(taken)
    assert secretary.post(path, {**FOUND, **both}).status_code == 302
    made = Charter.objects.get(group__name="Credits")
    WorkingGroup.objects.create(name="Readers")
    listed = text_of(secretary.get("/working-groups/founded/"))
    assert "Credits" in listed
    assert "reads together only" in listed
    close = f"/working-groups/founded/{made.pk}/close/"
    secretary.post(close)
    assert Charter.objects.get(pk=made.pk).is_closed
    assert "Open it again" in text_of(secretary.get(f"/working-groups/founded/{made.pk}/"))
    secretary.post(close)  # a second click
    secretary.post(close, {"open": ""})
    assert not Charter.objects.get(pk=made.pk).is_closed


def test_two_who_change_a_group_see_both_versions(group: Charter, secretary: Somebody, beta: OrganisationRef) -> None:
    path = f"/working-groups/founded/{group.pk}/"
    assert "Loans that help" in text_of(secretary.get(path))
    shown = {"name_en": "Loans", "name_fa": "وام‌ها", "purpose": "Loans that help"}
    both = [str(pk) for pk in sorted(group.group.organisations.values_list("pk", flat=True))]
    sent: dict[str, Any] = {
        **shown, "purpose": "Mine", "organisations": both, "convener": str(group.convener_id), "seen_version": 1,
        **{f"initial-{name}": value for name, value in shown.items()}, "initial-organisations": both,
        "initial-convener": str(group.convener_id),
    }  # fmt: skip
    with inside(secretary.ref):
        founding.save_group(
            group=group.pk, names=group.names, purpose="Theirs", organisations=[beta.id], convener=beta.id,
            seen_version=1, by=secretary.by,
        )  # fmt: skip
    answer = secretary.post(path, sent)
    assert answer.status_code == 409
    assert "Mine" in text_of(answer)
    assert "Theirs" in text_of(answer)
    chosen = {**sent, "seen_version": 2, "keep-organisations": "theirs", "keep-convener": "theirs"}
    assert secretary.post(path, chosen).status_code == 302
    saved = Charter.objects.get()
    assert (saved.purpose, saved.convener_id, saved.group.organisations.count()) == ("Mine", beta.id, 1)


def test_a_manager_names_people(
    group: Charter, alpha: OrganisationRef, beta: OrganisationRef, somebody: Callable[..., Somebody], room: str
) -> None:
    manager, colleague, other = somebody(alpha, Role.MANAGER), somebody(alpha), somebody(beta, Role.MANAGER)
    path = f"{room}people/"
    assert colleague.get(path).status_code == 403
    sent = {"colleague": str(colleague.by.membership_id), "is_convener": "on"}
    assert manager.post(path, sent).status_code == 302
    seat = GroupSeat.objects.get()
    assert seat.is_convener
    assert "already" in text_of(manager.post(path, sent)) or manager.post(path, sent).status_code == 400
    page = text_of(manager.get(path))
    assert colleague.user.name in page
    assert "Convenes the group" not in text_of(other.get(path))
    for verb in ("end", "convene"):
        assert other.post(f"{path}{seat.pk}/{verb}/").status_code == 404
    manager.post(f"{path}{seat.pk}/convene/")
    seat.refresh_from_db()
    assert not seat.is_convener
    manager.post(f"{path}{seat.pk}/convene/", {"convenes": ""})
    manager.post(f"{path}{seat.pk}/end/")
    manager.post(f"{path}{seat.pk}/end/")
    seat.refresh_from_db()
    assert seat.ended_at
    Charter.objects.update(closed_at=timezone.now())
    assert "closed" in text_of(manager.post(path, sent))
    group.group.organisations.remove(alpha.id)
    assert manager.get(path).status_code == 404


MEETING = {
    "title": "Spring meeting", "day": "2027-03-28", "begins": "10:00", "ends": "11:30", "time_zone": "Europe/Tirane",
    "place": "Hall", "link": "", "seen_version": 0,
}  # fmt: skip


def test_a_meeting_is_called_changed_and_cancelled_by_page(room: str, ann: Somebody, ben: Somebody) -> None:
    call = f"{room}meetings/call/"
    assert ben.get(call).status_code == 404
    assert ann.get(call).status_code == 200
    wrong = text_of(ann.post(call, {**MEETING, "ends": "09:00", "place": ""}))
    assert "ends after it begins" in wrong
    assert "Say where" in wrong
    assert "Spring meeting" in wrong
    for link in ("ftp://x.example/", "our usual room"):
        answer = ann.post(call, {**MEETING, "link": link})
        assert answer.status_code == 400
        assert b"Write the whole link" in answer.content
    assert ann.post(call, MEETING).status_code == 302
    made = Meeting.objects.get()
    assert made.starts_at.isoformat() == "2027-03-28T08:00:00+00:00"  # summer time has begun that night
    page = f"{room}meetings/{made.pk}/"
    shown = text_of(ann.get(page))
    assert "Invite everybody" in shown
    assert "10:00" in shown
    for place, is_told in (("Europe/Skopje", False), ("Asia/Tehran", True)):
        Meeting.objects.filter(pk=made.pk).update(time_zone=place)
        assert ("13:00" in text_of(ann.get(page))) is is_told  # of another time the place's is told too
    Meeting.objects.filter(pk=made.pk).update(time_zone="Europe/Tirane")
    for path in ("change/", "cancel/"):
        assert ben.get(page + path).status_code == 404
        assert ann.get(page + path).status_code == 200
    ann.post(f"{page}invite/")
    ben.post(f"{page}invite/")
    made.refresh_from_db()
    assert (made.invited_at is not None, made.sequence) == (True, 0)
    sent = {**MEETING, "title": "Mine", "seen_version": 1, **{f"initial-{k}": v for k, v in MEETING.items()}}
    assert ann.post(f"{page}change/", sent).status_code == 302
    twice = ann.post(f"{page}change/", {**sent, "title": "Second"})
    assert twice.status_code == 409
    assert "Second" in text_of(twice)
    assert ben.post(f"{page}answer/", {"reply": "perhaps"}).status_code == 400
    ben.post(f"{page}answer/", {"reply": "yes"})
    assert "Yes: 1" in text_of(ann.get(page))
    assert ann.post(f"{page}cancel/").status_code == 302
    assert "Cancelled" in text_of(ben.get(page))
    late = ann.post(f"{page}change/", {**sent, "seen_version": 3})
    assert "was cancelled" in text_of(late)
    ben.post(f"{page}answer/", {"reply": "no"})
    assert Answer.objects.get().reply == "yes"


def test_an_agenda_by_page(room: str, meeting: Meeting, ann: Somebody, ben: Somebody) -> None:
    page = f"{room}meetings/{meeting.pk}/"
    add = f"{page}points/add/"
    assert "Propose a point" in text_of(ben.get(add))
    assert ben.post(add, {"title": "", "details": "Kept words", "seen_version": 0}).status_code == 400
    ben.post(add, {"title": "Rates", "details": "Why", "minutes_planned": "۲۰", "seen_version": 0})
    ann.post(add, {"title": "Welcome", "seen_version": 0})
    rates, welcome = AgendaPoint.objects.get(title="Rates"), AgendaPoint.objects.get(title="Welcome")
    assert (rates.state, rates.minutes_planned) == ("proposed", 20)
    points = f"{page}points/"
    assert ben.get(f"{points}{welcome.pk}/change/").status_code == 404
    sent = {"title": "Rates now", "seen_version": 1, "initial-title": "Rates"}
    assert ben.get(f"{points}{rates.pk}/change/").status_code == 200
    assert ben.post(f"{points}{rates.pk}/change/", sent).status_code == 302
    assert ann.post(f"{points}{rates.pk}/change/", {**sent, "title": "Other"}).status_code == 409
    ann.post(f"{points}{rates.pk}/decide/", {"leave": ""})
    ann.post(f"{points}{rates.pk}/decide/", {"take": ""})
    ann.post(f"{points}{rates.pk}/move/", {"up": ""})
    assert [str(one) for one in meeting.points.all()] == ["Rates now", "Welcome"]
    ann.post(f"{points}{rates.pk}/move/", {"down": ""})
    assert [str(one) for one in meeting.points.all()] == ["Welcome", "Rates now"]
    ben.post(f"{points}{welcome.pk}/remove/")
    assert meeting.points.count() == 2
    ann.post(f"{points}{welcome.pk}/remove/")
    assert meeting.points.count() == 1
    ben.post(add, {"title": "Last", "seen_version": 0})
    assert "Take it on" in text_of(ann.get(page))
    Meeting.objects.update(cancelled_at=timezone.now())
    assert ann.post(add, {"title": "Late", "seen_version": 0}).status_code == 400
    assert ann.post(f"{points}{rates.pk}/change/", {**sent, "seen_version": 4}).status_code == 400


def test_minutes_by_page(room: str, past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody) -> None:
    """The second editor sees both texts; a hint says what never belongs there."""
    page = f"{room}meetings/{past.pk}/"
    path = f"{page}points/{point.pk}/minutes/"
    assert "Not a word about a client" in text_of(ben.get(path))
    assert ben.post(path, {"text": "Two.", "seen_version": 0, "initial-text": ""}).status_code == 302
    second = ann.post(path, {"text": "Three.", "seen_version": 0, "initial-text": ""})
    assert second.status_code == 409
    assert "Two." in text_of(second)
    assert "Three." in text_of(second)
    assert ben.user.name in text_of(second)
    assert ann.post(path, {"text": "Three.", "seen_version": 1, "initial-text": "Two."}).status_code == 302
    assert Minutes.objects.get().text == "Three."
    assert ann.get(f"{page}attendance/").status_code == 200
    name = f"seat_{ann.seat.hex}"  # type: ignore[union-attr]
    assert ben.post(f"{page}attendance/", {name: "perhaps"}).status_code == 400
    assert ben.post(f"{page}attendance/", {name: "present"}).status_code == 302
    assert Attendance.objects.get().presence == "present"
    assert "Approve the minutes" not in text_of(ben.get(page))
    ben.post(f"{page}approve/")
    assert not Meeting.objects.get(pk=past.pk).is_frozen
    assert "Approve the minutes" in text_of(ann.get(page))
    ann.post(f"{page}approve/")
    shown = text_of(ben.get(page))
    assert "Minutes approved" in shown
    assert "Write minutes" not in shown
    assert ben.post(path, {"text": "Four.", "seen_version": 2, "initial-text": "Three."}).status_code == 400
    assert ben.post(f"{page}attendance/", {name: "absent"}).status_code == 400
    assert ben.post(f"{page}note/", {"text": ""}).status_code == 400
    assert ben.post(f"{page}note/", {"text": "It was two."}).status_code == 302
    assert "It was two." in text_of(ann.get(page))


def test_decisions_by_page(room: str, past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody) -> None:
    path = f"{room}meetings/{past.pk}/points/{point.pk}/decision/"
    assert ann.get(path).status_code == 200
    assert ann.post(path, {"text": "", "responsible": str(ben.seat), "seen_version": 0}).status_code == 400
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    sent: dict[str, Any] = {"text": "Ask the bank", "responsible": str(ben.seat), "due_on": due, "seen_version": 0}
    assert ann.post(path, sent).status_code == 302
    made = Decision.objects.get()
    assert "Ask the bank" in text_of(ben.get(f"{room}meetings/{past.pk}/"))
    listed = f"{room}decisions/"
    assert "Ask the bank" in text_of(ben.browser.get(listed, {"state": "open", "mine": "on"}))
    assert "Ask the bank" not in text_of(ann.browser.get(listed, {"mine": "on"}))
    assert "Ask the bank" not in text_of(ann.browser.get(listed, {"state": "done"}))
    assert "Ask the bank" in text_of(ann.browser.get(listed, {"state": "nonsense"}))
    page = f"{room}decisions/{made.pk}/"
    shown = {"state": "open", "note": "", "responsible": str(ben.seat), "due_on": due, "text": "Ask the bank"}
    follow = {**shown, "state": "done", "seen_version": 1, **{f"initial-{key}": value for key, value in shown.items()}}
    assert ben.post(page, follow).status_code == 302
    again = ann.post(page, {**follow, "state": "open", "note": "Not yet"})
    assert again.status_code == 409
    assert ann.post(page, {**follow, "state": "withdrawn", "seen_version": 2}).status_code == 400
    Membership.objects.filter(user=ben.user).update(ended_at=timezone.now())
    kept = ann.post(page, {**follow, "state": "done", "seen_version": 2, "note": "Kept by the bank"})
    assert kept.status_code == 302  # whoever has gone stays responsible until somebody else is
    assert Decision.objects.get().responsible_id == ben.seat
    assert ann.post(f"{page}remove/").status_code == 302
    assert not Decision.objects.exists()


def test_others_read_a_decision(room: str, past: Meeting, point: AgendaPoint, ann: Somebody, ben: Somebody) -> None:
    with inside(ann.ref):
        made = decisions.decide(point=point.pk, details=DecisionDetails("Ask"), by=ann.by)
    page = f"{room}decisions/{made.pk}/"
    assert "Ask" in text_of(ben.get(page))
    assert ben.post(page, {"state": "done"}).status_code == 404
    ben.post(f"{page}remove/")
    assert Decision.objects.exists()
    refused = ben.post(f"{room}meetings/{past.pk}/points/{point.pk}/decision/", {"text": "x", "seen_version": 0})
    assert refused.status_code == 302  # minutes and decisions are any member's to write
    Meeting.objects.filter(pk=past.pk).update(approved_at=timezone.now(), approved_by=ann.seat)
    late = ben.post(f"{room}meetings/{past.pk}/points/{point.pk}/decision/", {"text": "Kept", "seen_version": 0})
    assert late.status_code == 400
    assert "Kept" in text_of(late)
    assert "Ask" in text_of(ann.get(page))


def test_a_calendar_address_by_page(ann: Somebody, client_of: Callable[..., Client]) -> None:
    path = "/working-groups/calendar/"
    assert "Make the address" in text_of(ann.get(path))
    assert ".ics" in text_of(ann.post(path, {"do": "make"}))
    assert ".ics" not in text_of(ann.get(path))
    assert ann.post(path, {"do": "end"}).status_code == 302


@pytest.mark.parametrize("path", ["meetings/", "decisions/", "documents/", ""])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    room: str, group: Charter, point: AgendaPoint, ann: Somebody, path: str
) -> None:
    def add() -> None:
        with inside(ann.ref):
            decisions.decide(point=point.pk, details=DecisionDetails("x", ann.seat), by=ann.by)
            meetings.call_meeting(group=group.pk, details=details(), by=ann.by)
            documents.add_document(group=group.pk, file=paper(), by=ann.by)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert ann.get(room + path).status_code == 200
        return len(captured)

    add()
    ann.get(room + path)
    before = queries()
    add()
    add()
    assert queries() == before


def test_lists_of_groups_take_as_many_queries_for_three(
    found: Callable[..., Charter], secretary: Somebody, alpha: OrganisationRef, somebody: Callable[..., Somebody]
) -> None:
    manager = somebody(alpha, Role.MANAGER, found("One"))

    def queries(who: Somebody, path: str) -> int:
        who.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert who.get(path).status_code == 200
        return len(captured)

    paths = [(manager, "/working-groups/"), (secretary, "/working-groups/founded/")]
    before = [queries(*pair) for pair in paths]
    for name in ("Two", "Three"):
        group = found(name)
        GroupSeat.objects.create(group=group, organisation_id=alpha.id, membership_id=manager.by.membership_id)
    assert [queries(*pair) for pair in paths] == before


def test_a_meeting_takes_as_many_queries_for_three_points(
    room: str, past: Meeting, point: AgendaPoint, ann: Somebody
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert ann.get(f"{room}meetings/{past.pk}/").status_code == 200
        return len(captured)

    def fill(row: AgendaPoint) -> None:
        Minutes.objects.create(point=row, text="x", by_id=ann.seat)
        Decision.objects.create(group_id=past.group_id, point=row, year=2026, number=row.order, text="x")

    fill(point)
    queries()
    before = queries()
    for number in (2, 3):
        fill(AgendaPoint.objects.create(
            meeting=past, order=number, title="x", by_id=ann.seat, organisation_id=ann.ref.id
        ))  # fmt: skip
    assert queries() == before
