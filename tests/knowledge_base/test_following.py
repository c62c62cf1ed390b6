"""Following topics and pages, and the weekly e-mail: only what is new and readable, never empty, never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.access import reader_for
from knowledge_base.domain import digests, following
from knowledge_base.enums import Audience, TopicKind
from knowledge_base.models import Digest, Follow, Remark
from knowledge_base.tasks import send_digests

Make = Callable[..., Any]
People = Callable[..., User]
Clients = Callable[..., Client]
FOLLOWING = "/knowledge/following/"
MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MONDAY - timedelta(days=3), tick=True) as clock:
        yield clock


@pytest.fixture
def reader(member: People, alpha: OrganisationRef) -> User:
    return member(alpha)


def follow(user: User, kind: TopicKind = TopicKind.DIMENSION, value: str = "social") -> None:
    following.follow_topics(topics={kind: [value]}, weekly=True, by=reader_for(user))


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def sent_to(user: User) -> list[Any]:
    return [message for message in mail.outbox if message.to == [user.email]]


def test_topics_are_ticked(
    reader: User, lesson: Make, client_of: Clients, member: People, alpha: OrganisationRef
) -> None:
    lesson("A", programme="Vans in winter")
    lesson("B", programme="A secret of members", audience=Audience.MEMBERS)
    lesson("C", programme="A draft", live=False)
    browser = client_of(reader)
    page = read(browser, FOLLOWING)
    assert "Vans in winter" in page
    assert "A secret of members" in page
    assert "A draft" not in page
    values = {"weekly": "on", "dimension": ["social"], "group": ["roma", "women"], "programme": ["Vans in winter"]}
    assert browser.post(FOLLOWING, values)["Location"] == FOLLOWING
    assert read(browser, FOLLOWING).count(" checked") == 5
    browser.post(FOLLOWING, {"dimension": ["economic"]})
    assert list(Follow.objects.values_list("kind", "value")) == [("dimension", "economic")]
    assert not Digest.objects.get().is_on
    assert read(browser, FOLLOWING).count(" checked") == 1
    assert " checked" in read(client_of(member(alpha)), FOLLOWING)  # the e-mail alone
    bad = browser.post(FOLLOWING, {"dimension": ["nonsense"], "group": ["roma"]})
    assert bad.status_code == 400
    assert 'value="roma"' in bad.content.decode()


def test_what_a_list_is_narrowed_by_is_followed_there(reader: User, lesson: Make, client_of: Clients) -> None:
    lesson("A")
    browser = client_of(reader)
    assert "Follow: " not in read(browser, "/knowledge/?group=anybody&level=family")
    shown = read(browser, "/knowledge/?dimension=social&group=women")
    assert "Follow: Social" in shown
    assert "Follow: Women" in shown
    assert "Follow: Social" not in read(client_of(None), "/knowledge/?dimension=social")
    for _twice in range(2):
        assert browser.post(f"{FOLLOWING}topic/", {"topic": "group:women"})["Location"] == FOLLOWING
    assert list(Follow.objects.values_list("kind", "value")) == [("group", "women")]
    assert Digest.objects.get().is_on
    for bad in ("", "x", "group:nonsense", "outcome:success", "group:anybody", "page:1", "q:x"):
        assert browser.post(f"{FOLLOWING}topic/", {"topic": bad}).status_code == 404


def test_a_programme_is_still_followed_when_its_last_lesson_goes(
    reader: User, lesson: Make, client_of: Clients
) -> None:
    made = lesson("A", programme="Vans")
    follow(reader, TopicKind.PROGRAMME, "Vans")
    made.unpublish()
    assert "Vans" in read(client_of(reader), FOLLOWING)


def test_a_page_is_followed_and_given_up(reader: User, lesson: Make, client_of: Clients) -> None:
    page, browser = lesson("Snow"), client_of(reader)
    address = f"/knowledge/pages/{page.pk}/follow/"
    for _twice in range(2):
        assert browser.post(address, {"on": "1"})["Location"] == f"{page.url}#said"
    assert Follow.objects.count() == 1
    assert Digest.objects.get().is_on
    assert ">Snow</a>" in read(browser, FOLLOWING)
    assert browser.post(address, {"on": "0", "back": "following"})["Location"] == FOLLOWING
    assert not Follow.objects.exists()


def test_what_is_new_comes_once(reader: User, lesson: Make, client_of: Clients, clock: Any) -> None:
    lesson("Before")
    clock.move_to(MONDAY - timedelta(days=2))
    follow(reader)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New <one>")
    lesson("Another matter", dimension="economic")
    clock.move_to(MONDAY)
    assert send_digests() == 1
    (message,) = sent_to(reader)
    html = message.alternatives[0][0]
    for body in (message.body, html):
        assert "Before" not in body
        assert "Another matter" not in body
        assert reader.name not in body
        assert "http://halka.localhost:8000/knowledge/en/new-one/" in body
    assert "New <one>" in message.body
    assert "New &lt;one&gt;" in html
    assert send_digests() == 0
    clock.move_to(MONDAY + timedelta(days=7))
    assert send_digests() == 0  # nothing new, no e-mail
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (TopicKind.DIMENSION, "social"),
        (TopicKind.GROUP, "roma"),
        (TopicKind.PROGRAMME, "Vans"),
    ],
)
def test_each_kind_of_topic(reader: User, lesson: Make, clock: Any, kind: TopicKind, value: str) -> None:
    follow(reader, kind, value)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("Meant", target_group="roma", programme="Vans", dimension="social")
    lesson("Not meant", target_group="women", programme="Buses", dimension="economic")
    clock.move_to(MONDAY)
    send_digests()
    (message,) = mail.outbox
    assert "Meant" in message.body
    assert "Not meant" not in message.body


def test_a_followed_page_that_changed_and_what_was_asked(
    reader: User, lesson: Make, curriculum: Make, clock: Any, member: People, beta: OrganisationRef
) -> None:
    page, taught = lesson("Snow"), curriculum(units=["hope"])
    for made in (page, taught):
        following.follow_page(page_id=made.pk, on=True, by=reader_for(reader))
    other = member(beta)
    clock.move_to(MONDAY - timedelta(days=1))
    page.save_revision().publish()
    lesson("About it", curricula=["ready"])
    question = Remark.objects.create(page_id=page.pk, writer=other, text="How long?")
    Remark.objects.create(page_id=page.pk, question=question, writer=other, text="Six.")
    Remark.objects.create(page_id=page.pk, question=question, writer=reader, text="Mine.")
    hidden = Remark.objects.create(page_id=page.pk, writer=other, text="Hidden", hidden_at=timezone.now())
    Remark.objects.create(page_id=page.pk, question=hidden, writer=other, text="Beneath it")
    clock.move_to(MONDAY)
    send_digests()
    (message,) = mail.outbox
    body = message.body
    assert body.index("New\n") < body.index("About it") < body.index("Changed") < body.index("Snow\n")
    assert "Snow: 2 new" in body
    assert "How long?" not in body
    assert "Snow</a>: 2 new" in " ".join(message.alternatives[0][0].split()) or "2 new" in message.alternatives[0][0]


def test_only_what_may_be_read_when_it_goes_out(
    reader: User, lesson: Make, clock: Any, member: People, beta: OrganisationRef
) -> None:
    former = member(beta)
    for user in (reader, former):
        follow(user)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("For members", audience=Audience.MEMBERS)
    gone = lesson("Taken off")
    followed = lesson("Followed")
    following.follow_page(page_id=followed.pk, on=True, by=reader_for(reader))
    Remark.objects.create(page_id=followed.pk, writer=former, text="x")
    gone.unpublish()
    followed.unpublish()
    former.memberships.update(ended_at=timezone.now())
    clock.move_to(MONDAY)
    assert send_digests() == 1
    (message,) = mail.outbox
    assert message.to == [reader.email]
    assert "For members" in message.body
    assert "Taken off" not in message.body
    assert "Followed" not in message.body


def test_in_the_readers_language_own_language_first(reader: User, lesson: Make, clock: Any) -> None:
    User.objects.filter(pk=reader.pk).update(language="fa", calendar="jalali")
    follow(reader)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("اتوبوس", language="fa", slug="bus")
    lesson("Bus")
    clock.move_to(MONDAY)
    send_digests()
    (message,) = mail.outbox
    assert message.body.index("اتوبوس") < message.body.index("Bus")
    html = message.alternatives[0][0]
    assert '<html lang="fa" dir="rtl">' in html
    assert 'lang="en" dir="ltr"' in html.replace("\n", " ")


def test_one_press_ends_it(reader: User, lesson: Make, clock: Any, client_of: Clients) -> None:
    follow(reader)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New")
    clock.move_to(MONDAY)
    send_digests()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in mail.outbox[0].body
    path = address.removeprefix("http://halka.localhost:8000")
    nobody = Client(enforce_csrf_checks=True, headers={"host": "halka.localhost"})
    assert "Press once" in read(nobody, path)
    assert Digest.objects.get().is_on  # programs that check links end nothing
    assert nobody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Digest.objects.get().is_on
    assert "No more weekly e-mails come to you." in read(nobody, path)
    assert Follow.objects.exists()
    lesson("Newer")
    clock.move_to(MONDAY + timedelta(days=7))
    assert send_digests() == 0
    for bad in ("x", path.split("/")[-2][:-1], following.signing.dumps("x", salt="other")):
        read(nobody, f"{FOLLOWING}stop/{bad}/", 404)
    Digest.objects.all().delete()
    read(nobody, path, 404)


def test_whoever_wants_it_again_is_not_told_what_was_in_between(
    reader: User, lesson: Make, clock: Any, client_of: Clients
) -> None:
    follow(reader)
    following.stop(Digest.objects.get())
    page = lesson("In between")
    answer = client_of(reader).post(f"/knowledge/pages/{page.pk}/follow/", {"on": "1"}, follow=True)
    assert "The weekly e-mail is off" in answer.content.decode()
    clock.move_to(MONDAY - timedelta(days=1))
    follow(reader)
    lesson("Since then")
    clock.move_to(MONDAY)
    assert send_digests() == 1
    assert "Since then" in mail.outbox[0].body
    assert "In between" not in mail.outbox[0].body


class Killed(BaseException):
    """As a worker ends that is killed."""


class DiesOnce(EmailBackend):
    """Ends the process before the second e-mail."""

    ends: list[type[BaseException]]

    def send_messages(self, messages: Any) -> int:
        if len(mail.outbox) == 1 and type(self).ends:
            raise type(self).ends.pop()
        return int(super().send_messages(messages))


@pytest.mark.parametrize("end", [Killed, SMTPException])
def test_what_a_run_had_in_hand_is_taken_up_again_in_the_same_week(
    member: People, alpha: OrganisationRef, lesson: Make, clock: Any, settings: Any, end: type[BaseException]
) -> None:
    """Whoever is told already is not told again."""
    people = [member(alpha) for _three in range(3)]
    for user in people:
        follow(user)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New")
    settings.EMAIL_BACKEND = f"{__name__}.DiesOnce"
    DiesOnce.ends = [end]
    clock.move_to(MONDAY)
    if end is Killed:
        with pytest.raises(Killed):
            send_digests()
    else:
        assert send_digests() == 2
    send_digests()
    assert len(mail.outbox) == 2  # one is claimed still
    clock.move_to(MONDAY + timedelta(days=1))
    assert send_digests() == 1
    assert send_digests() == 0
    clock.move_to(MONDAY + timedelta(days=7))
    send_digests()
    assert [len(sent_to(user)) for user in people] == [1, 1, 1]
    assert all("New" in message.body for message in mail.outbox)


@pytest.mark.parametrize("step", ["reader_for", "news_for", "message_of"])
@pytest.mark.parametrize("end", [Killed, ValueError])
def test_killed_at_any_step_before_it_went_out(
    reader: User, lesson: Make, clock: Any, monkeypatch: pytest.MonkeyPatch, step: str, end: type[BaseException]
) -> None:
    follow(reader)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New")
    clock.move_to(MONDAY)

    def dies(*_args: Any, **_more: Any) -> None:
        raise end

    with monkeypatch.context() as broken:
        broken.setattr(digests, step, dies)
        if end is Killed:
            with pytest.raises(Killed):
                send_digests()
        else:
            assert send_digests() == 0
    assert send_digests() == 0
    clock.move_to(MONDAY + timedelta(minutes=31))
    assert send_digests() == 1
    clock.move_to(MONDAY + timedelta(hours=9))
    assert send_digests() == 0
    assert len(sent_to(reader)) == 1


def test_killed_before_it_was_noted_the_mailbox_knows_it_again(
    reader: User, lesson: Make, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(reader)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New")
    clock.move_to(MONDAY)
    send = EmailBackend.send_messages

    def goes_out_and_dies(backend: Any, messages: Any) -> None:
        send(backend, messages)
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", goes_out_and_dies)
        with pytest.raises(Killed):
            send_digests()
    clock.move_to(MONDAY + timedelta(hours=1))
    assert send_digests() == 1
    first, second = (message.message()["Message-ID"] for message in sent_to(reader))
    assert first == second
    assert first.endswith(".2026-W10@halka.localhost>")


def test_one_that_cannot_be_written_does_not_keep_the_others_waiting(
    member: People, alpha: OrganisationRef, lesson: Make, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [member(alpha) for _three in range(3)]
    for user in people:
        follow(user)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New")
    clock.move_to(MONDAY)
    write, broken = digests.message_of, Digest.objects.order_by("pk").values_list("pk", flat=True)[0]

    def breaks(digest: Digest, *args: Any, **more: Any) -> Any:
        if digest.pk == broken:
            raise ValueError
        return write(digest, *args, **more)

    monkeypatch.setattr(digests, "message_of", breaks)
    assert send_digests() == 2


def test_who_began_this_week_is_told_the_next(reader: User, lesson: Make, clock: Any) -> None:
    clock.move_to(MONDAY + timedelta(days=1))
    follow(reader)
    lesson("New")
    clock.move_to(MONDAY + timedelta(days=2))
    assert send_digests() == 0
    clock.move_to(MONDAY + timedelta(days=7))
    assert send_digests() == 1


def test_two_workers_at_once(reader: User, lesson: Make, clock: Any) -> None:
    follow(reader)
    clock.move_to(MONDAY - timedelta(days=1))
    lesson("New")
    clock.move_to(MONDAY)
    digest, now = Digest.objects.get(), timezone.now()
    Digest.objects.update(claimed_at=now)
    assert not digests._send(digest.pk, "2026-W10", now)  # the other one has it
    Digest.objects.update(claimed_at=None)
    assert digests._send(digest.pk, "2026-W10", now)
    assert not digests._send(digest.pk, "2026-W10", now)
    digest.delete()
    assert not digests._send(digest.pk, "2026-W10", now)
    assert len(mail.outbox) == 1


def test_strangers(lesson: Make, client_of: Clients) -> None:
    page = lesson("Snow")
    stranger = client_of(User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody"))
    read(stranger, FOLLOWING, 404)
    assert stranger.post(f"/knowledge/pages/{page.pk}/follow/", {"on": "1"}).status_code == 404
    assert "/accounts/login/" in client_of(None).get(FOLLOWING)["Location"]
    assert not Follow.objects.exists()


def test_it_goes_with_the_account(reader: User) -> None:
    follow(reader)
    reader.memberships.all().delete()
    reader.delete()
    assert not Follow.objects.exists()
    assert not Digest.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    reader: User, lesson: Make, clock: Any, rows: int, client_of: Clients,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    follow(reader)
    for number in range(rows):
        page = lesson(f"Lesson {number}")
        following.follow_page(page_id=page.pk, on=True, by=reader_for(reader))
        Remark.objects.create(page_id=page.pk, text="x")
    browser = client_of(reader)
    browser.get(FOLLOWING)
    with django_assert_num_queries(6):
        browser.get(FOLLOWING)
    by, now = reader_for(reader), timezone.now()
    with django_assert_num_queries(4):
        assert digests.news_for(by, language="en", since=MONDAY - timedelta(days=9), until=now).talked
