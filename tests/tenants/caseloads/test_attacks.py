"""Ways around what records are guarded by, each tried as somebody would try it."""

from __future__ import annotations

import io
import zipfile
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.sheets import Sheet, SheetUnreadable
from tenants.caseloads.domain.emergencies import break_glass
from tenants.caseloads.domain.journal import write_entry
from tenants.caseloads.models import Client, EmergencyAccess, PersonalLink, Task
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.conftest import entry, open_case, put_on_team

HEALTH, NUMBER = "Quibblewort", "1234567890123"
REASON = "She called, the flat is on fire."


@pytest.fixture
def scene(alpha, seat_in, client_of, settings, tmp_path):
    """A mentor's client in alpha with a partner on the team, and a mentor who has nothing to do with them."""
    settings.MEDIA_ROOT = tmp_path
    owner, partner, other = (seat_in(alpha, Role.MENTOR) for _ in range(3))
    with inside(alpha):
        client = ClientFactory(assigned_to_id=owner.membership_id, health=HEALTH, national_number=NUMBER)
        case = open_case(client)
        put_on_team(case, partner, "partner")
    browsers = {seat: client_of(User.objects.get(pk=seat.user_id), alpha) for seat in (owner, partner, other)}
    return SimpleNamespace(
        ref=alpha, owner=owner, partner=partner, other=other, client=client, case=case, browser=browsers.__getitem__,
        page=f"/clients/{client.pk}/",
    )  # fmt: skip


# --- an emergency ends ------------------------------------------------------------------------------------
@pytest.fixture
def helper(scene):
    """The browser of somebody whom an emergency has let in."""
    with inside(scene.ref):
        break_glass(client=scene.client, reason=REASON, by=scene.other)
    browser = scene.browser(scene.other)
    assert browser.get(scene.page).status_code == 200
    return browser


def is_over(scene):
    with inside(scene.ref):
        EmergencyAccess.objects.update(until=timezone.now())
    return scene.browser(scene.other).get(scene.page).status_code == 403


def test_an_emergency_leads_onto_no_team(scene, helper):
    place = {"colleague": str(scene.other.membership_id), "profession": "mentor"}
    assert helper.post(f"/cases/{scene.case.pk}/team/", place).status_code == 403
    assert helper.get(f"{scene.page}enrol/").status_code == 403
    assert is_over(scene)


def test_an_emergency_makes_nobody_responsible(scene, helper):
    with inside(scene.ref):
        Client.objects.filter(pk=scene.client.pk).update(assigned_to=None)  # the team looks after them
    helper.post(f"{scene.page}assign/", {"to": str(scene.other.membership_id)})
    helper.post("/clients/share-out/", {"client": str(scene.client.pk), "to": str(scene.other.membership_id)})
    assert is_over(scene)


def test_an_emergency_merges_nothing_into_ones_own(scene, helper):
    with inside(scene.ref):
        own = ClientFactory(assigned_to_id=scene.other.membership_id)
    assert helper.get(f"/clients/{own.pk}/merge/{scene.client.pk}/").status_code == 403
    assert helper.get(f"{scene.page}merge/{own.pk}/").status_code == 403
    assert is_over(scene)


def test_an_emergency_makes_no_link_that_outlives_it(scene, helper):
    answer = helper.post(f"{scene.page}own-page/", {"language": "en", "hours": "72"})
    with inside(scene.ref):
        assert (answer.status_code, PersonalLink.objects.count()) == (403, 0)


# --- what is for professionals ------------------------------------------------------------------------------
def test_a_partner_changes_a_record_without_health_and_number(scene):
    browser = scene.browser(scene.partner)
    page = browser.get(f"{scene.page}edit/")
    assert HEALTH not in page.content.decode()
    assert NUMBER[-3:] not in page.content.decode()
    sent = {"given_name": "Changed", "seen_version": "1", "health": "x", "national_number": "9", "no_number": "on"}
    assert browser.post(f"{scene.page}edit/", sent).status_code == 302
    with inside(scene.ref):
        saved = Client.objects.get(pk=scene.client.pk)
        assert (saved.given_name, saved.health, saved.national_number) == ("Changed", HEALTH, NUMBER)


def test_a_partner_does_not_compare_records(scene):
    with inside(scene.ref):
        own = ClientFactory(assigned_to_id=scene.partner.membership_id)
    assert scene.browser(scene.partner).get(f"/clients/{own.pk}/merge/{scene.client.pk}/").status_code == 403


# --- reading by sending ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["journal/write/", "documents/add/", "findings/", "hand-over/", "tasks/add/"])
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_what_comes_back_with_a_mistake_counts_as_read(scene, path, headers):
    with inside(scene.ref):
        write_entry(client=scene.client, new=entry(), by=scene.owner)
    scene.browser(scene.owner).post(f"{scene.page}{path}", headers=headers)
    with inside(scene.ref):
        assert Entry.objects.filter(action="client.viewed", about_id=scene.client.pk).count() == 1


def test_what_was_written_down_is_not_written_down_twice(scene):
    sent = {"text": "Spoke.", "kind": "note", "audience": "team", "key": str(uuid4())}
    browser = scene.browser(scene.owner)
    assert browser.post(f"{scene.page}journal/write/", sent, headers={"hx-request": "true"}).status_code == 200
    with inside(scene.ref):
        assert list(Entry.objects.filter(about_id=scene.client.pk).values_list("action", flat=True)) == [
            "entry.written"
        ]


# --- what an entry says, told by its task -------------------------------------------------------------------
def test_a_task_does_not_tell_its_doer_what_they_do_not_read(scene, seat_in):
    volunteer = seat_in(scene.ref, Role.VOLUNTEER)
    with inside(scene.ref):
        put_on_team(scene.case, volunteer, "volunteer")
    sent = {"text": HEALTH, "kind": "note", "audience": "professionals", "key": str(uuid4()), "task_when": "week"}
    sent["task_for"] = str(volunteer.membership_id)
    browser = scene.browser(scene.owner)
    assert browser.post(f"{scene.page}journal/write/", sent).context["form"].errors["task_title"]
    assert browser.post(f"{scene.page}journal/write/", {**sent, "task_title": "Call"}).status_code == 302
    with inside(scene.ref):
        assert [task.title for task in Task.objects.all()] == ["Call"]


# --- files ------------------------------------------------------------------------------------------------------
def packed(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return file.getvalue()


def damaged(name):
    file = bytearray(packed(name, b"application/vnd.oasis.opendocument.text" * 20))
    start = file.find(name.encode()) + len(name)
    file[start : start + 6] = b"\xff" * 6
    return bytes(file)


@pytest.mark.parametrize("content", [packed("mimetype", bytes(30_000_000)), damaged("mimetype")])
def test_an_office_file_is_not_unpacked_to_see_what_it_is(scene, content, monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    sent = {"files": SimpleUploadedFile("a.odt", content), "audience": "team"}
    assert scene.browser(scene.owner).post(f"{scene.page}documents/add/", sent).status_code == 400


def book(text, *, encoding="utf-8"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", text.encode(encoding))
    return file.getvalue()


ENTITIES = '<!DOCTYPE a [<!ENTITY b "words">]><a>&b;</a>'


@pytest.mark.parametrize(
    "content",
    [
        book(ENTITIES),
        book(ENTITIES, encoding="utf-16"),
        book(ENTITIES, encoding="utf-16-le"),
        book('<?xml version="1.0" encoding="cp037"?>'),
        book(" " * (64 * 1024 - 5) + ENTITIES),
        damaged("xl/workbook.xml"),
    ],
)
def test_a_sheet_with_entities_or_damage_is_refused_in_words(content, monkeypatch):
    monkeypatch.setattr("halka.common.xlsx._first", None)  # as far as the content nobody comes
    with pytest.raises(SheetUnreadable, match="cannot be read"):
        Sheet(content)


# --- what is no day, no year, no moment ---------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["²", "٣²", "9" * 5000])
def test_odd_digits_are_a_mistake_beside_the_field(scene, typed):
    browser = scene.browser(scene.owner)
    for field in ("birth_year", "born_on"):
        answer = browser.post(f"{scene.page}edit/", {"given_name": "A", "seen_version": "1", field: typed})
        assert answer.context["form"].errors[field]
    assert browser.post(f"{scene.page}edit/", {"given_name": "A", "seen_version": "1", "born_on": "1 ² 1990"})


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
def test_the_history_begins_where_no_moment_is(scene, moment):
    assert scene.browser(scene.owner).get(f"{scene.page}history/", {"before": moment}).status_code == 200
