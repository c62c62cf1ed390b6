"""Referring somebody: the form, the consent, the preview, drafts, another place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from network_registry.directory.domain.services import LocationDetails, OfferDetails, ServiceDetails, start_service
from network_registry.directory.models import Offer
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope
from tenants.caseloads.domain.consents import NewConsent, answer_offer, record_consent
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Consent, ConsentOffer
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain.sending import draft_referral
from tenants.referrals.models import Referral


@pytest.fixture
def filled(target: SimpleNamespace) -> dict[str, Any]:
    """A form as a mentor fills it in."""
    return {
        "target": str(target.ref.id),
        "service": "mentoring",
        "need": "A patient mentor",
        "urgency": "normal",
        "area": "North side",
        "consent-use": "new",
        "consent-scopes": ["identity", "contact"],
        "consent-how_given": "signed",
        "consent-witness": "",
        "consent-language": "en",
        "consent-expires_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }


@pytest.fixture
def send(at_sender: Client, sender: SimpleNamespace, filled: dict[str, Any], tasks: Any) -> Callable[..., Any]:
    """`send("preview", need="…")`: what the page answers."""

    def post(step: str, **changes: Any) -> Any:
        with tasks():
            return at_sender.post(f"/clients/{sender.client.pk}/refer/", {**filled, **changes, "step": step})

    return post


@pytest.fixture
def draft(sender: SimpleNamespace, ask: Any) -> Referral:
    with inside(sender.ref):
        return draft_referral(client=sender.client, request=ask(need="Courage", area="North"), by=sender.seat)


@pytest.fixture
def receipt(sender: SimpleNamespace, consent: Callable[..., NewConsent]) -> Callable[..., Consent]:
    """A consent of the client that is there already."""

    def make(**values: Any) -> Consent:
        with inside(sender.ref):
            return record_consent(client=sender.client, new=consent(**values), by=sender.seat)

    return make


def out(sender: SimpleNamespace) -> Referral:
    with inside(sender.ref):
        return Referral.objects.select_related("envelope", "consent").get()


def need_of(sender: SimpleNamespace) -> str:
    with inside(sender.ref):
        return str(Referral.objects.get().need)


# --- the preview -------------------------------------------------------------------------------------------------
def test_the_preview_shows_field_by_field_what_leaves_and_sends_nothing(send: Any, sender: SimpleNamespace) -> None:
    page = send("preview").content.decode()
    for told in ("Zorana", "Izmišljena", "+381 11 000 111", "Valjevo", "A patient mentor", "Beta Centre"):
        assert told in page
    assert "Sleeps badly" not in page
    assert "I can take this back at any time" in page
    assert Envelope.objects.count() == 0
    with inside(sender.ref):
        assert Entry.objects.filter(action="client.viewed", target_id=str(sender.client.pk)).count() == 1


def test_single_fields_are_kept_back(send: Any, sender: SimpleNamespace, target: SimpleNamespace) -> None:
    shown = ["given_name", "family_name", "phone", "place"]
    send("send", shown=shown, told=["place"])
    assert out(sender).left_out == ["phone"]  # the name goes in any case
    page = send("change", shown=shown, told=["place"]).content.decode()
    assert '<input type="hidden" name="left_out" value="phone"' in page
    page = send("preview", service="training", left_out=["phone"]).content.decode()
    assert 'value="place" id="told-place" checked' in " ".join(page.split())
    assert 'value="phone" id="told-phone" >' in " ".join(page.split())


def test_going_back_from_the_preview_keeps_everything(send: Any) -> None:
    page = send("change").content.decode()
    assert "A patient mentor" in page
    assert "North side" in page


def test_the_preview_tells_how_long_they_usually_take(send: Any, referred: Any) -> None:
    assert "They usually answer us" not in send("preview").content.decode()
    for service in ("training", "practice", "counselling"):
        referred(State.DECLINED, service=service)
    now = timezone.now()
    assert Envelope.objects.update(sent_at=now - timedelta(days=4), answered_at=now) == 3
    assert "They usually answer us within 4 days." in send("preview").content.decode()


# --- sending -----------------------------------------------------------------------------------------------------
def test_sending_from_the_preview(send: Any, at_sender: Client, target: SimpleNamespace) -> None:
    answer = send("send")
    assert answer.status_code == 302
    with inside(target.ref):
        assert Referral.objects.get().need == "A patient mentor"
    page = at_sender.get(answer["Location"]).content.decode()
    assert "Waits for their answer" in page
    assert "They learn who it is only when they accept" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"need": ""}, "This field is required."),
        ({"consent-scopes": ["contact"]}, "Without a name the other organisation cannot take the person on."),
        ({"consent-how_given": "spoken"}, "A spoken consent needs a witness."),
        ({"consent-expires_on": "2020-01-01"}, "The consent must end after today."),
        ({"consent-expires_on": "2099-01-01"}, "A consent lasts two years at most."),
        ({"consent-expires_on": "soon"}, None),
        ({"target": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice."),
        ({"need": "Zorana needs courage"}, "it says who the person is: “Zorana”"),
        ({"area": "Call 38111000111", "need": "Typed with care"}, "it says who the person is"),
    ],
)
def test_bad_input_is_named_beside_the_field_and_nothing_typed_is_lost(
    send: Any, sender: SimpleNamespace, change: dict[str, Any], message: str | None
) -> None:
    answer = send("send", **{"area": "Typed with care", **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Typed with care" in page
    assert 'aria-invalid="true"' in page
    if message:
        assert message in page
    assert Envelope.objects.count() == 0
    with inside(sender.ref):
        assert Consent.objects.count() == 0


def test_a_second_open_referral_is_refused_in_words(referred: Any, send: Any) -> None:
    referred(State.SENT)
    page = send("send").content.decode()
    assert "This person has an open referral for the same service there already." in page
    assert Envelope.objects.count() == 1


def test_a_new_member_is_told_that_the_secretariat_looks_first(
    send: Any, at_sender: Client, sender: SimpleNamespace
) -> None:
    Organisation.objects.filter(pk=sender.ref.id).update(state="provisional")
    page = at_sender.get(f"/clients/{sender.client.pk}/refer/").content.decode()
    assert "the secretariat looks at each referral before it goes out" in page
    assert "It goes to the secretariat first" in send("preview").content.decode()
    page = at_sender.get(send("send")["Location"]).content.decode()
    assert "Handed in. The secretariat looks at it first" in page
    assert "Waits for the secretariat" in page
    assert out(sender).envelope.state == State.HELD


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.VOLUNTEER, 403), (Role.SUPERVISOR, 200)])
def test_who_may_refer(
    sender: SimpleNamespace, draft: Referral, member: Any, client_of: Any, role: Role, status: int
) -> None:
    browser = client_of(member(sender.ref, role), sender.ref)
    assert browser.get(f"/clients/{sender.client.pk}/refer/").status_code == status
    for page in ("send", "edit"):
        assert browser.get(f"/referrals/{draft.pk}/{page}/").status_code == status
    if status == 403:
        assert browser.post(f"/referrals/{draft.pk}/discard/").status_code == 403


# --- the consent -------------------------------------------------------------------------------------------------
def test_a_receipt_that_is_there_is_used(send: Any, sender: SimpleNamespace, receipt: Any) -> None:
    there = receipt(scopes=[ConsentScope.IDENTITY])
    page = send("preview", **{"consent-use": str(there.pk), "consent-expires_on": "typed badly"}).content.decode()
    assert "Zorana" in page
    assert "+381 11 000 111" not in page
    assert "I can take this back at any time" not in page
    send("send", **{"consent-use": str(there.pk)})
    assert out(sender).consent_id == there.pk
    with inside(sender.ref):
        assert Consent.objects.count() == 1


def test_a_receipt_for_somebody_else_covers_nothing(
    send: Any, receipt: Any, delta: Any, sender: SimpleNamespace
) -> None:
    other = receipt(recipient=Organisation.objects.get(pk=delta.id))
    page = send("send", **{"consent-use": str(other.pk)}).content.decode()
    assert "That consent lets us tell Delta Workshop alone." in page
    assert Envelope.objects.count() == 0


def test_the_person_is_asked_on_their_own_page_and_it_is_sent_later(
    send: Any, at_sender: Client, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    page = send("preview", **{"consent-use": "later", "consent-how_given": ""}).content.decode()
    assert "Save, and ask the person" in page
    answer = send("send", **{"consent-use": "later", "consent-how_given": ""})
    address = answer["Location"]
    page = at_sender.get(address).content.decode()
    assert "The person was asked on their own page" in page
    with inside(sender.ref):
        offer = ConsentOffer.objects.get()
        assert (offer.recipient_id, offer.scopes) == (target.ref.id, ["identity", "contact"])
        given = answer_offer(offer=offer, agreed=True, by=sender.seat)
    assert given is not None
    assert "The person has agreed. You can send it now." in at_sender.get(address).content.decode()
    page = at_sender.get(f"{address}send/").content.decode()
    assert f'value="{given.pk}"' in page
    data = {"consent-use": str(given.pk), "shown": ["given_name", "family_name", "phone"], "told": []}
    assert "+381 11 000 111" in at_sender.post(f"{address}send/", {**data, "step": "preview"}).content.decode()
    with tasks():
        at_sender.post(f"{address}send/", {**data, "step": "send"})
    sent = out(sender)
    assert (sent.envelope.state, sent.consent_id, sent.left_out) == (State.SENT, given.pk, ["phone"])


# --- drafts ------------------------------------------------------------------------------------------------------
def test_a_draft_needs_no_consent_and_nobody_else_sees_it(
    send: Any, at_sender: Client, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    answer = send("draft", **{"consent-how_given": ""})
    page = at_sender.get(answer["Location"]).content.decode()
    assert "Nobody else knows of it until you send it." in page
    with inside(target.ref):
        assert not Referral.objects.exists()
    with inside(sender.ref):
        assert not Consent.objects.exists()
        assert not ConsentOffer.objects.exists()


def test_a_draft_that_waits_for_the_person_asks_them(send: Any, sender: SimpleNamespace) -> None:
    send("draft", **{"consent-use": "later"})
    with inside(sender.ref):
        assert ConsentOffer.objects.count() == 1


def test_a_draft_without_words_is_no_draft(send: Any) -> None:
    assert "This field is required." in send("draft", need="").content.decode()
    assert Envelope.objects.count() == 0


def test_sending_a_draft_with_a_consent_recorded_now(
    at_sender: Client, sender: SimpleNamespace, draft: Referral, filled: dict[str, Any], tasks: Any
) -> None:
    address = f"/referrals/{draft.pk}/send/"
    page = at_sender.post(address, {**filled, "step": "preview"}).content.decode()
    assert "Courage" in page
    assert "Zorana" in page
    with tasks():
        at_sender.post(address, {**filled, "step": "send"})
    assert out(sender).envelope.state == State.SENT
    assert at_sender.get(address).status_code == 404


def test_asking_the_person_about_a_draft(
    at_sender: Client, sender: SimpleNamespace, draft: Referral, filled: dict[str, Any]
) -> None:
    data = {**filled, "consent-use": "later", "consent-how_given": "", "step": "send"}
    at_sender.post(f"/referrals/{draft.pk}/send/", data)
    assert out(sender).envelope.state == State.DRAFT
    with inside(sender.ref):
        assert ConsentOffer.objects.count() == 1


def test_a_draft_that_cannot_be_sent_says_why(
    at_sender: Client, sender: SimpleNamespace, draft: Referral, filled: dict[str, Any], target: SimpleNamespace
) -> None:
    Organisation.objects.filter(pk=target.ref.id).update(state="suspended")
    answer = at_sender.post(f"/referrals/{draft.pk}/send/", {**filled, "step": "send"})
    assert "This organisation takes no referrals now." in answer.content.decode()
    with inside(sender.ref):
        assert not Consent.objects.exists()


def test_changing_a_draft(at_sender: Client, sender: SimpleNamespace, draft: Referral, filled: dict[str, Any]) -> None:
    address = f"/referrals/{draft.pk}/edit/"
    assert "Courage" in at_sender.get(address).content.decode()
    data = {**filled, "seen_version": 1, "need": "Courage and patience", "service": "training"}
    assert at_sender.post(address, data)["Location"] == f"/referrals/{draft.pk}/"
    assert (need_of(sender), out(sender).envelope.service) == ("Courage and patience", "training")
    answer = at_sender.post(address, {**data, "need": "Zorana"})
    assert "it says who the person is" in answer.content.decode()


def test_two_change_the_same_draft(
    at_sender: Client, sender: SimpleNamespace, draft: Referral, filled: dict[str, Any]
) -> None:
    address = f"/referrals/{draft.pk}/edit/"
    at_sender.post(address, {**filled, "seen_version": 1, "need": "First"})
    answer = at_sender.post(address, {**filled, "seen_version": 1, "need": "Second"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "First" in page
    assert "Second" in page
    assert need_of(sender) == "First"


def test_discarding_a_draft(at_sender: Client, sender: SimpleNamespace, draft: Referral) -> None:
    answer = at_sender.post(f"/referrals/{draft.pk}/discard/")
    assert answer["Location"] == f"/clients/{sender.client.pk}/"
    assert at_sender.get(f"/referrals/{draft.pk}/").status_code == 404
    assert not Envelope.objects.exists()


def test_what_was_sent_is_no_draft_any_more(referred: Any, at_sender: Client, at_target: Client) -> None:
    made = referred(State.SENT)
    for browser, pk in ((at_sender, made.out), (at_target, made.into)):
        assert browser.get(f"/referrals/{pk}/edit/").status_code == 404
        assert browser.post(f"/referrals/{pk}/discard/").status_code == 404


# --- from elsewhere ----------------------------------------------------------------------------------------------
@pytest.fixture
def offer(target: SimpleNamespace) -> Offer:
    """Beta has two free places for practice."""
    with inside(target.ref):
        return start_service(
            details=ServiceDetails(names={"en": "Kitchen"}, descriptions={}, need="practice"),
            at=LocationDetails(name="Yard", place="Valjevo", country="RS"),
            offer=OfferDetails(),
            free_places=2,
            by=target.seat,
        )


def test_a_service_of_the_directory_fills_the_form(
    send: Any, at_sender: Client, sender: SimpleNamespace, offer: Offer
) -> None:
    page = at_sender.get(f"/clients/{sender.client.pk}/refer/?offer={offer.pk}").content.decode()
    assert "Kitchen" in page
    assert "2 free places" in page
    assert f'<option value="{offer.organisation_id}" selected>' in page
    assert '<option value="practice" selected>' in page
    send("send", service="practice", offer=str(offer.pk))
    sent = out(sender)
    assert sent.envelope.offer == offer.pk
    assert "Kitchen" in at_sender.get(f"/referrals/{sent.pk}/").content.decode()


def test_another_service_than_the_offers_drops_it(send: Any, sender: SimpleNamespace, offer: Offer) -> None:
    send("send", service="training", offer=str(offer.pk))
    assert out(sender).envelope.offer is None


@pytest.mark.parametrize("query", ["offer=nothing", "case=nothing", "instead=nothing", "offer=", "x=%00"])
def test_odd_addresses_lead_to_the_plain_form(at_sender: Client, sender: SimpleNamespace, query: str) -> None:
    assert at_sender.get(f"/clients/{sender.client.pk}/refer/?{query}").status_code == 200


def test_a_case_goes_with_it(send: Any, at_sender: Client, sender: SimpleNamespace, open_case: Any) -> None:
    cases = [open_case(), open_case()]
    address = f"/clients/{sender.client.pk}/refer/"
    assert f'<option value="{cases[1].pk}" selected>' in at_sender.get(f"{address}?case={cases[1].pk}").content.decode()
    assert f'<option value="{cases[1].pk}" selected>' not in at_sender.get(address).content.decode()
    send("send", case=str(cases[1].pk))
    assert out(sender).case_id == cases[1].pk


# --- another place -----------------------------------------------------------------------------------------------
def test_another_place_after_a_decline(
    referred: Any, send: Any, at_sender: Client, sender: SimpleNamespace, delta: Any
) -> None:
    made = referred(State.DECLINED, need="A patient mentor")
    page = at_sender.get(f"/referrals/{made.out}/").content.decode()
    assert f"/services/?client={sender.client.pk}&amp;need=mentoring" in page
    assert f"/clients/{sender.client.pk}/refer/?instead={made.out}" in page
    page = at_sender.get(f"/clients/{sender.client.pk}/refer/?instead={made.out}").content.decode()
    assert "A patient mentor" in page
    assert f'<option value="{made.out}" selected>' in page
    there = {"target": str(delta.id), "instead_of": str(made.out)}
    assert "Save, send later" not in send("preview", **there).content.decode()
    page = send("send", **there, **{"consent-use": "later"}).content.decode()
    assert "Another place needs a new consent" in page
    answer = send("send", **there)
    page = at_sender.get(answer["Location"]).content.decode()
    assert "In place of" in page
    assert f"/referrals/{made.out}/" in page
    page = at_sender.get(f"/referrals/{made.out}/").content.decode()
    assert "Referred to another place" in page
    assert answer["Location"] in page
    page = send("send", **there).content.decode()
    assert "Select a valid choice" in page


def test_a_service_found_for_somebody_declined_takes_its_place(
    referred: Any, at_sender: Client, sender: SimpleNamespace, offer: Offer
) -> None:
    made = referred(State.DECLINED, service="practice", need="A calm kitchen")
    page = at_sender.get(f"/clients/{sender.client.pk}/refer/?offer={offer.pk}").content.decode()
    assert f'<option value="{made.out}" selected>' in page
    assert "A calm kitchen" in page
