"""The board's figures: right, of at least five, and nobody's business but the secretariat's and one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from network_registry.exchange import board
from network_registry.exchange.domain import fairness
from network_registry.exchange.domain.envelopes import new_reference
from network_registry.exchange.domain.fairness import Cell, hide_few, renew_fairness
from network_registry.exchange.enums import FairnessKind, Period, State
from network_registry.exchange.models import Envelope, EnvelopeEvent, Fairness
from network_registry.exchange.tasks import renew_board
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests.network_registry.membership.conftest import as_branch


def url(name: str) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS)


@pytest.fixture
def sent(alpha: OrganisationRef, beta: OrganisationRef) -> Callable[..., None]:
    """`sent(5, ["accepted"], waited=2)`: so many of alpha's referrals to beta, to which that happened."""

    def make(
        number: int,
        happened: list[str],
        *,
        to: OrganisationRef = beta,
        sender: OrganisationRef = alpha,
        service: str = "mentoring",
        waited: float = 0,
        ended_after: float | None = None,
        days_ago: int = 10,
    ) -> None:
        at = timezone.now() - timedelta(days=days_ago)
        for _number in range(number):
            answered = {"accepted", "declined", "waitlisted"} & set(happened)
            envelope = Envelope.objects.create(
                reference=new_reference(),
                sender_id=sender.id,
                target_id=to.id,
                service=service,
                state=State.OPENED,
                sent_at=at,
                answered_at=at + timedelta(days=waited) if answered else None,
                waited=timedelta(days=waited),
                ended_at=at + timedelta(days=waited + ended_after) if ended_after is not None else None,
            )
            for type in ["sent", *happened]:
                moment = at + timedelta(days=waited) if type == "accepted" else at
                EnvelopeEvent.objects.create(envelope=envelope, type=type, state=State.OPENED, at=moment)

    return make


def row(kind: FairnessKind, period: Period = Period.QUARTER, **values: Any) -> Fairness:
    return Fairness.objects.get(kind=kind, period=period, **{"service": "", **values})


def test_figures(sent: Any, beta: OrganisationRef) -> None:
    sent(6, ["accepted"], waited=2, ended_after=4)
    sent(2, ["declined"], waited=5)
    sent(2, ["expired"], waited=30)
    sent(1, [])
    assert renew_fairness() == renew_fairness() > 0
    own = row(FairnessKind.ORGANISATION, organisation=beta.id)
    assert (own.received, own.answer_days, own.accepted, own.expired) == (11, 2.0, 60, 20)
    assert (own.ended, own.end_days) == (100, 4.0)
    whole = row(FairnessKind.NETWORK)
    assert (whole.received, whole.accepted) == (11, 60)
    assert row(FairnessKind.PROVINCE, province="South").received == 11
    assert row(FairnessKind.SERVICE, service="mentoring").received == 11
    assert row(FairnessKind.MEDIAN).answer_days == 2.0
    assert row(FairnessKind.MONTH, Period.YEAR).received == 11


def test_a_period_looks_back_so_far_and_no_further(sent: Any) -> None:
    sent(5, ["accepted"])
    sent(5, ["declined"], days_ago=200)
    sent(5, ["declined"], days_ago=400)
    renew_fairness()
    assert row(FairnessKind.NETWORK).received == 5
    assert row(FairnessKind.NETWORK, Period.YEAR).received == 10


def test_what_is_about_too_few_is_not_stored(sent: Any, beta: OrganisationRef) -> None:
    sent(4, ["accepted"], waited=1)
    renew_fairness()
    own = row(FairnessKind.ORGANISATION, organisation=beta.id)
    assert [own.received, own.answer_days, own.accepted, own.expired, own.ended, own.end_days] == [None] * 6
    assert not Fairness.objects.filter(kind=FairnessKind.MEDIAN).exists()


def test_each_figure_stands_on_enough(sent: Any, beta: OrganisationRef) -> None:
    """Ten arrived, three are answered: how many arrived is told, how they were answered is not."""
    sent(3, ["accepted"], waited=1, ended_after=1)
    sent(7, [])
    renew_fairness()
    own = row(FairnessKind.ORGANISATION, organisation=beta.id)
    assert (own.received, own.answer_days, own.accepted, own.ended, own.end_days) == (10, None, None, None, None)


def test_nobody_finds_few_by_subtracting(sent: Any, beta: OrganisationRef) -> None:
    sent(9, ["accepted"], service="mentoring")
    sent(6, ["accepted"], service="training")
    sent(2, ["accepted"], service="practice")
    renew_fairness()
    rows = Fairness.objects.filter(kind=FairnessKind.ORGANISATION, period=Period.QUARTER, organisation=beta.id)
    shown = {one.service: one.received for one in rows}
    assert shown == {"": 17, "mentoring": 9, "training": None, "practice": None}


def test_nobody_takes_organisations_from_the_sum_of_their_province(
    sent: Any, alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef
) -> None:
    Organisation.objects.update(province="South")
    sent(10, ["accepted"])
    sent(2, ["accepted"], to=alpha, sender=beta)
    sent(7, ["accepted"], to=secretariat)
    renew_fairness()
    found = Fairness.objects.filter(kind=FairnessKind.ORGANISATION, period=Period.QUARTER, service="")
    shown = dict(found.values_list("organisation__schema_name", "received"))
    assert row(FairnessKind.PROVINCE, province="South").received == 19
    assert shown == {"alpha": None, "beta": 10, "secretariat": None}  # nine of both, nobody knows whose


def test_the_year_tells_nothing_of_the_few_before_the_quarter(sent: Any, beta: OrganisationRef) -> None:
    sent(9, ["accepted"], service="mentoring")
    sent(6, ["accepted"], service="training")
    sent(7, ["accepted"], service="practice")
    sent(2, ["declined"], service="mentoring", days_ago=200)
    sent(8, ["declined"], service="training", days_ago=200)
    renew_fairness()
    rows = Fairness.objects.filter(kind=FairnessKind.ORGANISATION, organisation=beta.id)
    shown = {period: {one.service: one.received for one in rows.filter(period=period)} for period in Period}
    assert shown[Period.QUARTER] == {"": 22, "mentoring": 9, "training": 6, "practice": 7}
    # Of the two that are hidden, ten are older than the quarter: nobody knows whose.
    assert shown[Period.YEAR] == {"": 32, "mentoring": None, "training": None, "practice": 7}


def test_no_measure_of_the_year_tells_of_the_few_that_were_decided_before(sent: Any, beta: OrganisationRef) -> None:
    sent(6, ["accepted"], waited=1)
    sent(1, ["declined"], waited=8, days_ago=200)
    sent(9, [], days_ago=200)
    renew_fairness()
    own = row(FairnessKind.ORGANISATION, Period.YEAR, organisation=beta.id)
    assert (own.received, own.accepted, own.expired, own.answer_days) == (16, None, None, None)


def cell(service: str, received: int, organisation: Any = None) -> Cell:
    return Cell(
        FairnessKind.ORGANISATION, organisation, "", service, None, "", received, 0, None, 0, 0, 0, 0, None
    )  # fmt: skip


def test_hiding_goes_on_until_nothing_can_be_subtracted(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    cells = [
        cell("a", 1, alpha.id), cell("b", 6, alpha.id), cell("c", 9, alpha.id),
        cell("a", 7, beta.id), cell("b", 8, beta.id), cell("c", 9, beta.id),
    ]  # fmt: skip
    hide_few(cells)
    assert [one.is_hidden for one in cells] == [True, True, False, True, False, False]
    lonely = [cell("a", 2, alpha.id)]
    hide_few(lonely)
    assert lonely[0].is_hidden


def test_the_middle_one() -> None:
    assert fairness._middle([]) is None
    assert fairness._middle([None, 3.0]) == 3.0
    assert fairness._middle([1.0, 4.0]) == 2.5


def test_only_the_secretariat_reads_others_rows(
    sent: Any, alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef
) -> None:
    sent(5, ["accepted"], waited=1)
    sent(5, ["accepted"], waited=3, to=alpha, sender=beta)
    renew_fairness()
    with inside(beta):
        kinds = set(Fairness.objects.values_list("kind", "organisation"))
        assert kinds == {("organisation", beta.id), ("median", None)}
        for change in (lambda: Fairness.objects.update(accepted=100), lambda: Fairness.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    with inside(secretariat):
        assert set(Fairness.objects.filter(kind="organisation").values_list("organisation", flat=True)) == {
            alpha.id,
            beta.id,
        }
        with pytest.raises(DatabaseError), transaction.atomic():
            Fairness.objects.update(accepted=100)


# --- pages -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def ada(secretariat: OrganisationRef, member: Callable[..., User], client_of: Any) -> Browser:
    return client_of(member(secretariat, Role.SECRETARIAT), secretariat)


def test_the_board(sent: Any, ada: Browser, alpha: OrganisationRef, beta: OrganisationRef) -> None:
    assert "nothing to count" in ada.get(url("fairness")).content.decode()
    sent(5, ["accepted"], waited=9, ended_after=3)
    sent(5, ["accepted"], waited=9, days_ago=45)
    sent(6, ["declined"], waited=1, to=alpha, sender=beta, service="training")
    sent(3, ["declined"], waited=1, to=alpha, sender=beta, service="practice")
    renew_fairness()
    page = ada.get(url("fairness"))
    names = [board.name_of(one) for one in page.context["page"].items]
    assert names == ["Beta Centre", "Alpha House"]  # who lets people wait longest comes first
    assert "<svg" in page.content.decode()
    asked = ada.get(url("fairness"), {"order": "accepted", "period": "year"})
    assert [board.name_of(one) for one in asked.context["page"].items] == ["Alpha House", "Beta Centre"]
    by_service = ada.get(url("fairness"), {"by": "service", "service": "training"})
    assert [board.name_of(one) for one in by_service.context["page"].items] == ["Vocational training"]
    assert len(ada.get(url("fairness"), {"by": "service"}).context["page"].items) == 3
    by_province = ada.get(url("fairness"), {"by": "province", "province": "South"})
    assert [board.name_of(one) for one in by_province.context["page"].items] == ["South"]
    in_province = ada.get(url("fairness"), {"province": "North"})
    assert [board.name_of(one) for one in in_province.context["page"].items] == ["Alpha House"]
    odd = ada.get(url("fairness"), {"by": "x", "period": "x", "service": "x", "province": "x", "order": "x"})
    assert len(odd.context["page"].items) == 2


def test_the_same_number_of_queries_at_any_size(
    sent: Any, ada: Browser, alpha: OrganisationRef, beta: OrganisationRef
) -> None:
    counts = []
    for target, sender in ((alpha, beta), (beta, alpha)):
        sent(6, ["accepted"], waited=1, to=target, sender=sender)
        renew_fairness()
        ada.get(url("fairness"))
        with CaptureQueriesContext(
            connection,
        ) as found:
            ada.get(url("fairness"))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_export_and_computing_anew(sent: Any, ada: Browser, tasks: Any, secretariat: OrganisationRef) -> None:
    sent(6, ["accepted"], waited=1)
    with tasks():
        assert ada.post(url("fairness-renew")).status_code == 302
    assert row(FairnessKind.NETWORK).received == 6
    sheet = b"".join(ada.get(url("fairness-export"), {"service": "mentoring"}).streaming_content).decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("Beta Centre,The last 90 days,Mentoring,6,1.0,100,0")
    with inside(secretariat):
        assert Entry.objects.get(action="fairness.exported").detail == {"shown": 1, "filters": ["service"]}


def test_it_is_computed_once_a_day(
    sent: Any, tasks: Any, secretariat: OrganisationRef, member: Callable[..., User], client_of: Any
) -> None:
    """Two boards that are hours apart would tell what became of a single referral."""
    ada = member(secretariat, Role.SECRETARIAT)

    def press() -> str:
        with tasks():
            answer = client_of(ada, secretariat).post(url("fairness-renew"), follow=True)
        return str(answer.content.decode())

    with time_machine.travel("2026-10-01T03:47:00Z", tick=False) as clock:
        sent(6, ["accepted"], waited=1)
        assert renew_board() > 0
        sent(1, ["declined"], waited=1)
        clock.shift(timedelta(hours=19))
        assert "once a day" in press()
        assert renew_board() == 0
        assert row(FairnessKind.NETWORK).received == 6
        clock.shift(timedelta(hours=1))
        assert "computed anew" in press()
        assert row(FairnessKind.NETWORK).received == 7


def test_others_do_not_open_it(member: Any, client_of: Any, beta: OrganisationRef) -> None:
    browser = client_of(member(beta, Role.MANAGER), beta)
    for name in ("fairness", "fairness-export"):
        assert browser.get(url(name)).status_code == 403


def test_ones_own_figures(
    sent: Any, member: Any, client_of: Any, alpha: OrganisationRef, beta: OrganisationRef
) -> None:
    browser = client_of(member(beta, Role.CASEWORKER), beta)
    assert "Fewer than five" in browser.get(url("fairness-own")).content.decode()
    sent(6, ["accepted"], waited=9)
    sent(6, ["declined"], waited=1, to=alpha, sender=beta)
    renew_fairness()
    page = browser.get(url("fairness-own"))
    figures = {one.label: (one.own, one.median, one.tone) for one in page.context["periods"][0].figures}
    assert figures["Days to answer"] == ("9", "5", "behind")
    assert figures["Accepted"] == ("100 %", "50 %", "")
    assert "Alpha House" not in page.content.decode()


def test_words() -> None:
    assert board.name_of(Fairness(kind="province")) == "No province given"
    assert board.name_of(Fairness(kind="network")) == "All"
    assert board.month_name(Fairness()) == ""
    assert board.months([]) is None
    lines = list(board.sheet([Fairness(kind="network", period="year")]))
    assert lines[1][3] == "fewer than 5"


# --- a province's branch --------------------------------------------------------------------------------------------
@pytest.fixture
def branch(beta: OrganisationRef) -> OrganisationRef:
    return as_branch(beta, "South")


@pytest.fixture
def officer(branch: OrganisationRef, member: Callable[..., User], client_of: Any) -> Browser:
    return client_of(member(branch, Role.PROVINCIAL), branch)


def test_a_branch_sees_its_province_alone(
    sent: Any, officer: Browser, branch: OrganisationRef, alpha: OrganisationRef, beta: OrganisationRef
) -> None:
    assert "nothing to count" in officer.get(url("fairness-province")).content.decode()
    sent(7, ["accepted"], waited=9)  # to the branch itself, which is in the South
    sent(6, ["declined"], waited=1, to=alpha, sender=beta)  # which is in the North
    renew_fairness()
    page = officer.get(url("fairness-province"), {"province": "North", "by": "province", "order": "received"})
    assert [board.name_of(one) for one in page.context["page"].items] == ["Beta Centre"]
    assert {board.name_of(one) for one in page.context["wholes"]} == {"South", str(FairnessKind.MEDIAN.label)}
    assert "Alpha House" not in page.content.decode()
    with inside(branch):
        kinds = set(Fairness.objects.exclude(kind="median").values_list("kind", "organisation", "province"))
    assert kinds == {("organisation", beta.id, ""), ("province", None, "South")}


def test_a_branch_without_a_province_sees_none(
    sent: Any, officer: Browser, alpha: OrganisationRef, branch: OrganisationRef
) -> None:
    sent(7, ["accepted"], waited=9, to=alpha, sender=branch)
    Organisation.objects.update(province="")
    renew_fairness()
    page = officer.get(url("fairness-province"))
    assert "no province yet" in page.content.decode()
    assert page.context["page"].items == []
    with inside(branch):
        assert set(Fairness.objects.values_list("kind", flat=True)) <= {"median"}


def test_the_province_is_for_branches(
    ada: Browser, alpha: OrganisationRef, member: Callable[..., User], client_of: Any
) -> None:
    assert ada.get(url("fairness-province")).status_code == 404
    assert client_of(member(alpha, Role.MANAGER), alpha).get(url("fairness-province")).status_code == 403
