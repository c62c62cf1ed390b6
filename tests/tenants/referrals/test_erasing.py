"""A referral that is under way stands against erasing the person."""

from __future__ import annotations

import pytest

from network_registry.exchange.enums import State
from tenants.caseloads.domain.erasure import NotErased, erase_client, preview
from tenants.caseloads.domain.queries.person import rows_about
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.referrals.models import Referral


@pytest.mark.parametrize(("state", "is_refused"), [(State.SENT, True), (State.OPENED, True), (State.DECLINED, False)])
def test_only_what_waits_stands_against_it(referred, sender, target, state, is_refused):
    made = referred(state)
    with inside(sender.ref):
        assert bool(preview(sender.client).obstacles) is is_refused
        assert Referral in rows_about(sender.client)
        if is_refused:
            with pytest.raises(NotErased, match="referral of this person is under way"):
                erase_client(client=sender.client, reason="asked", by=sender.seat)
            return
        erase_client(client=sender.client, reason="asked", by=sender.seat)
        assert not Client.objects.exists()
        assert not Referral.objects.exists()
    with inside(target.ref):
        assert Referral.objects.filter(pk=made.into).exists()


def test_what_was_told_can_be_erased_on_either_side(referred, sender, target):
    made = referred(State.ACCEPTED)
    with inside(sender.ref):
        erase_client(client=sender.client, reason="asked", by=sender.seat)
        assert not Client.objects.exists()
        assert not Referral.objects.exists()
    with inside(target.ref):
        theirs = Client.objects.get()
        assert Referral.objects.get().client == theirs
        erase_client(client=theirs, reason="asked", by=target.seat)
        assert not Client.objects.exists()
        assert not Referral.objects.filter(pk=made.into).exists()


def test_an_accepted_person_who_is_not_told_yet_waits(referred, sender):
    referred(State.ACCEPTED)
    with inside(sender.ref):
        Referral.objects.update(disclosed_at=None)
        assert preview(sender.client).obstacles
