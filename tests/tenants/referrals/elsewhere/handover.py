"""A case of alpha's that is handed over to beta, in the state that a test needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from network_registry.exchange.dealing_enums import TransferReason
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.enums import ConsentGiven, ConsentPurpose, ConsentScope
from tenants.caseloads.models import Case, Consent, Goal, JournalEntry, Plan, Programme, Step
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.domain.elsewhere import transfers as verbs
from tenants.referrals.domain.elsewhere.story import Parts
from tenants.referrals.models import Transfer

WIDE_SCOPES = [
    ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.SENSITIVE, ConsentScope.DOCUMENTS
]  # fmt: skip
SECRETS = ("Zamfirija", "Kovrdžić", "likes bees", "Asthma", "Wants bees", "Called about hives", "CV of")


@pytest.fixture
def own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def life(ours: SimpleNamespace) -> SimpleNamespace:
    """A case of alpha's with something of everything."""
    today = timezone.localdate()
    with inside(ours.ref):
        client = add_client(
            details=ClientDetails(
                given_name="Zamfirija", family_name="Kovrdžić", phone="+381 64 987 6543", note="Zamfirija likes bees",
                health="Asthma", birth_year=1987,
            ),
            assigned_to=ours.seat.membership_id,
            by=ours.seat,
        )  # fmt: skip
        consent = Consent.objects.create(
            client=client, purpose=ConsentPurpose.ENROLMENT, scopes=["identity"], how_given="signed", language="en",
            expires_on=today + timedelta(days=300),
        )  # fmt: skip
        programme = Programme.objects.create(name="First step", starts_on=today)
        case = Case.objects.create(
            client=client, programme=programme, consent=consent, opened_on=today - timedelta(days=60)
        )
        plan = Plan.objects.create(case=case, review_on=today, language="sr", state="agreed", agreed_on=today,
                                   agreed_how="signed")  # fmt: skip
        goal = Goal.objects.create(plan=plan, text="Wants bees", dimension="economic")
        Step.objects.create(goal=goal, text="Reads about hives", done_on=today)
        entries = {
            audience: JournalEntry.objects.create(
                client=client, case=case, kind="call", text=f"Called about hives ({audience})", audience=audience,
                author_id=ours.seat.membership_id, author_name=ours.seat.name,
            )
            for audience in ("team", "professionals", "author")
        }  # fmt: skip
        document = add_document(
            client=client, title="CV", source=[b"CV of Zamfirija"], content_type="text/plain", by=ours.seat
        )
    return SimpleNamespace(client=client, case=case, entries=entries, document=document)


def everything(life: SimpleNamespace) -> Parts:
    return Parts(
        plan=True,
        progress=True,
        journal=tuple(entry.pk for entry in life.entries.values()),
        documents=(life.document.pk,),
    )


def agreed(theirs: SimpleNamespace, **values) -> NewConsent:
    return NewConsent(
        **{
            "purpose": ConsentPurpose.TRANSFER,
            "recipient": Organisation.objects.get(pk=theirs.ref.id),
            "scopes": WIDE_SCOPES,
            "how_given": ConsentGiven.SIGNED,
            "expires_on": timezone.localdate() + timedelta(days=60),
            **values,
        }
    )


@pytest.fixture
def offer(ours, theirs, life, tasks):
    """`offer()`: the case is offered to beta; the keys of both sides' copies."""

    def make(consent=None, **values) -> SimpleNamespace:
        with tasks(), inside(ours.ref):
            wanted = verbs.Offer(
                **{
                    "target": Organisation.objects.get(pk=theirs.ref.id),
                    "reason": TransferReason.MOVED,
                    "note": "A quiet person",
                    "parts": everything(life),
                    **values,
                }
            )
            case = Case.objects.select_related("client").get(pk=life.case.pk)
            made = verbs.offer_transfer(case=case, offer=wanted, new_consent=consent or agreed(theirs), by=ours.seat)
        with inside(theirs.ref):
            came = Transfer.objects.filter(shared=made.shared_id).first()
        return SimpleNamespace(shared=made.shared_id, out=made.pk, into=came and came.pk)

    return make


def copy_of(side: SimpleNamespace, shared) -> Transfer:
    return Transfer.objects.select_related("shared", "client", "case", "consent", "other").get(shared=shared)


def act(side: SimpleNamespace, shared, verb, tasks, **values) -> None:
    with tasks(), inside(side.ref):
        verb(transfer=copy_of(side, shared), **values, by=side.seat)


def me(side: SimpleNamespace) -> Colleague:
    return Colleague.objects.get(pk=side.seat.membership_id)


def accept(theirs, shared, tasks) -> None:
    act(theirs, shared, verbs.open_transfer, tasks)
    with tasks(), inside(theirs.ref):
        verbs.accept_transfer(transfer=copy_of(theirs, shared), assignee=me(theirs), note="Welcome", by=theirs.seat)


def state_of(shared) -> str:
    return SharedTransfer.objects.get(pk=shared).state
