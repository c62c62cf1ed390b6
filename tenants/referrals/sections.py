"""Referrals on other apps' pages: on Today, on a client's page and on a case's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from network_registry.exchange.enums import RESULTS, State
from tenants.caseloads.models import Case, Client
from tenants.referrals.models import Referral
from tenants.referrals.standing import standing

SHOWN = 6
LOOKED_AT = 60  # of one person's own, the newest
OF_CLIENT = 20
NEWS = timedelta(days=14)  # so long an answer counts as new
ANSWERS = frozenset({State.ACCEPTED, State.DECLINED, State.WAITLISTED, State.EXPIRED, State.REJECTED})
# Key, heading, states, and the list that shows all.
YOURS = (
    ("asked", _("They asked you something"), frozenset({State.INFO_REQUESTED}), "?side=out&turn=us&mine=on"),
    ("results", _("Results to acknowledge"), RESULTS, "?side=out&turn=us&mine=on"),
    ("answers", _("Answers to your referrals"), ANSWERS, "?side=out&mine=on"),
    ("drafts", _("Your drafts of referrals"), frozenset({State.DRAFT}), "?side=drafts"),
)


def incoming(request: Any) -> dict[str, Any] | None:
    """What was sent to us and waits for an answer."""
    found = list(Referral.objects.for_list().incoming().in_state(State.SENT, State.OPENED)[: SHOWN + 1])
    return {"referrals": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def yours(request: Any) -> dict[str, Any] | None:
    """Of the referrals that the reader sent: what they were asked, results, new answers, drafts. One query."""
    if request.seat.membership_id is None:
        return None
    lasting = Q(envelope__state__in=[State.INFO_REQUESTED, State.DRAFT, *RESULTS])
    new = Q(envelope__state__in=ANSWERS, envelope__moved_at__gt=timezone.now() - NEWS)
    own = Referral.objects.for_list().outgoing().filter(lasting | new, owner=request.seat.membership_id)
    found = list(own[:LOOKED_AT])
    groups = []
    for key, heading, states, address in YOURS:
        referrals = [referral for referral in found if referral.envelope.state in states]
        if referrals:
            groups.append({"key": key, "heading": heading, "address": address, "referrals": referrals[:SHOWN]})
    return {"groups": groups} if groups else None


def of_client(request: Any, client: Client) -> dict[str, Any]:
    """Where the client was referred to, and where they came from."""
    return {
        "lines": _lines(Referral.objects.for_list().filter(client=client)[:OF_CLIENT]),
        "client_id": client.pk,
        "may_send": request.seat.can(Permission.REFERRAL_SEND),
    }


def of_case(request: Any, case: Case) -> dict[str, Any] | None:
    """What was sent for this case."""
    lines = _lines(Referral.objects.for_list().filter(case=case)[:OF_CLIENT])
    may_send = request.seat.can(Permission.REFERRAL_SEND) and case.is_open
    if not lines and not may_send:
        return None
    return {"lines": lines, "client_id": case.client_id, "may_send": may_send, "case_id": case.pk}


def _lines(referrals: Any) -> list[tuple[Referral, str]]:
    return [(referral, standing(referral).headline) for referral in referrals]
