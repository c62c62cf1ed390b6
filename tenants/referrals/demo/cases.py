"""Programmes, cases, teams, exits and what held afterwards in the demo network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from halka.authorization.roles import Role, Seat
from tenants.caseloads.domain import cases as verbs
from tenants.caseloads.domain.cases import months_after
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.domain.programmes import ProgrammeDetails, add_programme
from tenants.caseloads.domain.teams import add_colleague, add_outsider
from tenants.caseloads.enums.consents import ConsentGiven, ConsentPurpose, ConsentScope
from tenants.caseloads.models import Case, Client, Consent, Exit, Programme, TeamMember
from tenants.caseloads.wording import written_language
from tenants.organisations.models import Colleague
from tenants.referrals.demo.cases_shapes import DemoCase, DemoProgramme
from tenants.referrals.demo.cases_texts import PROGRAMMES

SCOPES = (ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.BACKGROUND, ConsentScope.SENSITIVE)
BEGAN = 210  # days ago, or the fourth of that month


def fill(organisation_short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation, after its clients are there."""
    demo = PROGRAMMES.get(organisation_short_name)
    if demo is None:
        return
    leader = next(seat for seat in seats.values() if seat.role in (Role.SUPERVISOR, Role.MANAGER))
    programme = _programme(demo, leader)
    clients = {str(client): client for client in Client.objects.all()}
    by_key = {seat.membership_id: seat for seat in seats.values()}
    for row in demo.cases:
        client = clients[row.client]
        _case(row, client, programme, demo, seats, by_key.get(client.assigned_to_id) or leader)


def _programme(demo: DemoProgramme, by: Seat) -> Programme:
    began = (timezone.localdate() - timedelta(days=BEGAN)).replace(day=4)
    details = ProgrammeDetails(
        name=demo.name,
        funder=demo.funder,
        starts_on=began,
        ends_on=months_after(began, demo.months) - timedelta(days=1),
        territory=demo.territory,
        objectives=demo.objectives,
        target_group=demo.target_group,
        consent_wording=demo.consent_wording,
        unseen_days=demo.unseen_days,
    )
    return add_programme(details=details, targets=demo.targets, by=by)


def _case(
    row: DemoCase, client: Client, programme: Programme, demo: DemoProgramme, seats: Mapping[str, Seat], by: Seat
) -> None:
    joined = timezone.localdate() - timedelta(days=row.days)
    case = verbs.enrol(
        client=client,
        programme=programme,
        consent=_agree(client, programme, joined, by),
        opened_on=joined,
        expectations=row.hopes,
        profession=demo.profession,
        by=by,
    )
    for handle, profession in row.team:
        if seats[handle].membership_id != by.membership_id:
            colleague = Colleague.objects.get(pk=seats[handle].membership_id)
            add_colleague(case=case, colleague=colleague, profession=profession, by=by)
    if row.outsider:
        name, institution, contact = row.outsider
        add_outsider(case=case, name=name, institution=institution, contact=contact, by=by)
    TeamMember.objects.filter(case=case).update(started_at=_moment(joined))
    Case.objects.filter(pk=case.pk).update(created_at=_moment(joined), changed_at=_moment(joined))
    if row.exit:
        _end(row, case, by)


def _agree(client: Client, programme: Programme, day: date, by: Seat) -> Consent:
    new = NewConsent(
        purpose=ConsentPurpose.ENROLMENT,
        scopes=SCOPES,
        how_given=ConsentGiven.SIGNED,
        language=written_language(client.language),
        expires_on=months_after(day, programme.consent_months),
        programme=programme.name,
    )
    consent = record_consent(client=client, new=new, by=by)
    Consent.objects.filter(pk=consent.pk).update(given_at=_moment(day))
    return consent


def _end(row: DemoCase, case: Case, by: Seat) -> None:
    on = timezone.localdate() - timedelta(days=row.ended)
    closed = verbs.close_case(case=case, kind=row.exit, on=on, note=row.note, by=by)
    Exit.objects.filter(case=closed).update(recorded_at=_moment(on))
    TeamMember.objects.filter(case=closed).update(ended_at=_moment(on))
    asked = dict(row.held)
    for follow_up in closed.exit.follow_ups.filter(months__in=asked):
        held, words = asked[follow_up.months]
        verbs.record_follow_up(follow_up=follow_up, held=held, note=words, on=follow_up.due_on, by=by)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
