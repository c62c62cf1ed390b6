"""Questions and answers beneath a page: in an organisation's name or in none, looked at before they are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.access import reader_for
from knowledge_base.domain import remarks
from knowledge_base.enums import Audience, SubmissionState
from knowledge_base.errors import NotYourOrganisation, TooLate
from knowledge_base.models import Remark, Report, Submission, SubmittedText
from knowledge_base.tasks import tell_asker, tell_author

Make = Callable[..., Any]
People = Callable[..., User]
Clients = Callable[..., Client]


@pytest.fixture
def page(lesson: Make) -> Any:
    return lesson("Snow")


@pytest.fixture
def asker(member: People, alpha: OrganisationRef) -> User:
    return member(alpha)


@pytest.fixture
def other(member: People, beta: OrganisationRef) -> User:
    return member(beta)


@pytest.fixture
def question(page: Any, asker: User, alpha: OrganisationRef) -> Remark:
    return Remark.objects.create(page_id=page.pk, writer=asker, signed_by_id=alpha.id, text="How long did it take?")


@pytest.fixture
def reply(question: Remark, other: User) -> Remark:
    return Remark.objects.create(page_id=question.page_id, question=question, writer=other, text="Six weeks.")


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def at(remark: Remark, what: str) -> str:
    return f"/knowledge/remarks/{remark.pk}/{what}/"


def test_asked_and_answered(
    page: Any, asker: User, other: User, alpha: OrganisationRef, client_of: Clients, tasks: Any
) -> None:
    browser = client_of(asker)
    assert "Ask a question" in read(browser, page.url)
    form = read(browser, f"/knowledge/pages/{page.pk}/ask/")
    assert "Alpha House" in form
    assert "Your own name is shown to nobody." in form
    asked = browser.post(
        f"/knowledge/pages/{page.pk}/ask/", {"text": "How long did it take?", "signed_by": str(alpha.id)}
    )
    assert asked["Location"] == f"{page.url}#questions"
    found = Remark.objects.get()
    assert "How long did it take?" in read(client_of(other), at(found, "answer"))
    with tasks():
        client_of(other).post(at(found, "answer"), {"text": "Six weeks <b>.", "signed_by": "member"})
    shown = read(browser, page.url)
    for text in ("How long did it take?", "Six weeks &lt;b&gt;.", "A member organisation", "<bdi>Alpha House</bdi>"):
        assert text in shown
    for text in ("Beta Centre", other.name):
        assert text not in shown
    assert "How long did it take?" not in read(client_of(None), page.url)
    assert mail.outbox[0].to == [asker.email]
    assert "Six weeks" not in mail.outbox[0].body
    assert page.url in mail.outbox[0].body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Did Arta Krasniqi come back?", "Arta Krasniqi"),
        ("Call me: +383 44 123 456", "+383 44 123 456"),
        ("It was on 12 March, was it not?", "12 March"),
    ],
)
def test_what_could_tell_who_somebody_is_is_looked_at_first(
    page: Any, asker: User, client_of: Clients, text: str, words: str
) -> None:
    browser, address = client_of(asker), f"/knowledge/pages/{page.pk}/ask/"
    answer = browser.post(address, {"text": text, "signed_by": "member"})
    assert answer.status_code == 400
    assert f'<mark dir="auto">{words}</mark>' in answer.content.decode()
    assert text.replace("+", "&#x2B;") in answer.content.decode() or text in answer.content.decode()
    looked = answer.context["form"].looked_value
    assert (
        browser.post(address, {"text": f"{text} 1.2.2020", "signed_by": "member", "looked": looked}).status_code == 400
    )
    assert browser.post(address, {"text": text, "signed_by": "member", "looked": looked}).status_code == 302


def test_bad_input_is_kept(page: Any, asker: User, question: Remark, client_of: Clients, beta: OrganisationRef) -> None:
    browser = client_of(asker)
    for address in (f"/knowledge/pages/{page.pk}/ask/", at(question, "answer"), at(question, "change")):
        assert browser.post(address, {"text": ""}).status_code == 400
        long = browser.post(address, {"text": "x" * 2001})
        assert long.status_code == 400
        assert "x" * 2001 in long.content.decode()
        foreign = browser.post(address, {"text": "In another name", "signed_by": str(beta.id)})
        assert foreign.status_code == 400
        assert "In another name" in foreign.content.decode()
    assert Remark.objects.count() == 1


def test_the_authors_organisation_is_told_that_and_not_what(
    page: Any,
    asker: User,
    member: People,
    beta: OrganisationRef,
    alpha: OrganisationRef,
    client_of: Clients,
    tasks: Any,
) -> None:
    manager = member(beta, Role.MANAGER, language="sr")
    member(beta, Role.CASEWORKER)
    submission = Submission.objects.create(
        organisation_id=beta.id, page_id=page.pk, path="en/snow/", state=SubmissionState.PUBLISHED
    )
    SubmittedText.objects.create(submission=submission, round=1, kind="lesson", language="en", values={"title": "Snow"})
    with tasks():
        client_of(asker).post(f"/knowledge/pages/{page.pk}/ask/", {"text": "How long?", "signed_by": str(alpha.id)})
    (told,) = mail.outbox
    assert told.to == [manager.email]
    assert "/knowledge/en/snow/#questions" in told.body
    for secret in ("How long", "Alpha", asker.name):
        assert secret not in told.body + told.subject
    with tasks():  # once a day at most
        client_of(asker).post(f"/knowledge/pages/{page.pk}/ask/", {"text": "And where?", "signed_by": "member"})
    assert len(mail.outbox) == 1
    Remark.objects.update(said_at=timezone.now() - timedelta(days=2))
    with tasks():
        client_of(manager).post(f"/knowledge/pages/{page.pk}/ask/", {"text": "Our own?", "signed_by": "member"})
    assert len(mail.outbox) == 1
    Submission.objects.update(state=SubmissionState.WITHDRAWN)
    assert tell_author.delay("beta", str(submission.pk)).get() == 0


def test_the_asker_is_told_while_there_is_something_to_read(
    page: Any, question: Remark, reply: Remark, asker: User, client_of: Clients, tasks: Any
) -> None:
    with tasks():
        client_of(asker).post(at(question, "answer"), {"text": "I found out.", "signed_by": "member"})
    assert not mail.outbox
    assert tell_asker(str(question.pk)) == 0
    Remark.objects.filter(pk=reply.pk).update(hidden_at=timezone.now())
    assert tell_asker(str(reply.pk)) == 0
    Remark.objects.filter(pk=reply.pk).update(hidden_at=None)
    page.unpublish()
    assert tell_asker(str(reply.pk)) == 0
    page.save_revision().publish()
    User.objects.filter(pk=asker.pk).update(is_active=False)
    assert tell_asker(str(reply.pk)) == 0
    Remark.objects.update(writer=None)
    assert tell_asker(str(reply.pk)) == 0
    assert not mail.outbox


def test_who_marks_the_answer(
    page: Any, question: Remark, reply: Remark, asker: User, other: User, member: People, alpha: OrganisationRef,
    beta: OrganisationRef, editor: User, client_of: Clients,
) -> None:  # fmt: skip
    client_of(asker).post(at(reply, "mark"), {"on": "1"})
    assert "This answered it" in read(client_of(asker), page.url)
    assert "This answered it" in read(client_of(other), page.url)
    assert "This answers it" not in read(client_of(other), page.url)
    assert client_of(other).post(at(reply, "mark"), {"on": "0"}).status_code == 404
    assert client_of(asker).post(at(question, "mark"), {"on": "1"}).status_code == 404
    second = Remark.objects.create(page_id=page.pk, question=question, writer=other, text="Or seven.")
    for user in (editor, asker):
        client_of(user).post(at(second, "mark"), {"on": "1"})
        assert list(Remark.objects.exclude(marked_at=None)) == [second]
    Submission.objects.create(organisation_id=beta.id, page_id=page.pk, state=SubmissionState.PUBLISHED)
    type(page).objects.update(is_from_member=True)
    assert "Not the answer" in read(client_of(other), page.url)
    client_of(other).post(at(second, "mark"), {"on": "0"})
    assert not Remark.objects.exclude(marked_at=None).exists()


def test_ones_own_is_changed_for_a_week_and_until_it_is_answered(
    page: Any, question: Remark, asker: User, other: User, client_of: Clients, beta: OrganisationRef
) -> None:
    browser = client_of(asker)
    values = {"text": "How many weeks?", "signed_by": "member", "seen_version": "1"}
    for path in ("change", "take-back"):
        read(client_of(other), at(question, path), 404)
        assert client_of(other).post(at(question, path), values).status_code == 404
    assert "How long did it take?" in read(browser, at(question, "change"))
    assert browser.post(at(question, "change"), values).status_code == 302
    shown = read(browser, page.url)
    assert "How many weeks?" in shown
    assert "· changed" in shown
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert at(question, "change") not in read(client_of(asker), page.url)
        late = client_of(asker).post(at(question, "change"), values | {"seen_version": "2"})
        assert late.status_code == 400
        assert "older than a week" in late.content.decode()
    Remark.objects.create(page_id=page.pk, question=question, writer=other, text="Six.")
    assert at(question, "take-back") not in read(browser, page.url)
    assert "older than a week" in browser.post(at(question, "take-back"), follow=True).content.decode()
    assert Remark.objects.filter(pk=question.pk).exists()
    with pytest.raises(NotYourOrganisation):
        remarks.change(remark=question, text="x", signed_by=beta.id, seen_version=2, by=reader_for(asker))


def test_two_windows_show_both_versions(question: Remark, asker: User, client_of: Clients) -> None:
    browser = client_of(asker)
    browser.post(at(question, "change"), {"text": "First window", "signed_by": "member", "seen_version": "1"})
    second = browser.post(at(question, "change"), {"text": "Second window", "signed_by": "member", "seen_version": "1"})
    assert second.status_code == 409
    shown = second.content.decode()
    assert "First window" in shown
    assert ">\nSecond window</textarea>" in shown
    assert 'name="seen_version" value="2"' in shown
    browser.post(at(question, "change"), {"text": "Second window", "signed_by": "member", "seen_version": "2"})
    question.refresh_from_db()
    assert question.text == "Second window"


def test_taken_back(question: Remark, asker: User, client_of: Clients) -> None:
    browser = client_of(asker)
    assert "Take it back?" in read(browser, at(question, "take-back"))
    browser.post(at(question, "take-back"))
    assert not Remark.objects.exists()
    with pytest.raises(TooLate):
        remarks.take_back(remark=question, by=reader_for(asker))


def test_reported_and_hidden(
    page: Any, question: Remark, reply: Remark, other: User, asker: User, editor: User, client_of: Clients
) -> None:
    browser, desk = client_of(other), client_of(editor)
    assert "Nothing was reported" in read(desk, "/knowledge/incoming/remarks/")
    assert "The editors of the network read this." in read(browser, at(question, "report"))
    assert browser.post(at(question, "report"), {"reason": "x" * 301}).status_code == 400
    for _twice in range(2):
        browser.post(at(question, "report"), {"reason": "A name"})
    assert Report.objects.count() == 1
    waiting = read(desk, "/knowledge/incoming/remarks/")
    for text in ("How long did it take?", "A name", "Snow"):
        assert text in waiting
    assert other.name not in waiting
    for client in (browser, client_of(asker)):
        assert client.get("/knowledge/incoming/remarks/").status_code == 404
        assert client.post(f"/knowledge/incoming/remarks/{question.pk}/", {"on": "1"}).status_code == 404
    desk.post(f"/knowledge/incoming/remarks/{question.pk}/", {"on": "1"})
    assert "Nothing was reported" in read(desk, "/knowledge/incoming/remarks/")
    for client in (browser, client_of(asker)):
        shown = read(client, page.url)
        assert "How long" not in shown
        assert "Six weeks" not in shown
        for hidden in (question, reply):
            read(client, at(hidden, "report"), 404)
    assert "Hidden: only editors see this." in read(desk, page.url)
    desk.post(f"/knowledge/incoming/remarks/{question.pk}/", {"on": "0"})
    assert "How long" in read(browser, page.url)
    with pytest.raises(NotYourOrganisation):
        remarks.hide(remark=question, on=True, by=reader_for(other))


def test_nobody_writes_without_an_end(page: Any, asker: User, client_of: Clients, monkeypatch: Any) -> None:
    monkeypatch.setattr(remarks, "MOST_A_DAY", 1)
    browser, address = client_of(asker), f"/knowledge/pages/{page.pk}/ask/"
    browser.post(address, {"text": "One?", "signed_by": "member"})
    answer = browser.post(address, {"text": "Two?", "signed_by": "member"})
    assert "You have written a lot today." in answer.content.decode()
    assert "Two?" in answer.content.decode()


def test_answers_come_to_an_end(
    question: Remark, reply: Remark, other: User, client_of: Clients, monkeypatch: Any
) -> None:
    monkeypatch.setattr(remarks, "MOST_ANSWERS", 1)
    refused = client_of(other).post(at(question, "answer"), {"text": "One more", "signed_by": "member"})
    assert "very many answers" in refused.content.decode()


def test_nobody_writes_in_anothers_name(page: Any, asker: User, beta: OrganisationRef) -> None:
    with pytest.raises(NotYourOrganisation):
        remarks.ask(page_id=page.pk, text="x", signed_by=beta.id, by=reader_for(asker))


def test_what_one_may_not_read_one_may_not_ask_about(
    page: Any, question: Remark, reply: Remark, asker: User, client_of: Clients
) -> None:
    stranger = client_of(User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody"))
    addresses = [f"/knowledge/pages/{page.pk}/ask/", f"/knowledge/pages/{page.pk}/questions/"]
    addresses += [at(question, what) for what in ("answer", "change", "take-back", "report")]
    for address in addresses:
        read(stranger, address, 404)
        assert "/accounts/login/" in client_of(None).get(address)["Location"]
    assert stranger.post(at(reply, "mark"), {"on": "1"}).status_code == 404
    assert client_of(asker).get(at(reply, "answer")).status_code == 404
    page.unpublish()
    for address in addresses:
        read(client_of(asker), address, 404)


def test_a_question_stays_without_its_account(page: Any, question: Remark, asker: User, other: User) -> None:
    asker.memberships.all().delete()
    asker.delete()
    question.refresh_from_db()
    assert question.writer is None
    (shown,) = remarks.shown([question], is_author=False, by=reader_for(other))
    assert not shown.may_change


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    lesson: Make, asker: User, other: User, client_of: Clients, alpha: OrganisationRef, rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    page = lesson("Snow", audience=Audience.MEMBERS)
    for number in range(rows):
        one = Remark.objects.create(page_id=page.pk, writer=asker, signed_by_id=alpha.id, text=f"Question {number}")
        for _answers in range(rows):
            Remark.objects.create(page_id=page.pk, question=one, writer=other, signed_by_id=alpha.id, text="Answer")
    client = client_of(asker)
    for path, queries in ((page.url, 7), (f"/knowledge/pages/{page.pk}/questions/", 6)):
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)


def test_all_questions(page: Any, asker: User, client_of: Clients) -> None:
    for number in range(11):
        with time_machine.travel(f"2026-05-30T08:00:{number:02}Z", tick=False):  # keys are in the order of time
            Remark.objects.create(page_id=page.pk, writer=asker, text=f"Question {number}.")
    browser = client_of(asker)
    shown = read(browser, page.url)
    assert "Question 10." in shown
    assert "Question 5." not in shown
    first = browser.get(f"/knowledge/pages/{page.pk}/questions/")
    assert "Question 1." in first.content.decode()
    assert "Question 0." in browser.get(first.wsgi_request.path + first.context["page"].next_url).content.decode()
