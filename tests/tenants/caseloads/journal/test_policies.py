"""Who reads what, as a table; the queries say the same as the rule."""

from __future__ import annotations

from itertools import product
from uuid import uuid4

import pytest

from halka.authorization.roles import Role, Seat
from tenants.caseloads.enums.cases import PROFESSIONALS, Profession
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Document, JournalEntry, Task
from tenants.caseloads.policies import (
    may_read,
    professions_of,
    readable,
    readable_anywhere,
    readable_tasks,
    readers_among,
    who_may_open,
)
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.conftest import open_case, put_on_team

A = Audience
AUDIENCES = list(Audience)
# (role, place on the team) -> audiences that are read, of an entry by a psychologist
READS = {
    (Role.MANAGER, None): {A.TEAM, A.PROFESSIONALS},
    (Role.SUPERVISOR, None): {A.TEAM, A.PROFESSIONALS},
    (Role.SUPERVISOR, Profession.VOLUNTEER): {A.TEAM, A.PROFESSIONALS},
    (Role.SUPERVISOR, Profession.PSYCHOLOGIST): {A.TEAM, A.PROFESSIONALS, A.PROFESSION},
    (Role.CASEWORKER, None): {A.TEAM, A.PROFESSIONALS},
    (Role.MENTOR, None): {A.TEAM, A.PROFESSIONALS},
    (Role.VIEWER, None): {A.TEAM},
    (Role.VIEWER, Profession.TEACHER): {A.TEAM, A.PROFESSIONALS},
    (Role.VOLUNTEER, None): {A.TEAM},
    (Role.VOLUNTEER, Profession.PSYCHOLOGIST): {A.TEAM},
    **{
        (Role.MENTOR, profession): {A.TEAM, A.PROFESSIONALS} for profession in PROFESSIONALS - {Profession.PSYCHOLOGIST}
    },
    (Role.MENTOR, Profession.PSYCHOLOGIST): {A.TEAM, A.PROFESSIONALS, A.PROFESSION},
    (Role.MENTOR, Profession.VOLUNTEER): {A.TEAM},
    (Role.MENTOR, Profession.PARTNER): {A.TEAM},
    (Role.VOLUNTEER, Profession.VOLUNTEER): {A.TEAM},
}
NOBODIES = [Seat(9, None, None, "Support", support_grant_id=uuid4()), Seat(0, None, None, "Halka")]


@pytest.fixture
def notes(seat, person):
    """An entry and a document for each audience, of a psychologist who is nobody of this test."""
    person.assigned_to_id = None
    person.save()
    for audience in AUDIENCES:
        common = {"client": person, "audience": audience, "profession": Profession.PSYCHOLOGIST}
        JournalEntry.objects.create(text=f"for {audience}", author_name="Psychologist", **common)
        Document.objects.create(title="x", file=audience, content_type="text/plain", size=1, **common)
    return person


@pytest.mark.parametrize(("role", "place"), READS, ids=lambda value: str(value))
@pytest.mark.parametrize("model", [JournalEntry, Document])
def test_the_table(notes, another, role, place, model) -> None:
    reader = another(role)
    if place:
        put_on_team(open_case(notes), reader, place)
    elif role == Role.VOLUNTEER:  # volunteers reach nobody without a place
        notes.assigned_to_id = reader.membership_id
        notes.save()
    expected = READS[role, place]
    assert {item.audience for item in readable(model.objects.all(), reader, notes)} == expected
    assert {item.audience for item in readable_anywhere(model.objects.all(), reader)} == expected
    professions = professions_of(reader, notes)
    assert {item.audience for item in model.objects.all() if may_read(item, reader, professions)} == expected


def test_the_table_is_exhaustive() -> None:
    """Every profession, every role that opens clients, with and without a place."""
    assert {place for _role, place in READS if place} == set(Profession)
    assert {role for role, place in READS if place is None} == {
        Role.MANAGER, Role.SUPERVISOR, Role.CASEWORKER, Role.MENTOR, Role.VIEWER, Role.VOLUNTEER
    }  # fmt: skip


@pytest.mark.parametrize(("audience", "role"), [*product(AUDIENCES, [Role.MENTOR, Role.VOLUNTEER, Role.VIEWER])])
def test_an_author_always_reads_their_own(seat, another, person, audience, role) -> None:
    author = another(role)
    put_on_team(open_case(person), author, Profession.PARTNER)
    item = JournalEntry.objects.create(
        client=person,
        text="x",
        audience=audience,
        profession="partner",
        author_id=author.membership_id,
        author_name="x",
    )
    assert may_read(item, author, professions_of(author, person))
    assert list(readable(JournalEntry.objects.all(), author, person)) == [item]
    assert list(readable_anywhere(JournalEntry.objects.all(), author)) == [item]


@pytest.mark.parametrize("nobody", NOBODIES, ids=lambda nobody: nobody.name)
def test_support_and_the_system_read_nothing(notes, write, nobody) -> None:
    write(client=notes)
    assert not readable(JournalEntry.objects.all(), nobody, notes).exists()
    assert not readable_anywhere(JournalEntry.objects.all(), nobody).exists()
    assert not readable_tasks(Task.objects.all(), nobody, notes).exists()
    assert not any(may_read(item, nobody, frozenset()) for item in JournalEntry.objects.all())
    assert professions_of(nobody, notes) == frozenset()


def test_an_ended_place_counts_no_more(notes, another) -> None:
    reader = another(Role.MENTOR)
    member = put_on_team(open_case(notes), reader, Profession.PSYCHOLOGIST)
    member.ended_at = "2026-01-01T00:00Z"
    member.save()
    assert professions_of(reader, notes) == frozenset()
    assert {item.audience for item in readable(JournalEntry.objects.all(), reader, notes)} == {A.TEAM, A.PROFESSIONALS}


def test_the_place_at_one_person_says_nothing_about_another(notes, another) -> None:
    """A psychologist of somebody else's team reads no psychologist's note of this one."""
    reader = another(Role.MENTOR)
    put_on_team(open_case(ClientFactory()), reader, Profession.PSYCHOLOGIST)
    expected = {A.TEAM, A.PROFESSIONALS}
    assert {item.audience for item in readable_anywhere(JournalEntry.objects.all(), reader)} == expected


def test_what_cannot_be_opened_is_not_read_anywhere(notes, another) -> None:
    notes.assigned_to_id = another().membership_id
    notes.save()
    assert not readable_anywhere(JournalEntry.objects.all(), another(Role.MENTOR)).exists()


def test_tasks_follow_their_entry(seat, person, another, write) -> None:
    volunteer = another(Role.VOLUNTEER)
    put_on_team(open_case(person), volunteer, Profession.VOLUNTEER)
    secret = write(audience=A.PROFESSIONALS)
    common = {"client": person, "due_on": "2030-01-01"}
    hidden = Task.objects.create(title="hidden", entry=secret, assignee_id=seat.membership_id, **common)
    open_ = Task.objects.create(title="open", **common)
    given = Task.objects.create(title="given", entry=secret, assignee_id=volunteer.membership_id, **common)
    assert set(readable_tasks(Task.objects.all(), volunteer, person)) == {open_, given}
    assert set(readable_tasks(Task.objects.all(), seat, person)) == {hidden, open_, given}


# --- colleagues -----------------------------------------------------------------------------------------------
def test_who_may_open(seat, person, another) -> None:
    manager, volunteer, other = another(Role.MANAGER), another(Role.VOLUNTEER), another()
    put_on_team(open_case(person), volunteer, Profession.VOLUNTEER)
    found = set(who_may_open(person).values_list("pk", flat=True))
    assert {seat.membership_id, manager.membership_id, volunteer.membership_id} <= found
    assert other.membership_id not in found


def test_everybody_who_looks_people_up_may_open_those_of_nobody(seat, another) -> None:
    caseworker, volunteer = another(), another(Role.VOLUNTEER)
    pooled = ClientFactory()
    found = set(who_may_open(pooled).values_list("pk", flat=True))
    assert caseworker.membership_id in found
    assert volunteer.membership_id not in found
    put_on_team(open_case(pooled), seat, Profession.MENTOR)
    assert caseworker.membership_id not in set(who_may_open(pooled).values_list("pk", flat=True))


def test_nobody_of_another_organisation_may_open(seat, person, stranger) -> None:
    assert stranger.membership_id not in set(who_may_open(person).values_list("pk", flat=True))
    assert not Colleague.objects.filter(pk=stranger.membership_id).exists()


def test_readers_among(seat, person, another) -> None:
    case = open_case(person)
    seats = {profession: another(Role.MENTOR) for profession in ("psychologist", "volunteer", "teacher")}
    for profession, one in seats.items():
        put_on_team(case, one, profession)
    people = list(who_may_open(person))

    def readers(audience):
        found = readers_among(
            people, person, audience=audience, profession="psychologist", author=seats["psychologist"].membership_id
        )
        return {colleague.pk for colleague in found} & {one.membership_id for one in seats.values()}

    assert readers(A.TEAM) == {seats["volunteer"].membership_id, seats["teacher"].membership_id}
    assert readers(A.PROFESSIONALS) == {seats["teacher"].membership_id}
    assert readers(A.PROFESSION) == readers(A.AUTHOR) == set()


def test_the_other_organisation_reads_nothing_of_ours(alpha, beta, stranger) -> None:
    with inside(alpha):
        JournalEntry.objects.create(client=ClientFactory(), text="ours", author_name="x")
    with inside(beta):
        assert not readable_anywhere(JournalEntry.objects.all(), stranger).exists()
