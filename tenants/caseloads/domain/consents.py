"""Recording what a person agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import get_language

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from tenants.caseloads.enums import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.organisations.models import Organisation


@dataclass(frozen=True)
class NewConsent:
    """What goes on the receipt. `scopes` are values of ConsentScope, `how_given` one of ConsentGiven."""

    recipient: Organisation
    scopes: Sequence[str]
    how_given: str
    expires_on: date
    witness: str = ""


def record_consent(*, client: Client, new: NewConsent, by: Seat) -> Consent:
    """Writes the receipt of a consent to a referral."""
    with transaction.atomic():
        consent = Consent.objects.create(
            client=client,
            purpose=ConsentPurpose.REFERRAL,
            recipient=new.recipient,
            scopes=list(new.scopes),
            how_given=new.how_given,
            witness=new.witness,
            language=client.language or get_language() or required_organisation().language,
            expires_on=new.expires_on,
            recorded_by_id=by.membership_id,
        )
        record(action="consent.recorded", on=consent, detail={"scopes": list(new.scopes)}, by=by)
    return consent
