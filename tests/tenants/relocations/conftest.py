"""A whole record in alpha, people at work there and in beta, and the files of both in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.exchange.models import Relocation as Shared
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.enums import ConsentGiven, ConsentPurpose, ConsentScope
from tenants.caseloads.models import (
    Assessment,
    Case,
    Client,
    Consent,
    Correction,
    Exit,
    Experience,
    Finding,
    FollowUp,
    Goal,
    JournalEntry,
    Mention,
    Plan,
    Programme,
    Scale,
    Step,
    Task,
    TeamMember,
    VulnerabilityChoice,
)
from tenants.learning.models import PlannedUnit
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.relocations.domain.answering import accept_relocation
from tenants.relocations.domain.asking import Request, ask_relocation
from tenants.relocations.models import Relocation

NAME = "Zorana"
FAMILY = "Izmišljena"
ITEMS = [
    {
        "key": "sleep",
        "text": "I sleep well",
        "dimension": "psychological",
        "low": "never",
        "high": "always",
        "steps": 5,
        "rising": True,
        "network": "",
    }
]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def _side(ref: OrganisationRef, seat: Seat) -> SimpleNamespace:
    return SimpleNamespace(ref=ref, seat=seat, email=User.objects.get(pk=seat.user_id).email)


@pytest.fixture
def here(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> SimpleNamespace:
    """`ref` and `seat` of a manager in alpha."""
    return _side(alpha, seat_in(alpha, Role.MANAGER))


@pytest.fixture
def there(beta: OrganisationRef, seat_in: Callable[..., Seat]) -> SimpleNamespace:
    """`ref` and `seat` of a manager in beta."""
    return _side(beta, seat_in(beta, Role.MANAGER))


def whole_record(seat: Seat, **details: Any) -> Client:
    """A client with at least one row of every kind that is carried, and a few that stay. Inside of an organisation."""
    today, now = timezone.localdate(), timezone.now()
    line = VulnerabilityChoice.objects.create(key=str(uuid7()), name="Nobody to mind the goats")
    client = add_client(
        details=ClientDetails(
            **{
                "given_name": NAME,
                "family_name": FAMILY,
                "phone": "+381 11 000 111",
                "birth_year": 1990,
                "reference": "F-77",
                "national_number": "0101990450007",
                "health": "Bad knees",
                "vulnerabilities": ["long_term", line.key],
                **details,
            }
        ),
        assigned_to=seat.membership_id,
        by=seat,
    )
    mine = seat.membership_id
    Experience.objects.create(client=client, kind="work", title="Baker")
    agreed = {"purpose": "enrolment", "scopes": ["identity"], "how_given": "signed", "language": "en"}
    consent = Consent.objects.create(
        client=client, expires_on=today + timedelta(days=90), recorded_by_id=mine, **agreed
    )
    steps = Programme.objects.create(name="Steps", starts_on=date(2026, 1, 1))
    case = Case.objects.create(
        client=client, programme=steps, consent=consent, opened_on=date(2026, 1, 5), expectations="Work"
    )
    over = Case.objects.create(
        client=client,
        programme=steps,
        consent=consent,
        opened_on=date(2025, 1, 5),
        closed_on=date(2025, 6, 5),
    )
    ended = Exit.objects.create(case=over, kind="job", on=date(2025, 6, 5), note="In a bakery")
    FollowUp.objects.create(
        exit=ended, months=6, due_on=date(2025, 12, 5), held="yes", done_on=today, note="Still there"
    )
    TeamMember.objects.create(case=case, colleague_id=mine, profession="mentor")
    TeamMember.objects.create(case=over, name="Dr Somebody", profession="psychologist", ended_at=now)
    scale = Scale.objects.create(family=uuid7(), name="Rest", items=ITEMS, state="published", published_at=now)
    Assessment.objects.create(
        client=client, case=case, scale=scale, rater="mentor", answers={"sleep": 2}, note="Tired", on=today
    )
    Finding.objects.create(client=client, kind="strength", text="Patient", noted_on=today, noted_by_id=mine)
    plan = Plan.objects.create(case=case, state="draft", review_on=today, language="en", changed_by_id=mine)
    goal = Goal.objects.create(plan=plan, text="Bake bread", scale=scale, item="sleep")
    Step.objects.create(goal=goal, text="Call the bakery", colleague_id=mine, due_on=today)
    Step.objects.create(goal=goal, text="Write a letter", position=1)
    first = entry(client, seat, "Came on time")
    entry(client, seat, "Came late", corrects=first)
    entry(client, seat, "For my own eyes", audience="author")
    Mention.objects.create(entry=first, colleague_id=mine)
    Task.objects.create(client=client, entry=first, title="Ring up", due_on=today, assignee_id=mine, created_by_id=mine)
    Task.objects.create(client=client, title="Was done", due_on=today, done_at=now, done_by_id=mine, assignee_id=mine)
    Correction.objects.create(client=client, text="My name is written with š")
    PlannedUnit.objects.create(client=client, title="Writing a CV", language="en", dimension="economic", note="Slowly")
    add_document(
        client=client, title="Certificate", source=[b"a diploma"], content_type="text/plain", entry=first, by=seat
    )
    return client


def entry(client: Client, seat: Seat, text: str, **values: Any) -> JournalEntry:
    made = JournalEntry(client=client, text=text, author_id=seat.membership_id, author_name=seat.name, **values)
    made.save(force_insert=True)
    return made


@pytest.fixture
def person(here: SimpleNamespace, there: SimpleNamespace) -> Client:
    """A whole record in alpha."""
    with inside(here.ref):
        return whole_record(here.seat)


def request(there: SimpleNamespace, **values: Any) -> Request:
    target = Organisation.objects.get(pk=there.ref.id)
    return Request(
        **{"target": target, "reason": "moved", "need": "Somebody to talk to", "area": "South", "note": "", **values}
    )


def agreed(there: SimpleNamespace, **values: Any) -> NewConsent:
    return NewConsent(
        **{
            "purpose": ConsentPurpose.RELOCATION,
            "recipient": Organisation.objects.get(pk=there.ref.id),
            "scopes": [scope.value for scope in ConsentScope],
            "how_given": ConsentGiven.SIGNED,
            "expires_on": timezone.localdate() + timedelta(days=60),
            **values,
        }
    )


@pytest.fixture
def asked(here: SimpleNamespace, there: SimpleNamespace, person: Client, tasks: Callable[[], Any]) -> Relocation:
    """The record of alpha's is to be moved to beta."""
    with tasks(), inside(here.ref):
        return ask_relocation(client=person, request=request(there), new_consent=agreed(there), by=here.seat)


@pytest.fixture
def accept(there: SimpleNamespace, tasks: Callable[[], Any]) -> Callable[[], None]:
    """Beta takes it on; all that follows happens at once."""

    def make() -> None:
        with tasks(), inside(there.ref):
            relocation = Relocation.objects.select_related("shared").get()
            colleague = Colleague.objects.get(pk=there.seat.membership_id)
            accept_relocation(relocation=relocation, assignee=colleague, answer="Gladly", by=there.seat)

    return make


@pytest.fixture
def moved(asked: Relocation, accept: Callable[[], None]) -> Relocation:
    accept()
    return asked


def own(side: SimpleNamespace) -> Relocation:
    """Inside of the organisation: its only move."""
    return Relocation.objects.select_related("shared", "client").get()


def state() -> str:
    return str(Shared.objects.get().state)


def at(side: SimpleNamespace) -> list[str]:
    """Who lives there now."""
    with inside(side.ref):
        return [str(client) for client in Client.objects.all()]
