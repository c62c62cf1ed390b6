"""Breaking the glass: a reason, four hours, everybody told, and a supervisor who looks."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from tenants.caseloads.domain.emergencies import break_glass, review_emergency
from tenants.caseloads.domain.queries.emergencies import acts_during
from tenants.caseloads.errors import NoEmergency
from tenants.caseloads.models import Client, EmergencyAccess
from tenants.organisations.models import Colleague
from tests.factories.caseloads import ClientFactory

REASON = "She called, the flat is on fire."


def test_it_opens_the_record_for_four_hours_and_ends_by_itself(person, helper):
    mine = Client.objects.filter(pk=person.pk)
    assert not mine.reachable_by(helper).exists()
    access = break_glass(client=person, reason=f"  {REASON} ", by=helper)
    assert (access.reason, access.until - access.at) == (REASON, timedelta(hours=4))
    assert mine.reachable_by(helper).exists()
    assert mine.with_reach(helper).get().emergency_until == access.until
    with time_machine.travel(access.until - timedelta(seconds=1), tick=False):
        assert mine.reachable_by(helper).exists()
    with time_machine.travel(access.until, tick=False):
        assert not mine.reachable_by(helper).exists()
        assert mine.with_reach(helper).get().emergency_until is None
        assert break_glass(client=person, reason=REASON, by=helper).pk != access.pk
    entry = Entry.objects.filter(action="emergency.begun").earliest("id")
    assert (entry.about_id, entry.detail) == (person.pk, {})


def test_it_opens_nothing_to_others(person, helper, crew):
    break_glass(client=person, reason=REASON, by=helper)
    assert not Client.objects.reachable_by(crew[Role.MENTOR]).exists()


def test_supervisors_and_the_person_responsible_are_told_and_nobody_else(seat, person, helper, crew, tasks):
    supervisor, manager = crew[Role.SUPERVISOR], crew[Role.MANAGER]
    with tasks():
        break_glass(client=person, reason=REASON, by=helper)
    told = {message.to[0] for message in mail.outbox}
    people = [seat, supervisor, manager]
    keys = [each.membership_id for each in people]
    assert told == set(Colleague.objects.filter(pk__in=keys).values_list("email", flat=True))
    for message in mail.outbox:
        text = message.subject + message.body
        assert ("/emergencies/" in text) != (f"/clients/{person.pk}/" in text)
        for word in (person.given_name, person.family_name, "fire", helper.name):
            assert word not in text


@pytest.mark.parametrize("reason", ["", "urgent", "1234567890 1234", "a b c d e f g h i"])
def test_no_access_without_a_reason(person, helper, reason):
    with pytest.raises(NoEmergency, match="at least 10 letters"):
        break_glass(client=person, reason=reason, by=helper)
    assert not EmergencyAccess.objects.exists()


def test_it_is_not_for_volunteers_viewers_and_support(person, crew):
    support = Seat(user_id=1, membership_id=None, role=None, name="Support", support_grant_id="x")
    for seat in (crew[Role.VOLUNTEER], crew[Role.VIEWER], support):
        with pytest.raises(NoEmergency):
            break_glass(client=person, reason=REASON, by=seat)


def test_what_is_open_needs_no_breaking(seat, person, helper, crew):
    break_glass(client=person, reason=REASON, by=helper)
    for opened in (seat, helper, crew[Role.SUPERVISOR]):
        with pytest.raises(NoEmergency, match="open to you already"):
            break_glass(client=person, reason=REASON, by=opened)
    assert EmergencyAccess.objects.count() == 1


def test_a_supervisor_looks_at_it_once_and_never_at_their_own(person, helper, crew):
    access = break_glass(client=person, reason=REASON, by=helper)
    with pytest.raises(NoEmergency, match="yourself"):
        review_emergency(access=access, by=helper)
    supervisor = crew[Role.SUPERVISOR]
    saved = review_emergency(access=access, by=supervisor)
    assert saved.reviewed_by_id == supervisor.membership_id
    assert timezone.now() - saved.reviewed_at < timedelta(minutes=1)
    assert Entry.objects.get(action="emergency.reviewed").about_id == person.pk
    with pytest.raises(NoEmergency, match="already"):
        review_emergency(access=access, by=supervisor)


def test_each_access_tells_only_what_was_done_during_it(person, helper):
    other = ClientFactory(assigned_to_id=person.assigned_to_id)
    first, second = (break_glass(client=client, reason=REASON, by=helper) for client in (person, other))
    record(action="client.viewed", on=person, by=helper)
    acts = acts_during([first, second])
    assert [act.what for act in acts[first]] == ["Opened a client's page"]
    assert acts[second] == []
