"""What is told, from the client's record to the other side's page."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core import mail

from network_registry.exchange.enums import Side, State
from tenants.caseloads.domain.clients import DETAILS, ClientDetails
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tenants.referrals.domain.disclosure import details_in, fields_in, labelled, values_of
from tenants.referrals.domain.notices import tell_of_step
from tenants.referrals.models import Referral


def test_every_detail_of_a_client_belongs_to_one_scope() -> None:
    """But the number of our own file, which is nobody's business elsewhere."""
    covered = [name for scope in ConsentScope for name in fields_in(scope)]
    assert sorted([*covered, "reference"]) == sorted(DETAILS)


def test_what_is_told_comes_back_as_it_was() -> None:
    client = Client(
        given_name="Zorana", family_name="Izmišljena", born_on=date(1999, 3, 21), sex="female", language="sr", note="…"
    )
    scopes = [ConsentScope.IDENTITY, ConsentScope.CONTACT]
    told = values_of(client, [scope.value for scope in scopes])
    assert details_in(told) == ClientDetails(
        given_name="Zorana", family_name="Izmišljena", born_on=date(1999, 3, 21), sex="female", language="sr"
    )


def test_lists_are_told_without_what_only_we_understand() -> None:
    client = Client(given_name="Zorana", languages=["sr", "sq"], vulnerabilities=["debt", "a line of our own"])
    told = values_of(client, [ConsentScope.BACKGROUND, ConsentScope.SENSITIVE])
    assert told == (("languages", "sr,sq"), ("vulnerabilities", "debt"))
    assert details_in(told) == ClientDetails(languages=["sr", "sq"], vulnerabilities=["debt"])
    assert labelled(told) == [("Also speaks", "Serbian, Albanian"), ("What makes it hard", "In debt")]


def test_a_field_that_is_not_known_here_is_left_out() -> None:
    told = [["given_name", "Zorana"], ["shoe_size", "38"]]
    assert details_in(told) == ClientDetails(given_name="Zorana")
    assert labelled(told) == [("Given name", "Zorana")]


def test_people_read_dates_and_choices_in_words() -> None:
    told = (("born_on", "1999-03-21"), ("sex", "female"))
    assert labelled(told) == [("Date of birth", "21 March 1999"), ("Sex", "Female")]


def test_where_nobody_answers_no_mail_is_sent(referred: Any, target: SimpleNamespace, tasks: Any) -> None:
    made = referred(State.SENT)
    mail.outbox.clear()
    Membership.objects.filter(organisation_id=target.ref.id).update(role="viewer")
    with tasks(), inside(target.ref):
        tell_of_step(Referral.objects.get(pk=made.into), State.SENT, Side.SENDER)
    assert mail.outbox == []
