"""Asking a colleague to read."""

from __future__ import annotations

import pytest
from django.core import mail

from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.domain.mentions import CannotRead, mark_seen, who_may_be_asked
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import JournalEntry, Mention
from tenants.caseloads.tasks.journal import send_mentions
from tenants.organisations.models import Colleague
from tests.tenants.caseloads.journal.conftest import open_case, put_on_team


@pytest.fixture
def teacher(another, person):
    seat = another(Role.MENTOR)
    put_on_team(open_case(person), seat, "teacher")
    return seat


def colleague(seat):
    return Colleague.objects.get(pk=seat.membership_id)


def test_a_colleague_is_asked_and_told_without_a_name(seat, person, teacher, write, tasks) -> None:
    with tasks():
        written = write(text="Secret words", ask=[colleague(teacher)])
    mention = Mention.objects.get()
    assert (mention.entry, mention.colleague_id, mention.seen_at) == (written, teacher.membership_id, None)
    assert Entry.objects.get(action="entry.asked").detail == {"colleagues": [str(teacher.membership_id)]}
    (letter,) = mail.outbox
    assert letter.to == [colleague(teacher).email]
    assert f"http://alpha.halka.localhost:8000/clients/{person.pk}/journal/{written.pk}/" in letter.body
    told = f"{letter.subject} {letter.body}"
    assert not any(word in told for word in ("Secret", person.given_name, person.family_name, seat.name))


def test_nobody_is_asked_who_may_not_read(person, teacher, another, write) -> None:
    with pytest.raises(CannotRead):
        write(audience=Audience.AUTHOR, ask=[colleague(teacher)])
    with pytest.raises(CannotRead):
        write(ask=[colleague(another())])
    assert not JournalEntry.objects.exists()


def test_the_author_is_not_among_those_to_ask(seat, person, teacher) -> None:
    found = who_may_be_asked(person, audience=Audience.TEAM, profession="", by=seat)
    assert colleague(teacher) in found
    assert colleague(seat) not in found


def test_seen_is_seen(seat, teacher, write) -> None:
    written = write(ask=[colleague(teacher)])
    mark_seen(entry=written, by=seat)
    assert Mention.objects.get().seen_at is None
    mark_seen(entry=written, by=teacher)
    assert Mention.objects.get().seen_at is not None


def test_whoever_has_read_it_meanwhile_gets_no_letter(teacher, write) -> None:
    written = write(ask=[colleague(teacher)])
    mark_seen(entry=written, by=teacher)
    assert send_mentions.delay("alpha", str(written.pk), [str(teacher.membership_id)]).get() == 0
