"""One record of the demo network that has moved: from the First Step to Courage, since the person did."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final

from django.utils import timezone

from halka.authorization.roles import Role, Seat
from network_registry.exchange.dealing_enums import TransferReason
from network_registry.exchange.models import Relocation as Shared
from network_registry.exchange.relocation_enums import RelocationState
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.domain.experiences import ExperienceDetails, add_experience
from tenants.caseloads.domain.journal import NewEntry, write_entry
from tenants.caseloads.enums.consents import ConsentGiven, ConsentPurpose, ConsentScope
from tenants.caseloads.enums.journal import EntryKind
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.relocations.domain import advancing, answering, asking
from tenants.relocations.models import Relocation

SENDER, TARGET = "prvikorak", "pogum"
PATIENCE: Final = 20.0  # seconds for a worker that was faster
PERSON = ClientDetails(
    given_name="Milunka",
    family_name="Preselić",
    birth_year=1991,
    sex="female",
    phone="+381 60 000 299",
    place="Valjevo",
    language="sr",
    education="vocational",
    strengths="Strpljiva, brzo uči jezike.",
)


def load() -> None:
    """Asked, taken on and carried, as people and a worker do it."""
    sender, target = (Organisation.objects.get(schema_name=name) for name in (SENDER, TARGET))
    with inside(sender.ref()):
        _ask(target)
    shared = Shared.objects.get(sender=sender, target=target)
    _wait(shared, RelocationState.ASKED)
    with inside(target.ref()):
        relocation = Relocation.objects.select_related("shared").get(shared=shared.pk)
        mentor = Colleague.objects.filter(role=Role.MENTOR).order_by("started_at", "id")[0]
        answering.accept_relocation(
            relocation=relocation, assignee=mentor, answer="Z veseljem, vabimo jo v torek.", by=_manager()
        )
    _wait(shared, RelocationState.CARRIED)


def _ask(target: Organisation) -> None:
    by = _manager()
    client = add_client(details=PERSON, assigned_to=by.membership_id, by=by)
    add_experience(client=client, details=ExperienceDetails("job", "Krojačica", "Šivara “Igla”", 2012, 2021), by=by)
    said = NewEntry(
        kind=EntryKind.MEETING,
        text="Seli se u Korošku zbog porodice. Volela bi da nastavi tamo gde je stala.",
        happened_at=timezone.now() - timedelta(days=2),
    )
    write_entry(client=client, new=said, by=by)
    asking.ask_relocation(
        client=client,
        request=asking.Request(
            target=target,
            reason=TransferReason.MOVED,
            need="Društvo, slovenački jezik i posao u šivenju",
            area="Koroška",
        ),
        new_consent=NewConsent(
            purpose=ConsentPurpose.RELOCATION,
            recipient=target,
            scopes=[scope.value for scope in ConsentScope],
            how_given=ConsentGiven.SIGNED,
            expires_on=timezone.localdate() + timedelta(days=60),
        ),
        by=by,
    )


def _manager() -> Seat:
    colleague = Colleague.objects.filter(role=Role.MANAGER, ended_at=None).order_by("started_at", "id")[0]
    return Seat(colleague.user_id, colleague.pk, Role.MANAGER, colleague.name)


def _wait(shared: Shared, state: RelocationState) -> None:
    """Until both sides know, by this process or by the worker that was faster."""
    until = time.monotonic() + PATIENCE
    while True:
        advancing.advance(shared.pk)
        shared.refresh_from_db()
        if shared.state == state and not shared.is_due:
            return
        if time.monotonic() > until:
            raise TimeoutError("A record of the demo did not move.")
        time.sleep(0.1)
