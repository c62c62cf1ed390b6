"""What is kept of somebody who was never taken on, and codes that are guessed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from celery import Task
from django.core import mail
from django.utils import timezone

from halka.common.keys import hash_of
from network_registry.exchange.enums import State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.organisations.isolation import inside
from tenants.referrals.domain import links
from tenants.referrals.domain.erasing import discard_previews
from tenants.referrals.domain.messages import write_message
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.models import AnswerLink, Referral
from tenants.referrals.tasks import send_link

from .conftest import make_move, token_in
from .test_links import accepted, copy_of, newest

__all__ = ["accepted"]


def test_what_was_told_of_somebody_who_was_never_taken_on_is_not_kept_for_ever(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    """Nobody said whether it is the one who is here already: no record leads to it, so no erasure finds it."""
    with inside(target.ref):
        add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.NOT_STARTED)
    with tasks(), inside(sender.ref):
        out = Referral.objects.select_related("envelope", "consent", "client").get(pk=made.out)
        make_move(out, State.CLOSED, sender.seat)
    with inside(target.ref):
        assert Referral.objects.get(pk=made.into).disclosed != []
        with time_machine.travel(timezone.now() + timedelta(days=91)):
            discard_previews(90)
        assert Referral.objects.get(pk=made.into).disclosed == []


def test_wrong_codes_are_counted_over_all_links(accepted: Any, by_link: SimpleNamespace, tasks: Any) -> None:
    tries, now = 0, timezone.now()
    for round in range(12):
        moment = now + timedelta(minutes=11 * round)
        with tasks(), time_machine.travel(moment, tick=False), inside(by_link.ref):
            link = newest(LinkPurpose.TOLD)
            wrong = "000000" if link.code != "000000" else "111111"
            for _try in range(5):
                if links.standing_of(link) == links.Standing.OPEN:
                    tries += 1
                    links.open_with_code(link=link, code=wrong, name="Guess")
                link = newest(LinkPurpose.TOLD)
        with tasks(), time_machine.travel(moment + timedelta(minutes=10, seconds=30), tick=False), inside(by_link.ref):
            links.another_link(newest(LinkPurpose.TOLD))
    assert tries == links.MOST_WRONG


@pytest.fixture
def guessed(accepted: Any, by_link: SimpleNamespace, tasks: Any) -> SimpleNamespace:
    """Two links of beta, each with five wrong codes."""
    for number in range(2):
        with time_machine.travel(timezone.now() + timedelta(hours=number)), tasks(), inside(by_link.ref):
            link = newest(LinkPurpose.TOLD)
            if number:
                assert links.another_link(link)
            guess(newest(LinkPurpose.TOLD))
    mine: SimpleNamespace = accepted
    return mine


def guess(link: AnswerLink) -> None:
    wrong = "000000" if link.code != "000000" else "111111"
    for _try in range(links.TRIES):
        assert not links.open_with_code(link=link, code=wrong, name="Guess")


def told_of_locks() -> int:
    return len([letter for letter in mail.outbox if "the link is locked" in letter.subject])


def test_the_sender_is_told_and_alone_has_another_sent(
    guessed: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    assert told_of_locks() == 1
    with inside(sender.ref):
        assert newest(LinkPurpose.TOLD).tries == links.TRIES
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(days=2)), tasks(), inside(by_link.ref):
        assert not links.another_link(newest(LinkPurpose.TOLD))
    with time_machine.travel(timezone.now() + timedelta(days=2)), tasks(), inside(sender.ref):
        write_message(referral=copy_of(guessed), text="Are you there?", by=sender.seat)
    with inside(by_link.ref):
        assert links.standing_of(newest(LinkPurpose.TOLD)) == links.Standing.LOCKED
    assert told_of_locks() == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)), tasks(), inside(sender.ref):
        links.ask_again(referral=copy_of(guessed), purpose=LinkPurpose.TOLD, by=sender.seat)
    with time_machine.travel(timezone.now() + timedelta(days=3)), tasks(), inside(by_link.ref):
        assert links.open_with_code(link=newest(LinkPurpose.TOLD), code=newest(LinkPurpose.TOLD).code, name="Mira")
        guess(newest(LinkPurpose.TOLD))
    assert told_of_locks() == 1
    with time_machine.travel(timezone.now() + timedelta(days=4)), tasks(), inside(by_link.ref):
        assert not links.another_link(newest(LinkPurpose.TOLD))


def test_a_sender_without_somebody_responsible_is_told_too(
    guessed: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    with inside(sender.ref):
        Referral.objects.update(owner=None)
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        with tasks(), inside(sender.ref):
            links.ask_again(referral=copy_of(guessed), purpose=LinkPurpose.TOLD, by=sender.seat)
        with tasks(), inside(by_link.ref):
            guess(newest(LinkPurpose.TOLD))
    assert told_of_locks() == 1


def test_the_broker_holds_no_token_that_opens_anything(
    referred: Any, by_link: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over: list[tuple[Any, ...]] = []
    published = Task.apply_async

    def note(self: Any, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        handed_over.append((self.name, *(args or ()), kwargs))
        return published(self, args, kwargs, **options)

    monkeypatch.setattr(Task, "apply_async", note)
    referred(State.SENT)
    token = token_in(mail.outbox[-1])
    [message] = [one for one in handed_over if one[0] == send_link.name]
    with inside(by_link.ref):
        assert links.link_behind(token, LinkPurpose.ANSWER) == newest(LinkPurpose.ANSWER)
        assert links.unseal_token(newest(LinkPurpose.ANSWER).pk, message[-2]) == token
        assert [part for part in message if links.link_behind(str(part), LinkPurpose.ANSWER)] == []
    assert token not in str(handed_over)
    assert hash_of(token) not in str(handed_over)
