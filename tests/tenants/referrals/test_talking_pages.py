"""Messages, documents and links on the pages of signed-in people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.exchange.enums import State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Consent, Document
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tenants.referrals.domain.links import PAUSE
from tenants.referrals.domain.messages import write_message
from tenants.referrals.models import AnswerLink, Enclosure, Message, Referral
from tests.tenants.referrals.conftest import ADDRESS
from tests.tenants.referrals.test_enclosing import SCOPES


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def consent(consent: Any) -> Any:
    """Covers documents too."""
    return lambda **values: consent(**{"scopes": SCOPES, **values})


@pytest.fixture
def at_sender(sender: SimpleNamespace, client_of: Callable[..., Browser]) -> Browser:
    return client_of(User.objects.get(pk=sender.seat.user_id), sender.ref)


@pytest.fixture
def at_target(target: SimpleNamespace, client_of: Callable[..., Browser]) -> Browser:
    return client_of(User.objects.get(pk=target.seat.user_id), target.ref)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def write(side: SimpleNamespace, made: SimpleNamespace, text: str, tasks: Any, language: str = "en") -> None:
    with tasks(), inside(side.ref):
        referral = Referral.objects.select_related("envelope", "client").get(envelope=made.envelope)
        write_message(referral=referral, text=text, language=language, by=side.seat)


# --- messages --------------------------------------------------------------------------------------------------
def test_writing_and_reading(
    referred: Any, at_sender: Browser, at_target: Browser, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.OPENED)
    with tasks():
        answer = at_sender.post(f"/referrals/{made.out}/messages/", {"text": "Mornings <b>suit</b> best"})
    assert answer["Location"] == f"/referrals/{made.out}/#thread"
    assert "Read" not in text_of(at_sender.get(f"/referrals/{made.out}/")).split('id="thread"')[1]
    assert "New messages about referrals" in text_of(at_target.get("/"))
    with tasks():
        page = text_of(at_target.get(f"/referrals/{made.into}/"))
    assert "Mornings &lt;b&gt;suit&lt;/b&gt; best" in page
    assert 'id="new"' in page
    assert "New messages about referrals" not in text_of(at_target.get("/"))
    assert 'id="new"' not in text_of(at_target.get(f"/referrals/{made.into}/"))
    thread = text_of(at_sender.get(f"/referrals/{made.out}/")).split('id="thread"')[1]
    assert "Read" in thread


def test_each_text_carries_its_language(
    referred: Any, at_sender: Browser, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.OPENED)
    write(sender, made, "Jutra su bolja", tasks, "sr")
    write(target, made, "صبح‌ها بهتر است", tasks, "fa")
    page = text_of(at_sender.get(f"/referrals/{made.out}/"))
    assert '<div class="said-text" lang="sr" dir="auto">' in page
    assert '<div class="said-text" lang="fa" dir="auto">' in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Zorana likes mornings", "says who the person is"),
        ("", "This field is required."),
        ("x" * 4001, "at most 4000 characters"),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(
    referred: Any, at_sender: Browser, sender: SimpleNamespace, text: str, message: str
) -> None:
    made = referred(State.OPENED)
    page = text_of(at_sender.post(f"/referrals/{made.out}/messages/", {"text": text}))
    assert message in page
    assert text[:50] in page
    with inside(sender.ref):
        assert Message.objects.count() == 0


def test_after_the_end_what_was_typed_is_not_lost(referred: Any, at_sender: Browser) -> None:
    made = referred(State.CLOSED)
    answer = at_sender.post(f"/referrals/{made.out}/messages/", {"text": "One thing more"})
    assert answer.status_code == 409
    assert "One thing more" in text_of(answer)
    assert "Nothing is written about this referral any more" in text_of(answer)


def test_those_who_only_read_see_the_thread_and_no_form(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, member: Any, client_of: Any, tasks: Any
) -> None:
    made = referred(State.OPENED)
    write(sender, made, "Mornings suit best", tasks)
    viewer = client_of(member(target.ref, Role.VIEWER), target.ref)
    page = text_of(viewer.get(f"/referrals/{made.into}/"))
    assert "Mornings suit best" in page
    assert f"/referrals/{made.into}/messages/" not in page
    assert viewer.post(f"/referrals/{made.into}/messages/", {"text": "Good day"}).status_code == 403
    with inside(target.ref):
        assert Message.objects.filter(read_at=None).count() == 1


def test_what_is_restricted_shows_neither_thread_nor_documents(
    referred: Any, at_target: Browser, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    write(sender, made, "Mornings suit best", tasks)
    with inside(target.ref):
        Referral.objects.update(restricted_at=timezone.now())
    page = text_of(at_target.get(f"/referrals/{made.into}/"))
    assert "Mornings" not in page
    assert 'id="documents"' not in page


def test_the_other_sides_thread_is_not_here(referred: Any, at_sender: Browser, at_target: Browser) -> None:
    made = referred(State.OPENED)
    for browser, key in ((at_sender, made.into), (at_target, made.out)):
        assert browser.post(f"/referrals/{key}/messages/", {"text": "Good day"}).status_code == 404
        assert browser.get(f"/referrals/{key}/documents/").status_code == 404
        assert browser.post(f"/referrals/{key}/link/", {"purpose": "answer"}).status_code == 404


def test_a_thread_and_documents_cost_the_same_at_one_and_at_three(
    referred: Any, at_target: Browser, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)

    def count() -> int:
        at_target.get(f"/referrals/{made.into}/")
        with CaptureQueriesContext(connection) as queries:
            at_target.get(f"/referrals/{made.into}/")
        return len(queries)

    def add() -> None:
        write(sender, made, "Good day", tasks)
        with tasks(), inside(sender.ref):
            enclose(sender, made, "Paper")

    add()
    one = count()
    add()
    add()
    assert count() == one


# --- documents -------------------------------------------------------------------------------------------------
def enclose(side: SimpleNamespace, made: SimpleNamespace, title: str, audience: str = Audience.TEAM) -> Enclosure:
    from tenants.referrals.domain.enclosing import enclose as send

    document = add_document(
        client=side.client, title=title, source=[b"paper"], content_type="text/plain", audience=audience, by=side.seat
    )  # fmt: skip
    referral = Referral.objects.select_related("envelope").get(envelope=made.envelope)
    return send(referral=referral, document=document, by=side.seat)


def test_a_file_is_sent_and_saved_on_the_other_side(
    referred: Any, at_sender: Browser, at_target: Browser, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    upload = SimpleUploadedFile("Certificate.txt", b"It is certified")
    with tasks():
        answer = at_sender.post(f"/referrals/{made.out}/documents/", {"file": upload})
    assert answer["Location"] == f"/referrals/{made.out}/#documents"
    page = text_of(at_target.get(f"/referrals/{made.into}/"))
    with inside(target.ref):
        received = Enclosure.objects.get()
    address = f"/referrals/{made.into}/documents/{received.pk}/"
    assert address in page
    answer = at_target.get(address)
    assert b"".join(answer.streaming_content) == b"It is certified"
    assert answer["Content-Disposition"] == 'attachment; filename="Certificate.txt"'
    assert answer["Cache-Control"] == "private, no-store"
    with inside(target.ref):
        assert Entry.objects.filter(action="enclosure.opened", target_id=str(received.pk)).count() == 1


def test_a_document_is_chosen_among_those_that_one_may_read(
    referred: Any, at_sender: Browser, sender: SimpleNamespace, seat_in: Any, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    colleague = seat_in(sender.ref, Role.MENTOR)
    with inside(sender.ref):
        stranger = add_client(details=ClientDetails(given_name="Else"), by=sender.seat)
        own, hidden, foreign = (
            add_document(client=client, title=title, source=[b"x"], content_type="text/plain", audience=who, by=seat)
            for client, title, who, seat in (
                (sender.client, "Diploma", Audience.TEAM, sender.seat),
                (sender.client, "Diary", Audience.AUTHOR, colleague),
                (stranger, "Passport", Audience.TEAM, sender.seat),
            )
        )
    page = text_of(at_sender.get(f"/referrals/{made.out}/"))
    assert "Diploma" in page
    assert "Diary" not in page
    assert "Passport" not in page
    for refused in (hidden, foreign):
        answer = at_sender.post(f"/referrals/{made.out}/documents/", {"document": str(refused.pk)})
        assert "Select a valid choice" in text_of(answer)
    assert at_sender.post(f"/referrals/{made.out}/documents/", {"document": str(own.pk)}).status_code == 302
    assert "Diploma</option>" not in text_of(at_sender.get(f"/referrals/{made.out}/"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "Choose a document or a file."),
        ({"file": ("page.html", b"<html>")}, "We keep photos, PDF"),
        ({"file": ("big.txt", b"x" * (10 * 1024 * 1024 + 1))}, "The file is larger than 10 MB."),
    ],
)
def test_bad_files_are_refused_in_words(
    referred: Any, at_sender: Browser, sender: SimpleNamespace, given: dict[str, Any], message: str
) -> None:
    made = referred(State.ACCEPTED)
    data = {name: SimpleUploadedFile(*file) for name, file in given.items()}
    assert message in text_of(at_sender.post(f"/referrals/{made.out}/documents/", data))
    with inside(sender.ref):
        assert Document.objects.count() == 0


def test_one_of_both_is_sent(referred: Any, at_sender: Browser, sender: SimpleNamespace) -> None:
    made = referred(State.ACCEPTED)
    with inside(sender.ref):
        own = add_document(
            client=sender.client, title="Diploma", source=[b"x"], content_type="text/plain", by=sender.seat
        )  # fmt: skip
    both = {"document": str(own.pk), "file": SimpleUploadedFile("a.txt", b"words")}
    assert "Choose one of both" in text_of(at_sender.post(f"/referrals/{made.out}/documents/", both))


def test_without_consent_to_documents_the_page_says_so(
    referred: Any, at_sender: Browser, at_target: Browser, sender: SimpleNamespace
) -> None:
    made = referred(State.ACCEPTED)
    with inside(sender.ref):
        Consent.objects.update(scopes=[ConsentScope.IDENTITY])
    page = text_of(at_sender.get(f"/referrals/{made.out}/"))
    assert "The person has not agreed that documents are sent" in page
    answer = at_sender.post(f"/referrals/{made.out}/documents/", {"file": SimpleUploadedFile("a.txt", b"words")})
    assert answer.status_code == 409
    assert "has not agreed" in text_of(answer)
    assert "To send a document back, record a consent" in text_of(at_target.get(f"/referrals/{made.into}/"))


def test_documents_are_for_after_acceptance(referred: Any, at_target: Browser) -> None:
    made = referred(State.OPENED)
    assert 'id="documents"' not in text_of(at_target.get(f"/referrals/{made.into}/"))
    assert at_target.get(f"/referrals/{made.into}/documents/").status_code == 404


def test_a_document_for_others_is_named_to_nobody_else(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, member: Any, client_of: Any, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    with tasks(), inside(sender.ref):
        enclose(sender, made, "Diagnosis", Audience.PROFESSIONALS)
    with inside(target.ref):
        received = Enclosure.objects.get()
        Referral.objects.update(owner=None)
    user = member(target.ref, Role.VIEWER)
    with inside(target.ref):
        seat = Membership.objects.get(user=user)
        from tenants.caseloads.models import Client

        Client.objects.update(assigned_to=seat.pk)
    viewer = client_of(user, target.ref)
    page = text_of(viewer.get(f"/referrals/{made.into}/"))
    assert "Diagnosis" not in page
    assert "A document for others on the team" in page
    assert viewer.get(f"/referrals/{made.into}/documents/{received.pk}/").status_code == 404


def test_taking_a_document_back(
    referred: Any, at_sender: Browser, at_target: Browser, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    with tasks(), inside(sender.ref):
        sent = enclose(sender, made, "Diploma")
    assert at_target.post(f"/referrals/{made.into}/documents/{sent.pk}/take-back/").status_code == 404
    with tasks():
        answer = at_sender.post(f"/referrals/{made.out}/documents/{sent.pk}/take-back/")
    assert answer.status_code == 302
    page = text_of(at_target.get(f"/referrals/{made.into}/"))
    assert "Diploma" not in page
    assert "Taken back" in page
    assert at_target.get(f"/referrals/{made.into}/documents/{sent.pk}/").status_code == 404


# --- links -----------------------------------------------------------------------------------------------------
def test_the_sender_sees_that_a_link_was_sent_and_has_it_sent_again(
    referred: Any, at_sender: Browser, sender: SimpleNamespace, by_link: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.SENT)
    page = text_of(at_sender.get(f"/referrals/{made.out}/"))
    assert "answers by a link in an e-mail" in page
    address = f"/referrals/{made.out}/link/"
    answer = at_sender.post(address, {"purpose": "answer"}, follow=True)
    assert "A link was sent a few minutes ago." in text_of(answer)
    assert at_sender.post(address, {"purpose": "everything"}).status_code == 404
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + PAUSE * 2), tasks():
        answer = at_sender.post(address, {"purpose": "answer"}, follow=True)
    assert "A new link is on its way." in text_of(answer)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_the_sender_reads_the_code_to_tell_until_the_work_is_over(
    referred: Any, at_sender: Browser, sender: SimpleNamespace, by_link: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.SENT)
    with inside(sender.ref):
        referral = Referral.objects.get()
        AnswerLink.objects.create(
            referral=referral, purpose="told", code="048213", expires_at=timezone.now() + timedelta(days=7)
        )  # fmt: skip
    assert "048213" not in text_of(at_sender.get(f"/referrals/{made.out}/"))
    accepted = {"state": State.ACCEPTED, "opened_at": timezone.now(), "answered_at": timezone.now()}
    type(referral.envelope).objects.update(**accepted)
    assert "048213" in text_of(at_sender.get(f"/referrals/{made.out}/"))
    type(referral.envelope).objects.update(state=State.CLOSED, closed_at=timezone.now())
    assert "048213" not in text_of(at_sender.get(f"/referrals/{made.out}/"))


def test_who_is_answered_by_people_hears_nothing_of_links(referred: Any, at_sender: Browser) -> None:
    made = referred(State.SENT)
    assert "by a link" not in text_of(at_sender.get(f"/referrals/{made.out}/"))


# --- the address of an organisation ------------------------------------------------------------------------------
def test_the_secretariat_keeps_the_address(
    secretariat: Any, alpha: Any, beta: Any, member: Any, client_of: Any, settings: Any
) -> None:
    settings.DEMO = True
    browser = client_of(member(secretariat, Role.SECRETARIAT), secretariat)
    address = f"/organisations/{beta.id}/contact/"
    assert address in text_of(browser.get(f"/organisations/{beta.id}/life/"))
    answer = browser.post(address, {"address": "no address"})
    assert answer.status_code == 400
    assert "Enter a valid email address." in text_of(answer)
    long = f"office@{'.'.join(['b' * 60] * 4)}.example"
    assert browser.post(address, {"address": long}).status_code == 400  # more than its column holds
    assert browser.post(address, {"address": ADDRESS}).status_code == 302
    assert Organisation.objects.get(pk=beta.id).contact_email == ADDRESS
    assert ADDRESS in text_of(browser.get(address))
    with inside(secretariat):
        assert Entry.objects.filter(action="organisation.contact_changed").count() == 1
    assert browser.get("/organisations/00000000-0000-0000-0000-000000000000/contact/").status_code == 404


def test_a_manager_writes_the_address_among_the_settings(alpha: Any, member: Any, client_of: Any) -> None:
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    with translation.override("en"):
        page = text_of(browser.get("/settings/"))
    assert 'name="contact_email"' in page
