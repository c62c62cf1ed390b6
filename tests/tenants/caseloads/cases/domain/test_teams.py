"""Who is on a team, who may give people away, and what a hand-over does."""

import pytest
from django.core import mail
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from tenants.caseloads.domain.cases import leave_case
from tenants.caseloads.domain.sharing import may_assign, may_give
from tenants.caseloads.domain.tasks import NewTask, add_task, finish_task
from tenants.caseloads.domain.teams import (
    add_colleague,
    add_outsider,
    end_member,
    give,
    hand_over,
    hand_over_many,
)
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.errors import CaseClosed, NotOnTheTeam, NotYoursToGive
from tenants.caseloads.models import Client, JournalEntry
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


def team_of(case):
    return set(case.team.filter(ended_at=None).values_list("colleague", "profession"))


def test_a_colleague_joins_and_may_open_the_record(seat, case, helper, colleague_of):
    reachable = Client.objects.reachable_by(helper).filter(pk=case.client_id)
    assert not reachable.exists()
    member = add_colleague(case=case, colleague=colleague_of(helper), profession=Profession.TEACHER, by=seat)
    assert (member.colleague_id, member.profession) == (helper.membership_id, "teacher")
    assert reachable.exists()
    entry = Entry.objects.get(action="team.joined")
    assert (entry.detail["profession"], entry.about_id) == ("teacher", case.client_id)
    end_member(member=member, by=seat)
    assert not reachable.exists()
    assert Entry.objects.filter(action="team.left").exists()
    with pytest.raises(NotOnTheTeam):
        end_member(member=member, by=seat)
    assert add_colleague(case=case, colleague=colleague_of(helper), profession=Profession.MENTOR, by=seat)


def test_nobody_is_on_it_twice(seat, case, colleague_of):
    with pytest.raises(NotOnTheTeam, match="already"):
        add_colleague(case=case, colleague=colleague_of(seat), profession=Profession.TEACHER, by=seat)


def test_roles_that_read_no_clients_are_on_no_team(seat, case, crew, colleague_of):
    auditor = colleague_of(crew[Role.AUDITOR])
    with pytest.raises(NotOnTheTeam):
        add_colleague(case=case, colleague=auditor, profession=Profession.MENTOR, by=seat)


def test_an_institution_is_named_and_opens_nothing(seat, case):
    member = add_outsider(case=case, name="Ms Prentis", institution="School", contact="12", by=seat)
    assert (member.colleague_id, member.institution, member.profession) == (None, "School", "partner")
    assert Entry.objects.get(action="team.joined").detail == {"profession": "partner", "colleague": None}


def test_nobody_joins_the_team_of_a_case_that_has_ended(seat, case, helper, colleague_of):
    leave_case(case=case, by=seat)
    with pytest.raises(CaseClosed):
        add_colleague(case=case, colleague=colleague_of(helper), profession=Profession.MENTOR, by=seat)
    with pytest.raises(CaseClosed):
        add_outsider(case=case, name="Ms Prentis", by=seat)


MINE, THEIRS, NOBODYS = "mine", "theirs", "nobody's"
ME, OTHER, NOBODY = "me", "other", "nobody"


@pytest.mark.parametrize(
    ("role", "whose", "allowed"),
    [
        (Role.MENTOR, MINE, {ME, OTHER, NOBODY}),
        (Role.MENTOR, THEIRS, set()),
        (Role.MENTOR, NOBODYS, {ME, NOBODY}),
        (Role.SUPERVISOR, MINE, {ME, OTHER, NOBODY}),
        (Role.SUPERVISOR, THEIRS, {ME, OTHER, NOBODY}),
        (Role.SUPERVISOR, NOBODYS, {ME, OTHER, NOBODY}),
    ],
)
def test_who_may_assign_whom_to_whom(alpha, crew, role, whose, allowed):
    seat, other = crew[role], crew[Role.CASEWORKER]
    keys = {ME: seat.membership_id, OTHER: other.membership_id, NOBODY: None}
    with inside(alpha):
        client = ClientFactory(assigned_to_id={MINE: keys[ME], THEIRS: keys[OTHER], NOBODYS: None}[whose])
        assert {name for name, key in keys.items() if may_assign(client, key, seat)} == allowed
        assert may_give(client, seat) == (OTHER in allowed)


def test_support_assigns_nobody(crew):
    support = Seat(user_id=1, membership_id=None, role=None, name="Support", support_grant_id="x")
    assert not may_assign(Client(), None, support)


def test_handing_over(seat, case, person, helper, colleague_of, tasks, set_up, join):
    other = join(person, set_up("Other"), by=helper)
    with tasks():
        client = hand_over(client=person, to=colleague_of(helper), note="Afraid of phones", by=seat)
    saved = Client.objects.get()
    assert (client.pk, saved.assigned_to_id, saved.changed_by_id, saved.version) == (
        person.pk, helper.membership_id, seat.membership_id, 2,
    )  # fmt: skip
    assert team_of(case) == team_of(other) == {(helper.membership_id, Profession.MENTOR)}
    entry = JournalEntry.objects.get()
    assert (entry.kind, entry.author_id, entry.author_name) == ("hand_over", seat.membership_id, seat.name)
    assert entry.text == f"{seat.name} → {helper.name}\n\nAfraid of phones"
    assert Entry.objects.get(action="client.handed_over").detail == {
        "from": str(seat.membership_id),
        "to": str(helper.membership_id),
    }
    assert not Client.objects.reachable_by(seat).exists()
    [message] = mail.outbox
    assert message.to == [colleague_of(helper).email]
    text = message.subject + message.body
    assert f"/clients/{person.pk}/" in text
    assert "Alpha House" in text
    for word in (person.given_name, person.family_name, "Afraid", seat.name):
        assert word not in text


def test_open_tasks_go_along(seat, person, helper, colleague_of):
    due = timezone.localdate()
    mine = add_task(client=person, new=NewTask("Call the school", due, seat.membership_id), by=seat)
    done = add_task(client=person, new=NewTask("Call the bank", due, seat.membership_id), by=seat)
    finish_task(task=done, by=seat)
    hand_over(client=person, to=colleague_of(helper), by=seat)
    mine.refresh_from_db()
    done.refresh_from_db()
    assert (mine.assignee_id, done.assignee_id) == (helper.membership_id, seat.membership_id)


def test_whoever_was_responsible_may_stay_on_the_team(seat, case, helper, colleague_of):
    add_colleague(case=case, colleague=colleague_of(helper), profession=Profession.TEACHER, by=seat)
    hand_over(client=case.client, to=colleague_of(helper), stay=True, by=seat)
    assert team_of(case) == {(seat.membership_id, "mentor"), (helper.membership_id, "teacher")}
    assert Client.objects.reachable_by(seat).exists()


def test_only_open_cases_get_the_new_person(seat, case, person, helper, colleague_of):
    leave_case(case=case, by=seat)
    hand_over(client=person, to=colleague_of(helper), by=seat)
    assert team_of(case) == set()


def test_handing_to_whoever_has_it_changes_nothing(seat, person, colleague_of, tasks):
    with tasks():
        hand_over(client=person, to=colleague_of(seat), by=seat)
    assert Client.objects.get().version == 1
    assert not JournalEntry.objects.exists()
    assert mail.outbox == []


def test_taking_from_the_pool_needs_no_e_mail(seat, colleague_of, tasks):
    nobodys = ClientFactory()
    with tasks():
        hand_over(client=nobodys, to=colleague_of(seat), by=seat)
    assert Client.objects.get().assigned_to_id == seat.membership_id
    assert JournalEntry.objects.get().text == seat.name
    assert mail.outbox == []


def test_nobody_gives_away_what_is_not_theirs(seat, person, helper, colleague_of):
    with pytest.raises(NotYoursToGive):
        hand_over(client=person, to=colleague_of(helper), by=helper)
    assert Client.objects.get().assigned_to_id == seat.membership_id


def test_volunteers_and_those_who_left_are_responsible_for_nobody(seat, person, crew, colleague_of):
    volunteer = colleague_of(crew[Role.VOLUNTEER])
    left = colleague_of(crew[Role.MENTOR])
    left.ended_at = left.started_at
    for to in (volunteer, left):
        with pytest.raises(NotOnTheTeam):
            hand_over(client=person, to=to, by=seat)


def test_many_at_once_are_told_of_in_one_e_mail_or_none_is_moved(seat, crew, helper, colleague_of, tasks):
    supervisor = crew[Role.SUPERVISOR]
    clients = [ClientFactory(assigned_to_id=key) for key in (seat.membership_id, None, helper.membership_id)]
    with tasks():
        hand_over_many(clients=clients, to=colleague_of(helper), note="Sick leave", by=supervisor)
    assert set(Client.objects.values_list("assigned_to", flat=True)) == {helper.membership_id}
    assert Entry.objects.filter(action="client.handed_over").count() == 2
    [message] = mail.outbox
    assert "/clients/" not in message.body
    with pytest.raises(NotYoursToGive):
        hand_over_many(
            clients=[ClientFactory(assigned_to_id=helper.membership_id), clients[0]], to=colleague_of(seat), by=seat
        )
    assert not Client.objects.filter(assigned_to=seat.membership_id).exists()


def test_giving_away_hands_over_and_taking_does_not(seat, person, helper, colleague_of):
    assert give(client=person, to=colleague_of(helper), by=seat).assigned_to_id == helper.membership_id
    assert JournalEntry.objects.count() == 1
    assert give(client=person, to=None, by=helper).assigned_to_id is None
    assert give(client=person, to=colleague_of(seat), by=seat).assigned_to_id == seat.membership_id
    assert JournalEntry.objects.count() == 1


def test_the_second_of_two_who_take_somebody_from_the_pool_is_told(seat, helper, colleague_of):
    nobodys = ClientFactory()
    give(client=nobodys, to=colleague_of(helper), by=helper)
    with pytest.raises(NotYoursToGive):
        give(client=nobodys, to=colleague_of(seat), by=seat)
