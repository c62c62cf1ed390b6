"""Pages behind signed links, as somebody without an account opens them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.actions import actor_of
from halka.audit.models import Entry
from halka.common.addresses import workspace_host
from halka.common.current import salt
from halka.common.uploads import NewFile
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.by_link import views
from tenants.referrals.domain import links
from tenants.referrals.domain.enclosing import enclose_file
from tenants.referrals.domain.messages import write_message
from tenants.referrals.domain.sending import answer_info
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.models import AnswerLink, Enclosure, Message, Referral, Step
from tests.tenants.referrals.conftest import ADDRESS, make_move, token_in
from tests.tenants.referrals.test_enclosing import SCOPES

PERSON = ["Zorana", "Izmišljena", "381 11 000 111"]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def consent(consent: Any) -> Any:
    """Covers documents too."""
    return lambda **values: consent(**{"scopes": SCOPES, **values})


@pytest.fixture
def visitor(by_link: SimpleNamespace, client_of: Callable[..., Browser]) -> Browser:
    """A browser in which nobody has signed in, on beta's host."""
    return client_of(None, by_link.ref)


@pytest.fixture
def sent(referred: Any, by_link: SimpleNamespace) -> SimpleNamespace:
    """A referral that arrived, and `address` of its link."""
    made: SimpleNamespace = referred(State.SENT, need="A patient mentor", area="North side")
    made.address = f"/link/answer/{token_in(mail.outbox.pop())}/"
    return made


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def press(visitor: Browser, address: str, act: str, tasks: Any, **values: str) -> Any:
    with tasks():
        data = {"act": act, **{f"{act}-{name}": value for name, value in {"name": "Mira", **values}.items()}}
        return visitor.post(address, data)


def state_of(made: SimpleNamespace) -> str:
    return Envelope.objects.get(pk=made.envelope).state


# --- opening ---------------------------------------------------------------------------------------------------
def test_opening_the_link_changes_nothing(sent: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace) -> None:
    before = Envelope.objects.values().get()
    for method in (visitor.get, visitor.head):
        answer = method(sent.address)
        assert answer.status_code == 200
    page = text_of(visitor.get(sent.address))
    assert "Alpha House" in page
    assert "Mentoring" in page
    assert "A patient mentor" not in page
    assert [word for word in PERSON if word in page] == []
    assert Envelope.objects.values().get() == before
    with inside(by_link.ref):
        assert not Entry.objects.exclude(action__in=["referral.received", "link.sent"]).exists()


def test_nobody_keeps_the_page_or_learns_its_address(sent: SimpleNamespace, visitor: Browser) -> None:
    answer = visitor.get(sent.address)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "<script" not in text_of(answer)
    assert "http" not in text_of(answer).replace("https://www.w3.org", "").split("</head>")[1]


def test_the_page_is_in_the_organisations_language_or_a_chosen_one(
    sent: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace
) -> None:
    assert '<html lang="en" dir="ltr">' in text_of(visitor.get(sent.address))
    assert '<html lang="fa" dir="rtl">' in text_of(visitor.get(f"{sent.address}?l=fa"))
    assert '<html lang="en" dir="ltr">' in text_of(visitor.get(f"{sent.address}?l=xx"))


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token + "x",
        lambda token: token[:-1],
        lambda token: token.split(".")[0],
        lambda token: "x" + token,
        lambda token: "sample",
    ],
)
@pytest.mark.parametrize("purpose", LinkPurpose.values)
def test_a_token_that_was_tampered_with_is_unknown(
    sent: SimpleNamespace, visitor: Browser, change: Callable[[str], str], purpose: str
) -> None:
    address = f"/link/{purpose}/{change(sent.address.split('/')[3])}/"
    for answer in (visitor.get(address), visitor.post(address, {"act": "open", "open-name": "Mira"})):
        assert answer.status_code == 404
        assert "This link is not known here" in text_of(answer)
    assert visitor.post(f"{address}another/").status_code == 404
    assert state_of(sent) == State.SENT


def test_a_link_opens_neither_another_organisation_nor_another_purpose(
    sent: SimpleNamespace, sender: SimpleNamespace, visitor: Browser
) -> None:
    elsewhere = Browser(headers={"host": workspace_host(sender.ref.short_name)})
    assert elsewhere.get(sent.address).status_code == 404
    for purpose in ("told", "result"):
        assert visitor.get(sent.address.replace("answer", purpose)).status_code == 404


def test_a_suspended_organisations_links_rest(
    sent: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace
) -> None:
    Organisation.objects.filter(pk=by_link.ref.id).update(state="suspended")
    answer = visitor.get(sent.address)
    assert answer.status_code == 503
    assert "This page rests" in text_of(answer)


def test_an_organisation_that_is_being_brought_up_to_date(
    sent: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace
) -> None:
    Organisation.objects.filter(pk=by_link.ref.id).update(schema_version="older")
    answer = visitor.get(sent.address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


def test_forms_need_their_own_page(sent: SimpleNamespace, by_link: SimpleNamespace) -> None:
    strict = Browser(headers={"host": workspace_host(by_link.ref.short_name)}, enforce_csrf_checks=True)
    strict.get(sent.address)
    assert strict.post(sent.address, {"act": "open", "open-name": "Mira"}).status_code == 403
    token = strict.cookies["csrftoken"].value
    data = {"act": "open", "open-name": "Mira", "csrfmiddlewaretoken": token}
    assert strict.post(sent.address, data).status_code == 200


def test_pressing_again_and_again_is_slowed_down(sent: SimpleNamespace, visitor: Browser, monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "PER_LINK", 2)
    for _time in range(2):
        assert visitor.post(sent.address, {"act": "open"}).status_code == 400
    answer = visitor.post(sent.address, {"act": "open", "open-name": "Mira"})
    assert answer.status_code == 429
    assert visitor.post(f"{sent.address}another/").status_code == 429
    assert state_of(sent) == State.SENT
    assert visitor.get(sent.address).status_code == 200


# --- answering -------------------------------------------------------------------------------------------------
def test_reading_asking_and_accepting(
    sent: SimpleNamespace, visitor: Browser, sender: SimpleNamespace, by_link: SimpleNamespace, tasks: Any
) -> None:
    page = text_of(press(visitor, sent.address, "open", tasks))
    assert "A patient mentor" in page
    assert "North side" in page
    assert state_of(sent) == State.OPENED
    page = text_of(press(visitor, sent.address, "ask", tasks, note="Since when?"))
    assert "Your question waits for an answer." in page
    assert state_of(sent) == State.INFO_REQUESTED
    with tasks(), inside(sender.ref):
        referral = Referral.objects.select_related("envelope", "client").get()
        answer_info(referral=referral, answer="Since spring", by=sender.seat)
    address = f"/link/answer/{token_in(mail.outbox[-1])}/"
    assert "Mira" in text_of(visitor.get(address))
    answer = press(visitor, address, "accept", tasks, note="Come on Monday")
    assert "Thank you. A second e-mail" in text_of(answer)
    assert [word for word in PERSON if word in text_of(answer)] == []
    assert state_of(sent) == State.ACCEPTED
    with inside(sender.ref):
        assert Step.objects.get(type=State.ACCEPTED).note == "Come on Monday"
    with inside(by_link.ref):
        assert actor_of(Entry.objects.get(action="referral.accepted")) == "By link: Mira"


@pytest.mark.parametrize(
    ("act", "values", "message"),
    [
        ("decline", {}, "This field is required."),
        ("decline", {"reason": "no_place", "name": ""}, "This field is required."),
        ("accept", {"name": "1 . 2"}, "Write your name"),
        ("ask", {"note": " "}, "This field is required."),
    ],
)
def test_what_is_missing_stands_beside_the_field_and_nothing_typed_is_lost(
    sent: SimpleNamespace, visitor: Browser, tasks: Any, act: str, values: dict[str, str], message: str
) -> None:
    press(visitor, sent.address, "open", tasks)
    answer = press(visitor, sent.address, act, tasks, **{"note": "Typed with care", **values})
    assert answer.status_code == 400
    assert message in text_of(answer)
    assert values.get("note", "Typed with care") in text_of(answer)
    assert state_of(sent) == State.OPENED


def test_declining_and_waiting(sent: SimpleNamespace, visitor: Browser, tasks: Any) -> None:
    press(visitor, sent.address, "open", tasks)
    page = text_of(press(visitor, sent.address, "wait", tasks, note="In May"))
    assert "there may be a place later" in page
    page = text_of(press(visitor, sent.address, "decline", tasks, reason="no_place"))
    assert "The sender has your answer" in page
    assert state_of(sent) == State.DECLINED


def test_an_answered_link_says_so_and_changes_nothing(sent: SimpleNamespace, visitor: Browser, tasks: Any) -> None:
    press(visitor, sent.address, "open", tasks)
    press(visitor, sent.address, "decline", tasks, reason="no_place")
    for answer in (visitor.get(sent.address), press(visitor, sent.address, "accept", tasks)):
        assert answer.status_code == 410
        assert "This is answered already" in text_of(answer)
        assert "Send me another link" not in text_of(answer)
    assert state_of(sent) == State.DECLINED


@pytest.mark.parametrize("act", ["open", "start", "complete", "withdraw", ""])
def test_what_the_state_does_not_allow_is_not_done(
    sent: SimpleNamespace, visitor: Browser, tasks: Any, act: str
) -> None:
    press(visitor, sent.address, "open", tasks)
    answer = press(visitor, sent.address, act, tasks)
    assert answer.status_code == 409
    assert "cannot be done any more" in text_of(answer)
    assert state_of(sent) == State.OPENED


def test_somebody_faster_in_between_is_told_kindly(
    sent: SimpleNamespace, visitor: Browser, tasks: Any, monkeypatch: Any
) -> None:
    press(visitor, sent.address, "open", tasks)

    real = links.acting

    def late(link: AnswerLink, **about: Any) -> Any:
        AnswerLink.objects.update(ended_at=timezone.now())
        return real(link, **about)

    monkeypatch.setattr(links, "acting", late)
    answer = press(visitor, sent.address, "accept", tasks)
    assert answer.status_code == 409
    assert "This link opens nothing any more." in text_of(answer)
    assert state_of(sent) == State.OPENED


def test_messages_before_acceptance(
    sent: SimpleNamespace, visitor: Browser, sender: SimpleNamespace, tasks: Any
) -> None:
    press(visitor, sent.address, "open", tasks)
    with tasks(), inside(sender.ref):
        referral = Referral.objects.select_related("envelope", "client").get()
        write_message(referral=referral, text="Mornings suit best", by=sender.seat)
    address = f"/link/answer/{token_in(mail.outbox[-1])}/"
    assert "Mornings suit best" in text_of(visitor.get(address))
    page = text_of(press(visitor, address, "write", tasks, note="Good to know"))
    assert "Good to know" in page
    with inside(sender.ref):
        assert list(Message.objects.values_list("ours", flat=True)) == [True, False]


@pytest.mark.parametrize("back", [State.RECALLED, State.WITHDRAWN])
def test_what_was_taken_back_is_shown_no_more(
    sent: SimpleNamespace, visitor: Browser, sender: SimpleNamespace, tasks: Any, back: State
) -> None:
    press(visitor, sent.address, "open", tasks)
    with tasks(), inside(sender.ref):
        make_move(Referral.objects.select_related("envelope", "consent").get(), back, sender.seat)
    answer = visitor.get(sent.address)
    assert answer.status_code == 410
    assert "It was taken back" in text_of(answer)
    assert "A patient mentor" not in text_of(answer)


# --- another link ----------------------------------------------------------------------------------------------
def test_a_link_whose_time_is_over_sends_another_to_the_same_address(
    sent: SimpleNamespace, visitor: Browser, tasks: Any
) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        page = text_of(visitor.get(sent.address))
        assert "Its time has run out." in page
        assert "A patient mentor" not in page
        assert press(visitor, sent.address, "open", tasks).status_code == 410
        assert visitor.get(f"{sent.address}another/").status_code == 405
        with tasks():
            answer = visitor.post(f"{sent.address}another/", {"address": "thief@example.org"})
        assert ADDRESS not in text_of(answer)
        [letter] = mail.outbox
        assert letter.to == [ADDRESS]
        assert "A newer link was sent." in text_of(visitor.get(sent.address))
        assert visitor.get(f"/link/answer/{token_in(letter)}/").status_code == 200
    assert state_of(sent) == State.SENT


# --- who the person is -----------------------------------------------------------------------------------------
@pytest.fixture
def told(sent: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace, tasks: Any) -> SimpleNamespace:
    """Accepted by link: `address` of the second link, and the `code`."""
    press(visitor, sent.address, "open", tasks)
    press(visitor, sent.address, "accept", tasks)
    letter = next(letter for letter in mail.outbox if "/link/told/" in letter.body)
    with inside(by_link.ref):
        code = AnswerLink.objects.get(purpose=LinkPurpose.TOLD).code
    return SimpleNamespace(address=f"/link/told/{token_in(letter)}/", code=code, envelope=sent.envelope)


def open_told(visitor: Browser, told: SimpleNamespace, code: str | None = None) -> Any:
    return visitor.post(told.address, {"name": "Mira", "code": told.code if code is None else code})


def test_the_e_mail_alone_shows_nothing_of_the_person(told: SimpleNamespace, visitor: Browser) -> None:
    for answer in (visitor.get(told.address), open_told(visitor, told, "000 000" if told.code != "000000" else "1")):
        assert [word for word in PERSON if word in text_of(answer)] == []
        assert 'name="code"' in text_of(answer)
    assert answer.status_code == 403
    assert open_told(visitor, told, "").status_code == 400


def test_with_the_code_it_is_read_and_written_down(
    told: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace
) -> None:
    answer = open_told(visitor, told)
    assert answer.status_code == 302
    cookie = visitor.cookies[views.COOKIE]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (views.PATH, "Strict", True)
    page = text_of(visitor.get(answer["Location"]))
    for word in PERSON:
        assert word in page
    assert "Sleeps badly" not in page
    with inside(by_link.ref):
        entries = Entry.objects.filter(action="link.opened")
        assert {actor_of(entry) for entry in entries} == {"By link: Mira"}
        assert entries.count() == 2


def test_half_an_hour_later_the_code_is_asked_again(told: SimpleNamespace, visitor: Browser) -> None:
    open_told(visitor, told)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "Zorana" not in text_of(visitor.get(told.address))


def test_a_cookie_of_another_link_opens_nothing(
    told: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    with inside(by_link.ref):
        key = str(AnswerLink.objects.get(purpose=LinkPurpose.ANSWER).pk)
        forged = [signing.dumps([key, "Mira"], salt=salt("referral-told"))]
        forged.append(signing.dumps([str(AnswerLink.objects.last().pk), "Mira"], salt=salt("own-page")))
        forged.append(signing.dumps("no pair", salt=salt("referral-told")))
        own = str(AnswerLink.objects.get(purpose=LinkPurpose.TOLD).pk)
    with inside(sender.ref):
        forged.append(signing.dumps([own, "Mira"], salt=salt("referral-told")))
    for cookie in (*forged, "x", ""):
        visitor.cookies[views.COOKIE] = cookie
        assert "Zorana" not in text_of(visitor.get(told.address))


def test_documents_and_messages_behind_the_code(
    told: SimpleNamespace, visitor: Browser, sender: SimpleNamespace, by_link: SimpleNamespace, tasks: Any
) -> None:
    with tasks(), inside(sender.ref):
        referral = Referral.objects.select_related("envelope", "client").get()
        file = NewFile("Certificate", [b"It is certified"], "text/plain")
        enclose_file(referral=referral, file=file, by=sender.seat)
        write_message(referral=referral, text="Zorana comes on Monday", by=sender.seat)
    told.address = f"/link/told/{token_in(mail.outbox[-1])}/"
    with inside(by_link.ref):
        enclosure = Enclosure.objects.get()
    document = f"{told.address}documents/{enclosure.pk}/"
    assert visitor.get(document)["Location"] == told.address
    open_told(visitor, told)
    page = text_of(visitor.get(told.address))
    assert "Zorana comes on Monday" in page
    assert document in page
    assert b"".join(visitor.get(document).streaming_content) == b"It is certified"
    with inside(by_link.ref):
        assert actor_of(Entry.objects.get(action="enclosure.opened")) == "By link: Mira"
    with tasks():
        answer = visitor.post(told.address, {"write-name": "Mira", "write-note": ""})
        assert answer.status_code == 400
        answer = visitor.post(told.address, {"write-name": "Mira", "write-note": "See you then"})
    assert "Your message is on its way." in text_of(answer)
    with inside(sender.ref):
        assert Message.objects.filter(ours=False).get().text == "See you then"


def test_five_wrong_codes_lock_the_link_and_its_page_sends_another(
    told: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace, tasks: Any
) -> None:
    wrong = "000000" if told.code != "000000" else "111111"
    for _time in range(5):
        open_told(visitor, told, wrong)
    answer = open_told(visitor, told)
    assert answer.status_code == 410
    assert "Too many codes were wrong." in text_of(answer)
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + links.PAUSE * 2), tasks():
        visitor.post(f"{told.address}another/")
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_after_the_second_lock_the_page_says_to_call_and_the_senders_page_says_why(
    told: SimpleNamespace,
    visitor: Browser,
    sender: SimpleNamespace,
    by_link: SimpleNamespace,
    client_of: Any,
    tasks: Any,
) -> None:
    with tasks(), inside(by_link.ref):
        older = AnswerLink.objects.select_related("referral__envelope").get(purpose=LinkPurpose.TOLD)
        AnswerLink.objects.filter(pk=older.pk).update(tries=links.TRIES)
        made = links.make_link(referral=older.referral, purpose=LinkPurpose.TOLD, by=by_link.seat)
        assert made is not None
        AnswerLink.objects.filter(pk=made.link.pk).update(tries=links.TRIES - 1)
    with tasks():
        assert visitor.post(f"/link/told/{made.token}/", {"name": "Guess", "code": "wrong"}).status_code == 403
    for address in (told.address, f"/link/told/{made.token}/"):
        page = text_of(visitor.get(address))
        assert "only they can have another link sent to you" in page
        assert "Send me another link" not in page
    with inside(sender.ref):
        own = Referral.objects.get().pk
    page = text_of(client_of(User.objects.get(pk=sender.seat.user_id), sender.ref).get(f"/referrals/{own}/"))
    assert "Too many wrong codes were typed" in page
    assert "Send the link to who the person is again" in page


# --- what became of it -----------------------------------------------------------------------------------------
def test_telling_what_became_of_it(
    told: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    mail.outbox.clear()
    with tasks(), inside(by_link.ref):
        referral = Referral.objects.select_related("envelope").get()
        links.make_link(referral=referral, purpose=LinkPurpose.RESULT, by=by_link.seat)
    address = f"/link/result/{token_in(mail.outbox[0])}/"
    page = text_of(visitor.get(address))
    assert [word for word in PERSON if word in page] == []
    assert "The work has begun" in page
    page = text_of(press(visitor, address, "start", tasks))
    assert "The work is done" in page
    assert press(visitor, address, "accept", tasks).status_code == 409
    page = text_of(press(visitor, address, "complete", tasks, reason="practice", note="Three days a week"))
    assert "The sender reads what came of it." in page
    assert visitor.get(address).status_code == 410
    with inside(sender.ref):
        step = Step.objects.get(type=State.COMPLETED)
        assert (step.reason, step.note) == ("practice", "Three days a week")


@pytest.mark.parametrize(
    ("before", "act", "values", "after"),
    [
        ([], "not-start", {"reason": "no_show"}, State.NOT_STARTED),
        (["start"], "break-off", {"reason": "moved"}, State.DISENGAGED),
    ],
)
def test_other_ends(
    told: SimpleNamespace, visitor: Browser, by_link: SimpleNamespace, tasks: Any,
    before: list[str], act: str, values: dict[str, str], after: State,
) -> None:  # fmt: skip
    mail.outbox.clear()
    with tasks(), inside(by_link.ref):
        links.make_link(
            referral=Referral.objects.select_related("envelope").get(), purpose=LinkPurpose.RESULT, by=by_link.seat
        )  # fmt: skip
    address = f"/link/result/{token_in(mail.outbox[0])}/"
    for slug in before:
        press(visitor, address, slug, tasks)
    press(visitor, address, act, tasks, **values)
    assert state_of(told) == after
