"""Copies that outlive a consent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from network_registry.exchange.enums import Remains, State
from tenants.caseloads.domain.clients import ClientDetails, add_client, details_of
from tenants.caseloads.domain.merging import Kept, merge_clients, unmerge
from tenants.caseloads.models import Client, Merge
from tenants.organisations.isolation import inside
from tenants.referrals.domain.closing import settle_referral
from tenants.referrals.models import Referral

from .conftest import make_move


def test_a_record_that_was_merged_away_does_not_keep_what_was_told(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.ACCEPTED)
    with tasks(), inside(target.ref):
        came = Referral.objects.get(pk=made.into).client
        here = add_client(details=ClientDetails(given_name="Zora", family_name="Izmisljena"), by=target.seat)
        merge = merge_clients(
            keep=here, absorb=came, result=Kept(details_of(here), here.assigned_to_id),
            seen_versions=(here.version, came.version), by=target.seat,
        )  # fmt: skip
    with tasks(), inside(sender.ref):
        out = Referral.objects.select_related("envelope", "consent", "client").get(pk=made.out)
        make_move(out, State.WITHDRAWN, sender.seat)
    with tasks(), inside(target.ref):
        into = Referral.objects.select_related("envelope", "client").get(pk=made.into)
        settle_referral(referral=into, remains=Remains.ERASED, by=target.seat)
    with inside(target.ref):
        assert not Client.objects.filter(phone="+381 11 000 111").exists()
        if Merge.objects.filter(pk=merge.pk).exists():
            unmerge(merge=merge, by=target.seat)
        assert not Client.objects.present().filter(given_name="Zorana").exists()
