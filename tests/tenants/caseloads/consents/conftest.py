"""People with consents, own pages and whole lives, in alpha and in beta."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.authorization.roles import Role
from halka.common.addresses import workspace_host
from halka.common.identifiers import uuid7
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent, record_consent
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.domain.own_page import make_link
from tenants.caseloads.enums.consents import ConsentGiven, ConsentPurpose
from tenants.caseloads.models import (
    Assessment,
    Case,
    Client,
    ConsentOffer,
    Correction,
    Draft,
    EmergencyAccess,
    Exit,
    Experience,
    Finding,
    FollowUp,
    Goal,
    JournalEntry,
    Mention,
    Merge,
    Plan,
    Programme,
    Scale,
    Step,
    Task,
    TeamMember,
)
from tenants.learning.models import (
    AdoptedCurriculum,
    Attendance,
    Group,
    Participant,
    PlannedUnit,
    Session,
    SessionUnit,
)
from tenants.organisations.isolation import inside

TOLD = {
    "given_name": "Zamfirija",
    "family_name": "Kovrdžić",
    "other_names": "Zamka",
    "born_on": None,
    "birth_year": 1987,
    "sex": "female",
    "phone": "+381 64 987 6543",
    "email": "zamfirija@kovrdzic.example",
    "place": "Donja Vrbava",
    "language": "sr",
    "national_number": "0101987715123",
    "health": "Asthma-of-Zamfirija",
    "note": "Zamfirija likes bees.",
}
_numbers = count(1)
WORDS = ("Zamfirija", "Kovrdžić", "zamfirija", "kovrdzic", "987 6543", "9876543", "Vrbava", "0101987715123", "Zamka")


@pytest.fixture
def seat(alpha, seat_in):
    return seat_in(alpha, Role.MANAGER)


@pytest.fixture
def person(alpha, add):
    return add(**TOLD)


def agree(client, seat, **values):
    new = {"purpose": ConsentPurpose.ENROLMENT, "scopes": ["identity", "contact"], "how_given": ConsentGiven.SIGNED}
    new |= {"expires_on": timezone.localdate() + timedelta(days=365)} | values
    return record_consent(client=client, new=NewConsent(**new), by=seat)


@pytest.fixture
def consent(alpha, person, seat):
    with inside(alpha):
        return agree(person, seat)


@pytest.fixture
def case(alpha, person, consent, seat):
    with inside(alpha):
        programme = Programme.objects.create(name="First step", starts_on=timezone.localdate())
        return Case.objects.create(
            client=person, programme=programme, consent=consent, opened_on=timezone.localdate() - timedelta(days=60)
        )


@pytest.fixture
def link(alpha, person, seat):
    """`made.token`, `made.code`, `made.link`."""
    with inside(alpha):
        return make_link(client=person, language="en", by=seat)


@pytest.fixture
def phone(alpha):
    """A browser that nobody has signed in with."""
    return Browser(headers={"host": workspace_host(alpha.short_name)})


def enter(browser, made):
    return browser.post(f"/me/{made.token}/?l=en", {"code": made.code})


@pytest.fixture
def inside_page(phone, link):
    assert enter(phone, link).status_code == 302
    return phone


def whole_life(client, seat, *, closed=True):
    """One row of everything that can be held about a person."""
    now, today = timezone.now(), timezone.localdate()
    name = str(client)
    consent = agree(client, seat)
    programme = Programme.objects.create(name="First step", starts_on=today)
    case = Case.objects.create(
        client=client,
        programme=programme,
        consent=consent,
        opened_on=today - timedelta(days=400),
        closed_on=today - timedelta(days=200) if closed else None,
        expectations=f"{name} hopes",
    )
    Experience.objects.create(client=client, kind="job", title=f"Beekeeper {name}")
    ConsentOffer.objects.create(
        client=client, purpose="contact", scopes=["contact"], language="sr", wording=f"{name} agrees", expires_on=today
    )
    Correction.objects.create(client=client, text=f"{name} is spelt wrong")
    made = make_link(client=client, language="sr", by=seat)
    TeamMember.objects.create(case=case, colleague_id=seat.membership_id, profession="mentor")
    ended = Exit.objects.create(case=case, kind="job", on=today, note=f"{name} works")
    FollowUp.objects.create(exit=ended, months=6, due_on=today, held="yes", done_on=today)
    EmergencyAccess.objects.create(
        client=client, colleague_id=seat.membership_id, reason=f"{name} called", until=now + timedelta(hours=1)
    )
    entry = JournalEntry.objects.create(
        client=client, case=case, kind="small_win", text=f"{name} smiled", author_name=seat.name
    )
    Mention.objects.create(entry=entry, colleague_id=seat.membership_id)
    Task.objects.create(client=client, entry=entry, title=f"Call {name}", due_on=today)
    document = add_document(
        client=client, title=f"CV {name}", source=[f"CV of {name}".encode()], content_type="text/plain", by=seat
    )
    scale = Scale.objects.create(family=programme.pk, name="Steps", items=[], state="draft")
    Assessment.objects.create(client=client, case=case, scale=scale, rater="client", answers={"a": 1}, on=today)
    Finding.objects.create(client=client, kind="strength", text=f"{name} is patient", noted_on=today)
    plan = Plan.objects.create(case=case, review_on=today, language="sr")
    goal = Goal.objects.create(plan=plan, text=f"{name} wants bees")
    Step.objects.create(goal=goal, text=f"{name} reads")
    PlannedUnit.objects.create(
        client=client, title="First call", language="sr", dimension="social", note=f"{name} rings"
    )
    learn(client, today)
    absorbed = Client.objects.create(given_name=name, search_key=f" {name}", sort_key=name, merged_into=client)
    Merge.objects.create(kept=client, absorbed=absorbed, before={"given_name": name})
    Draft.objects.create(colleague_id=seat.membership_id, form=f"/clients/{client.pk}/edit/", values={"note": "x"})
    Draft.objects.create(
        colleague_id=seat.membership_id, form=f"/clients/add/?{next(_numbers)}", values={"given_name": name}
    )
    return SimpleNamespace(case=case, programme=programme, document=document, made=made, consent=consent)


def learn(client, today):
    """A place in a group, and a session alone that they came to."""
    standard, now = next(_numbers), timezone.now()
    curriculum = AdoptedCurriculum.objects.create(
        standard=standard, base=uuid7(), number=1, title="Ready", language="en"
    )
    group = Group.objects.create(curriculum=curriculum, base=curriculum.base, name="Spring", starts_on=today)
    Participant.objects.create(group=group, client=client)
    session = Session.objects.create(group=group, client=client, starts_at=now, ends_at=now + timedelta(hours=1))
    SessionUnit.objects.create(session=session, title="Hope")
    Attendance.objects.create(session=session, client=client, came="came")


@pytest.fixture
def life(alpha, person, seat):
    with inside(alpha):
        return whole_life(person, seat)


@pytest.fixture
def theirs(beta, seat_in):
    """Somebody of the same name in beta, with the same life."""
    seat = seat_in(beta, Role.MANAGER)
    with inside(beta):
        client = add_client(details=ClientDetails(**TOLD), assigned_to=None, by=seat)
        return SimpleNamespace(client=client, seat=seat, life=whole_life(client, seat))
