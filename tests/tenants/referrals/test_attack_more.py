"""What is kept of somebody who was never taken on, and codes that are guessed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from network_registry.exchange.enums import State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.organisations.isolation import inside
from tenants.referrals.domain import links
from tenants.referrals.domain.erasing import discard_previews
from tenants.referrals.models import Referral

from .conftest import make_move
from .test_links import accepted, newest

__all__ = ["accepted"]


def test_what_was_told_of_somebody_who_was_never_taken_on_is_not_kept_for_ever(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    """Nobody said whether it is the one who is here already: no record leads to it, so no erasure finds it."""
    with inside(target.ref):
        add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.NOT_STARTED)
    with tasks(), inside(sender.ref):
        out = Referral.objects.select_related("envelope", "consent", "client").get(pk=made.out)
        make_move(out, State.CLOSED, sender.seat)
    with inside(target.ref):
        assert Referral.objects.get(pk=made.into).disclosed != []
        with time_machine.travel(timezone.now() + timedelta(days=91)):
            discard_previews(90)
        assert Referral.objects.get(pk=made.into).disclosed == []


@pytest.mark.xfail(strict=True, reason="open: each locked link is followed by one with five new tries, without end")
def test_wrong_codes_are_counted_over_all_links(accepted: Any, by_link: SimpleNamespace, tasks: Any) -> None:
    tries, now = 0, timezone.now()
    for round in range(12):
        moment = now + timedelta(minutes=11 * round)
        with tasks(), time_machine.travel(moment, tick=False), inside(by_link.ref):
            link = newest("told")
            wrong = "000000" if link.code != "000000" else "111111"
            for _try in range(5):
                if links.standing_of(link) == links.Standing.OPEN:
                    tries += 1
                    links.open_with_code(link=link, code=wrong, name="Guess")
                link = newest("told")
        with tasks(), time_machine.travel(moment + timedelta(minutes=10, seconds=30), tick=False), inside(by_link.ref):
            links.another_link(newest("told"))
    assert tries <= 15
