"""An accepted person becomes a client of the recipient: a new one, or one who is here already."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from network_registry.exchange.enums import TAKEN_ON
from network_registry.exchange.errors import ReferralMoved
from tenants.caseloads.domain.clients import add_client
from tenants.caseloads.models import Client
from tenants.referrals import policies
from tenants.referrals.domain.disclosure import details_in, names_somebody
from tenants.referrals.domain.filing import file_away
from tenants.referrals.errors import NotTakenOn
from tenants.referrals.models import Referral


def alike(referral: Referral) -> list[Client]:
    """Clients of ours with nearly the name that we were told."""
    told = dict(referral.disclosed)
    return list(Client.objects.similar_to(told.get("given_name", ""), told.get("family_name", ""))[:5])


def take_on(*, referral: Referral, link_to: Client | None = None, by: Seat) -> Client:
    """Links the referral to `link_to`, or to a new client made of what was told.

    Raises PermissionDenied; ReferralMoved unless the referral is taken on, told, and has no client yet; NotTakenOn
    where no name was told.
    """
    if by is not SYSTEM:
        policies.require_part(referral, by)
    with transaction.atomic():
        locked = Referral.objects.select_for_update().get(pk=referral.pk)
        if referral.envelope.state not in TAKEN_ON or locked.client_id or not locked.names_person:
            raise ReferralMoved
        if link_to is None and not names_somebody(locked.disclosed):
            raise NotTakenOn(_("You were told no name. Say which of your clients it is, or ask the sender."))
        client = link_to or add_client(details=details_in(locked.disclosed), assigned_to=locked.owner_id, by=by)
        locked.client, locked.made_client = client, link_to is None
        locked.save(update_fields=["client", "made_client"])
        file_away(locked, client)
        action = "referral.client_linked" if link_to else "referral.client_added"
        record(action=action, on=locked, detail={"client": str(client.pk)}, by=by)
    return client
