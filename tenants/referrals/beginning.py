"""What a new referral begins with: what led to it, and what is known of the recipient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.utils import timezone

from halka.common.current import required_organisation
from network_registry.directory.models import Offer
from network_registry.exchange.models import Envelope
from tenants.caseloads.models import Case, Client
from tenants.organisations.models import Organisation
from tenants.referrals.forms.sending import redirectable
from tenants.referrals.models import Referral

RECENT = timedelta(days=60)  # so long an earlier referral is likely to be the one that this takes the place of
ANSWERS = 12  # the latest ones, which tell how long a recipient takes
FEWEST = 3


def beginning_of(client: Client, asked: Mapping[str, str]) -> dict[str, Any]:
    """First values of the form: from an offer of the directory, a case, or a referral that came to nothing."""
    begun: dict[str, Any] = {"area": client.place}
    if offer := offer_named(asked.get("offer")):
        begun |= {"offer": offer.pk, "target": offer.organisation_id, "service": offer.service.need}
    if earlier := _earlier(client, asked.get("instead"), begun.get("service", "")):
        begun = {
            "instead_of": earlier.pk,
            "service": earlier.envelope.service,
            "need": earlier.need,
            "urgency": earlier.urgency,
            "case": earlier.case_id,
            "left_out": earlier.left_out,
            **begun,
        }
        begun["area"] = earlier.area or client.place
    if case := _case(client, asked.get("case")):
        begun["case"] = case
    return begun


def offer_named(key: Any) -> Offer | None:
    if (pk := _uuid(key)) is None:
        return None
    offers = Offer.objects.select_related("service", "location", "organisation", "service__organisation")
    return offers.filter(pk=pk, is_offered=True, service__is_published=True).first()


def _earlier(client: Client, key: Any, service: str) -> Referral | None:
    found = redirectable(client)
    if pk := _uuid(key):
        return found.filter(pk=pk).first()  # type: ignore[no-any-return]
    if not service:
        return None
    since = timezone.now() - RECENT
    return found.filter(envelope__service=service, envelope__moved_at__gt=since).first()  # type: ignore[no-any-return]


def _case(client: Client, key: Any) -> UUID | None:
    """The one that was named, else the only open one."""
    cases = list(Case.objects.open().filter(client=client).values_list("pk", flat=True)[:50])
    if (pk := _uuid(key)) in cases:
        return pk
    return cases[0] if len(cases) == 1 else None


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def usual_days(target: Organisation) -> int | None:
    """In how many days half of our latest referrals there were answered; None where there are too few to tell."""
    answered = Envelope.objects.filter(sender=required_organisation().id, target=target.pk, answered_at__isnull=False)
    times = list(answered.order_by("-id").values_list("sent_at", "answered_at")[:ANSWERS])
    if len(times) < FEWEST:
        return None
    return max(1, round(median((answer - sent).total_seconds() for sent, answer in times) / 86400))
