"""The public form: begun, kept as it goes on, found again, sent, answered, appealed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.keys import hash_of
from network_registry.membership.domain import applying, reviewing, tidying
from network_registry.membership.domain.steps import publish_framework
from network_registry.membership.enums import ApplicationState, DeclineReason
from network_registry.membership.errors import CannotMoveApplication, NameTaken, NotComplete, PaperRefused
from network_registry.membership.models import Application, Batch, Event, Link, Opening, PaperFile
from network_registry.membership.papers import MOST_PAPERS, CheckedFile, checked
from network_registry.membership.tasks import tidy
from network_registry.membership.views import links as doors
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests.network_registry.membership.conftest import COMPLETE, PDF, terms

Draft = Callable[..., tuple[Application, str]]
Sent = Callable[..., Application]


def begun(browser: Client, **values: str) -> str:
    """The token of an application begun on the page."""
    answer = browser.post("/apply/", {"name": "New Paths", "email": "Office@NewPaths.example", **values})
    assert answer.status_code == 302
    token: str = answer["Location"].split("/")[2]
    return token


# --- beginning ----------------------------------------------------------------------------------------------
def test_it_begins_with_a_name_and_an_address(db: None, browser: Client, tasks: Any) -> None:
    assert browser.get("/apply/").status_code == 200
    with tasks():
        token = begun(browser)
    application = Application.objects.get()
    assert application.contact_email == "office@newpaths.example"
    assert application.names == {"en": "New Paths"}
    assert browser.get(f"/apply/{token}/").status_code == 200
    (letter,) = mail.outbox
    assert letter.to == ["office@newpaths.example"]
    assert "New Paths" in letter.subject
    sent_link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert browser.get(sent_link.removeprefix("http://halka.localhost:8000")).status_code == 200


def test_the_token_is_kept_as_a_hash_alone(db: None, browser: Client) -> None:
    token = begun(browser)
    assert Link.objects.get().token_hash == hash_of(token)


def test_what_is_missing_is_told_beside_the_field(db: None, browser: Client) -> None:
    answer = browser.post("/apply/", {"name": "New Paths", "email": "nobody"})
    assert answer.status_code == 400
    assert b'value="New Paths"' in answer.content
    assert b"valid email" in answer.content
    assert not Application.objects.exists()


LONG = f"office@{'.'.join(['b' * 60] * 4)}.example"


def test_an_address_that_is_too_long_to_keep_is_told_beside_the_field(db: None, browser: Client, draft: Draft) -> None:
    answer = browser.post("/apply/", {"name": "New Paths", "email": LONG})
    assert answer.status_code == 400
    assert b"at most 254 characters" in answer.content
    _application, token = draft()
    told = browser.post(f"/apply/{token}/people/", {"board": "Vera, chair", "manager_name": "M", "manager_email": LONG})
    assert told.status_code == 400
    assert b"at most 254 characters" in told.content
    assert Application.objects.get().board == "Vera, chair"


def test_nobody_begins_without_end(db: None, browser: Client) -> None:
    for _time in range(5):
        begun(browser)
    assert browser.post("/apply/", {"name": "x", "email": "office@newpaths.example"}).status_code == 429
    assert browser.post("/apply/again/", {"email": "office@newpaths.example"}).status_code == 429
    assert Application.objects.count() == 5


def test_the_link_is_sent_again(draft: Draft, browser: Client, tasks: Any) -> None:
    draft()
    assert browser.get("/apply/again/").status_code == 200
    assert browser.post("/apply/again/", {"email": "x"}).status_code == 400
    for address, letters in (("stranger@example.org", 0), ("OFFICE@newpaths.example", 1)):
        with tasks():
            answer = browser.post("/apply/again/", {"email": address})
        assert answer.status_code == 302  # the same whoever asks
        assert len(mail.outbox) == letters


def test_a_link_ends(draft: Draft, browser: Client) -> None:
    _application, token = draft()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert browser.get(f"/apply/{token}/").status_code == 410


def test_a_link_that_nobody_made(db: None, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "STRANGERS", 2)
    answers = [browser.get(f"/apply/{token}/").status_code for token in ("a", "b:c", "d")]
    assert answers == [404, 404, 429]


def test_a_link_is_not_opened_without_end(draft: Draft, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PER_LINK", 1)
    _application, token = draft()
    assert [browser.get(f"/apply/{token}/").status_code for _time in range(2)] == [200, 429]


def test_the_pages_are_nobody_elses(draft: Draft, browser: Client) -> None:
    _application, token = draft()
    answer = browser.get(f"/apply/{token}/")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


# --- parts --------------------------------------------------------------------------------------------------
def test_part_by_part_to_the_end(db: None, browser: Client, tasks: Any) -> None:
    token = begun(browser)
    typed: dict[str, dict[str, Any]] = {
        "organisation": {
            "name_en": "New Paths",
            "name_fa": "راه‌های نو",
            "kind": "ngo",
            "province": "south",
            "registration_number": "77",
            "registered_with": "Register",
        },
        "people": {"board": "Vesna, chair", "manager_name": "Mira", "manager_email": "Mira@newpaths.example"},
        "work": {"about": "We help.", "services": ["mentoring"], "languages": ["en", "sr"]},
        "workspace": {"short_name": " NewPaths ", "workspace_language": "sr", "time_zone": "Europe/Skopje"},
    }
    for part, values in typed.items():
        page = f"/apply/{token}/{part}/"
        assert browser.get(page).status_code == 200
        assert browser.post(page, values).status_code == 302
    assert browser.get(f"/apply/{token}/papers/").status_code == 200
    assert browser.get(f"/apply/{token}/agreement/").status_code == 200
    assert browser.get(f"/apply/{token}/nothing/").status_code == 404
    with tasks():
        assert browser.post(f"/apply/{token}/send/").status_code == 302
    application = Application.objects.get()
    assert application.state == ApplicationState.SENT
    assert application.names == {"en": "New Paths", "fa": "راه‌های نو"}
    assert (application.province, application.short_name) == ("South", "newpaths")  # as a member spells it
    assert application.manager_email == "mira@newpaths.example"
    assert str(application) == "New Paths"


def test_what_is_right_is_kept_although_something_is_wrong(draft: Draft, browser: Client) -> None:
    application, token = draft()
    typed = {"board": "", "manager_name": "Another", "manager_email": "nobody"}
    answer = browser.post(f"/apply/{token}/people/", typed)
    assert answer.status_code == 400
    assert b'value="nobody"' in answer.content
    application.refresh_from_db()
    assert (application.manager_name, application.board) == ("Another", COMPLETE["board"])


def test_a_short_name_that_is_taken(draft: Draft, sent: Sent, alpha: OrganisationRef, browser: Client) -> None:
    other = sent()
    _application, token = draft()
    for name, words in ((alpha.short_name, b"taken"), (other.short_name, b"taken"), ("admin", b"reserved")):
        values = {"short_name": name, "workspace_language": "en", "time_zone": "UTC"}
        answer = browser.post(f"/apply/{token}/workspace/", values)
        assert answer.status_code == 400
        assert words in answer.content


def test_typing_is_kept_as_it_goes_on(draft: Draft, browser: Client, sent: Sent) -> None:
    application, token = draft()
    answer = browser.post(f"/apply/{token}/people/keep/", {"manager_name": "Half a na"})
    assert answer.content == b"Saved."
    application.refresh_from_db()
    assert application.manager_name == "Half a na"
    applying.keep(application=application, values={"manager_name": "Mira"})
    applying.send(application=application)
    assert b"sent already" in browser.post(f"/apply/{token}/people/keep/", {"manager_name": "x"}).content
    assert browser.post(f"/apply/{token}/people/", {"manager_name": "x"}).status_code == 302
    assert b"sent already" in browser.get(f"/apply/{token}/people/").content
    application.refresh_from_db()
    assert application.manager_name == "Mira"


def test_going_on_later_leads_to_the_overview(draft: Draft, browser: Client) -> None:
    _application, token = draft()
    values = {"about": "x", "services": ["mentoring"], "languages": ["en"], "later": "1"}
    assert browser.post(f"/apply/{token}/work/", values)["Location"] == f"/apply/{token}/"


def test_whoever_goes_on_later_need_not_be_complete(db: None, browser: Client) -> None:
    token = begun(browser)
    page, typed = f"/apply/{token}/people/", {"manager_name": "Mira", "later": "1"}
    assert browser.post(page, {"manager_name": "Mira"}).status_code == 400
    assert browser.post(page, {**typed, "manager_email": "mira"}).status_code == 400
    assert browser.post(page, typed)["Location"] == f"/apply/{token}/"
    assert Application.objects.get().manager_name == "Mira"


def test_a_name_in_another_language_is_ones_own(db: None, browser: Client) -> None:
    application, token = applying.begin(name="راه‌ها", email="a@b.example", language="fa")
    assert str(application) == "راه‌ها"
    assert browser.get(f"/apply/{token}/organisation/").context["form"].own == "fa"
    applying.keep(application=application, values={"names": {"sq": "Rrugë"}})
    assert browser.get(f"/apply/{token}/organisation/").context["form"].own == "sq"


def test_papers_come_and_go(draft: Draft, browser: Client) -> None:
    application, token = draft()
    page = f"/apply/{token}/papers/"
    file = SimpleUploadedFile("../Statutes\u202e.exe", PDF, "text/html")
    assert browser.post(page, {"paper_kind": "statutes", "file": file}).status_code == 302
    paper = PaperFile.objects.get()
    assert (paper.content_type, paper.size) == ("application/pdf", len(PDF))
    assert paper.name.endswith("Statutes.pdf")
    assert b"Statutes" in browser.get(page).content
    answer = browser.get(f"{page}{paper.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    _other, others_token = draft()
    assert browser.get(f"/apply/{others_token}/papers/{paper.pk}/").status_code == 404
    assert browser.post(f"/apply/{others_token}/papers/{paper.pk}/remove/").status_code == 404
    assert browser.post(f"{page}{paper.pk}/remove/").status_code == 302
    assert not PaperFile.objects.exists()
    applying.add_paper(application=application, file=CheckedFile("a.pdf", "application/pdf", PDF), kind="other")
    applying.send(application=application)
    paper = PaperFile.objects.get()
    assert browser.post(f"{page}{paper.pk}/remove/").status_code == 302
    assert PaperFile.objects.exists()


@pytest.mark.parametrize("content", [b"MZ\x90", b"<svg>", b""])
def test_other_files_are_refused(draft: Draft, browser: Client, content: bytes) -> None:
    _application, token = draft()
    file = SimpleUploadedFile("paper.pdf", content, "application/pdf")
    assert browser.post(f"/apply/{token}/papers/", {"paper_kind": "other", "file": file}).status_code == 400
    assert not PaperFile.objects.exists()


def test_going_on_takes_a_chosen_paper_along(draft: Draft, browser: Client) -> None:
    application, token = draft()
    page = f"/apply/{token}/papers/"
    assert browser.post(page, {"paper_kind": "statutes", "on": "1"})["Location"].endswith("/agreement/")
    assert browser.post(page, {"paper_kind": "statutes", "later": "1"})["Location"] == f"/apply/{token}/"
    assert not PaperFile.objects.exists()
    wrong = SimpleUploadedFile("statutes.docx", b"PK not a picture")
    assert browser.post(page, {"paper_kind": "statutes", "file": wrong, "on": "1"}).status_code == 400
    for way, leads_to in (("on", f"/apply/{token}/agreement/"), ("later", f"/apply/{token}/")):
        file = SimpleUploadedFile("statutes.pdf", PDF)
        assert browser.post(page, {"paper_kind": "statutes", "file": file, way: "1"})["Location"] == leads_to
    assert PaperFile.objects.filter(application=application).count() == 2


def test_big_and_many_papers_are_refused(draft: Draft, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PaperRefused):
        checked(SimpleUploadedFile("a.pdf", PDF + b"x" * 5 * 1024 * 1024))
    application, token = draft()
    for _number in range(MOST_PAPERS):
        applying.add_paper(application=application, file=CheckedFile("a.pdf", "application/pdf", PDF), kind="other")
    file = SimpleUploadedFile("a.pdf", PDF)
    answer = browser.post(f"/apply/{token}/papers/", {"paper_kind": "other", "file": file})
    assert answer.status_code == 400
    assert PaperFile.objects.count() == MOST_PAPERS


# --- the framework ------------------------------------------------------------------------------------------
def test_the_framework_is_agreed_to_as_it_was_shown(
    draft: Draft, browser: Client, secretary: Seat, secretariat: OrganisationRef
) -> None:
    with inside(secretariat):
        first = publish_framework(texts={"en": "We work together.", "fa": "با هم"}, by=secretary)
    application, token = draft()
    page = f"/apply/{token}/agreement/"
    assert browser.get(f"/apply/{token}/framework/").status_code == 404
    assert b"We work together." in browser.get(page).content
    with pytest.raises(NotComplete):
        applying.send(application=application)
    typed = {"signed_by": "Vesna Board", "signed_as": "Chair", "framework": str(first.pk)}
    assert browser.post(page, typed).status_code == 400  # without the box
    assert browser.post(page, {**typed, "agrees": "on"}).status_code == 302
    with inside(secretariat):
        second = publish_framework(texts={"en": "We work together, and tell."}, by=secretary)
    assert b"We work together." in browser.get(f"/apply/{token}/framework/").content  # what was signed
    assert browser.post(page, {**typed, "agrees": "on"}).status_code == 400  # not what is shown now
    assert applying.missing(application) == {"agreement": ["framework"]}
    assert browser.post(page, {**typed, "agrees": "on", "framework": str(second.pk)}).status_code == 302
    assert b"agreed to version" in browser.get(page).content
    application.refresh_from_db()
    assert applying.send(application=application).framework == second


# --- what comes after ---------------------------------------------------------------------------------------
def test_nothing_incomplete_is_sent(db: None, browser: Client) -> None:
    token = begun(browser)
    answer = browser.post(f"/apply/{token}/send/")
    assert answer["Location"] == f"/apply/{token}/organisation/"
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_of_two_that_want_a_name_the_first_gets_it(draft: Draft, browser: Client) -> None:
    (first, _token), (second, token) = draft(short_name="wanted"), draft(short_name="wanted")
    applying.send(application=first)
    with pytest.raises(NameTaken):
        applying.send(application=second)
    answer = browser.post(f"/apply/{token}/send/")
    assert answer.status_code == 400
    assert b"taken already" in answer.content


def test_those_who_decide_are_told(
    draft: Draft,
    branch: OrganisationRef,
    secretariat: OrganisationRef,
    member: Callable[..., Any],
    tasks: Any,
) -> None:
    secretary = member(secretariat, Role.SECRETARIAT)
    officer = member(branch, Role.PROVINCIAL)
    member(secretariat, Role.EDITOR)
    member(branch, Role.MANAGER)
    application, _token = draft(province="South")
    with tasks():
        applying.send(application=application)
    assert {letter.to[0] for letter in mail.outbox} == {secretary.email, officer.email, application.contact_email}
    for letter in mail.outbox:  # nobody's name in them
        assert "Mira" not in letter.body
        assert "Vesna" not in letter.body
    mail.outbox.clear()
    other, _token = draft(province="North")
    with tasks():
        applying.send(application=other)
    assert {letter.to[0] for letter in mail.outbox} == {secretary.email, other.contact_email}


def test_a_question_is_answered_by_the_link(
    draft: Draft, browser: Client, secretariat: OrganisationRef, secretary: Seat, tasks: Any
) -> None:
    application, token = draft()
    assert browser.post(f"/apply/{token}/answer/", {"text": "Of what?"}).status_code == 400
    applying.send(application=application)
    with tasks(), inside(secretariat):
        reviewing.ask(application=application.pk, question="Who keeps the files?", by=secretary)
    assert "Who keeps the files?" in mail.outbox[-1].body
    assert b"Who keeps the files?" in browser.get(f"/apply/{token}/").content
    assert browser.post(f"/apply/{token}/answer/", {"text": ""}).status_code == 400
    assert browser.post(f"/apply/{token}/people/", {"board": "", "manager_name": "x"}).status_code == 400
    assert browser.post(f"/apply/{token}/answer/", {"text": "Our chair does."}).status_code == 302
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT
    assert application.events.last().text == "Our chair does."


def test_one_appeal_and_no_more(
    draft: Draft, browser: Client, secretariat: OrganisationRef, secretary: Seat, tasks: Any
) -> None:
    application, token = draft()
    applying.send(application=application)
    with tasks(), inside(secretariat):
        reviewing.decline(application=application.pk, reason=DeclineReason.OUTSIDE, text="Not work.", by=secretary)
    assert "Not work." in mail.outbox[-1].body
    assert b"Not work." in browser.get(f"/apply/{token}/").content
    assert browser.post(f"/apply/{token}/appeal/", {"text": ""}).status_code == 400
    assert browser.post(f"/apply/{token}/appeal/", {"text": "It is work."}).status_code == 302
    with inside(secretariat):
        reviewing.decline(application=application.pk, reason=DeclineReason.OUTSIDE, text="Still not.", by=secretary)
    assert b"apply anew" in browser.get(f"/apply/{token}/").content
    assert browser.post(f"/apply/{token}/appeal/", {"text": "Once more."}).status_code == 400


def test_an_appeal_is_told_to_the_secretariat_alone(
    sent: Sent, branch: OrganisationRef, officer: Seat, secretariat: OrganisationRef, member: Any, tasks: Any
) -> None:
    secretary = member(secretariat, Role.SECRETARIAT)
    application = sent(province="South")
    with inside(branch):
        reviewing.decline(application=application.pk, reason=DeclineReason.OTHER, text="No.", by=officer)
    mail.outbox.clear()
    with tasks():
        applying.appeal(application=application, text="Yes.")
    assert [letter.to[0] for letter in mail.outbox] == [secretary.email]
    assert "Yes." not in mail.outbox[0].body


def test_withdrawing_removes_people_and_papers(draft: Draft, browser: Client) -> None:
    application, token = draft()
    applying.add_paper(application=application, file=CheckedFile("a.pdf", "application/pdf", PDF), kind="other")
    applying.send(application=application)
    assert browser.get(f"/apply/{token}/withdraw/").status_code == 200
    assert browser.post(f"/apply/{token}/withdraw/").status_code == 302
    application.refresh_from_db()
    assert (application.state, application.board, application.manager_email) == (ApplicationState.WITHDRAWN, "", "")
    assert not PaperFile.objects.exists()
    assert browser.post(f"/apply/{token}/withdraw/").status_code == 400
    assert browser.get(f"/apply/{token}/").status_code == 200
    with pytest.raises(CannotMoveApplication):
        applying.answer(application=application, text="x")


def test_each_night_what_nobody_needs_goes(
    draft: Draft, sent: Sent, beta: OrganisationRef, secretariat: OrganisationRef, secretary: Seat
) -> None:
    lying, _token = draft()
    waiting, declined, closed = sent(), sent(), sent()
    Application.objects.filter(pk=closed.pk).update(organisation_id=beta.id)
    Batch.objects.create(organisation_id=secretariat.id, file_name="a.csv", by_name="x", rows=[{}])
    with inside(secretariat):
        reviewing.decline(application=declined.pk, reason=DeclineReason.OTHER, text="No.", by=secretary)
    assert tidy.delay().get() == 0
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        assert tidying.tidy() == 2
        assert tidying.tidy() == 0
    assert not Application.objects.filter(pk=lying.pk).exists()
    assert not Batch.objects.exists()
    Organisation.objects.filter(pk=beta.id).update(state="closed")
    assert tidying.tidy() == 1
    names = [Application.objects.get(pk=one.pk).manager_name for one in (waiting, declined, closed)]
    assert names == ["Mira First", "", ""]
    assert set(Event.objects.filter(application=declined).values_list("text", flat=True)) == {""}


def test_the_pages_in_persian(draft: Draft, browser: Client) -> None:
    _application, token = draft()
    browser.cookies["django_language"] = "fa"
    for page in ("", "organisation/", "papers/", "agreement/", "withdraw/"):
        answer = browser.get(f"/apply/{token}/{page}")
        assert b'dir="rtl"' in answer.content


def test_how_far_the_workspace_is(
    draft: Draft, browser: Client, alpha: OrganisationRef, secretariat: OrganisationRef, secretary: Seat
) -> None:
    application, token = draft()
    assert "HX-Refresh" in browser.get(f"/apply/{token}/progress/")  # nothing to wait for
    applying.send(application=application)
    with inside(secretariat):
        reviewing.license_application(application=application.pk, terms=terms(), by=secretary)
    answer = browser.get(f"/apply/{token}/progress/")
    assert b"0 of 4" in answer.content
    assert "HX-Refresh" not in answer
    assert b"every 2s" in browser.get(f"/apply/{token}/").content
    Opening.objects.update(trouble="ours", due_at=None)
    assert b"longer than it should" in browser.get(f"/apply/{token}/").content
    Opening.objects.update(finished_at=timezone.now())
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.OPENED, organisation=alpha.id)
    assert "HX-Refresh" in browser.get(f"/apply/{token}/progress/")
    assert b"Open the workspace" in browser.get(f"/apply/{token}/").content
