"""What an attacker found in the referral exchange, by the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role, Scope, Seat
from halka.common.current import OrganisationRef
from network_registry.directory.domain.services import LocationDetails, OfferDetails, ServiceDetails, start_service
from network_registry.exchange.enums import State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.queries.person import rows_about
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.models import Case, Client, TeamMember
from tenants.integrations.models import IdempotentAnswer
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import sending
from tenants.referrals.models import Referral
from tests.api.test_referrals_write import PATH, asked, codes, patch, post, writer
from tests.tenants.referrals.conftest import case_of, make_move, open_case

__all__ = ["asked", "open_case", "writer"]
Make = Callable[..., SimpleNamespace]


def step(side: SimpleNamespace, made: SimpleNamespace, to: State, tasks: Any) -> None:
    with tasks(), inside(side.ref):
        referral = Referral.objects.select_related("envelope", "consent", "client").get(envelope=made.envelope)
        make_move(referral, to, side.seat)


# --- a case of somebody else ---------------------------------------------------------------------------------
def test_a_case_is_the_persons_own(
    at_sender: Browser, asked: Any, sender: SimpleNamespace, open_case: Callable[[], Case]
) -> None:
    """Else the referral is part of the other person's copy, and goes when the other is erased."""
    case = open_case()  # Zorana's
    with inside(sender.ref):
        other = add_client(details=ClientDetails(given_name="Vida", family_name="Neka"), by=sender.seat)
    made = post(at_sender, "", asked(client=str(other.pk), case=str(case.pk)))
    with inside(sender.ref):
        about = rows_about(Client.objects.get(pk=sender.client.pk)).get(Referral, set())
        assert about == set()  # nothing of Vida is handed to Zorana, nor erased with her
    assert made.status_code in (409, 422)


def test_no_verb_takes_a_case_of_somebody_else(
    sender: SimpleNamespace, ask: Any, open_case: Callable[[], Case]
) -> None:
    case = open_case()
    with inside(sender.ref):
        other = add_client(details=ClientDetails(given_name="Vida", family_name="Neka"), by=sender.seat)
        with pytest.raises(ValueError, match="somebody else's"):
            sending.draft_referral(client=other, request=ask(case=case), by=sender.seat)


# --- kept answers --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", [State.WITHDRAWN, State.RECALLED])
def test_a_kept_answer_does_not_outlive_the_consent(
    how: State, referred: Any, software: Make, beta: OrganisationRef, sender: SimpleNamespace,
    target: SimpleNamespace, tasks: Any,
) -> None:  # fmt: skip
    before, verb = (State.ACCEPTED, "start") if how == State.WITHDRAWN else (State.OPENED, "waiting-list")
    made = referred(before, need="A secret need")
    api = software(beta, Scope.REFERRALS_WRITE, Scope.DISCLOSURES_READ).api
    first = post(api, f"{made.into}/{verb}/", {"note": "x"}, **{"idempotency-key": "k"})
    assert "A secret need" in first.content.decode()
    step(sender, made, how, tasks)
    again = api.get(f"{PATH}{made.into}/").content.decode()
    assert [word for word in ("Zorana", "A secret need") if word in again] == []
    replayed = post(api, f"{made.into}/{verb}/", {"note": "x"}, **{"idempotency-key": "k"})
    text = replayed.content.decode()
    assert [word for word in ("Zorana", "000 111", "A secret need") if word in text] == []
    with inside(beta):
        kept = [str(one.answer) for one in IdempotentAnswer.objects.all()]
    assert [answer for answer in kept if "A secret need" in answer] == []


# --- words that tell -----------------------------------------------------------------------------------------
def test_software_that_may_not_read_names_is_told_none_by_a_refusal(
    referred: Any, software: Make, alpha: OrganisationRef, sender: SimpleNamespace
) -> None:
    made = referred(State.INFO_REQUESTED)
    api = software(alpha, Scope.REFERRALS_WRITE).api
    assert api.get(f"{PATH}{made.out}/").json()["client"]["name"] is None
    guesses = "I ask about ana, bojana, vesna, zorani, jelena, milica; 0000111 0000112 0000113"
    refused = post(api, f"{made.out}/answer/", {"answer": guesses})
    assert refused.status_code == 422
    assert [word for word in ("Zorana", "+381") if word in refused.content.decode()] == []


# --- a restricted record -------------------------------------------------------------------------------------
def test_software_reads_nothing_of_somebody_whose_record_is_restricted(
    referred: Any, software: Make, alpha: OrganisationRef, sender: SimpleNamespace
) -> None:
    made = referred(State.COMPLETED, need="A secret need")
    api = software(alpha, Scope.REFERRALS_WRITE, Scope.DISCLOSURES_READ).api
    with inside(alpha):
        restrict_client(client=sender.client, by=sender.seat)
    found = api.get(f"{PATH}{made.out}/")
    assert found.status_code == 403 or "Zorana" not in found.content.decode()
    told = api.get(f"{PATH}{made.out}/disclosure/")
    assert [word for word in ("Zorana", "000 111") if word in told.content.decode()] == []


# --- what is for professionals -------------------------------------------------------------------------------
@pytest.fixture
def sealed(sender: SimpleNamespace) -> Client:
    with inside(sender.ref):
        details = ClientDetails(
            given_name="Vida",
            family_name="Neka",
            national_number="0101990710006",
            health="Epilepsy",
            note="Sleeps badly",
        )
        return add_client(details=details, by=sender.seat)


QUERY = "?scopes=official,health,sensitive"


def test_who_only_reads_is_not_shown_health_and_number_by_a_draft(
    at_sender: Browser, asked: Any, sealed: Client, alpha: OrganisationRef, member: Any, client_of: Any
) -> None:
    draft = post(at_sender, "", asked(client=str(sealed.pk))).json()
    viewer = client_of(member(alpha, Role.VIEWER), alpha)
    page = viewer.get(f"/clients/{sealed.pk}/")
    assert page.status_code == 200
    assert [word for word in ("0101990710006", "Epilepsy") if word in page.content.decode()] == []
    told = viewer.get(f"{PATH}{draft['id']}/disclosure/{QUERY}")
    assert [word for word in ("0101990710006", "Epilepsy") if word in told.content.decode()] == []


def test_what_lies_sealed_never_leaves_by_a_draft(
    at_sender: Browser, asked: Any, sealed: Client, alpha: OrganisationRef, software: Make
) -> None:
    draft = post(at_sender, "", asked(client=str(sealed.pk))).json()
    api = software(alpha, Scope.REFERRALS_READ, Scope.DISCLOSURES_READ).api
    told = api.get(f"{PATH}{draft['id']}/disclosure/{QUERY}")
    assert [word for word in ("0101990710006", "Epilepsy", "Sleeps") if word in told.content.decode()] == []


# --- what was told, to a wider circle than the record --------------------------------------------------------
@pytest.fixture
def told_all(
    sealed: Client, sender: SimpleNamespace, target: SimpleNamespace, ask: Any, consent: Any, tasks: Any
) -> Any:
    """The recipient's copy of a referral with which health and national number were told."""
    with tasks(), inside(sender.ref):
        out = sending.send_with_consent(
            client=sealed, request=ask(), new_consent=consent(scopes=["identity", "official", "health"]), by=sender.seat
        )
    for to in (State.OPENED, State.ACCEPTED):
        step(target, SimpleNamespace(envelope=out.envelope_id), to, tasks)
    with inside(target.ref):
        came = Referral.objects.select_related("client").get(envelope=out.envelope_id)
        Client.objects.filter(pk=came.client_id).update(assigned_to=None)  # the pool: who only reads opens it
    return came


@pytest.mark.parametrize("where", ["page", "api", "api disclosure"])
def test_who_only_reads_is_not_told_health_and_number(
    told_all: Any, beta: OrganisationRef, member: Any, client_of: Any, where: str
) -> None:
    viewer = client_of(member(beta, Role.VIEWER), beta)
    record = viewer.get(f"/clients/{told_all.client_id}/")
    assert record.status_code == 200
    assert [word for word in ("0101990710006", "Epilepsy") if word in record.content.decode()] == []
    path = {
        "page": f"/referrals/{told_all.pk}/", "api": f"{PATH}{told_all.pk}/",
        "api disclosure": f"{PATH}{told_all.pk}/disclosure/",
    }[where]  # fmt: skip
    text = viewer.get(path).content.decode()
    assert "Vida" in text
    assert [word for word in ("0101990710006", "Epilepsy") if word in text] == []


def join_team(client: Client, colleague: Seat) -> None:
    """As a partner of another profession, who reads no health."""
    TeamMember.objects.create(case=case_of(client), colleague_id=colleague.membership_id, profession="partner")


def test_a_partner_on_the_team_is_not_shown_health_before_it_is_sent(
    sealed: Client, sender: SimpleNamespace, target: SimpleNamespace, seat_in: Any, client_of: Any
) -> None:
    partner = seat_in(sender.ref, Role.MENTOR)
    today = timezone.localdate()
    with inside(sender.ref):
        join_team(sealed, partner)
    browser = client_of(User.objects.get(pk=partner.user_id), sender.ref)
    record = browser.get(f"/clients/{sealed.pk}/")
    assert (record.status_code, "Epilepsy" in record.content.decode()) == (200, False)
    filled = {
        "target": str(target.ref.id), "service": "mentoring", "need": "Patience", "urgency": "normal", "area": "",
        "consent-use": "new", "consent-scopes": ["identity", "official", "health"], "consent-how_given": "signed",
        "consent-witness": "", "consent-language": "en", "step": "preview",
        "consent-expires_on": (today + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    preview = browser.post(f"/clients/{sealed.pk}/refer/", filled).content.decode()
    assert "Vida" in preview
    assert "told" in preview
    assert [word for word in ("0101990710006", "Epilepsy") if word in preview] == []


def test_a_partner_who_settles_a_copy_is_not_shown_health(
    told_all: Any, sender: SimpleNamespace, target: SimpleNamespace, seat_in: Any, client_of: Any, tasks: Any
) -> None:
    partner = seat_in(target.ref, Role.MENTOR)
    with inside(target.ref):
        join_team(told_all.client, partner)
        Referral.objects.filter(pk=told_all.pk).update(owner=partner.membership_id)
    step(sender, SimpleNamespace(envelope=told_all.envelope_id), State.WITHDRAWN, tasks)
    browser = client_of(User.objects.get(pk=partner.user_id), target.ref)
    page = browser.get(f"/referrals/{told_all.pk}/").content.decode()
    assert "Neka" in page
    assert [word for word in ("0101990710006", "Epilepsy") if word in page] == []


# --- the place of another organisation ----------------------------------------------------------------------
@pytest.fixture
def place(target: SimpleNamespace) -> Any:
    with inside(target.ref):
        return start_service(
            details=ServiceDetails(names={"en": "Kitchen"}, descriptions={}, need="mentoring"),
            at=LocationDetails(name="Yard", place="Valjevo", country="RS"), offer=OfferDetails(), by=target.seat,
        )  # fmt: skip


def test_another_recipient_does_not_read_the_place_that_was_chosen_first(
    at_sender: Browser, asked: Any, place: Any, delta: OrganisationRef
) -> None:
    draft = post(at_sender, "", asked(offer=str(place.pk))).json()
    assert draft["offer"] == str(place.pk)
    assert patch(at_sender, draft["id"], {"need": "More"}).json()["offer"] == str(place.pk)
    assert patch(at_sender, draft["id"], {"recipient": str(delta.id)}).json()["offer"] is None
    assert codes(patch(at_sender, draft["id"], {"offer": str(place.pk)})) == [("offer", "invalid")]


def test_another_recipient_drops_the_place_on_pages_and_in_verbs(
    sender: SimpleNamespace, ask: Any, place: Any, delta: OrganisationRef
) -> None:
    with inside(sender.ref):
        draft = sending.draft_referral(client=sender.client, request=ask(offer_id=place.pk), by=sender.seat)
        assert draft.envelope.offer == place.pk
        elsewhere = ask(offer_id=place.pk, target=Organisation.objects.get(pk=delta.id))
        changed = sending.change_draft(referral=draft, request=elsewhere, seen_version=1, by=sender.seat)
        assert changed.envelope.offer is None


# --- somebody alike ------------------------------------------------------------------------------------------
def test_clients_alike_are_for_those_who_say_who_it_is(
    referred: Any, target: SimpleNamespace, software: Make, beta: OrganisationRef, member: Any, client_of: Any
) -> None:
    with inside(target.ref):
        add_client(
            details=ClientDetails(given_name="Zorana", family_name="Izmisljena"),
            assigned_to=target.seat.membership_id, by=target.seat,
        )  # fmt: skip
    made = referred(State.ACCEPTED)
    with inside(target.ref):
        Referral.objects.filter(pk=made.into).update(owner=None)
    reader = software(beta, Scope.REFERRALS_READ, Scope.DISCLOSURES_READ).api
    assert reader.get("/api/v1/clients/").status_code == 403
    assert "Izmisljena" not in reader.get(f"{PATH}{made.into}/disclosure/").content.decode()
